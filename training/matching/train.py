"""Fits the reranker of earlier claims on CheckThat! 2020 task 2 train: `python -m training.matching.train DIR`."""

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from claims.matching.features import prepare
from claims.matching.index import Index
from claims.matching.rerank import WEIGHTS, leads
from sources.evaluation import MatchingSet, read_matching

RIVALS = 20  # Wrong candidates that each right one is set against.
ORDER = (
    "joint", "words", "grams", "covers_earlier", "covers_asked", "rarest", "second_rarest", "third_rarest", "lacks",
    "pairs", "numbers",
)  # fmt: skip
SURE = ("ahead", "words", "covers_asked", "covers_earlier", "numbers")

Matrix = NDArray[np.float64]


def main(folder: Path) -> None:
    data = read_matching(folder)
    index = Index(data.claims)
    order = fit_order(index, data)
    sure, intercept = fit_sure(index, data, order)
    WEIGHTS.parent.mkdir(exist_ok=True)
    stored = {"order": rounded(order), "sure": rounded(sure), "intercept": round(intercept, 4)}
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(stored))


def rounded(weights: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in weights.items()}


def fit_order(index: Index, data: MatchingSet) -> dict[str, float]:
    """A pairwise logistic model: the right candidate before each wrong one."""
    differences: list[Matrix] = []
    for query, text in data.queries["train"].items():
        found = index.candidates(text)
        rows = np.array([[pair[name] for name in ORDER] for _, pair in found])
        right = rightness(index, data, query, [place for place, _ in found])
        differences.extend(row - rows[~right][:RIVALS] for row in rows[right])
    pairs = np.vstack(differences)
    spread = pairs.std(axis=0) + 1e-9
    model = LogisticRegression(C=0.1, max_iter=2000, fit_intercept=False)
    model.fit(np.vstack([pairs, -pairs]) / spread, np.repeat([1, 0], len(pairs)))
    return dict(zip(ORDER, model.coef_[0] / spread, strict=True))


def fit_sure(index: Index, data: MatchingSet, order: dict[str, float]) -> tuple[dict[str, float], float]:
    """A calibrated probability, learnt with every query asked twice: with and without its earlier claim."""
    rows, labels = [], []
    for query, text in data.queries["train"].items():
        right = data.relevant["train"].get(query, set())
        copies = same_text(index, right)
        for hidden in (set(), copies):
            found = index.candidates(text, without=hidden)
            scores = [sum(order[name] * pair[name] for name in ORDER) for _, pair in found]
            ahead = leads(scores, [index.prepared[place].text for place, _ in found])
            for i in np.argsort(-np.array(scores))[:5]:
                features = {**found[i][1], "ahead": ahead[i]}
                rows.append([features[name] for name in SURE])
                labels.append(index.keys[found[i][0]] in copies)
    matrix = np.array(rows)
    spread = matrix.std(axis=0) + 1e-9
    model = LogisticRegression(C=1.0, max_iter=2000).fit(matrix / spread, labels)
    return dict(zip(SURE, model.coef_[0] / spread, strict=True)), float(model.intercept_[0])


def same_text(index: Index, keys: set[str]) -> set[str]:
    """The keys and those of every copy of their texts."""
    texts = {prepare(text).text for key, text in zip(index.keys, index.texts, strict=True) if key in keys}
    return {str(key) for place, key in enumerate(index.keys) if index.prepared[place].text in texts}


def rightness(index: Index, data: MatchingSet, query: str, places: list[int]) -> NDArray[np.bool_]:
    copies = same_text(index, data.relevant["train"].get(query, set()))
    return np.array([index.keys[place] in copies for place in places], dtype=bool)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
