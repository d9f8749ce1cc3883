"""How much of a claim a passage says: the sentences that bear on it, and the share of its words they cover."""

import re
from dataclasses import dataclass
from itertools import pairwise

from claims.matching.dates import read_dates
from claims.matching.numerals import ORDINAL_WORDS, SCALES, TENS, UNITS
from claims.matching.units import ROLES
from claims.matching.words import STOP_WORDS, Word, stem, words

SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9])|\n+")
ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|St|No|vs|Jr|Sr|Inc|Ltd|Co)\.|\b(?:[A-Z]\.){2,})$"
)

FIGURES = frozenset(UNITS) | TENS.keys() | (SCALES.keys() - {"m", "k"}) | ORDINAL_WORDS.keys()
LIGHT = STOP_WORDS | frozenset(
    "monday tuesday wednesday thursday friday saturday sunday percent per cent".split()
)


@dataclass(frozen=True, slots=True)
class Overlap:
    """The stretch of a passage nearest to a claim, and how much of the claim it covers."""

    text: str
    coverage: float
    shared: frozenset[str]
    missing: frozenset[str]


def content(text: str) -> dict[str, str]:
    """Stems of the content words → the words as written; numbers and dates are compared elsewhere.

    Words for the same fate (killed, dead, died) share one entry.
    """
    dated = [(when.start, when.end) for when in read_dates(text)]
    found: dict[str, str] = {}
    for word in words(text):
        if (
            not _is_figure(word)
            and word.lower not in LIGHT
            and not any(a <= word.start < b for a, b in dated)
        ):
            found.setdefault(ROLES.get(word.lower) or stem(word.lower), word.text)
    return found


def _is_figure(word: Word) -> bool:
    return word.lower[0].isdigit() or word.lower in FIGURES


def sentences(text: str) -> list[str]:
    """A passage cut at sentence ends, abbreviations and initials respected."""
    parts: list[str] = []
    start = 0
    for match in SENTENCE_END.finditer(text):
        if ABBREVIATION.search(text[start : match.start()]):
            continue
        parts.append(text[start : match.start()].strip())
        start = match.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def nearest(claim: str, passage: str, given: frozenset[str] = frozenset()) -> Overlap:
    """The one or two neighbouring sentences that cover most of the claim; one when the second adds little.

    `given` are stems that the document says elsewhere (the names in its title).
    """
    asked = frozenset(content(claim))
    parts = sentences(passage) or [passage]
    best = max(
        (_overlap(asked, part, given) for part in parts),
        key=lambda overlap: (overlap.coverage, -len(overlap.text)),
    )
    pairs = [_overlap(asked, f"{one} {two}", given) for one, two in pairwise(parts)]
    wider = max(pairs, key=lambda overlap: overlap.coverage, default=best)
    return wider if wider.coverage >= best.coverage + 0.25 else best


def _overlap(asked: frozenset[str], text: str, given: frozenset[str]) -> Overlap:
    shared = asked & (given | content(text).keys())
    return Overlap(text, len(shared) / (len(asked) or 1), shared, asked - shared)


def missing_words(claim: str, overlap: Overlap) -> list[str]:
    """The claim's content words that the passage lacks, as written, in order."""
    return [written for stem_, written in content(claim).items() if stem_ in overlap.missing]
