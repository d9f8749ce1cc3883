"""Word lists as plain strings, so that they read as text."""


def words(text: str) -> frozenset[str]:
    """The words of a string, as a set."""
    return frozenset(text.split())
