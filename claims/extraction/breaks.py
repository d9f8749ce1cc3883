"""Decompose, first half: where a stretch of a sentence is cut: at its commas, brackets and dashes, and at some 'and's."""

import re
from dataclasses import dataclass
from typing import Literal

from claims.extraction.tokens import FINITE, Parsed, Token

Role = Literal[
    "main", "speaker", "source", "relative", "participle", "tail", "coordinate", "subordinate", "with", "against",
    "age", "aside", "adjunct", "opening", "list", "partial",
]  # fmt: skip
BREAKS = frozenset((",", ";", ":", "—", "–", "--", "(", ")", "?", "!", "•"))
DASHES = ("—", "–", "--", "-", ";", ":")
QUOTES = frozenset("\"“”‘’'«»")
SECOND_RECORD = re.compile(
    r"the (?:\w+est|most|least|first|lowest|highest)(?: \w+){0,3} (?:since|in which|in \d|on record|ever|in more than|in at least)\b"
)


@dataclass(frozen=True)
class Chunk:
    """The words lo to hi (hi excluded) between two breaks; `mark` is the break before them."""

    lo: int
    hi: int
    mark: str
    role: Role = "main"


def is_quote(word: Token) -> bool:
    """Whether a word is a quotation mark, and not the apostrophe of an owner: 'the Bakers' Union'."""
    return word.text in QUOTES and word.tag != "POS"


def cut(p: Parsed, lo: int, hi: int) -> list[Chunk]:
    """The parts of a stretch between its breaks, all as yet without a role."""
    parts: list[Chunk] = []
    at = start = lo
    while at < hi:
        if p.words[at].text == "(" and (close := _closing(p, at, hi)):
            at = close + 1
            continue
        if not _breaks(p, at):
            at += 1
            continue
        if at > start:
            parts.append(Chunk(start, at, _mark_before(p, start, lo)))
        while at < hi and (_breaks(p, at) or is_quote(p.words[at])):
            at += 1
        start = at
    if hi > start:
        parts.append(Chunk(start, hi, _mark_before(p, start, lo)))
    return [c for c in parts if any(w.text not in QUOTES for w in p.words[c.lo : c.hi])]


def _closing(p: Parsed, at: int, hi: int) -> int | None:
    """Where a short bracket without a verb closes: it stays with the words around it."""
    for place in range(at + 1, min(hi, at + 10)):
        if p.words[place].text == ")":
            return place
        if p.words[place].tag in FINITE:
            return None
    return None


def _mark_before(p: Parsed, start: int, lo: int) -> str:
    at = start - 1
    while at >= lo and p.words[at].text in QUOTES:
        at -= 1
    return p.words[at].text if at >= lo and p.words[at].text in BREAKS | {"-"} else ""


def _breaks(p: Parsed, at: int) -> bool:
    word = p.words[at]
    if word.text in BREAKS or (word.low in ("and", "but") and (_second_record(p, at) or _second_that(p, at))):
        return True
    if word.text == "-" and 0 < at < len(p.words) - 1:
        return p.words[at - 1].end < word.start and word.end < p.words[at + 1].start
    return False


def _second_that(p: Parsed, at: int) -> bool:
    """'said that … and that …': the second clause of what was said."""
    after = p.words[at + 1 : at + 16]
    if len(after) < 4 or after[0].low != "that" or at < 3:
        return False
    return after[0].tag in ("IN", "WDT") and any(w.tag in FINITE for w in after[2:])


def _second_record(p: Parsed, at: int) -> bool:
    """'down from 29,100 and the most since 2011', 'was the fourth this year and the first since …': a record of its own."""
    after = p.lows(at + 1, min(len(p.words), at + 12))
    if len(after) < 4 or after[0] != "the" or at < 4 or p.words[at - 1].text in BREAKS:
        return False
    return bool(SECOND_RECORD.match(" ".join(after)))
