"""Whether two wordings or figures tell of other things of one kind, so that both may hold. Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from claims.matching.quantities import CLAUSE_END, Quantity, read_quantities
from claims.matching.units import ROLES
from claims.matching.words import STOP_WORDS, Word, stem, without_topic, words
from sources.stance import negation

CALLED = re.compile(
    r"\b(?P<name>\w{3,})\s+of\s+(?:[$€£¥₹]|(?:more than|at least|over|about|nearly)\s+)?$", re.IGNORECASE
)
SHARE_OF = re.compile(r"\s+(?:in|as)\s+(?P<form>\w{3,})", re.IGNORECASE)
# A figure of what is planned is not one of what came; a change is not a level, nor what was bought what is there.
PLANNED = re.compile(
    r"\b(?:planned|budgeted|expected|forecast|estimated|intended|supposed|promised|allow(?:s|ed)|limit(?:ed)?|licen[cs]ed?"
    r"|would|could|should"
    # Nor is what somebody asks for what is given.
    r"|asked for|ask(?:s|ing)? for|demand(?:s|ed)|sought|seeks|requested|proposed|offer(?:s|ed)|wants?|recommended)\b",
    re.IGNORECASE,
)
# Parts of a contest that have a result of their own, and what stood before it ended.
STAGE = re.compile(
    r"\b(?:half-?time|run-?off|(?:quarter|semi)-?finals?|extra time|exit polls?"
    r"|(?:first|second|third|final) (?:half|round|leg|set|reading)"
    r"|by (?:noon|midday|midnight|\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m))\b",
    re.IGNORECASE,
)
CHANGE = frozenset(
    "rose rise rises fell fall falls increased grew grow dropped gained lost raised cut bought buy sold added add "
    "hired up down extra additional another".split()
)
LEVEL = frozenset({"to", "at", "for"})
BOUNDS = frozenset("more fewer less above below maximum minimum over under".split())
# Words that make of a thing a part or another measure of it, where the other wording has none of them.
NARROWER = frozenset(
    "youth young half male female foreign domestic rural urban core net gross median average annual yearly monthly "
    "weekly daily quarterly part-time full-time private return preliminary".split()
)
SIDES = frozenset("high tall long wide deep thick short below above".split())
ARTICLES = frozenset("of the its their all our these those".split())  # before a group
MOST_OF_A_GROUP = 2
OF = re.compile(r"\s+of\b")
Content = list[tuple[str, Word]]


def other_kind(one: str, other: str) -> bool:
    """Whether each tells of another thing of its kind: a single or a return ticket, wheat or maize, the second year."""
    ours, theirs = _content(one), _content(other)
    left, right = {word for word, _ in ours}, {word for word, _ in theirs}
    if {word.lower for _, word in ours} & NARROWER != {word.lower for _, word in theirs} & NARROWER:
        return True
    if _stages(one) != _stages(other):
        return True
    if any(not {a, b} & BOUNDS for a, b in negation.opposites(one, other)):
        return True
    for first, second in (
        (_before(one, ours), _before(other, theirs)),
        (_after(one, ours), _after(other, theirs)),
    ):
        if any(first[word] - right and second[word] - left for word in first.keys() & second.keys()):
            return True
    ranks, others = (
        {(q.head, q.value) for q in read_quantities(text) if q.kind == "rank"} for text in (one, other)
    )
    return any(head == its and value != given for head, value in ranks for its, given in others)


def _stages(text: str) -> set[str]:
    return {stage.lower().replace("-", "") for stage in STAGE.findall(text)}


def _before(text: str, content: Content) -> dict[str, set[str]]:
    """The words right before each word."""
    found: dict[str, set[str]] = {}
    for (word, at), (following, then) in pairwise(content):
        if then.start - at.end == 1 and word not in ("against", following):
            found.setdefault(following, set()).add(word)
    return found


def _after(text: str, content: Content) -> dict[str, set[str]]:
    """The words that follow each word after "of" or "to": exports of wheat, voted to stay."""
    found: dict[str, set[str]] = {}
    for (word, at), (following, then) in pairwise(content):
        if text[at.end : then.start].strip() in ("of", "to"):
            found.setdefault(word, set()).add(following)
    return found


def _content(text: str) -> Content:
    """The content words that are no numbers, in order: their stems, or what befell people in one word for all."""
    figures = [(figure.start, figure.end) for figure in read_quantities(text)]
    return [
        (ROLES.get(word.lower) or stem(word.lower), word)
        for word in words(without_topic(text))
        if word.lower not in STOP_WORDS
        and not word.lower[0].isdigit()
        and not any(start <= word.start < end for start, end in figures)
    ]


def of_another_sort(text: str, figure: Quantity, other_text: str, other: Quantity) -> bool:
    """Whether one is planned, a change, in grants, in height or the range, and the other is something else of that."""
    if bool(PLANNED.search(text)) != bool(PLANNED.search(other_text)):
        return True
    if not figure.role and _is_change(text, figure) != _is_change(other_text, other):
        return True
    if (
        figure.kind not in ("percent", "money")
        and not figure.role
        and _other_deed(text, figure, other_text, other)
    ):
        return True
    if figure.kind == "percent" and _of_another_group(text, figure, other_text, other):
        return True
    said = [(told(text, figure), told(other_text, other)) for told in (_form, _side, _called)]
    return any(ours and theirs and ours != theirs for ours, theirs in said)


def _other_deed(text: str, figure: Quantity, other_text: str, other: Quantity) -> bool:
    """Whether right before the figures stands another word in each: imported 90,000 tonnes, harvested 400,000."""
    ours, theirs = _content(text), _content(other_text)
    left = [word for word, at in ours if 0 <= figure.start - at.end <= 1]
    right = [word for word, at in theirs if 0 <= other.start - at.end <= 1]
    if not left or not right:
        return False
    return left[0] not in {word for word, _ in theirs} and right[0] not in {word for word, _ in ours}


def _of_another_group(text: str, figure: Quantity, other_text: str, other: Quantity) -> bool:
    """Whether percentages are of two groups, neither of which the other wording knows: of nurses, of doctors."""
    left, right = _group(text, figure), _group(other_text, other)
    here, there = ({word for word, _ in _content(said)} for said in (text, other_text))
    return bool(left and right) and not (left & there or right & here)


def _group(text: str, figure: Quantity) -> set[str]:
    """The words right after a percentage that say of what it is: 40 per cent of the nurses, one in five nurses."""
    found = set[str]()
    in_words = "%" not in figure.given and "cent" not in figure.given.lower()
    if not in_words and not OF.match(text, figure.end):
        return found
    for word in words(text):
        if word.start < figure.end:
            continue
        if (word.lower in STOP_WORDS and (found or word.lower not in ARTICLES)) or len(
            found
        ) == MOST_OF_A_GROUP:
            break
        if word.lower not in STOP_WORDS:
            found.add(stem(word.lower.removesuffix("'s")))
    return found


def _form(text: str, figure: Quantity) -> str:
    """In what a sum of money is given: in grants, in loans."""
    found = SHARE_OF.match(text, figure.end) if figure.kind == "money" else None
    return found["form"].lower() if found else ""


def _side(text: str, figure: Quantity) -> str:
    """Along which side a length is measured: high, long."""
    after = [word.lower for word in words(text) if word.start >= figure.end][:2]
    return next((word for word in after if word in SIDES), "") if figure.kind == "length" else ""


def _called(text: str, figure: Quantity) -> str:
    """What a figure is said to be: a range of 900 kilometres."""
    found = CALLED.search(text[: figure.start])
    return stem(found["name"].lower()) if found else ""


def _is_change(text: str, figure: Quantity) -> bool:
    """Whether a figure is by how much something changed: so say the words before it in its clause, or "more" after."""
    clause = CLAUSE_END.split(text[: figure.start])[-1]
    said = [word.lower for word in words(clause)]
    before = said if said[-1:] == ["by"] else said[-4:]
    if set(before[-2:]) & LEVEL:
        return False
    after = [word.lower for word in words(text) if word.start >= figure.end][:2]
    return bool(set(before) & CHANGE) or bool({"more", "extra", "fewer", "less"} & set(after))
