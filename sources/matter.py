"""Whether a passage is on the matter of a claim at all, by words that few texts have. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping

from claims.matching.rarity import Rarity, is_english
from claims.matching.words import stem, stems
from sources.query import TELLING
from sources.stance.overlap import FIGURES

# The cosine of an article and a document, words weighed by rarity. Of right documents (seeds and fresh) 19 of 20 reach
# 0.12, of unrelated ones (bench/unrelated.toml) 19 of 20 stay below 0.09; between them the claim's own words decide.
SAME, PERHAPS = 0.10, 0.07
ONE_RARE, TWO_RARE = 4.5, 12.0  # what a claim shares with a passage, as a weight: about one or two rare words
BY_ITSELF = 0.3  # the share of the claim that is enough where its article is about something else
NUMBERS = frozenset(map(stem, FIGURES))
MEANT = 0.5  # the cosine of a sentence model from which it is believed without a word in common


class Matter:
    """What a claim and its article are about, held against documents and their passages."""

    def __init__(self, claim: str, article: str, documents: Mapping[int, str], *, language: str) -> None:
        """`article` and `documents` are what tells their subject: title and beginning."""
        self._shortest = 1 if is_english(language) else TELLING
        self._claim = self._words(claim)
        self._article = self._words(article) | self._claim
        self._documents = {key: self._words(text) for key, text in documents.items()}
        self._rarity = Rarity(self._documents.values(), language=language)

    def has(self, document: int, passage: str, *, near: float | None = None) -> bool:
        """Whether the passage is on it: its document is, or it shares rare words with the claim, or it is `near`."""
        if near is not None and near >= MEANT:
            return True
        said = self._words(passage)
        shared, about = self._rarity.of(self._claim & said), self._about(self._documents[document] | said)
        if about >= SAME or (about >= PERHAPS and shared >= ONE_RARE):
            return True
        return shared >= TWO_RARE and shared >= BY_ITSELF * self._rarity.of(self._claim)

    def _words(self, text: str) -> frozenset[str]:
        """The stems that may tell something: "seven" does not without what it counts, nor what may be an article."""
        return frozenset(one for one in stems(text) if one not in NUMBERS and len(one) >= self._shortest)

    def _about(self, document: frozenset[str]) -> float:
        both = math.sqrt(self._rarity.of(self._article) * self._rarity.of(document))
        return self._rarity.of(self._article & document) / (both or 1.0)
