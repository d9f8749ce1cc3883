"""How much of a claim a passage says: the sentences that bear on it, and the share of its words they cover."""

import re
from dataclasses import dataclass

from claims.matching.words import STOP_WORDS, plain, stem, stems, words

SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9])|\n+")
ABBREVIATION = re.compile(r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|St|No|vs|Jr|Sr|Inc|Ltd|Co)\.|\b(?:[A-Z]\.){2,})$")


@dataclass(frozen=True, slots=True)
class Overlap:
    """The stretch of a passage nearest to a claim, and how much of the claim it covers."""

    text: str
    coverage: float
    shared: frozenset[str]
    missing: frozenset[str]


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


def nearest(claim: str, passage: str) -> Overlap:
    """The one or two neighbouring sentences that cover most of the claim; one when the second adds little."""
    asked = frozenset(stems(claim))
    parts = sentences(passage) or [passage]
    best = max(
        (_overlap(asked, part) for part in parts), key=lambda overlap: (overlap.coverage, -len(overlap.text))
    )
    pairs = [_overlap(asked, f"{one} {two}") for one, two in zip(parts, parts[1:], strict=False)]
    wider = max(pairs, key=lambda overlap: overlap.coverage, default=best)
    return wider if wider.coverage >= best.coverage + 0.25 else best


def _overlap(asked: frozenset[str], text: str) -> Overlap:
    given = frozenset(stems(text))
    shared = asked & given
    return Overlap(text, len(shared) / (len(asked) or 1), shared, asked - given)


def missing_words(claim: str, overlap: Overlap) -> list[str]:
    """The claim's content words that the passage lacks, as written, in order."""
    found = [
        word.text
        for word in words(plain(claim))
        if word.lower not in STOP_WORDS and stem(word.lower) in overlap.missing
    ]
    return list(dict.fromkeys(found))
