"""From a claim to a search query, and the order of the passages that it finds."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

from claims.matching import grams
from claims.matching.dates import MONTHS, read_dates, same_date
from claims.matching.quantities import Quantity, read_quantities
from claims.matching.rarity import is_english
from claims.matching.units import ROLES
from claims.matching.words import STOP_WORDS, names, stem, stems, words
from sources.stance.overlap import sentences

MOST_TERMS = 16
SAME_SUBJECT = 0.2  # the cosine of an article and a document on one matter; on two it stays below 0.15
TELLING = 4  # letters from which a word of a language without a list of function words is searched for
# Chosen on FoolMeTwice dev among 6,082 passages (recall at 5: full text alone 0.67, these 0.68, with ALIKE 0.71). Only
# the numbers weigh more than is best there, where half of the claims have a wrong one; in news the number is the claim.
WEIGHTS = {"search": 1.0, "words": 1.1, "names": 0.25, "numbers": 0.6, "dates": 0.15}
ALIKE = 1.5  # the cosine of character n-grams, added to order: it knows "reelected" from "election"
# The cosine of a sentence model, where one is set, added to order. Chosen on 600 claims of FEVER among the same
# passages (recall at 5: 0.86 without, 0.91 from 1.5 to 3); FoolMeTwice's 0.84 (0.71 without) was not looked for.
MEANING = 2.0
NEAREST = 50  # passages that a sentence model finds, beside those that words find
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
        return tuple(dict.fromkeys((*split, *numbers, *self.words, *dates)))[:MOST_TERMS]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage's key with its agreement with the claim (0 to 1) and the parts of it; `order` ranks.

    `near` is how near it is in meaning, None where nobody can tell.
    """

    id: int | str
    score: float
    parts: dict[str, float]
    order: float
    near: float | None = None

    @property
    def relevance(self) -> float:
        """The agreement, in words or in meaning, whichever is more.

        The two are on one scale: of FEVER's and FoolMeTwice's passages those with an agreement of 0.4 to 0.5 are
        evidence in 0.02, from 0.5 in 0.05 to 0.08, from 0.6 in 0.16 to 0.19, and those with such a cosine in 0.02,
        0.12 and 0.21 to 0.33.
        """
        return self.score if self.near is None else max(self.score, self.near)


def query(claim: str, *, language: str = "en") -> Query:
    """The search query of a claim. In languages whose function words are not known here, short words are left out."""
    known = is_english(language)
    dates = read_dates(claim)
    quantities = [quantity for quantity in read_quantities(claim) if quantity.kind != "rank"]
    inside = [(when.start, when.end) for when in dates]
    inside += [(quantity.start, quantity.end) for quantity in quantities]
    content = [
        word.lower
        for word in words(claim)
        if word.lower not in STOP_WORDS | SPEECH
        and (known or len(word.lower) >= TELLING)
        and not any(s <= word.start < e for s, e in inside)
    ]
    return Query(
        names=tuple(dict.fromkeys(name for name in names(claim) if name not in MONTHS)),
        numbers=tuple(dict.fromkeys(quantity.given for quantity in quantities)),
        dates=tuple(dict.fromkeys(when.words for when in dates)),
        words=tuple(dict.fromkeys(content)),
    )


def rerank(
    claim: str,
    passages: Iterable[tuple[int | str, str, float]],
    *,
    near: Mapping[int, float] | None = None,
) -> list[Ranked]:
    """Order (id, text, full-text score) by agreement with the claim in words, names, numbers and dates.

    With `near`, the cosines of a sentence model by id, by meaning too.
    """
    given = list(passages)
    if not given:
        return []
    top = max(score for _, _, score in given) or 1.0
    asked = _Asked(claim, [text for _, text, _ in given])
    alike = cosines(claim, [text for _, text, _ in given], terms=grams)
    ranked = []
    for (key, text, score), grams_shared in zip(given, alike, strict=True):
        agreement, parts = asked.agreement(text, score / top)
        order = agreement + ALIKE * grams_shared
        meant = near.get(int(key)) if near else None
        ranked.append(Ranked(key, agreement, parts, order + MEANING * (meant or 0.0), meant))
    return sorted(ranked, key=lambda item: -item.order)


