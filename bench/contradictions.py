"""Whether contradictions between claims are told, and nothing else: `python -m bench.contradictions [--record]`.

`contradictions.tsv` has pairs as two articles of a desk give them, labelled before anything was measured; the rules
were improved in view of them. `contradictions_fresh.tsv` was written after that and before they were run on it, and
`contradictions_third.tsv` and `contradictions_fourth.tsv` in the same way, each when those before it had been gone
through.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bench import history
from reviews.contradictions import Statement, of_dates, of_values, of_verdicts

NAMES = ("contradictions", "contradictions_fresh", "contradictions_third", "contradictions_fourth")
SETS = {name: Path(__file__).with_name(f"{name}.tsv") for name in NAMES}
FIRST_DAY = date(2025, 6, 20)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims, whether they contradict each other, and in what."""

    told: bool
    kind: str
    one: Statement
    other: Statement


def read(path: Path) -> list[Pair]:
    """The labelled pairs."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        told, kind, one, other, *rest = line.split("\t")
        days, ratings = int(rest[0] if rest else 0), rest[1] if len(rest) > 1 else ""
        left, _, right = ratings.partition("/")
        found.append(
            Pair(
                told == "1",
                kind,
                _statement(one, FIRST_DAY, left),
                _statement(other, FIRST_DAY + timedelta(days=days), right),
            )
        )
    return found


def _statement(text: str, day: date, rating: str) -> Statement:
    return Statement(text, day=day, rating=rating, number=int(rating) if rating else None)


def is_told(pair: Pair) -> bool:
    """Whether an alert would be raised, whichever of the two is the older."""
    return any(
        rule(left, right) is not None
        for rule in (of_dates, of_values, of_verdicts)
        for left, right in ((pair.one, pair.other), (pair.other, pair.one))
    )


def measured(pairs: list[Pair]) -> dict[str, float]:
    """Recall of the contradictions, precision of what is told, and recall by kind."""
    told = {id(pair): is_told(pair) for pair in pairs}
    real = [pair for pair in pairs if pair.told]
    said = [pair for pair in pairs if told[id(pair)]]
    kinds = Counter(pair.kind for pair in real)
    found = Counter(pair.kind for pair in real if told[id(pair)])
    return {
        "contradictions": len(real),
        "near misses": len(pairs) - len(real),
        "recall": round(sum(found.values()) / len(real), 3),
        "precision": round(sum(pair.told for pair in said) / (len(said) or 1), 3),
        **{f"recall: {kind}": round(found[kind] / many, 3) for kind, many in kinds.items()},
    }


def main(arguments: list[str]) -> None:
    """Print what was missed and what was told wrongly to stderr, and the figures; keep them if asked to."""
    figures = {}
    for name, path in SETS.items():
        pairs = read(path)
        for pair in pairs:
            if is_told(pair) != pair.told:
                said = "missed" if pair.told else "FALSE"
                print(f"{said} {pair.kind}: {pair.one.text} | {pair.other.text}", file=sys.stderr)
        figures[name] = measured(pairs)
        print(name, *(f"{what:<20}{value:>8}" for what, value in figures[name].items()), sep="\n")
    if "--record" in arguments:
        history.record("suggesting", figures)


if __name__ == "__main__":
    main(sys.argv[1:])
