"""What a second judge, a model that somebody has set, may say beside the rules: never the opposite of what they say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sources.stance.attribution import is_disputed
from sources.stance.judge import ENGINE, FEW, Judgement
from sources.stance.overlap import nearest

MOST = 0.9  # no model is surer than the rules are
GUARDED = frozenset(
    "denial question accusation forecast early_figure other_time absence absence_repeated evidence_presented".split()
)  # What these rules set aside or say stays so.


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements of the passages in their order, who made each, and why the model did not where it failed."""

    judgements: tuple[Judgement, ...]
    engines: tuple[str, ...]
    note: str = ""


def by_rules(local: Sequence[Judgement], note: str = "") -> Judged:
    """The rules' judgements as they are, and why no model judged."""
    return Judged(tuple(local), (ENGINE,) * len(local), note)


def beside_rules(
    said: Sequence[Judgement | None], local: Sequence[Judgement], model: str, note: str = ""
) -> Judged:
    """A model's judgements; the rules' where it is silent (None)."""
    return Judged(
        tuple(one or rules for one, rules in zip(said, local, strict=True)),
        tuple(f"{model[:36]} ({ENGINE} checked)" if one else ENGINE for one in said),
        note,
    )


def must_be_silent(claim: str, passage: str, rules: Judgement) -> bool:
    """Whether no model may make evidence of a passage: it is on something else, or tells what somebody says of it."""
    near = nearest(claim, passage)
    return rules.rule in GUARDED or near.coverage < FEW or is_disputed(claim, near.text)


def weighed(
    rules: Judgement, stance: str, score: float, reasons: Sequence[str], *, rule: str, who: str
) -> Judgement:
    """The judgement by a model (`who`); context where the rules say the opposite: then nobody speaks."""
    sure = min(MOST, max(0.0, score))
    if stance == "context":
        return Judgement("context", min(sure, 0.5), tuple(reasons), rule, rules.support)
    if rules.stance not in ("context", stance):
        said = f"{who} reads it the other way: a person has to read it."
        return replace(
            rules, stance="context", score=0.4, reasons=(*rules.reasons, said), rule="disagreement"
        )
    return Judgement(stance, sure, tuple(reasons), rule, sure if stance == "supports" else 1 - sure)
