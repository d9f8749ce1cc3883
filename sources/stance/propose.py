"""From judged passages to a proposed rating, or to silence with the reasons for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sources.stance.judge import Judgement

RELIABILITY = {"A": 1.0, "B": 0.9, "C": 0.75, "D": 0.5, "E": 0.25, "F": 0.5}  # Admiralty grades; F cannot be judged.
SPEAK_AT = 0.55  # A judgement below this is context for a person, not an argument.
CONFIDENT = 0.7


@dataclass(frozen=True, slots=True)
class Weighed:
    """One judgement with where it comes from: `origin` is the same for copies of one report."""

    judgement: Judgement
    origin: str = ""
    reliability: str = "F"
    is_claimant: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed rating (None: abstains), its confidence, why, and what would change it."""

    rating: str | None
    confidence: float | None
    reasons: tuple[str, ...]
    would_change: tuple[str, ...] = ()


def propose(
    judged: Sequence[Weighed], *, claim_type: str = "", as_of: str = "", origins_wanted: int = 2
) -> Proposal:
    """Weigh the judgements; `as_of` is the date in words for claims about an absence."""
    speaking = [item for item in judged if item.judgement.stance != "context" and item.judgement.score >= SPEAK_AT]
    if claim_type == "evidence_status":
        return _absence(speaking, as_of)
    support, against = _side(speaking, "supports"), _side(speaking, "refutes")
    if not support and not against:
        return Proposal(None, None, (_silence(judged),), ("A passage that states or contradicts it plainly.",))
    if support and against:
        return _disputed(support, against)
    side, rating = (support, "true") if support else (against, "false")
    return _one_sided(side, rating, origins_wanted)


def _side(speaking: Sequence[Weighed], stance: str) -> dict[str, Weighed]:
    """The strongest judgement of each origin on one side; what the claimant says does not count."""
    best: dict[str, Weighed] = {}
    for place, item in enumerate(speaking):
        if item.judgement.stance != stance or item.is_claimant:
            continue
        origin = item.origin or f"#{place}"
        if origin not in best or weight(item) > weight(best[origin]):
            best[origin] = item
    return best


def weight(item: Weighed) -> float:
    """How far one judgement moves the scale: its certainty above chance times the source's grade."""
    return item.judgement.score * RELIABILITY.get(item.reliability.upper()[:1], RELIABILITY["F"])


def _confidence(side: dict[str, Weighed]) -> float:
    doubt = 1.0
    for item in side.values():
        doubt *= 1 - weight(item)
    return min(0.95, 1 - doubt)


def _count(number: int) -> str:
    return "1 independent origin" if number == 1 else f"{number} independent origins"


def _told(side: dict[str, Weighed]) -> tuple[str, ...]:
    ordered = sorted(side.values(), key=weight, reverse=True)
    return tuple(dict.fromkeys(reason for item in ordered for reason in item.judgement.reasons))[:4]


def _one_sided(side: dict[str, Weighed], rating: str, origins_wanted: int) -> Proposal:
    confidence = _confidence(side)
    verb = "support" if rating == "true" else "contradict"
    reasons = (f"{_count(len(side))} {verb}{'s' if len(side) == 1 else ''} it.", *_told(side))
    other = "contradicts" if rating == "true" else "supports"
    change = (f"A reliable source of another origin that {other} it.",)
    if confidence < CONFIDENT:
        return Proposal(None, confidence, (*reasons, "That is not enough to propose a rating."), change)
    if len(side) < origins_wanted:
        change = (*change, "A second independent origin would raise the confidence.")
        confidence = min(confidence, 0.75)
    return Proposal(rating, round(confidence, 2), reasons, change)


def _disputed(support: dict[str, Weighed], against: dict[str, Weighed]) -> Proposal:
    pro, contra = _confidence(support), _confidence(against)
    reasons = (
        f"{_count(len(support))} for it, {_count(len(against))} against it.", *_told(support)[:2], *_told(against)[:2],
    )  # fmt: skip
    change = ("Finding out which of the sources has seen it at first hand, and which is newer.",)
    if min(pro, contra) >= 0.5:
        return Proposal("disputed", round(min(pro, contra), 2), reasons, change)
    return Proposal(None, None, (*reasons, "The sources disagree and none is strong enough."), change)


def _absence(speaking: Sequence[Weighed], as_of: str) -> Proposal:
    when = f" as of {as_of}" if as_of else ""
    against, support = _side(speaking, "refutes"), _side(speaking, "supports")
    change = ("A document that shows the evidence being presented.", "The next search, done again by date.")
    if against:
        reasons = ("A passage reports that evidence was presented.", *_told(against))
        return Proposal(None, None, (*reasons, "Whether it is evidence is for a person to say."), change)
    reasons = (f"None found{when} in the desk's library.", *_told(support)[:2])
    return Proposal("unproven", 0.6 if support else 0.5, reasons, change)


def _silence(judged: Sequence[Weighed]) -> str:
    if not judged:
        return "No passage was found that bears on it."
    noun = "passage bears" if len(judged) == 1 else "passages bear"
    return f"{len(judged)} {noun} on it, and none settles it by itself: they need reading."
