"""What the stance model looks at: numbers that describe how a passage stands to a claim."""

import re
from itertools import pairwise

from claims.matching.numerals import UNITS
from claims.matching.words import STOP_WORDS, Word, names, stem, stems, words
from sources.stance import figures, negation
from sources.stance.overlap import Overlap, sentences

STRONG = frozenset(
    "only exclusively solely all every always entirely completely first last most never".split()
)
COMPARATIVE = re.compile(r"\b(?:more|less|fewer|most|least|\w{3,}er than|\w{3,}est)\b", re.IGNORECASE)
VERDICTS = ("agrees", "conflicts", "open", "missing")


def signals(claim: str, passage: str, near: Overlap) -> dict[str, float]:
    """The signals of a pair, by name; counts are capped so that long texts do not count for more."""
    asked, given, close = words(claim), words(passage), words(near.text)
    found = figures.numbers(claim, near.text) + figures.dates(claim, near.text)
    wide = figures.numbers(claim, passage) + figures.dates(claim, passage)
    return (
        _coverage(claim, passage, near)
        | {f"number_{v}": float(_count(found, "number", v)) for v in VERDICTS}
        | {f"date_{v}": float(_count(found, "date", v)) for v in VERDICTS}
        | {f"wide_{v}": float(sum(finding.verdict == v for finding in wide)) for v in VERDICTS}
        | _polarity(claim, near, asked, close)
        | _slots(asked, given)
        | {
            "claim_words": min(len(asked), 40) / 10,
            "passage_words": min(len(given), 200) / 20,
            "sentences": float(min(len(sentences(passage)), 6)),
        }
    )


def _count(found: list[figures.Finding], about: str, verdict: str) -> int:
    return sum(finding.about == about and finding.verdict == verdict for finding in found)


def _coverage(claim: str, passage: str, near: Overlap) -> dict[str, float]:
    ordered, whole, close = stems(claim), frozenset(stems(passage)), stems(near.text)
    asked = frozenset(ordered)
    named = frozenset(part for name in names(claim) for part in stems(name))
    pairs, their_pairs = set(pairwise(ordered)), set(pairwise(stems(passage)))
    missing_names, missing = named - whole, asked - whole
    return {
        "near": near.coverage,
        "whole": len(asked & whole) / (len(asked) or 1),
        "missing": float(min(len(missing), 8)),
        "missing_near": float(min(len(asked - frozenset(close)), 8)),
        "missing_plain": float(min(len(missing - named), 8)),
        "missing_names": float(min(len(missing_names), 5)),
        "names": len(named & whole) / len(named) if named else 0.5,
        "pairs": len(pairs & their_pairs) / (len(pairs) or 1),
        "in_order": _in_order(ordered, close) / (len(ordered) or 1),
        "fuzzy": sum(_has_kin(one, whole) for one in missing) / (len(missing) or 1),
        "new_names": float(min(6, len(frozenset(p for n in names(near.text) for p in stems(n)) - asked))),
    }


def _in_order(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for left in one:
        corner = 0
        for place, right in enumerate(other, start=1):
            corner, row[place] = row[place], corner + 1 if left == right else max(row[place], row[place - 1])
    return row[-1]


def _has_kin(one: str, whole: frozenset[str]) -> bool:
    return len(one) >= 5 and any(other[:5] == one[:5] for other in whole)


def _polarity(
    claim: str, near: Overlap, asked: tuple[Word, ...], close: tuple[Word, ...]
) -> dict[str, float]:
    ours = sum(map(negation.is_negation, asked))
    theirs = sum(map(negation.is_negation, close))
    strong = {word.lower for word in asked} & STRONG
    return {
        "negated_claim": float(min(ours, 2)),
        "negated_passage": float(min(theirs, 3)),
        "negation_differs": float(bool(ours) != bool(theirs)),
        "flips": float(min(len(negation.flips(claim, near.text)), 3)),
        "antonyms": float(min(len(negation.opposites(claim, near.text)), 2)),
        "strong_unsaid": float(len(strong - {word.lower for word in close})),
        "strong_said": float(len(strong & {word.lower for word in close})),
        "comparative": float(bool(COMPARATIVE.search(claim)) and not COMPARATIVE.search(near.text)),
    }


def _slots(asked: tuple[Word, ...], given: tuple[Word, ...]) -> dict[str, float]:
    """Words of the claim whose neighbour the passage has too, with something else in their place."""
    after: dict[str, set[str]] = {}
    before: dict[str, set[str]] = {}
    theirs = [word for word in given if word.lower not in STOP_WORDS]
    for left, right in pairwise(theirs):
        after.setdefault(stem(left.lower), set()).add(_sort(right))
        before.setdefault(stem(right.lower), set()).add(_sort(left))
    whole = {stem(word.lower) for word in given}
    ours = [word for word in asked if word.lower not in STOP_WORDS]
    counts = {"swapped_name": 0.0, "swapped_number": 0.0, "swapped_word": 0.0}
    for left, right in pairwise(ours):
        known_left, known_right = stem(left.lower) in whole, stem(right.lower) in whole
        if known_left and not known_right and _sort(right) in after.get(stem(left.lower), ()):
            counts[f"swapped_{_sort(right)}"] += 1
        if known_right and not known_left and _sort(left) in before.get(stem(right.lower), ()):
            counts[f"swapped_{_sort(left)}"] += 1
    return {name: min(count, 3.0) for name, count in counts.items()} | {
        "last_missing": float(bool(ours) and stem(ours[-1].lower) not in whole),
        "first_missing": float(bool(ours) and stem(ours[0].lower) not in whole),
    }


def _sort(word: Word) -> str:
    if word.lower[0].isdigit() or word.lower in UNITS:
        return "number"
    return "name" if word.is_capital else "word"
