"""Stage 4e: relative dates of a wording against the day of publication, kept beside the wording and never put into it."""

import re
from datetime import date, timedelta

from claims.extraction.lexicon import DAYS, MONTHS

RELATIVE = re.compile(
    r"\b(?:(?P<ahead>by|until|next|before) )?(?P<day>" + "|".join(DAYS) + r")\b(?! \d)"
    r"|\b(?P<near>yesterday|today|tomorrow)\b"
    r"|\b(?P<which>last|this|next) (?P<unit>year|month|" + "|".join(MONTHS) + r")\b",
    re.IGNORECASE,
)
FUTURE = re.compile(r"\b(?:will|would|shall|to|due|plans?|expects?|scheduled|set)\b", re.IGNORECASE)
NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
SHIFT = {"last": -1, "this": 0, "next": 1}


def dated(wording: str, published: date) -> tuple[str, ...]:
    """Each relative date with what it means, as '“Wednesday” is 2025-04-30'."""
    return tuple(
        f"“{match.group()}” is {meant}"
        for match in RELATIVE.finditer(wording)
        if (meant := _meant(match, wording, published))
    )


def _meant(match: re.Match[str], wording: str, published: date) -> str:
    if match["near"]:
        return (published + timedelta(days=NEAR[match["near"].lower()])).isoformat()
    if match["day"]:
        return _weekday(match, wording, published).isoformat()
    which, unit = match["which"].lower(), match["unit"].lower()
    if unit == "year":
        return str(published.year + SHIFT[which])
    if unit == "month":
        months = published.year * 12 + published.month - 1 + SHIFT[which]
        return f"{months // 12}-{months % 12 + 1:02}"
    return _month(which, MONTHS.index(unit) + 1, published)


def _weekday(match: re.Match[str], wording: str, published: date) -> date:
    """The nearest such day: ahead after 'by', 'next' or a verb of what is to come, else the last one."""
    back = (published.weekday() - DAYS.index(match["day"].lower())) % 7
    ahead = match["ahead"] or FUTURE.search(wording[: match.start()])
    return (
        published + timedelta(days=(7 - back) % 7 or 7)
        if ahead and back
        else published - timedelta(days=back)
    )


def _month(which: str, month: int, published: date) -> str:
    """'last September' is the one before the day of publication, 'next' the one after."""
    year = published.year
    if which == "last" and month >= published.month:
        year -= 1
    if which == "next" and month <= published.month:
        year += 1
    return f"{year}-{month:02}"
