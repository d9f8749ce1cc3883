"""The index of earlier claims: words and character n-grams find candidates, a small reranker orders them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from claims.matching.features import Prepared, measure, prepare
from claims.matching.postings import Floats, Postings
from claims.matching.rerank import ENGINE, probability
from claims.matching.words import STOP_WORDS, stems, words

POOL = 50  # Candidates that are looked at closely; on CheckThat 2020 dev the right one is among them in 0.97.
GRAM = 4
LINK = re.compile(r"(?:https?://|pic\.twitter\.com/)\S+")
TAG = re.compile(r"[#@](\w+)")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

Key = int | str


@dataclass(frozen=True, slots=True)
class Hit:
    """One earlier claim that may be the same, how likely, how it was found and what was compared."""

    id: Key
    score: float
    method: str
    compared: dict[str, float] = field(default_factory=dict)


def cleaned(text: str) -> str:
    """The text without links, hashtags and handles split into their words."""
    return TAG.sub(lambda match: f" {CAMEL.sub(' ', match.group(1))} ", LINK.sub(" ", text))


def grams(text: str) -> list[str]:
    """Character n-grams inside words, word ends marked."""
    found: list[str] = []
    for word in words(text):
        if word.lower not in STOP_WORDS:
            padded = f" {word.lower} "
            found.extend(padded[i : i + GRAM] for i in range(max(1, len(padded) - GRAM + 1)))
    return found


class Index:
    """Earlier claims by id; grows one by one, answers in milliseconds for tens of thousands."""

    def __init__(self, entries: Iterable[tuple[Key, str]] = ()) -> None:
        """Build it from (id, text) pairs; a title or an earlier wording may be appended to the text."""
        self.keys: list[Key] = []
        self.texts: list[str] = []
        self._prepared: list[Prepared | None] = []
        self._words, self._grams = Postings(), Postings()
        for key, text in entries:
            self.add(key, text)

    def __len__(self) -> int:
        """How many claims are in it."""
        return len(self.keys)

    def add(self, key: Key, text: str) -> None:
        """Append one claim."""
        self.keys.append(key)
        self.texts.append(text)
        self._prepared.append(None)
        self._words.add(stems(text))
        self._grams.add(grams(text))

    def idf(self, stem: str) -> float:
        """How much a stem tells in this collection."""
        return self._words.idf(stem)

    def search(
        self, query: str, *, limit: int = 5, floor: float = 0.0, without: Callable[[Key], bool] | None = None
    ) -> list[Hit]:
        """The earlier claims most likely to say the same, best first; `score` is a probability."""
        if not self.keys:
            return []
        text = cleaned(query)
        by_words, by_grams = self._words.scores(stems(text)), self._grams.scores(grams(text))
        joint = _scaled(by_words) + _scaled(by_grams)
        pool = _best(joint, POOL)
        asked = prepare(text)
        hits = []
        for rank, place in enumerate(pool):
            if joint[place] <= 0 or (without and without(self.keys[place])):
                continue
            compared = measure(asked, self._at(place), self.idf) | {
                "words": float(by_words[place]), "grams": float(by_grams[place]), "rank": float(rank),
            }  # fmt: skip
            hits.append(Hit(self.keys[place], probability(compared), ENGINE, compared))
        hits.sort(key=lambda hit: -hit.score)
        return [hit for hit in hits[:limit] if hit.score >= floor]

    def _at(self, place: int) -> Prepared:
        found = self._prepared[place]
        if found is None:
            found = self._prepared[place] = prepare(self.texts[place])
        return found


def similar(query: str, earlier: Index | Iterable[tuple[Key, str]], *, limit: int = 5, floor: float = 0.0) -> list[Hit]:
    """The earlier claims most likely to say the same as `query`; nothing at all below `floor`."""
    index = earlier if isinstance(earlier, Index) else Index(earlier)
    return index.search(query, limit=limit, floor=floor)


def _scaled(scores: Floats) -> Floats:
    top = float(scores.max()) if len(scores) else 0.0
    return scores / top if top else scores


def _best(scores: Floats, count: int) -> list[int]:
    if len(scores) > count:
        some = np.argpartition(-scores, count)[:count]
        return [int(place) for place in some[np.argsort(-scores[some], kind="stable")]]
    return [int(place) for place in np.argsort(-scores, kind="stable")]
