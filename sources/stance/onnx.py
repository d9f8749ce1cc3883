"""Run an inference model with ONNX Runtime. Imported only where one is set: nothing here is needed without."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any  # Any: the libraries ship no types that say more

import numpy as np

from claims.embedding import Unusable
from claims.embedding.onnx import digest, opened, read_json, run, unknown_inputs
from sources.stance.nli import Shares

LONGEST = 320  # word pieces of a passage and a claim together
BATCH = 8  # pairs at once
BEGINNINGS = (
    ("entail", "supports"),
    ("support", "supports"),
    ("contradict", "refutes"),
    ("refute", "refutes"),
)


class InferenceModel:
    """An ONNX session with its tokenizer and what its outputs mean. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Read a folder, and try the model on two sentences. Raises Unusable."""
        self.name = folder.resolve().name[:60]
        self._session, self._tokenizer = opened(folder)
        self._tokenizer.enable_truncation(max_length=LONGEST)
        if unknown := unknown_inputs(self._session):
            raise Unusable(f"The model asks for {unknown}, which a pair of sentences does not have.")
        self._labels = _labels(folder)
        self._output = self._session.get_outputs()[0].name
        self.sha256 = digest(folder, folder / "config.json")
        self.shares([("A passage.", "A claim.")])

    def shares(self, pairs: Sequence[tuple[str, str]]) -> list[Shares]:
        """For each (passage, claim) the belief in supports, refutes and context, which sum to 1. Raises Unusable."""
        found: list[Shares] = []
        for start in range(0, len(pairs), BATCH):
            found += self._batch(pairs[start : start + BATCH])
        return found

    def _batch(self, pairs: Sequence[tuple[str, str]]) -> list[Shares]:
        out, _ = run(self._session, self._tokenizer, pairs, self._output)
        if out.shape != (len(pairs), len(self._labels)):
            raise Unusable(
                f"The model gives {out.shape} where its config.json names {len(self._labels)} labels."
            )
        if not np.isfinite(out).all():
            raise Unusable("The model gives values that are no numbers.")
        belief = np.exp(out - out.max(axis=1, keepdims=True))
        belief /= belief.sum(axis=1, keepdims=True)
        return [self._named(row) for row in belief.tolist()]

    def _named(self, belief: Sequence[float]) -> Shares:
        shares = dict.fromkeys(("supports", "refutes", "context"), 0.0)
        for stance, share in zip(self._labels, belief, strict=True):
            shares[stance] += share
        return shares


def load(folder: Path) -> InferenceModel:
    """The model in a folder. Raises Unusable."""
    return InferenceModel(folder)


def _labels(folder: Path) -> list[str]:
    """Which stance each output is, by the labels of config.json. Raises Unusable."""
    told: Any = read_json(folder / "config.json").get("id2label")
    if not isinstance(told, dict) or not all(str(key).isdigit() for key in told):
        raise Unusable(
            f"There is no id2label in {folder / 'config.json'}: nobody can tell what its outputs mean."
        )
    stances = [_stance(str(told[key])) for key in sorted(told, key=int)]
    if "supports" not in stances:
        raise Unusable(f"None of the labels {', '.join(map(str, told.values()))} is entailment.")
    return stances


def _stance(label: str) -> str:
    """Entailment supports, contradiction refutes; "neutral", "not_entailment" and anything else is context."""
    return next((stance for begin, stance in BEGINNINGS if label.lower().startswith(begin)), "context")
