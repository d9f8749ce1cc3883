"""Votes and scores: 31 to 14, by 27 votes to 18, 3-1. Two numbers that are one figure. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.matching.dates import read_dates
from claims.matching.numerals import SCALES, TENS, UNITS
from claims.matching.words import plain, without_topic, words

_WORD = "|".join(sorted([*UNITS, *TENS], key=len, reverse=True))
_NUMBER = rf"(?:\d{{1,3}}|(?:{_WORD})(?:-(?:{_WORD}))?)"
_OF = r"(?:\s+(?:votes?|goals?|points?|games?|sets?))?"
TALLY = re.compile(
    rf"(?<!from )(?<!between )(?<![\w$€£¥₹.,-])(?P<one>{_NUMBER}){_OF}\s*(?:-|\s+to\s+)\s*(?P<other>{_NUMBER})"
    r"(?![\w%]|[.,:-]\d)",
    re.IGNORECASE,
)
VOTED = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|passed|adopted|approved|rejected|carried|defeated|ballot|majority)\b",
    re.IGNORECASE,
)
PLAYED = re.compile(
    r"\b(?:beat|beaten|won|wins?|lost|loses?|drew|draws?|led|leads?|trail(?:s|ed)|victory|defeat(?:ed)?|scored|match|final|game)\b",
    re.IGNORECASE,
)
BODIES = frozenset(
    "parliament senate house chamber assembly congress council committee commission board jury court cabinet panel "
    "members delegates shareholders".split()
)
ONE_BODY = 1.5  # between the totals of two votes of one body: the rest is absent or abstains


@dataclass(frozen=True, slots=True)
class Tally:
    """Who had more and who had less, as the words give it, and whether it is a vote or a game."""

    more: int
    less: int
    kind: str
    given: str


def read_tally(text: str) -> Tally | None:
    """The one vote or score of a text; None when it has none or several."""
    flat = plain(without_topic(text))
    kind = "vote" if VOTED.search(flat) else "score" if PLAYED.search(flat) else ""
    dated = [(when.start, when.end) for when in read_dates(flat)]
    found = [
        match
        for match in TALLY.finditer(flat)
        if not any(a < match.end() and match.start() < b for a, b in dated)
    ]
    if not kind or len(found) != 1 or _measures(flat, found[0].end()):
        return None
    one, other = (_number(found[0][side]) for side in ("one", "other"))
    return Tally(max(one, other), min(one, other), kind, found[0].group())


def differ(one: str, other: str) -> tuple[Tally, Tally] | None:
    """The tallies of two wordings where both tell of one vote or game and they are not the same."""
    ours, theirs = read_tally(one), read_tally(other)
    if ours is None or theirs is None or ours.kind != theirs.kind:
        return None
    if (ours.more, ours.less) == (theirs.more, theirs.less):
        return None
    if ours.kind == "vote" and not _of_one_body(one, ours, other, theirs):
        return None
    return ours, theirs


def _of_one_body(one: str, ours: Tally, other: str, theirs: Tally) -> bool:
    left, right = ({word.lower.removesuffix("'s") for word in words(text)} & BODIES for text in (one, other))
    totals = sorted((ours.more + ours.less, theirs.more + theirs.less))
    return not (left - right and right - left) and totals[1] <= ONE_BODY * totals[0]


def _measures(flat: str, end: int) -> bool:
    """Whether a range is meant: 10 to 15 per cent, 10 to 15 days."""
    following = next((word.lower for word in words(flat) if word.start >= end), "")
    return following in SCALES or following in ("per", "percent", "days", "weeks", "months", "years", "hours")


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return sum(UNITS.get(part, 0) + TENS.get(part, 0) for part in text.lower().split("-"))
