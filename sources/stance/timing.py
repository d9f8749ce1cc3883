"""Whether a source is of the time that a claim speaks of: from before it, from long ago, or from later on."""

from dataclasses import dataclass
from datetime import date

from claims.matching.dates import MONTH_NAMES, When, read_dates

LATER = 31  # days after the claim was made from which a source may tell of another state of things
OLD = 366  # days before it
BEFORE_WEIGHS, OLD_WEIGHS, LATER_WEIGHS = 0.5, 0.8, 0.9


@dataclass(frozen=True, slots=True)
class Timing:
    """How far a source's date lets it speak, from 0 to 1, and why in a sentence; nothing to say: no sentence."""

    weighs: float = 1.0
    reason: str = ""


def timing(claim: str, said_on: date | None, published: date | None) -> Timing:
    """Compare a source's date with the dates in the claim, or where it has none with the day on which it was said."""
    if published is None:
        return Timing()
    dated = [when for when in read_dates(claim) if when.year]
    if dated:
        first = min(dated, key=_begins)
        if first.bound in ("", "since", "after") and published < _begins(first):
            return Timing(BEFORE_WEIGHS, f"It was published before {first.words}, of which the claim speaks.")
    if said_on is None:
        return Timing()
    days = (published - said_on).days
    if days > LATER:
        return Timing(LATER_WEIGHS, f"It was published later than the claim, on {_told(published)}.")
    if -days > OLD and not dated:
        return Timing(
            OLD_WEIGHS,
            f"It was published long before the claim, on {_told(published)}: it may be out of date.",
        )
    return Timing()


def _begins(when: When) -> date:
    return date(when.year, when.month or 1, min(when.day or 1, 28))


def _told(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
