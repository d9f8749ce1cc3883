"""Says how a passage bears on a claim, and what follows from all passages: pure, knows no Django."""

from sources.stance.judge import ENGINE, Judgement, judge
from sources.stance.llm import Judged, judge_with_model
from sources.stance.propose import Proposal, Weighed, propose
from sources.stance.timing import Timing, timing

__all__ = [
    "ENGINE",
    "Judged",
    "Judgement",
    "Proposal",
    "Timing",
    "Weighed",
    "judge",
    "judge_with_model",
    "propose",
    "timing",
]
