"""Cut a document into the passages that search finds. Pure."""

from __future__ import annotations

import re

LONGEST = 700  # characters: about five sentences, what a person reads at a glance
_SENTENCE_END = re.compile(r"(?<=[.!?؟۔。])[\"”’')\]]*\s+")


def cut(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the paragraphs of a text; long ones are cut at sentence ends, or hard as a last resort."""
    spans: list[tuple[int, int]] = []
    for paragraph in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text):
        spans.extend(_shorter(text, paragraph.start(), paragraph.start() + len(paragraph.group().rstrip())))
    return spans


def _shorter(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while end - start > LONGEST:
        ends = [match.end() for match in _SENTENCE_END.finditer(text, start, start + LONGEST)]
        stop = ends[-1] if ends else (text.rfind(" ", start, start + LONGEST) + 1 or start + LONGEST)
        if stop <= start:
            stop = start + LONGEST
        spans.append((start, start + len(text[start:stop].rstrip())))
        start = stop
    if text[start:end].strip():
        spans.append((start, end))
    return spans
