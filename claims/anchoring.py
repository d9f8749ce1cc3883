"""Where a claim's words are in a text: exact or not at all. What only resembles is offered to a person."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from claims.lifecycle import Anchor

CONTEXT = 32  # code points of text kept on either side, as the W3C text-quote selector does
RESEMBLES = 80.0  # rapidfuzz partial ratio from which a place is offered to a person; Hypothes.is uses 0.8


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a text in code points, end exclusive, with its words and surroundings."""

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where a claim is in a newer text: `place` is sure when `anchor` is anchored, else only a proposal."""

    anchor: Anchor
    place: Place | None


def place(text: str, start: int, end: int) -> Place:
    """The span with its surroundings. Raises ValueError when it is outside the text or empty."""
    if not 0 <= start < end <= len(text):
        raise ValueError("the span is outside the text")
    return Place(
        start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    )


def follow(old: Place, text: str) -> Found:
    """Find a claim's words in a newer text.

    Anchored only where quote, prefix and suffix all match exactly and in one place (several such places: the same
    offset or nothing), or where the quote stands once and its surroundings changed on one side only. Otherwise
    reworded, with the likeliest place, or orphaned.
    """
    places = _occurrences(text, old.quote)
    exact = [start for start in places if all(_same_sides(text, start, old))]
    if len(exact) > 1:
        exact = [start for start in exact if start == old.start]
    if not exact and len(places) == 1 and any(_same_sides(text, places[0], old)):
        exact = places
    if len(exact) == 1:
        return Found(Anchor.ANCHORED, place(text, exact[0], exact[0] + len(old.quote)))
    if near := sorted(places, key=lambda start: abs(start - old.start)):
        return Found(Anchor.REWORDED, place(text, near[0], near[0] + len(old.quote)))
    alike = fuzz.partial_ratio_alignment(old.quote, text, score_cutoff=RESEMBLES)
    if alike and len(old.quote) >= 12 and alike.dest_end > alike.dest_start:
        return Found(Anchor.REWORDED, place(text, *to_words(text, alike.dest_start, alike.dest_end)))
    return Found(Anchor.ORPHANED, None)


def locate(text: str, quote: str, *, prefix: str = "", suffix: str = "", near: int = 0) -> Place | None:
    """The place that a person selected in a browser, by its words and surroundings; None when it is not there.

    White-space may differ (a browser folds it); the words may not.
    """
    quote = quote.strip()
    if not quote:
        return None
    pattern = _loosely(quote)
    best: tuple[int, int, Place] | None = None
    for match in pattern.finditer(text):
        found = place(text, match.start(), match.end())
        agree = _common_end(found.prefix, prefix) + _common_start(found.suffix, suffix)
        rank = (-agree, abs(match.start() - near))
        if best is None or rank < best[:2]:
            best = (*rank, found)
    return best[2] if best else None


def to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span to whole words and shed white-space at its edges."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return start, end
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _occurrences(text: str, quote: str) -> list[int]:
    found, at = [], text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def _same_sides(text: str, start: int, old: Place) -> tuple[bool, bool]:
    here = place(text, start, start + len(old.quote))
    return here.prefix == old.prefix, here.suffix == old.suffix


def _loosely(quote: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in quote.split()))


def _common_end(a: str, b: str) -> int:
    a, b = "".join(a.split()), "".join(b.split())
    count = 0
    while count < min(len(a), len(b)) and a[-1 - count] == b[-1 - count]:
        count += 1
    return count


def _common_start(a: str, b: str) -> int:
    return _common_end(a[::-1], b[::-1])
