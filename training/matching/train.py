"""Fits the reranker of earlier claims on CheckThat! 2020 task 2 train: `python -m training.matching.train DIR [MODEL]`.

With the folder of a sentence model it fits the one that knows of meaning too, and that alone.
"""

import json
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from claims import embedding
from claims.matching.features import prepare
from claims.matching.index import Index, Key, cleaned
from claims.matching.rerank import MEANING, WEIGHTS, WEIGHTS_WITH_MEANING, leads
from sources.evaluation import MatchingSet, read_matching

RIVALS = 20  # Wrong candidates that each right one is set against.
ORDER = (
    "joint", "words", "grams", "covers_earlier", "covers_asked", "rarest", "second_rarest", "third_rarest", "lacks",
    "pairs", "numbers",
)  # fmt: skip
SURE = ("ahead", "words", "covers_asked", "covers_earlier", "numbers")

Matrix = NDArray[np.float64]


class Meant(Index):
    """Earlier claims whose candidates have MEANING too, by vectors that are made once."""

    def __init__(self, data: MatchingSet, model: embedding.Model) -> None:
        super().__init__(data.claims)
        self.wordings = model.vectors([text.partition("\n")[0] for text in self.texts])
        asked = list(data.queries["train"].values())
        self.asked = dict(zip(asked, model.vectors([cleaned(text) for text in asked]), strict=True))

    def candidates(self, query: str, *, without: Collection[Key] = ()) -> list[tuple[int, dict[str, float]]]:
        found = super().candidates(query, without=without)
        vector = self.asked[query]
        return [(place, {**pair, MEANING: float(self.wordings[place] @ vector)}) for place, pair in found]


def main(folder: Path, model: Path | None = None) -> None:
    data = read_matching(folder)
    index = Meant(data, embedding.load(model)) if model else Index(data.claims)
    more = (MEANING,) if model else ()
    order = fit_order(index, data, (*ORDER, *more))
    sure, intercept = fit_sure(index, data, order, (*SURE, *more))
    path = WEIGHTS_WITH_MEANING if model else WEIGHTS
    path.parent.mkdir(exist_ok=True)
    stored = {"order": rounded(order), "sure": rounded(sure), "intercept": round(intercept, 4)}
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(stored))


def rounded(weights: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in weights.items()}


def fit_order(index: Index, data: MatchingSet, names: Sequence[str] = ORDER) -> dict[str, float]:
    """A pairwise logistic model: the right candidate before each wrong one."""
    differences: list[Matrix] = []
    for query, text in data.queries["train"].items():
        found = index.candidates(text)
        rows = np.array([[pair[name] for name in names] for _, pair in found])
        right = rightness(index, data, query, [place for place, _ in found])
        differences.extend(row - rows[~right][:RIVALS] for row in rows[right])
    pairs = np.vstack(differences)
    spread = pairs.std(axis=0) + 1e-9
    model = LogisticRegression(C=0.1, max_iter=2000, fit_intercept=False)
    model.fit(np.vstack([pairs, -pairs]) / spread, np.repeat([1, 0], len(pairs)))
    return dict(zip(names, model.coef_[0] / spread, strict=True))


def fit_sure(
    index: Index, data: MatchingSet, order: dict[str, float], names: Sequence[str] = SURE
) -> tuple[dict[str, float], float]:
    """A calibrated probability, learnt with every query asked twice: with and without its earlier claim."""
    rows, labels = [], []
    for query, text in data.queries["train"].items():
        right = data.relevant["train"].get(query, set())
        copies = same_text(index, right)
        for hidden in (set(), copies):
            found = index.candidates(text, without=hidden)
            scores = [sum(weight * pair[name] for name, weight in order.items()) for _, pair in found]
            ahead = leads(scores, [index.prepared[place].text for place, _ in found])
            for i in np.argsort(-np.array(scores))[:5]:
                features = {**found[i][1], "ahead": ahead[i]}
                rows.append([features[name] for name in names])
                labels.append(index.keys[found[i][0]] in copies)
    matrix = np.array(rows)
    spread = matrix.std(axis=0) + 1e-9
    model = LogisticRegression(C=1.0, max_iter=2000).fit(matrix / spread, labels)
    return dict(zip(names, model.coef_[0] / spread, strict=True)), float(model.intercept_[0])


def same_text(index: Index, keys: set[str]) -> set[str]:
    """The keys and those of every copy of their texts."""
    texts = {prepare(text).text for key, text in zip(index.keys, index.texts, strict=True) if key in keys}
    return {str(key) for place, key in enumerate(index.keys) if index.prepared[place].text in texts}


def rightness(index: Index, data: MatchingSet, query: str, places: list[int]) -> NDArray[np.bool_]:
    copies = same_text(index, data.relevant["train"].get(query, set()))
    return np.array([index.keys[place] in copies for place in places], dtype=bool)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
