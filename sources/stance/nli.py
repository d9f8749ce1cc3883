"""A model of natural language inference as a second judge of passages, beside the rules.

It reads the passage as the premise and the claim as what may follow. It speaks only where it is sure and the passage
bears on the claim. It turns nothing into evidence that the rules set aside, and where they say the opposite nobody
speaks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from claims.embedding import Unusable, runtime
from sources.stance.judge import Judgement
from sources.stance.second import Judged, beside_rules, by_rules, must_be_silent, weighed

SURE = 0.9  # share of the model's belief from which it speaks
WORDS = {"supports": "follows from", "refutes": "cannot be true beside"}
Shares = Mapping[str, float]  # of belief in each stance


class Inference(Protocol):
    """A model that says how a claim stands to a passage. `name` is for people; `sha256` is of its files."""

    name: str
    sha256: str

    def shares(self, pairs: Sequence[tuple[str, str]]) -> list[Shares]:
        """For each (passage, claim) the belief in supports, refutes and context, which sum to 1. Raises Unusable."""


def load(folder: Path) -> Inference:
    """The model in a folder as the hub has it: `model.onnx`, `tokenizer.json` and `config.json` with its labels.

    Raises Unusable with a sentence that says what is wrong.
    """
    model: Inference = runtime("sources.stance.onnx").load(folder)
    return model


def judge_by_inference(
    claim: str, passages: Sequence[str], local: Sequence[Judgement], model: Inference
) -> Judged:
    """Judge all passages in one go; `local` are the rules' judgements of the same, which stand where it is silent."""
    try:
        believed = model.shares([(passage, claim) for passage in passages])
    except Unusable as error:
        return by_rules(local, f"The inference model cannot be used: {error}"[:200])
    judged = [
        by_shares(claim, passage, rules, shares)
        for passage, rules, shares in zip(passages, local, believed, strict=True)
    ]
    return beside_rules(judged, local, model.name)


def by_shares(claim: str, passage: str, rules: Judgement, shares: Shares) -> Judgement | None:
    """The model's judgement of one passage, or None where the rules' stands."""
    stance = max(shares, key=lambda one: shares[one])
    if stance == "context" or shares[stance] < SURE or must_be_silent(claim, passage, rules):
        return None
    reason = f"An inference model holds that the claim {WORDS[stance]} this passage ({shares[stance]:.0%})."
    kept = rules.reasons if rules.stance == stance else ()
    return weighed(
        rules, stance, shares[stance], (*kept, reason), rule="inference", who="The inference model"
    )
