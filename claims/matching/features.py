"""What the reranker looks at: how two statements overlap in words, numbers and order."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from claims.matching.words import stems, words

IDF_SCALE = 10.0  # Brings a rare word's weight to about 1.


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement taken apart once, compared many times; each line (wording, headline) counts by itself."""

    lines: tuple[str, ...]
    line_stems: tuple[frozenset[str], ...]
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    numbers: frozenset[str]

    @property
    def text(self) -> str:
        """The words alone: two statements with the same are one statement."""
        return "\n".join(self.lines)


def prepare(text: str) -> Prepared:
    """Take a statement apart."""
    lines = [line for line in text.splitlines() if line.strip()]
    ordered = [stems(line) for line in lines]
    every = frozenset(stem for line in ordered for stem in line)
    return Prepared(
        lines=tuple(" ".join(word.lower for word in words(line)) for line in lines),
        line_stems=tuple(frozenset(line) for line in ordered),
        stems=every,
        pairs=frozenset(pair for line in ordered for pair in pairwise(line)),
        numbers=frozenset(stem for stem in every if stem[0].isdigit()),
    )


def measure(asked: Prepared, earlier: Prepared, idf: Callable[[str], float]) -> dict[str, float]:
    """The features of a pair, most of them between 0 and 1."""
    shared = asked.stems & earlier.stems
    known = {stem: idf(stem) for stem in asked.stems | earlier.stems}
    rare = [*sorted((known[stem] for stem in shared), reverse=True), 0.0, 0.0, 0.0]
    return {
        "covers_earlier": max(
            (_covered(asked.stems, line, known) for line in earlier.line_stems), default=0.0
        ),
        "covers_asked": _covered(earlier.stems, asked.stems, known),
        "rarest": rare[0] / IDF_SCALE,
        "second_rarest": rare[1] / IDF_SCALE,
        "third_rarest": rare[2] / IDF_SCALE,
        "lacks": max((known[stem] for stem in earlier.stems - asked.stems), default=0.0) / IDF_SCALE,
        "pairs": math.sqrt(len(asked.pairs & earlier.pairs) / (len(earlier.pairs) or 1)),
        "numbers": _share(asked.numbers, earlier.numbers),
    }


def _covered(given: frozenset[str], wanted: frozenset[str], known: dict[str, float]) -> float:
    return sum([known[stem] for stem in given & wanted]) / (sum([known[stem] for stem in wanted]) or 1.0)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """1 when the same, 0 when none shared, 0.5 when either has none: nothing to compare."""
    if not one or not other:
        return 0.5
    return len(one & other) / len(one | other)
