"""Given names and the pronoun that usually goes with them (`given_names.txt`)."""

from pathlib import Path

NAMES = Path(__file__).with_name("given_names.txt")


def _read() -> dict[str, str]:
    found, gender = dict[str, str](), ""
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if line in ("f", "m", "u"):
            gender = "" if line == "u" else line
        elif not line.startswith("#"):
            found |= dict.fromkeys(line.split(), gender)
    return found


GENDER = _read()  # f, m, or "" for names of both


def likely(first: str) -> str:
    """For a given name, f, m or unknown: by the list, else what its ending makes likelier."""
    low = first.lower()
    if low in GENDER:
        return GENDER[low]
    if len(low) > 3 and low.endswith(("a", "ette", "ine", "elle", "anne", "een", "isse")):
        return "f"
    return (
        "m"
        if len(low) > 3 and low.endswith(("o", "os", "us", "ald", "bert", "ric", "win", "eem", "slav"))
        else ""
    )
