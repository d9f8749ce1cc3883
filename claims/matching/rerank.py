"""Orders candidates and says how likely each is the same claim: two linear models of a few numbers."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ENGINE, ENGINE_WITH_MEANING = "lexical+rerank/2", "lexical+meaning+rerank/1"
WEIGHTS = Path(__file__).parent / "weights" / "rerank.json"
WEIGHTS_WITH_MEANING = WEIGHTS.with_name("rerank_meaning.json")
MEANING = (
    "meaning"  # the feature that a sentence model gives: the cosine of the query and the claim's own wording
)

RIVALS = 5  # other claims that a candidate is held against
APART = (
    2.5  # how far the first is ahead of the next five where nothing matches (CheckThat! 2020 train, the mean)
)

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reranker:
    """`order` ranks the candidates of one query; `sure` turns the lead and the overlap into a probability."""

    order: dict[str, float]
    sure: dict[str, float]
    intercept: float

    def rank_score(self, features: Features) -> float:
        """A number that orders the candidates of one query."""
        return sum(weight * features[name] for name, weight in self.order.items())

    def probabilities(self, candidates: Sequence[Features], texts: Sequence[str]) -> list[float]:
        """The probability for each candidate that it says the same; all may be low: there is no match."""
        scores = [self.rank_score(candidate) for candidate in candidates]
        return [
            self._probability({**candidate, "ahead": ahead})
            for candidate, ahead in zip(candidates, leads(scores, texts), strict=True)
        ]

    def _probability(self, features: Features) -> float:
        total = self.intercept + sum(weight * features[name] for name, weight in self.sure.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def leads(scores: Sequence[float], texts: Sequence[str]) -> list[float]:
    """How far each candidate is ahead of the five best others on average; copies of the same text are no rivals.

    A match stands out from all that merely share words with the query. Where there are fewer than five others, the
    missing ones are as far behind as others are where nothing matches: a lone claim has to convince by its words.
    """
    ordered = sorted(zip(scores, texts, strict=True), reverse=True)
    found = []
    for score, text in zip(scores, texts, strict=True):
        rivals = [other for other, its_text in ordered if its_text != text][:RIVALS]
        rivals += [score - APART] * (RIVALS - len(rivals))
        found.append(score - sum(rivals) / RIVALS)
    return found


@lru_cache(maxsize=2)
def reranker(*, with_meaning: bool = False) -> Reranker:
    """The shipped one, or that which knows of MEANING too; `training/matching` makes both, its card says how well."""
    path = WEIGHTS_WITH_MEANING if with_meaning else WEIGHTS
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Reranker(stored["order"], stored["sure"], stored["intercept"])
