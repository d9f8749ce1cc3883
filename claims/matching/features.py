"""What the reranker looks at: how two statements overlap in words, names, numbers and order."""

from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import fuzz

from claims.matching.words import names, stems, words


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement taken apart once, compared many times."""

    text: str
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    names: frozenset[str]
    numbers: frozenset[str]


def prepare(text: str) -> Prepared:
    """Take a statement apart."""
    ordered = stems(text)
    return Prepared(
        text=" ".join(word.lower for word in words(text)),
        stems=frozenset(ordered),
        pairs=frozenset(zip(ordered, ordered[1:], strict=False)),
        names=frozenset(part for name in names(text) for part in stems(name)),
        numbers=frozenset(token for token in ordered if token[0].isdigit()),
    )


def measure(asked: Prepared, earlier: Prepared, idf: Callable[[str], float]) -> dict[str, float]:
    """The features of a pair, each between 0 and 1."""
    shared = asked.stems & earlier.stems
    weight = sum(map(idf, shared))
    return {
        "covers_earlier": weight / (sum(map(idf, earlier.stems)) or 1.0),
        "covers_asked": weight / (sum(map(idf, asked.stems)) or 1.0),
        "pairs": len(asked.pairs & earlier.pairs) / (len(earlier.pairs) or 1),
        "names": len(asked.names & earlier.stems) / (len(asked.names) or 1),
        "numbers": _share(asked.numbers, earlier.numbers),
        "set_ratio": fuzz.token_set_ratio(asked.text, earlier.text) / 100,
        "partial": fuzz.partial_ratio(asked.text, earlier.text) / 100,
    }


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """1 when the same, 0 when none shared, 0.5 when either has none: nothing to compare."""
    if not one or not other:
        return 0.5
    return len(one & other) / len(one | other)
