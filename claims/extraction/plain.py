"""Decomposition without a parse, for other languages and where no model is: sentences, and who says them."""

import re
from collections.abc import Sequence

from claims.extraction.shapes import Draft, Piece, Sentence, Span

SAID = (
    r"said|says|told|announced|stated|reported|claimed|argued|added|insisted|warned|explained|confirmed|alleged|"
    r"estimated|acknowledged|admitted|wrote|tweeted|declared|noted|testified"
)
NAME = r"(?:(?:the|a|an|its|their|his|her)\s)?(?:[\w’'.&-]+\s){0,7}?[\w’'.&-]+"
FRONT = re.compile(
    rf"(?P<who>(?:[A-ZÀ-Þ]|[Tt]he )[^,;:“”\"]{{1,80}}?)\s(?:{SAID})\s(?:(?:on|late on|earlier on)\s\w+\s)?that\s(?P<what>.+)$",
    re.DOTALL,
)
BACK = re.compile(
    rf"(?P<what>.{{15,}}?)[,”\"]+\s(?P<who>{NAME})\s(?:{SAID})(?:\s[\w ]{{0,40}})?[.]?$", re.DOTALL
)
TURNED = re.compile(rf"(?P<what>.{{15,}}?)[,”\"]+\s(?:{SAID})\s(?P<who>{NAME}(?:,[^,]+,?)?)[.]?$", re.DOTALL)
SOURCE = re.compile(rf"(?P<what>.{{15,}}?),?\s(?:according to|citing)\s(?P<who>{NAME})[.]?$", re.DOTALL)


def decompose(text: str, sentences: Sequence[Sentence], *, english: bool) -> list[Draft]:
    """One draft a sentence; in English without the words that only say who said it."""
    drafts = []
    for number, sentence in enumerate(sentences):
        if sentence.kind not in ("paragraph", "item"):
            continue
        drafts.append(_draft(text, number, sentence, english=english))
    return drafts


def _draft(text: str, number: int, sentence: Sentence, *, english: bool) -> Draft:
    span: Span = (sentence.start, sentence.end)
    claimant: list[Span | str] = []
    rules = ["sentence"]
    if english:
        for pattern in (FRONT, BACK, TURNED, SOURCE):
            found = pattern.match(text, sentence.start, sentence.end)
            if found:
                span, claimant, rules = found.span("what"), [found.span("who")], ["sentence", "attribution"]
                break
    return Draft(span[0], span[1], [Piece(span=span)], number, claimant, rules)
