"""Reads calendar dates with their precision, and says whether two of them can be the same."""

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.matching.words import plain

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH_NAMES = tuple(
    "January February March April May June July August September October November December".split()
)
_MONTH = r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?" \
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"  # fmt: skip
_YEAR = r"(?P<year>1[0-9]{3}|20[0-9]{2})"
_DAY = r"(?P<day>0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
PATTERNS = (
    re.compile(rf"\b{_YEAR}-(?P<isomonth>0[1-9]|1[0-2])-{_DAY}\b"),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\b(?:\s*,?\s+{_YEAR}\b)?"),
    re.compile(rf"\b{_MONTH}\s+{_DAY}\b(?!\s*(?:%|per|million|billion|people))(?:\s*,?\s+{_YEAR}\b)?"),
    re.compile(rf"\b{_MONTH}\s*,?\s+(?:of\s+)?{_YEAR}\b"),
    re.compile(r"\b(?P<decade>1[0-9]{2}|20[0-9])0'?s\b"),
    re.compile(r"\b(?P<century>[1-9]|1[0-9]|2[01])(?:st|nd|rd|th)\s+century\b", re.IGNORECASE),
    re.compile(
        rf"(?<![$€£¥₹,.\d])\b{_YEAR}\b(?![,.]\d|\s*(?:%|per\s?cent|people|km|miles|metres|meters|feet|kilo|tons|tonnes))"
    ),
    re.compile(rf"\b(?:in|since|until|during|by|last|next|early|late|mid|of)[\s-]+{_MONTH}\b(?!\s+\d)"),
)  # Tried in this order; a later one never reads what an earlier one took.
BOUND = re.compile(
    r"\b(?P<bound>before|prior to|until|till|by|after|since|from|following)\s+(?:the\s+|early\s+|late\s+)?$",
    re.IGNORECASE,
)
BOUNDS = {
    "before": "before", "prior to": "before", "until": "until", "till": "until", "by": "until",
    "after": "after", "since": "since", "from": "since", "following": "since",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """A date as precisely as the text gives it; zero stands for "not said"."""

    year: int
    month: int
    day: int
    bound: str  # "", before, until, after, since
    start: int
    end: int
    span_years: int = 1  # 10 for a decade, 100 for a century

    @property
    def words(self) -> str:
        """The date as a person writes it."""
        if self.span_years == 10:
            return f"the {self.year}s"
        if self.span_years == 100:
            return f"the {self.year}s (century)"
        month = MONTH_NAMES[self.month - 1] if self.month else ""
        return " ".join(str(part) for part in (self.day, month, self.year) if part)


@lru_cache(maxsize=4_096)
def read_dates(text: str) -> tuple[When, ...]:
    """All dates in the text, in order."""
    flat = plain(text)
    found: list[When] = []
    for pattern in PATTERNS:
        for match in pattern.finditer(flat):
            if not any(match.start() < when.end and when.start < match.end() for when in found):
                found.append(_when(flat, match))
    return tuple(sorted(found, key=lambda when: when.start))


def _when(flat: str, match: re.Match[str]) -> When:
    given = {name: value for name, value in match.groupdict().items() if value}
    year, span = int(given.get("year", 0)), 1
    if "decade" in given:
        year, span = int(given["decade"]) * 10, 10
    elif "century" in given:
        year, span = (int(given["century"]) - 1) * 100, 100
    month = int(given.get("isomonth", 0)) or MONTHS.get(given.get("month", "").lower().rstrip("."), 0)
    before = BOUND.search(flat[max(0, match.start() - 20) : match.start()])
    bound = BOUNDS[before["bound"].lower()] if before else ""
    return When(year, month, int(given.get("day", 0)), bound, match.start(), match.end(), span)


def same_date(one: When, other: When) -> bool | None:
    """True when what both say agrees, False when something differs, None when they share nothing."""
    shared = False
    if one.year and other.year:
        if one.year + one.span_years <= other.year or other.year + other.span_years <= one.year:
            return False
        shared = True
    for left, right in ((one.month, other.month), (one.day, other.day)):
        if left and right:
            if left != right:
                return False
            shared = shared or bool(one.month and other.month)
    return True if shared else None


def fits(claimed: When, given: When) -> bool | None:
    """Whether a date given by a source fits what a claim says, bounds such as "before 1990" included."""
    if claimed.bound == "since" and claimed.year and given.year > claimed.year:
        return None
    if claimed.bound in ("", "since") or not (claimed.year and given.year):
        return same_date(claimed, given)
    if given.bound:
        return None
    left, right = (claimed.year, claimed.month, claimed.day), (given.year, given.month, given.day)
    if claimed.bound == "before":
        return right < left
    if claimed.bound == "until":
        return right[: _depth(claimed)] <= left[: _depth(claimed)]
    return right[: _depth(claimed)] >= left[: _depth(claimed)]


def _depth(when: When) -> int:
    return 3 if when.day else 2 if when.month else 1
