"""The small linear models, as JSON beside this file: loaded once, no library needed."""

import json
import math
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights"


class Linear:
    """A logistic model over named features."""

    def __init__(self, name: str) -> None:
        self.path = WEIGHTS / name

    @cached_property
    def _read(self) -> tuple[list[str], list[float], dict[str, list[float]]]:
        if not self.path.exists():
            return [], [], {}
        found = json.loads(self.path.read_text(encoding="utf-8"))
        return found["labels"], found["intercepts"], found["weights"]

    def scores(self, names: Iterable[str]) -> list[float]:
        """The log-odds of each label."""
        _, intercepts, weights = self._read
        total = list(intercepts)
        for name in names:
            for at, weight in enumerate(weights.get(name, ())):
                total[at] += weight
        return total

    def best(self, names: Iterable[str]) -> tuple[str, float, list[str]]:
        """The likeliest label, its share of the probability of all, and the three features that speak most for it."""
        there = list(names)
        labels, _, weights = self._read
        scores = self.scores(there)
        if not labels:
            return "", 0.0, []
        at = max(range(len(scores)), key=scores.__getitem__)
        odds = [1 / (1 + math.exp(-value)) for value in scores]
        return labels[at], odds[at] / sum(odds), top_features(there, weights, at)

    def probability(self, names: Iterable[str]) -> tuple[float, list[str], list[str]]:
        """For a model with one label: its probability, and what speaks most for and against it."""
        there = list(names)
        labels, _, weights = self._read
        if not labels:
            return 0.5, [], []
        value = self.scores(there)[0]
        return (
            1 / (1 + math.exp(-value)),
            top_features(there, weights, 0),
            top_features(there, weights, 0, sign=-1),
        )


def top_features(names: list[str], weights: dict[str, list[float]], at: int, *, sign: int = 1) -> list[str]:
    """The three features of most weight, in words a person can read."""
    rated = sorted(((sign * weights[n][at], n) for n in names if n in weights), reverse=True)
    return [readable(name) for weight, name in rated[:3] if weight > 0.1]


def readable(name: str) -> str:
    """A feature's name for people."""
    kind, _, what = name.partition(":")
    return {
        "w": f"“{what}”", "b": f"“{what.replace('<s>', '^').replace('</s>', '$')}”", "s": f"“{what}…”", "rule": f"reads like {what}",
        "numbers": f"{what} numbers" if what != "1" else "a number", "unit": f"unit {what}", "bound": f"bound {what}",
        "length": f"{what} sentence", "flag": what,
    }.get(kind, name)  # fmt: skip


KINDS = Linear("kinds.json")
WORTH = Linear("worth.json")
GOES_ON = Linear("goes_on.json")
ANTECEDENTS = Linear("antecedents.json")
