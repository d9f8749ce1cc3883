"""The leaning of a passage from its signals: boosted trees of depth 3, read from JSON, run in plain Python."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights" / "stance.json"

# A leaf is its value; a branch is (signal number, threshold, place of the lower side, place of the upper side).
Node = float | tuple[int, float, int, int]


@dataclass(frozen=True, slots=True)
class Model:
    """The sum of many small trees, as log-odds of "supports" given that the passage bears on the claim."""

    signals: tuple[str, ...]
    base: float
    trees: tuple[tuple[Node, ...], ...]

    def support(self, signals: Mapping[str, float]) -> float:
        """The probability that the passage supports the claim rather than refutes it."""
        values = [signals[name] for name in self.signals]
        total = self.base + sum(_leaf(tree, values) for tree in self.trees)
        return 1 / (1 + math.exp(-total))


def _leaf(tree: tuple[Node, ...], values: list[float]) -> float:
    node = tree[0]
    while not isinstance(node, float):
        signal, threshold, lower, upper = node
        node = tree[lower if values[signal] <= threshold else upper]
    return node


@lru_cache(maxsize=1)
def model() -> Model:
    """The shipped one; `training/stance` makes it and its card says how well it does."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    trees = tuple(tuple(_node(node) for node in tree) for tree in stored["trees"])
    return Model(tuple(stored["signals"]), float(stored["base"]), trees)


def _node(stored: float | list[float]) -> Node:
    if not isinstance(stored, list):
        return float(stored)
    signal, threshold, lower, upper = stored
    return int(signal), float(threshold), int(lower), int(upper)
