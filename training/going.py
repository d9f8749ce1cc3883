"""Train the model that says whether a source goes on: `claims/extraction/weights/goes_on.json`.

Usage: python training/going.py GOLD_DIR
Reads the gold articles and training/data/articles. Each claim beside which nobody is named is a case; it counts as
going on when its label names the speaker that was named last. Prints ten-fold figures that keep an article together,
and writes the weights.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold, cross_val_predict

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.extraction import engine, going
from claims.extraction.scoring import anchored, extracted, overlap, same_claimant
from claims.extraction.shapes import Draft
from training.cases import ARTICLES
from training.typing_worth import frequent, write

STRENGTH = 0.3  # of the data against the pull of the weights to nothing


@dataclass(frozen=True)
class Case:
    """One claim after a source."""

    seen: tuple[str, ...]
    goes_on: bool
    group: str


class Watching(going.Heard):
    """Keeps the features of what it is asked, and decides nothing."""

    kept: list[tuple[Draft, list[str], str] | None]  # None for a claim whose speaker is named

    def speakers(self, draft: Draft, said: list[str]) -> list[str]:
        """As named; what would have been asked is kept."""
        named = self.named(draft, said)
        if not any(named) and self.last is not None and (seen := self.seen(draft)):
            type(self).kept.append((draft, seen, self.last.name))
        if any(named):
            type(self).kept.append(None)
        else:
            self.between += 1
        return named


def cases(paths: Iterable[Path]) -> list[Case]:
    """The cases of labelled articles."""
    usual, engine.Heard = engine.Heard, Watching  # type: ignore[misc]
    try:
        return [case for path in paths for case in _of(json.loads(path.read_text(encoding="utf-8")))]
    finally:
        engine.Heard = usual  # type: ignore[misc]


def _of(article: dict[str, Any]) -> Iterable[Case]:
    Watching.kept = []
    extracted(article)
    gold = anchored(article)
    chained = False
    for kept in Watching.kept:
        if kept is None:
            chained = True
            continue
        draft, seen, name = kept
        best = max(gold, key=lambda one: overlap((draft.start, draft.end), one[1]))
        if overlap((draft.start, draft.end), best[1]) >= 0.5:
            said = best[0]["claimant"]
            goes_on = said not in ("", "article") and same_claimant(said, name)
            yield Case((*seen, *going.chain(seen, chained=chained)), goes_on, article["id"])
            chained = goes_on


def learn(rows: list[Case]) -> None:
    """Fit on all rows and write the weights."""
    vector = DictVectorizer()
    x = vector.fit_transform(frequent([row.seen for row in rows]))
    model = _model().fit(x, np.array([row.goes_on for row in rows]))
    write("goes_on.json", ["goes on"], model.intercept_, model.coef_, vector.feature_names_)


def _model() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=500, tol=1e-3)


def main(folder: str) -> None:
    """Print the ten-fold figures and write the weights."""
    rows = cases(path for place in (ARTICLES, Path(folder)) for path in sorted(place.glob("*.json")))
    x = DictVectorizer().fit_transform(frequent([row.seen for row in rows]))
    y = np.array([row.goes_on for row in rows])
    said = cross_val_predict(
        _model(), x, y, groups=[row.group for row in rows], cv=GroupKFold(10), method="predict_proba"
    )[:, 1]
    print(
        f"goes on: {len(rows)} cases, {y.mean():.2f} do; right {np.mean((said > going.EVEN) == y):.3f}, "
        f"AP {average_precision_score(y, said):.3f}"
    )
    learn(rows)


if __name__ == "__main__":
    main(sys.argv[1])
