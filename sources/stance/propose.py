"""From judged passages to a proposed rating, or to silence with the reasons for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sources.stance.judge import Judgement

RELIABILITY = {
    "A": 1.0,
    "B": 0.95,
    "C": 0.8,
    "D": 0.5,
    "E": 0.2,
    "F": 0.6,
}  # Admiralty grades; F: cannot be judged.
AT_MOST = {
    3: RELIABILITY["C"],
    4: RELIABILITY["D"],
    5: RELIABILITY["E"],
}  # What is possibly true, doubtful or improbable weighs no more than a source of that grade.
SPEAK_AT = 0.6  # A judgement below this is context for a person, not an argument.
CONFIDENT = 0.75  # Below this nothing is proposed.
MOST = 0.95
SINGLE_ORIGIN = 0.75  # One origin alone is never surer than this, and needs a good grade to be heard at all.
STATEMENTS = ("denial", "quotation", "position")  # That somebody said it is proved by their saying it.
GOOD_GRADES = ("A", "B")
LEAVES_OPEN = "It does not settle the detail"
SET_ASIDE = ("not evidence", "An early figure", "of another time", "of what is expected")
STANDS_AGAINST = 0.5  # An opposing side at least this strong makes it disputed.


@dataclass(frozen=True, slots=True)
class Weighed:
    """One judgement with where it comes from: `origin` is the same for copies of one report."""

    judgement: Judgement
    origin: str = ""
    reliability: str = "F"
    credibility: int = 6
    is_claimant: bool = False
    published: date | None = None
    timely: float = 1.0  # less where its date is not that of the claim, sources/stance/timing.py


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed rating (None: abstains), its confidence, why, and what would change it."""

    rating: str | None  # true, mostly, misleading, disputed, false, unproven
    confidence: float | None
    reasons: tuple[str, ...]
    would_change: tuple[str, ...] = ()


Side = dict[str, Weighed]


def propose(
    judged: Sequence[Weighed], *, claim_type: str = "", as_of: str = "", origins_wanted: int = 2
) -> Proposal:
    """Weigh the judgements; what the claimant says counts only where the claim is that they said it.

    `as_of` is the date in words for claims about an absence;
    `origins_wanted` is how many independent origins a rating of true or false asks for; 1 waives it.
    """
    own_words = claim_type in STATEMENTS
    heard = [item for item in judged if own_words or not item.is_claimant]
    speaking = [
        item for item in heard if item.judgement.stance != "context" and item.judgement.score >= SPEAK_AT
    ]
    if claim_type == "evidence_status":
        return _absence(speaking, as_of)
    if claim_type == "prediction":
        reason = "What is announced or expected cannot be rated before its time."
        return Proposal(None, None, (reason, *_silence(judged)), ("What happened once the time has come.",))
    newer, outdated = _without_outdated(speaking)
    support, against = _side(newer, "supports"), _side(newer, "refutes")
    if support and against:
        return _disputed(support, against)
    if support:
        in_part = all(_says(item.judgement, (LEAVES_OPEN,)) for item in support.values())
        return _one_sided(support, "mostly" if in_part else "true", origins_wanted, outdated)
    if against:
        return _one_sided(against, "false", origins_wanted, outdated)
    change = ("A passage of a reliable source that states or contradicts it plainly.",)
    return Proposal(None, None, _silence(judged), change)


def weight(item: Weighed) -> float:
    """How far one judgement moves the scale: its certainty times the source's grade, less when of another time.

    The digit only takes away: that others confirm it counts when those others are heard, not twice.
    """
    letter = RELIABILITY.get(item.reliability.upper()[:1], RELIABILITY["F"])
    return item.judgement.score * min(letter, AT_MOST.get(item.credibility, letter)) * item.timely


def _is_good(item: Weighed) -> bool:
    return item.reliability[:1].upper() in GOOD_GRADES and item.credibility not in AT_MOST


def _without_outdated(speaking: Sequence[Weighed]) -> tuple[list[Weighed], tuple[str, ...]]:
    """Leave out other numbers that are older than every source that agrees: numbers move."""
    agreeing = [item.published for item in speaking if item.judgement.stance == "supports" and item.published]
    if not agreeing:
        return list(speaking), ()
    first = min(agreeing)
    old = [
        item
        for item in speaking
        if _is_other_number(item.judgement) and item.published and item.published < first
    ]
    told = tuple(
        f"An older source had another number: {reason}" for item in old for reason in item.judgement.reasons
    )
    return [item for item in speaking if item not in old], tuple(dict.fromkeys(told))[:1]


