"""Says how a passage bears on a claim, and what follows from all passages: pure, knows no Django."""

from sources.stance.judge import ENGINE, Judgement, judge
from sources.stance.propose import Proposal, Weighed, propose

__all__ = ["ENGINE", "Judgement", "Proposal", "Weighed", "judge", "propose"]
