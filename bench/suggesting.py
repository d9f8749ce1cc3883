"""Every figure of matching, retrieval, stance and alerts: `python -m bench.suggesting DATA_DIR [--record]`.

Stance is scored anew by five-fold cross-validation (`training/stance`); alerts are counted among the claims of all
articles at hand (gold, our own, seeds), all against all: those within an article, and those between two. Ten minutes.
"""

from __future__ import annotations

import json
import sys
import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

from bench import history
from claims.extraction import extract
from reviews.contradictions import Statement, of_values
from sources import evaluation
from training.stance import train

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / "training" / "data" / "articles"


def alerts(gold: Path) -> dict[str, int]:
    """Pairs of claims whose figures are told as contradicting each other."""
    texts = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted([*gold.glob("*.json"), *OURS.glob("*.json")])
    ]
    given = [(one["title"], one["text"]) for one in texts]
    for path in sorted((ROOT / "seeds" / "articles").glob("*.md")):
        _, header, text = path.read_text(encoding="utf-8").split("+++", 2)
        given.append((tomllib.loads(header)["title"], text.strip()))
    said = [
        (nth, Statement(claim.text, claim.claimant))
        for nth, (title, text) in enumerate(given)
        for claim in extract(text, title=title)
    ]
    told = [a == b for (a, one), (b, other) in combinations(said, 2) if of_values(one, other)]
    pairs = len(said) * (len(said) - 1) // 2
    return {"pairs": pairs, "within an article": sum(told), "between two": len(told) - sum(told)}


def measured(folder: Path) -> dict[str, Any]:
    """Every figure by its name."""
    sets = {name: train.prepared(folder / "stance" / name) for name in (*train.HARD, train.EASY)}
    return {
        "matching": evaluation.matching(folder / "matching" / "checkthat2020_task2"),
        "retrieval": evaluation.retrieval(folder / "stance"),
        "stance": {name.split(".")[0]: train.scored(name, sets) for name in train.HARD},
        "alerts": alerts(folder / "gold"),
    }


def main(arguments: list[str]) -> None:
    """Print the figures as JSON, and keep them if asked to."""
    named = [one for one in arguments if not one.startswith("--")]
    if not named:
        print("Not measured: give the folder of the data sets, as in python -m bench.suggesting DATA_DIR")
        return
    found = measured(Path(named[0]))
    print(json.dumps(found, indent=1))
    if "--record" in arguments:
        history.record("suggesting", found)


if __name__ == "__main__":
    main(sys.argv[1:])
