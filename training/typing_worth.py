"""Train the two small models: the type of a claim, and whether a desk would want it checked.

Usage: python training/typing_worth.py GOLD_DIR
Reads training/data/{sentences,passages,debates}.tsv, training/data/articles and the gold articles; prints
leave-one-article-out and ten-fold scores; writes claims/extraction/weights/{kinds,worth}.json. scikit-learn is needed
here and nowhere else.
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.multiclass import OneVsRestClassifier

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.extraction.features import ADDED, features
from claims.extraction.kind import by_rule
from claims.extraction.scoring import anchored, extracted, match, overlap
from training import cases
from training.cases import SAID, Case

DATA = Path(__file__).parent / "data" / "sentences.tsv"
DEBATES = DATA.with_name("debates.tsv")
WEIGHTS = Path(__file__).resolve().parent.parent / "claims" / "extraction" / "weights"
SMALLEST = {
    "kinds.json": 0.12,
    "worth.json": 0.02,
    "goes_on.json": 0.02,
    "antecedents.json": 0.02,
}  # weights nearer to nothing are left out
OVER = 0.5  # share of what is no claim that the engine's claim must hold
PLACES = {"kinds.json": 2, "worth.json": 3, "goes_on.json": 2, "antecedents.json": 2}


@dataclass(frozen=True)
class Row:
    """One labelled sentence; `group` keeps an article together when folds are made."""

    text: str
    kind: str
    worth: bool | None
    group: str
    spoken: bool
    quoted: bool


def ours() -> list[Row]:
    """Our own sentences, in ten groups."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Row(
                text,
                kind,
                worth == "1",
                f"own {number % 10}",
                any(s in text for s in SAID),
                text.startswith("“"),
            )
            for number, (kind, worth, text) in enumerate(rows)
        ]


def debates() -> list[Row]:
    """What politicians say to each other, labelled for check-worthiness alone, in ten groups."""
    with DEBATES.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Row(text, "", worth == "1", f"debate {number % 10}", spoken=False, quoted=False)
            for number, (worth, text) in enumerate(rows)
        ]


