"""From a claim to a search query, and the order of the passages that it finds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any  # A share is taken of stems and of numbers alike.

from claims.matching.dates import MONTHS, read_dates
from claims.matching.quantities import read_quantities
from claims.matching.words import STOP_WORDS, names, stem, stems, words
from sources.stance.overlap import sentences

MOST_TERMS = 16
SPEECH = frozenset(
    "say said says claim claims claimed according report reported state stated accuse accused deny "
    "denied tell told".split()
)


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: names, numbers and dates as written, and content words, best first."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    dates: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """Single words for a full text search (any of them may match), the telling ones first."""
        split = [part for name in self.names for part in name.split() if part not in STOP_WORDS]
        numbers = [part for number in self.numbers for part in number.split()]
        dates = [part for date in self.dates for part in date.lower().split()]
        return tuple(dict.fromkeys((*split, *self.words, *numbers, *dates)))[:MOST_TERMS]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage's key with its agreement with the claim and the parts that it was made of."""

    id: int | str
    score: float
    parts: dict[str, float]


def query(claim: str) -> Query:
    """The search query of a claim."""
    dates = read_dates(claim)
    quantities = [quantity for quantity in read_quantities(claim) if quantity.kind != "rank"]
    inside = [(when.start, when.end) for when in dates]
    inside += [(quantity.start, quantity.end) for quantity in quantities]
    content = [
        word.lower
        for word in words(claim)
        if word.lower not in STOP_WORDS | SPEECH and not any(s <= word.start < e for s, e in inside)
    ]
    return Query(
        names=tuple(dict.fromkeys(name for name in names(claim) if name not in MONTHS)),
        numbers=tuple(dict.fromkeys(quantity.given for quantity in quantities)),
        dates=tuple(dict.fromkeys(when.words for when in dates)),
        words=tuple(dict.fromkeys(content)),
    )


def rerank(claim: str, passages: Iterable[tuple[int | str, str, float]]) -> list[Ranked]:
    """Order (id, text, full-text score) by agreement with the claim in words, names, numbers and dates."""
    given = list(passages)
    if not given:
        return []
    top = max((score for _, _, score in given), default=0.0) or 1.0
    asked = _Asked(claim)
    ranked = [Ranked(key, *asked.agreement(text, score / top)) for key, text, score in given]
    return sorted(ranked, key=lambda item: -item.score)


class _Asked:
    """The claim's side of the comparison, read once."""

    def __init__(self, claim: str) -> None:
        self.stems = frozenset(stems(claim))
        self.names = frozenset(
            stem(part) for name in names(claim) for part in name.split() if part not in STOP_WORDS
        )
        self.numbers = frozenset(quantity.value for quantity in read_quantities(claim))
        self.years = frozenset(when.year or when.month for when in read_dates(claim))

    def agreement(self, text: str, score: float) -> tuple[float, dict[str, float]]:
        given = frozenset(stems(text))
        best = max((len(self.stems & frozenset(stems(part))) for part in sentences(text)), default=0)
        parts = {
            "search": score,
            "words": best / (len(self.stems) or 1),
            "names": _share(self.names, given),
            "numbers": _share(self.numbers, frozenset(quantity.value for quantity in read_quantities(text))),
            "dates": _share(self.years, frozenset(when.year or when.month for when in read_dates(text))),
        }
        total = sum(WEIGHTS[name] * value for name, value in parts.items())
        return total / sum(WEIGHTS.values()), parts


WEIGHTS = {"search": 1.0, "words": 1.0, "names": 0.5, "numbers": 0.3, "dates": 0.3}


def _share(asked: frozenset[Any], given: frozenset[Any]) -> float:
    return len(asked & given) / len(asked) if asked else 0.5


def search_text(claim: str, *, exclude: Sequence[str] = ()) -> str:
    """The query as one line for services that take plain words."""
    dropped = frozenset(exclude)
    return " ".join(term for term in query(claim).terms if term not in dropped)
