"""The index of earlier claims: words and character n-grams find candidates, a small reranker orders them."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from claims.matching.features import Prepared, measure, prepare
from claims.matching.postings import Common, Few, Floats, Postings, common
from claims.matching.rerank import ENGINE, ENGINE_WITH_MEANING, MEANING, reranker
from claims.matching.words import STOP_WORDS, stems, words

POOL = 30  # Candidates that are looked at closely; on CheckThat 2020 dev the right one is among them in 0.96.
GRAM = 4
LINK = re.compile(r"(?:https?://|pic\.twitter\.com/)\S+")
TAG = re.compile(r"[#@](\w+)")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

Key = int | str
Near = Callable[
    [str, Sequence[str]], Sequence[float] | None
]  # how near texts are in meaning to one, if anybody can tell


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


def rarity_in(texts: Sequence[str]) -> tuple[Common, Common]:
    """How common the words and the n-grams of a sample of texts are."""
    return common(stems(text) for text in texts), common(grams(text) for text in texts)


class Index:
    """Earlier claims by id; grows one by one, answers in milliseconds for tens of thousands."""

    def __init__(
        self, entries: Iterable[tuple[Key, str]] = (), *, rarity: tuple[Common, Common] | None = None
    ) -> None:
        """Build it from (id, text) pairs; a headline or another wording goes on a further line of the text.

        `rarity` says which words and which n-grams are rare where the entries are chosen ones of many: `rarity_in`.
        """
        self.keys: list[Key] = []
        self.texts: list[str] = []
        self.prepared: list[Prepared] = []
        self._words: Postings | Few = Few(rarity[0]) if rarity else Postings()
        self._grams: Postings | Few = Few(rarity[1]) if rarity else Postings()
        for key, text in entries:
            self.add(key, text)

    def __len__(self) -> int:
        """How many claims are in it."""
        return len(self.keys)

    def add(self, key: Key, text: str) -> None:
        """Append one claim."""
        self.keys.append(key)
        self.texts.append(text)
        self.prepared.append(prepare(text))
        lines = text.splitlines()  # each is read once: `prepare` has just done so
        self._words.add([word for line in lines for word in stems(line)])
        self._grams.add([gram for line in lines for gram in grams(line)])

    def candidates(self, query: str, *, without: Collection[Key] = ()) -> list[tuple[int, dict[str, float]]]:
        """The places of the claims worth a closer look with what a comparison gave, best first."""
        text = cleaned(query)
        by_words, by_grams = self._words.scores(stems(text)), self._grams.scores(grams(text))
        if without:
            hidden = [place for place, key in enumerate(self.keys) if key in without]
            by_words[hidden] = by_grams[hidden] = 0.0
        joint = _scaled(by_words) + _scaled(by_grams)
        asked, best = prepare(text), float(joint.max(initial=0.0)) or 1.0
        return [
            (place, {
                "joint": float(joint[place]) / best, "words": math.log1p(by_words[place]),
                "grams": math.log1p(by_grams[place]), **measure(asked, self.prepared[place], self._words.idf),
            })
            for place in _best(joint, POOL) if joint[place] > 0
        ]  # fmt: skip

    def search(
        self,
        query: str,
        *,
        limit: int = 5,
        floor: float = 0.0,
        without: Collection[Key] = (),
        near: Near | None = None,
    ) -> list[Hit]:
        """The earlier claims most likely to say the same, best first; `score` is a probability.

        Copies of one text have the same score and stay in the order in which they came in. With `near`, the cosines of
        a sentence model, the candidates that share words are told apart by their meaning too.
        """
        if not self.keys:
            return []
        found = self.candidates(query, without=without)
        wordings = [self.texts[place].partition("\n")[0] for place, _ in found]
        cosines = near(cleaned(query), wordings) if near and found else None
        model, engine = reranker(with_meaning=cosines is not None), ENGINE
        if cosines is not None:
            engine, told = ENGINE_WITH_MEANING, zip(found, cosines, strict=True)
            found = [(place, {**pair, MEANING: cosine}) for (place, pair), cosine in told]
        chances = model.probabilities(
            [pair for _, pair in found], [self.prepared[place].text for place, _ in found]
        )
        order = [round(model.rank_score(pair), 6) for _, pair in found]
        ranked = sorted(range(len(found)), key=lambda i: (-order[i], found[i][0]))
        hits = [Hit(self.keys[found[i][0]], chances[i], engine, found[i][1]) for i in ranked[:limit]]
        return [hit for hit in hits if hit.score >= floor]


def similar(
    query: str, earlier: Index | Iterable[tuple[Key, str]], *, limit: int = 5, floor: float = 0.0
) -> list[Hit]:
    """The earlier claims most likely to say the same as `query`; nothing at all below `floor`."""
    index = earlier if isinstance(earlier, Index) else Index(earlier)
    return index.search(query, limit=limit, floor=floor)


def _scaled(scores: Floats) -> Floats:
    top = float(scores.max()) if len(scores) else 0.0
    return scores / top if top else scores


def _best(scores: Floats, count: int) -> list[int]:
    if len(scores) > count:
        some = np.sort(np.argpartition(-scores, count)[:count])
        return [int(place) for place in some[np.argsort(-np.round(scores[some], 6), kind="stable")]]
    return [int(place) for place in np.argsort(-scores, kind="stable")]