def gold(folder: Path) -> list[Row]:
    """The claims and not-claims of the gold articles."""
    found: list[Row] = []
    for path in sorted(folder.glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        for claim in article["claims"]:
            spoken = claim["claimant"] not in ("article", "")
            found += [
                Row(
                    text,
                    claim["type"],
                    claim["check_worthy"] or None,
                    article["id"],
                    spoken=spoken,
                    quoted=False,
                )
                for text in sorted({claim["text"], claim["anchor"]})
            ]
        found += as_made(article)
        found += [
            Row(text, "none", worth=False, group=article["id"], spoken=False, quoted=text.startswith("“"))
            for text in article["not_claims"]
        ]
    return found


def as_made(article: dict[str, Any]) -> list[Row]:
    """What the engine makes of a labelled article: worth it where a claim matches, not where the text is no claim."""
    text = article["text"]
    made = extracted(article)
    pairs = match(made, anchored(article))
    nots = [(text.find(words), text.find(words) + len(words)) for words in article["not_claims"]]
    rows = []
    for number, one in enumerate(made):
        said = [at for at, place in pairs.items() if place == number]
        worth = bool(said) and article["claims"][said[0]]["check_worthy"]
        if worth or any(overlap((one.start, one.end), span) >= OVER for span in nots):
            kind = article["claims"][said[0]]["type"] if said else "none"
            wording = ADDED.sub("", one.text)
            rows.append(Row(wording, kind, worth, article["id"], bool(one.claimant), one.setting.quoted))
    return rows


def named(row: Row) -> list[str]:
    """The features of a row."""
    return features(row.text, by_rule(row.text)[0], quoted=row.quoted, spoken=row.spoken)


def frequent(seen: list[Sequence[str]]) -> list[dict[str, float]]:
    """Of the features of each row, those that at least two rows have."""
    counts = Counter(name for names in seen for name in names)
    return [{name: 1.0 for name in names if counts[name] > 1} for names in seen]


def main(folder: str) -> None:
    """Train, score and write both models."""
    rows = [*ours(), *gold(cases.ARTICLES), *gold(Path(folder))]
    worthy = [row for row in [*rows, *debates()] if row.worth is not None]
    kinds(cases.all_cases(Path(folder)))
    worth(worthy)


def kinds(rows: list[Case]) -> None:
    """The model for types."""
    vector = DictVectorizer()
    x = vector.fit_transform(frequent([row.seen for row in rows]))
    y = np.array([row.kind for row in rows])
    groups = [row.group for row in rows]
    said = cross_val_predict(one_for_each(), x, y, groups=groups, cv=GroupKFold(10))
    for name, mask in (
        ("own", [g.startswith("own") for g in groups]),
        ("our articles", [not g.startswith(("own", "dev")) for g in groups]),
        ("gold", [g.startswith("dev") for g in groups]),
    ):
        pick = np.array(mask)
        rules = np.array([by_rule(row.wording)[0] for row in rows])
        right, by_model = np.mean(rules[pick] == y[pick]), np.mean(said[pick] == y[pick])
        macro = f1_score(y[pick], said[pick], average="macro")
        print(f"types, {name}: rules {right:.3f}, model {by_model:.3f}, macro F1 {macro:.3f}")
    print(Counter((a, b) for a, b in zip(y, said, strict=True) if a != b).most_common(14))
    learn_kinds(rows)


def learn_kinds(rows: list[Case]) -> None:
    """Fit the model for types on all rows and write it."""
    vector = DictVectorizer()
    seen = frequent([row.seen for row in rows])
    x = vector.fit_transform(seen)
    x.indices, x.indptr = x.indices.astype(np.int32), x.indptr.astype(np.int32)  # what liblinear reads
    model = one_for_each().fit(x, np.array([row.kind for row in rows]))
    intercepts = np.concatenate([one.intercept_ for one in model.estimators_])
    weights = np.concatenate([one.coef_ for one in model.estimators_])
    write("kinds.json", model.classes_, intercepts, weights, vector.feature_names_)


def one_for_each() -> OneVsRestClassifier:
    """A logistic regression for each type against the rest: 0.01 better here than one for all."""
    return OneVsRestClassifier(LogisticRegression(C=3.0, max_iter=300, tol=1e-3, solver="liblinear"))


def worth(rows: list[Row]) -> None:
    """The model for check-worthiness."""
    vector = DictVectorizer()
    x = vector.fit_transform(frequent([named(row) for row in rows]))
    y = np.array([bool(row.worth) for row in rows])
    model = LogisticRegression(C=0.25, max_iter=300, tol=1e-3, class_weight="balanced")
    said = cross_val_predict(
        model, x, y, groups=[row.group for row in rows], cv=GroupKFold(10), method="predict_proba"
    )[:, 1]
    error = calibration_error(y, said)
    precision = average_precision_score(y, said)
    print(f"worth: AP {precision:.3f}, F1 {f1_score(y, said >= 0.5):.3f}, calibration error {error:.3f}")
    learn_worth(rows)


def learn_worth(rows: list[Row]) -> None:
    """Fit the model for check-worthiness on all rows and write it."""
    vector = DictVectorizer()
    model = LogisticRegression(C=0.25, max_iter=300, tol=1e-3, class_weight="balanced")
    seen = frequent([named(row) for row in rows])
    model.fit(vector.fit_transform(seen), np.array([bool(row.worth) for row in rows]))
    write("worth.json", ["worth"], model.intercept_, model.coef_, vector.feature_names_)


def calibration_error(y: np.ndarray, said: np.ndarray) -> float:
    """The mean distance between what was said and what was so, in ten bins."""
    total = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (said >= low) & (said < low + 0.1)
        if inside.any():
            total += abs(y[inside].mean() - said[inside].mean()) * inside.mean()
    return float(total)


def write(name: str, labels: object, intercepts: np.ndarray, weights: np.ndarray, names: list[str]) -> None:
    """Weights as JSON: {labels, intercepts, weights: {feature: [one a label]}}; small ones left out."""
    WEIGHTS.mkdir(exist_ok=True)
    kept = {
        feature: [round(float(w), PLACES[name]) for w in weights[:, place]]
        for place, feature in enumerate(names)
        if np.abs(weights[:, place]).max() >= SMALLEST[name]
    }
    out = {"labels": list(labels), "intercepts": [round(float(i), 3) for i in intercepts], "weights": kept}  # type: ignore[call-overload]
    path = WEIGHTS / name
    path.write_text(json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{name}: {len(kept)} features, {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main(sys.argv[1])
