"""From a pair's features to the probability that both say the same: a logistic model of a few numbers."""

import math
from collections.abc import Mapping

ENGINE = "lexical+rerank/1"
INTERCEPT = -6.0
WEIGHTS = {
    "covers_earlier": 4.0, "covers_asked": 3.0, "pairs": 2.0, "names": 0.5, "numbers": 0.5, "set_ratio": 1.0, "partial": 1.0,
}  # fmt: skip


def probability(features: Mapping[str, float]) -> float:
    """How likely a pair with these features says the same."""
    total = INTERCEPT + sum(weight * features.get(name, 0.0) for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
