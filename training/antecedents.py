"""Train the model that says what a pronoun stands for: `claims/extraction/weights/antecedents.json`.

Usage: python training/antecedents.py GOLD_DIR
Reads training/data/antecedents.tsv (article, place of the pronoun, the words it stands for; "-" for nothing, "=" for a
whole clause), training/data/articles and the gold articles. Each thing that could be meant is a case. Prints ten-fold
figures that keep an article together beside those of the nearest subject, and writes the weights.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.extraction import engine, resolve
from claims.extraction.antecedents import Candidate
from claims.extraction.referents import Place, Referent
from claims.extraction.scoring import extracted
from training.cases import ARTICLES, DATA
from training.typing_worth import frequent, write

LABELS = DATA / "antecedents.tsv"
STRENGTH = 0.1  # of the data against the pull of the weights to nothing
LEAST = 2  # letters of words that can tell a name


@dataclass(frozen=True)
class Case:
    """One pronoun with everything it could stand for."""

    article: str
    place: int
    wanted: str
    seen: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


class Watching(resolve.Resolver):
    """Decides as ever, and keeps what it was asked."""

    asked: dict[int, tuple[str, list[tuple[Candidate, list[str]]]]]

    def _options(self, one: Place, wanted: str) -> list[tuple[float, Referent]]:
        type(self).asked[one.parsed.words[one.at].start] = (
            wanted,
            self.antecedents.seen(one, wanted, self.genders),
        )
        return super()._options(one, wanted)


def cases(paths: Iterable[Path]) -> list[Case]:
    """The labelled pronouns of articles that the engine was asked about."""
    labels: dict[str, dict[int, str]] = defaultdict(dict)
    with LABELS.open(encoding="utf-8", newline="") as lines:
        for article, place, words in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            labels[article][int(place)] = words
    usual, engine.Resolver = engine.Resolver, Watching  # type: ignore[misc]
    try:
        return [
            case
            for path in paths
            for case in _of(json.loads(path.read_text(encoding="utf-8")), labels[path.stem])
        ]
    finally:
        engine.Resolver = usual  # type: ignore[misc]


def _of(article: dict[str, Any], labels: dict[int, str]) -> Iterator[Case]:
    Watching.asked = {}
    extracted(article)
    for place, (wanted, seen) in Watching.asked.items():
        words = labels.get(place, "-")
        if words in ("-", "="):
            continue
        right = tuple(is_meant(article["text"], words, option) for option, _ in seen)
        if any(right):
            yield Case(article["id"], place, wanted, tuple(tuple(marks) for _, marks in seen), right)


def is_meant(text: str, words: str, candidate: Candidate) -> bool:
    """Whether a candidate is what a label names: it stands there, or it is the same name."""
    one = candidate.one
    if one.named:
        ours = {word for word in one.text.split() if len(word) > LEAST and word[:1].isupper()}
        return bool(ours & {word.strip(".,’'s") for word in words.split()} | ours & set(words.split()))
    start = text.find(words)
    while start >= 0:
        if start <= candidate.head.start and candidate.head.end <= start + len(words):
            return candidate.head.end >= start + len(words) - 1 or one.start <= start < one.end
        start = text.find(words, start + 1)
    return False


def learn(rows: Sequence[Case]) -> None:
    """Fit on all rows and write the weights."""
    x, y, _ = _flat(rows)
    vector = DictVectorizer()
    model = _model().fit(vector.fit_transform(frequent(x)), y)
    write("antecedents.json", ["meant"], model.intercept_, model.coef_, vector.feature_names_)


def _flat(rows: Sequence[Case]) -> tuple[list[Sequence[str]], np.ndarray, list[str]]:
    x = [seen for row in rows for seen in row.seen]
    y = np.array([right for row in rows for right in row.right])
    return x, y, [row.article for row in rows for _ in row.seen]


def _model() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=500, tol=1e-3)


def main(folder: str) -> None:
    """Print the ten-fold figures and write the weights."""
    rows = cases(path for place in (ARTICLES, Path(folder)) for path in sorted(place.glob("*.json")))
    x, y, groups = _flat(rows)
    vectors = DictVectorizer().fit_transform(frequent(x))
    told = cross_val_predict(
        _model(), vectors, y, groups=groups, cv=GroupKFold(10), method="decision_function"
    )
    at, hits, first = 0, defaultdict(list), defaultdict(list)
    for row in rows:
        scores = told[at : at + len(row.seen)]
        at += len(row.seen)
        hits[row.wanted].append(row.right[int(np.argmax(scores))])
        subjects = [n for n, seen in enumerate(row.seen) if "role:subject" in seen]
        first[row.wanted].append(row.right[subjects[0] if subjects else 0])
    for wanted, right in hits.items():
        nearest = np.mean(first[wanted])
        print(
            f"{wanted}: {len(right)} pronouns, right {np.mean(right):.3f}; the nearest subject {nearest:.3f}"
        )
    learn(rows)


if __name__ == "__main__":
    main(sys.argv[1])
