"""Quotation marks of any language, paired within a paragraph in one pass."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from claims.extraction.shapes import Block, Quote

PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", "‹": "›", "〝": "〞"}
SINGLE = ("‘", "’")


def quotes(text: str, parts: list[Block]) -> list[Quote]:
    """Every quotation, in order. One that is not closed in its paragraph runs to the paragraph's end."""
    found: list[Quote] = []
    for block in parts:
        found.extend(_in_block(text, block.start, block.end))
    return found


def _in_block(text: str, start: int, end: int) -> list[Quote]:
    found: list[Quote] = []
    opened, closers, straight = -1, "", False
    for place in range(start, end):
        mark = text[place]
        if opened < 0 and mark in PAIRS:
            opened, closers = place, PAIRS[mark]
        elif opened < 0 and mark == '"':
            opened, closers, straight = place, '"', True
        elif opened < 0 and mark == "‘" and _single_opens(text, place, start):
            opened, closers = place, "’"
        elif opened >= 0 and mark in closers and (mark != "’" or _single_closes(text, place, end)):
            found.append(Quote(opened, place + 1, (opened + 1, place)))
            opened, straight = -1, False
    if opened >= 0 and not straight and closers != "’" and end - opened > 2:
        found.append(Quote(opened, end, (opened + 1, end)))
    return found


def _single_opens(text: str, place: int, start: int) -> bool:
    return place == start or not text[place - 1].isalnum()


def _single_closes(text: str, place: int, end: int) -> bool:
    return place + 1 >= end or not text[place + 1].isalnum()


def holding(found: Sequence[Quote], start: int, end: int) -> Quote | None:
    """The quotation that holds a span, if one does. `found` is in order."""
    at = bisect_right(found, start, key=attrgetter("start")) - 1
    if at >= 0 and found[at].start <= start and end <= found[at].end:
        return found[at]
    return None
