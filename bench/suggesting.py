"""Every figure of matching, retrieval, stance and alerts: `python -m bench.suggesting DATA_DIR [--full] [--record]`.

Stance is scored anew by five-fold cross-validation (`training/stance`), with every tenth of the easy FEVER pairs beside
the two hard sets; `--full` takes all of them and needs many minutes. Alerts are counted among the claims of all the
articles (gold, our own, seeds, fresh), all against all: those within an article, and those between two. Each part is
printed when it is done: two minutes in all.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

from bench import history
from claims.extraction import extract
from reviews.contradictions import Statement, of_dates, of_values
from sources import evaluation
from training.stance import train

ROOT = Path(__file__).resolve().parent.parent
SOME = 10
OURS = ROOT / "training" / "data" / "articles"


def alerts(gold: Path) -> dict[str, int]:
    """Pairs of claims whose figures are told as contradicting each other."""
    texts = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted([*gold.glob("*.json"), *OURS.glob("*.json")])
    ]
    given = [(one["title"], one["text"]) for one in texts]
    homes = (ROOT / "seeds", ROOT / "bench" / "fresh")
    for path in sorted(path for home in homes for path in (home / "articles").glob("*.md")):
        _, header, text = path.read_text(encoding="utf-8").split("+++", 2)
        given.append((tomllib.loads(header)["title"], text.strip()))
    said = [
        (nth, Statement(claim.text, claim.claimant))
        for nth, (title, text) in enumerate(given)
        for claim in extract(text, title=title)
    ]
    pairs = combinations(said, 2)
    told = [a == b for (a, one), (b, other) in pairs if of_dates(one, other) or of_values(one, other)]
    return {
        "pairs": len(said) * (len(said) - 1) // 2,
        "within an article": sum(told),
        "between two": len(told) - sum(told),
    }


def stance(folder: Path, *, every: int) -> dict[str, Any]:
    """Cross-validated scores of the two hard sets, learnt with every so many of the easy pairs beside them."""
    sets = {name: train.prepared(folder / name) for name in train.HARD}
    sets[train.EASY] = train.prepared(folder / train.EASY, every=every)
    return {name.split(".")[0]: train.scored(name, sets) for name in train.HARD}


def main(arguments: list[str]) -> None:
    """Print the figures as JSON, part by part, and keep them if asked to."""
    named = [one for one in arguments if not one.startswith("--")]
    if not named:
        print("Not measured: give the folder of the data sets, as in python -m bench.suggesting DATA_DIR")
        return
    folder = Path(named[0])
    every = 1 if "--full" in arguments else SOME
    parts: dict[str, Callable[[], Any]] = {
        "alerts": lambda: alerts(folder / "gold"),
        "retrieval": lambda: evaluation.retrieval(folder / "stance"),
        "matching": lambda: evaluation.matching(folder / "matching" / "checkthat2020_task2"),
        "stance": lambda: stance(folder / "stance", every=every),
    }
    found = {}
    for name, measure in parts.items():
        found[name] = measure()
        print(json.dumps({name: found[name]}, indent=1), flush=True)
    if "--record" in arguments:
        history.record("suggesting", found)


if __name__ == "__main__":
    main(sys.argv[1:])