def subjects(article: str, documents: Mapping[int, str]) -> dict[int, float]:
    """How far each document is about what an article is about, by the words of both: 1 is the same subject."""
    found = cosines(article, list(documents.values()), terms=stems)
    return {key: min(1.0, near / SAME_SUBJECT) for key, near in zip(documents, found, strict=True)}


def cosines(asked: str, texts: Sequence[str], *, terms: Callable[[str], Iterable[str]]) -> list[float]:
    """The cosine of each text with what is asked, over terms that weigh more the fewer of the texts have them."""
    ours, theirs = frozenset(terms(asked)), [_terms(terms, text) for text in texts]
    having = Counter(term for given in theirs for term in given)
    weights = {term: math.log((len(texts) + 1) / n) for term, n in having.items()}
    rarest = math.log(2 * (len(texts) + 1))
    whole = sum(weights.get(term, rarest) for term in ours)
    return [
        sum(weights[term] for term in ours & given)
        / (math.sqrt(whole * sum(map(weights.__getitem__, given))) or 1.0)
        for given in theirs
    ]


@lru_cache(maxsize=600)  # the claims of one article meet the same documents: 30 MB where all are long
def _terms(terms: Callable[[str], Iterable[str]], text: str) -> frozenset[str]:
    return frozenset(map(intern, terms(text)))


def told(text: str) -> frozenset[str]:
    """The stems of a text; words for the same fate (killed, dead, died) are one."""
    return frozenset(stems(text)) | {ROLES[word.lower] for word in words(text) if word.lower in ROLES}


class _Asked:
    """The claim's side of the comparison, read once."""

    def __init__(self, claim: str, texts: Sequence[str]) -> None:
        """Read the claim; a word that few of the passages have weighs more."""
        found = Counter(one for text in texts for one in told(text))
        self.weights = {one: math.log((len(texts) + 1) / (found[one] or 0.5)) for one in told(claim)}
        self.names = frozenset(
            stem(part) for name in names(claim) for part in name.split() if part not in STOP_WORDS
        )
        self.numbers = {quantity.value: quantity for quantity in read_quantities(claim)}
        self.dates = read_dates(claim)

    def agreement(self, text: str, score: float) -> tuple[float, dict[str, float]]:
        """The weighted mean of the parts, and the parts."""
        given = frozenset(stems(text))
        parts = {
            "search": score,
            "words": max((self._covered(told(part)) for part in sentences(text)), default=0.0),
            "names": _share(len(self.names & given), len(self.names)),
            "numbers": self._numbers(text),
            "dates": self._dates(text),
        }
        total = sum(WEIGHTS[name] * value for name, value in parts.items())
        return total / sum(WEIGHTS.values()), parts

    def _covered(self, given: frozenset[str]) -> float:
        every = sum(self.weights.values()) or 1.0
        return sum(weight for one, weight in self.weights.items() if one in given) / every

    def _numbers(self, text: str) -> float:
        """The share of the claim's numbers that the text has, exactly or as what the claim's is rounded from."""
        if not self.numbers:
            return 0.5
        given = read_quantities(text)
        found = sum(any(_rounds_to(asked, other) for other in given) for asked in self.numbers.values())
        return found / len(self.numbers)

    def _dates(self, text: str) -> float:
        given = read_dates(text) if self.dates else ()
        agreeing = sum(any(same_date(asked, when) for when in given) for asked in self.dates)
        return _share(agreeing, len(self.dates))


def _rounds_to(asked: Quantity, given: Quantity) -> bool:
    slack = max(asked.slack, given.slack)
    return asked.value == given.value or (
        asked.unit == given.unit and abs(asked.value - given.value) <= slack
    )


def _share(part: int, whole: int) -> float:
    """Half where there is nothing to compare."""
    return part / whole if whole else 0.5


def search_text(claim: str, *, exclude: Sequence[str] = ()) -> str:
    """The query as one line for services that take plain words."""
    dropped = frozenset(exclude)
    return " ".join(term for term in query(claim).terms if term not in dropped)
