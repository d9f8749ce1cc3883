"""A finer grain than a claim's: the parts that one claim could be split into, for a person to choose from.

'The flood destroyed 12 homes and a school' may be looked up as one fact or as two. The engine keeps it whole, because a
desk checks it whole; this proposes the cut. Only joined words are taken apart, and never what stands for one thing together.
"""

import re
from collections.abc import Sequence

from claims.extraction import tokens
from claims.extraction.shapes import Sentence
from claims.extraction.tokens import VERB, Parsed
from claims.extraction.wordlist import words as wordlist

AT_MOST = 12  # parts of one claim; a list of more is a table
SHORTEST = 3  # words of a part
TOGETHER = wordlist(
    "between both each together among amongst from"
)  # 'between June and October' is one span of time
JOINS = ("cc", "punct")
OF_A_NAME = ("det", "nummod", "amod", "compound", "nmod", "advmod", "case")
CLOSES = (".", ",", ";", ":", "!", "?", ")", "”")
DANGLING = re.compile(r",(?=[.,;!?])")


def parts(p: Parsed, words: Sequence[int]) -> list[list[int]]:
    """The sets of words that a claim's words fall into, in their order; the claim itself where nothing is joined."""
    found = dict.fromkeys(tuple(one) for one in _parts(p, list(words)))
    long_enough = [list(one) for one in found if len(one) >= SHORTEST]
    return long_enough if 1 < len(long_enough) <= AT_MOST else [list(words)]


def proposed(wording: str) -> list[str]:
    """The wordings that a person may split a claim into; empty where the machine sees no cut."""
    text = " ".join(wording.split())
    if not text or not tokens.available():
        return []
    parsed, _ = tokens.parse(text, "", [(0, Sentence(0, len(text), 0, "paragraph"))])
    found = parts(parsed[0], range(len(parsed[0].words)))
    return [_wording(parsed[0], one) for one in found] if len(found) > 1 else []


def _parts(p: Parsed, words: list[int]) -> list[list[int]]:
    group = _joined(p, words)
    if not group:
        return [words]
    own = {at: _under(p, at, words) for at in group}
    first, *rest = group
    own[first] = _own(p, first, own[first].difference(*(own[other] for other in rest)), rest)
    found: list[list[int]] = []
    for at in group:
        gone = set().union(*(own[other] for other in group if other != at))
        kept = [word for word in words if word not in gone]
        found += _parts(p, kept if at == first else _without_joins(p, kept, min(own[at]), at))
        if len(found) > AT_MOST:
            return [words]
    return found


def _own(p: Parsed, first: int, whole: set[int], rest: Sequence[int]) -> set[int]:
    """Of what hangs on the first of the joined words, what is its alone: the others share what stands before it."""
    if any(p.words[at].dep.startswith("nsubj") and p.words[at].head in rest for at in range(len(p.words))):
        return whole
    left = first
    if p.words[first].tag not in VERB:
        while left - 1 in whole and p.words[left - 1].dep in OF_A_NAME and p.words[left - 1].tag not in VERB:
            left -= 1
    return {at for at in whole if at >= left}


def _joined(p: Parsed, words: list[int]) -> list[int]:
    """The heads of the first words that are joined as equals: 'homes', 'school'."""
    there = set(words)
    for at in words:
        rest = [
            other
            for other in words
            if p.words[other].head == at and p.words[other].dep == "conj" and other != at
        ]
        if rest and not _one_thing(p, at, there):
            return [at, *rest]
    return []


def _one_thing(p: Parsed, at: int, there: set[int]) -> bool:
    """Whether joined words stand for one thing: a name, or an amount between two."""
    if p.words[at].tag in ("NNP", "NNPS") and any(
        p.words[other].dep == "flat" and p.words[other].head == at for other in there
    ):
        return False
    return any(p.words[other].low in TOGETHER and p.words[other].head == at and other < at for other in there)


def _under(p: Parsed, at: int, words: list[int]) -> set[int]:
    """The words that depend on one, itself included."""
    return {word for word in words if word == at or _reaches(p, word, at)}


def _reaches(p: Parsed, word: int, top: int) -> bool:
    for _ in range(40):
        head = p.words[word].head
        if head == top:
            return True
        if head == word:
            return False
        word = head
    return False


def _without_joins(p: Parsed, words: list[int], first: int, head: int) -> list[int]:
    """Without the 'and' and commas that joined this part to what is gone."""
    return [
        at
        for at in words
        if not (p.words[at].dep in JOINS and p.words[at].head == head and at <= max(first, head))
    ]


def _wording(p: Parsed, words: list[int]) -> str:
    """The words as a sentence, spaced as they were."""
    text = ""
    for at, word in enumerate(words):
        token = p.words[word]
        touches = at > 0 and p.words[words[at - 1]].end == token.start
        text += token.text if touches or not text or token.text in CLOSES else f" {token.text}"
    text = DANGLING.sub("", text).strip(" ,;")
    text = text if text.endswith((".", "!", "?", "”")) else f"{text}."
    return text[:1].upper() + text[1:]