def _is_other_number(judgement: Judgement) -> bool:
    return judgement.stance == "refutes" and _says(judgement, ("The source says",))


def _says(judgement: Judgement, phrases: tuple[str, ...]) -> bool:
    """Whether a reason has one of these words; stored evidence keeps its reasons and not the rule that spoke."""
    return any(phrase in reason for reason in judgement.reasons for phrase in phrases)


def _side(speaking: Sequence[Weighed], stance: str) -> Side:
    """The strongest judgement of each origin on one side."""
    best: Side = {}
    for place, item in enumerate(speaking):
        if item.judgement.stance != stance:
            continue
        origin = item.origin.strip().casefold() or f"#{place}"
        if origin not in best or weight(item) > weight(best[origin]):
            best[origin] = item
    return best


def _confidence(side: Side) -> float:
    """One minus the chance that all origins err, were they wrong independently."""
    doubt = 1.0
    for item in side.values():
        doubt *= 1 - weight(item)
    return min(MOST, 1 - doubt)


def _one_sided(side: Side, rating: str, origins_wanted: int, outdated: tuple[str, ...]) -> Proposal:
    confidence = _confidence(side)
    verb, other = ("contradict", "supports") if rating == "false" else ("support", "contradicts")
    reasons = (f"{_count(len(side))} {verb}{'s' if len(side) == 1 else ''} it.", *_told(side), *outdated)
    change: tuple[str, ...] = (f"A reliable source of another origin that {other} it.",)
    if len(side) < origins_wanted:
        change = (*change, "A second independent origin that says the same.")
        if not any(_is_good(item) for item in side.values()):
            return Proposal(
                None, None, (*reasons, "One origin of this grade is not enough to propose a rating."), change
            )
        confidence = min(confidence, SINGLE_ORIGIN)
    if confidence < CONFIDENT:
        return Proposal(None, None, (*reasons, "That is not sure enough to propose a rating."), change)
    return Proposal(rating, round(confidence, 2), reasons, change)


def _disputed(support: Side, against: Side) -> Proposal:
    pro, contra = _confidence(support), _confidence(against)
    counts = f"{_count(len(support))} for it, {_count(len(against))} against it."
    reasons = (counts, *_told(support)[:2], *_told(against)[:2])
    change = ("Finding out which of the sources has seen it at first hand, and which is newer.",)
    if min(pro, contra) >= STANDS_AGAINST:
        return Proposal("disputed", round(min(pro, contra, MOST), 2), reasons, change)
    return Proposal(
        None, None, (*reasons, "The sources disagree, and one side is too weak to weigh."), change
    )


def _absence(speaking: Sequence[Weighed], as_of: str) -> Proposal:
    """An absence is never proposed true: only that nothing was found, where and until when."""
    against, support = _side(speaking, "refutes"), _side(speaking, "supports")
    change = (
        "A document that shows the evidence being presented.",
        "The same search done again at a later date.",
    )
    if against:
        reasons = (*_told(against), "Whether it is evidence is for a person to say.")
        return Proposal(None, None, reasons, change)
    found = f"None found{f' as of {as_of}' if as_of else ''} in the desk's library."
    if not support:
        return Proposal("unproven", 0.5, (found,), change)
    said = f"{_count(len(support))} also say{'s' if len(support) == 1 else ''} that none was presented."
    return Proposal("unproven", round(min(0.9, _confidence(support)), 2), (found, said), change)


def _count(number: int) -> str:
    return "1 independent origin" if number == 1 else f"{number} independent origins"


def _told(side: Side) -> tuple[str, ...]:
    ordered = sorted(side.values(), key=weight, reverse=True)
    return tuple(dict.fromkeys(reason for item in ordered for reason in item.judgement.reasons))[:4]


def _silence(judged: Sequence[Weighed]) -> tuple[str, ...]:
    """Why nothing is proposed: how many passages there are, and what was set aside and why."""
    if not judged:
        return ("No passage was found that bears on it.",)
    reasons = dict.fromkeys(reason for item in judged for reason in item.judgement.reasons)
    told = tuple(reason for reason in reasons if any(phrase in reason for phrase in SET_ASIDE))[:3]
    noun = "passage was" if len(judged) == 1 else "passages were"
    return (f"{len(judged)} {noun} found, and none settles it by itself: they need reading.", *told)
