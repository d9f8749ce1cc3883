"""What surrounds every page: who is there, what waits for them, how they like it to look."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest

from accounts.models import User
from reviews import queries

THEME_COOKIE, KEYS_COOKIE = "theme", "keys"
THEMES = ("light", "dark", "auto")


@dataclass(frozen=True, slots=True)
class Shell:
    """`theme` is empty when the system decides. `counts` and `unread` are for those who work here."""

    theme: str = ""
    keys: bool = True
    user: User | None = None
    works_here: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    unread: int = 0


def of(request: HttpRequest | None) -> Shell:
    """The shell of this request; a plain one where there is none (an error page)."""
    if request is None:
        return Shell()
    theme = request.COOKIES.get(THEME_COOKIE, "")
    theme = theme if theme in ("light", "dark") else ""
    with_keys = request.COOKIES.get(KEYS_COOKIE) != "off"
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return Shell(theme, with_keys)
    if not user.works_here:
        return Shell(theme, with_keys, user)
    return Shell(
        theme,
        with_keys,
        user,
        works_here=True,
        counts=queries.turn_counts(user),
        unread=queries.unread_count(user),
    )
