"""Says how a passage bears on a claim, and what follows from all passages: pure, knows no Django."""

from sources.stance.judge import ENGINE, Judgement, judge
from sources.stance.llm import judge_with_model
from sources.stance.nli import Inference, by_shares, judge_by_inference
from sources.stance.nli import load as load_inference
from sources.stance.propose import Proposal, Weighed, propose
from sources.stance.second import Judged, by_rules
from sources.stance.timing import Timing, timing

__all__ = [
    "ENGINE",
    "Inference",
    "Judged",
    "Judgement",
    "Proposal",
    "Timing",
    "Weighed",
    "by_rules",
    "by_shares",
    "judge",
    "judge_by_inference",
    "judge_with_model",
    "load_inference",
    "propose",
    "timing",
]
