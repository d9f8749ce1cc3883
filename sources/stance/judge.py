"""How one passage bears on one claim: speaks only where a precise rule or a confident model does, else abstains."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from claims.matching.quantities import read_quantities
from claims.matching.words import names, stems
from sources.stance import absence, attribution, figures, negation
from sources.stance.figures import Finding
from sources.stance.model import model
from sources.stance.overlap import Overlap, missing_words, nearest, sentences
from sources.stance.signals import signals

ENGINE = "stance/1"

# Shares of the claim's content words that the nearest sentences have.
FEW, SOME, ENOUGH, MANY, MOST, NEARLY_ALL, VERBATIM = 0.34, 0.5, 0.55, 0.6, 0.75, 0.85, 0.9
SURE = 0.85  # The model speaks by itself from here on: right in 0.86 of FoolMeTwice, 0.95 of FEVER-Symmetric.
IN_PART = 0.9
TAIL = re.compile(r",\s+(?:including|among them|most of them|some of them|many of them)\b.*$", re.IGNORECASE)
# How often a rule is right, as counted on the three sets (training/stance/MODEL_CARD.md).
RIGHT = {
    "number_mismatch": 0.88,
    "date_mismatch": 0.9,
    "antonym": 0.85,
    "figures_agree": 0.92,
    "near_verbatim": 0.92,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """Stance, how sure (0 to 1), why in sentences, and which rule spoke.

    `support` is the probability that the passage supports rather than refutes, if it bears on the claim at all.
    """

    stance: str  # supports, refutes, context
    score: float
    reasons: tuple[str, ...]
    rule: str
    support: float = 0.5


@dataclass(frozen=True, slots=True)
class _Case:
    """A claim and the nearest part of a passage, with all that was read from them."""

    claim: str
    passage: str
    near: Overlap
    found: tuple[Finding, ...]
    signals: dict[str, float]
    support: float

    @property
    def unsettled(self) -> list[str]:
        """The sentences about numbers and dates that do not agree; a date that is not given is no matter."""
        return [
            f.reason
            for f in self.found
            if f.verdict != "agrees" and (f.about, f.verdict) != ("date", "missing")
        ]

    @property
    def undated(self) -> tuple[str, ...]:
        """The sentences about dates that the passage does not give."""
        return tuple(f.reason for f in self.found if (f.about, f.verdict) == ("date", "missing"))


def judge(
    claim: str, passage: str, *, claim_type: str = "", claimant: str = "", about: str = ""
) -> Judgement:
    """Judge one passage. Context with a low score means that a person has to read it; the reasons say why.

    `about` is the document's title: a name in it need not stand in the passage again. `claim_type` is for engines
    that want it; this one reads it off the wording.
    """
    case = _case(claim, passage, about)
    if absence.is_absence(claim):
        return _absence(case, claimant)
    judgement = next(filter(None, (step(case) for step in STEPS)), None) or _unsure(case)
    tail = TAIL.search(claim)
    if judgement.rule != "unsure" or not tail:
        return judgement
    return _in_part(_case(claim[: tail.start()] + ".", passage, about), tail.group()) or judgement


def _case(claim: str, passage: str, about: str) -> _Case:
    titled = names(about)
    near = nearest(claim, passage, frozenset(stem for name in titled for stem in stems(name)))
    found = (*figures.numbers(claim, near.text), *figures.dates(claim, near.text))
    measured = signals(
        claim, f"{passage} ({', '.join(name.title() for name in titled)})" if titled else passage, near
    )
    return _Case(claim, passage, near, found, measured, model().support(measured))


def _in_part(case: _Case, tail: str) -> Judgement | None:
    """A judgement on the claim's main clause where the passage leaves out a detail that was added to it."""
    main = next(filter(None, (step(case) for step in STEPS)), None)
    if main is None or main.stance == "context":
        return None
    reason = f"It does not settle the detail “{tail.strip(' ,.')}”."
    rule = f"{main.rule}_in_part" if main.stance == "supports" else main.rule
    return Judgement(main.stance, main.score * IN_PART, (*main.reasons, reason), rule, main.support)


def _context(case: _Case, score: float, reason: str, rule: str) -> Judgement:
    return Judgement("context", score, (reason,), rule, case.support)


def _absence(case: _Case, claimant: str) -> Judgement:
    actors = [name for name in names(case.claim) if name != claimant.lower()]
    given = frozenset(stems(case.passage))
    if actors and not any(attribution.is_kin(stem, given) for name in actors for stem in stems(name)):
        return _context(
            case, 0.1, "The passage is not about the one who is said to lack evidence.", "absence"
        )
    stated = " ".join(part for part in sentences(case.passage) if not attribution.is_question(part))
    if case.near.coverage < FEW / 2:
        stated = ""
    if absence.says_absent(stated):
        reason = "The passage also says that no evidence has been presented."
        return Judgement("supports", 0.75, (reason,), "absence_repeated", 0.75)
    if absence.says_presented(stated):
        reason = "The passage reports that evidence was presented: read what it shows."
        return Judgement("refutes", 0.7, (reason,), "evidence_presented", 0.3)
    reason = "An absence is not settled by one passage: record where you looked and what you found."
    return _context(case, 0.2, reason, "absence")


def _denial(case: _Case) -> Judgement | None:
    who = attribution.denier(case.claim, case.near.text)
    if not who or case.near.coverage < FEW / 2:
        return None
    reason = f"A denial by {who}, who is accused, is a statement and not evidence."
    return _context(case, 0.3, reason, "denial")


def _question(case: _Case) -> Judgement | None:
    if not attribution.is_question(case.near.text):
        return None
    return _context(case, 0.2, "The passage asks about it and does not say.", "question")


def _few_words(case: _Case) -> Judgement | None:
    if case.near.coverage >= FEW or case.signals["whole"] >= ENOUGH:
        return None
    return _context(case, 0.1, "The passage shares few words with the claim.", "few_words")


def _accusation(case: _Case) -> Judgement | None:
    who = attribution.accuser(case.claim, case.near.text)
    if not who:
        return None
    return _context(
        case, 0.3, f"The passage reports what {who} alleges; that is not evidence for it.", "accusation"
    )


def _mismatch(case: _Case) -> Judgement | None:
    """Another number or date for the same thing; somebody else's, an expected or an early one is for a person."""
    conflicts = [finding for finding in case.found if finding.verdict == "conflicts"]
    if not conflicts or not _same_thing(case, conflicts):
        return None
    first = conflicts[0]
    if attribution.is_forecast(case.claim, case.near.text):
        return _context(case, 0.3, f"The source speaks of what is expected. {first.reason}", "forecast")
    if attribution.is_early(case.passage):
        return _context(
            case, 0.4, f"An early figure, which may have changed since. {first.reason}", "early_figure"
        )
    reasons = tuple(finding.reason for finding in conflicts)
    if len({finding.about for finding in conflicts}) == 2:
        return _context(case, 0.3, f"The source may speak of another time. {' '.join(reasons)}", "other_time")
    rule = f"{first.about}_mismatch"
    return Judgement("refutes", RIGHT[rule], reasons, rule, 1 - RIGHT[rule])


def _same_thing(case: _Case, conflicts: list[Finding]) -> bool:
    """Whether enough else agrees for another figure to contradict the claim.

    The names must stand there; a passage with several numbers of the kind is a table or a series and left alone;
    "not the first" is not contradicted by "the second".
    """
    casualties = any(quantity.role for quantity in read_quantities(case.claim))
    if case.near.coverage < (SOME if casualties else MANY) or case.support > SURE:
        return False
    if case.signals["names"] < 0.5 or negation.flips(case.claim, case.near.text):
        return False
    return conflicts[0].about == "date" or bool(case.signals["wide_conflicts"])


def _opposite(case: _Case) -> Judgement | None:
    opposite = negation.opposites(case.claim, case.near.text)
    if not opposite or case.near.coverage < 0.6 or case.support > 0.5:
        return None
    ours, theirs = opposite[0]
    reason = f"The source says “{theirs}” where the claim says “{ours}”."
    return Judgement("refutes", RIGHT["antonym"], (reason,), "antonym", 1 - RIGHT["antonym"])


def _negation(case: _Case) -> Judgement | None:
    if not negation.flips(case.claim, case.near.text):
        return None
    if case.near.coverage >= NEARLY_ALL and case.support <= 1 - SURE:
        reason = "The words are nearly the same, and one of the two negates what the other says."
        return Judgement("refutes", 1 - case.support, (reason,), "negation", case.support)
    if case.support >= SURE or case.near.coverage < SOME:
        return None
    return _context(case, 0.3, "There is a negation that the machine cannot place: read it.", "negation")


def _figures_agree(case: _Case) -> Judgement | None:
    agreeing = [finding for finding in case.found if finding.verdict == "agrees"]
    if not agreeing or case.unsettled:
        return None
    if not (_says_it(case) or _counts_it(case, len(agreeing))):
        return None
    reasons = tuple(finding.reason for finding in case.found)
    return Judgement("supports", RIGHT["figures_agree"], reasons, "figures_agree", RIGHT["figures_agree"])


def _counts_it(case: _Case, agreeing: int) -> bool:
    """Most words stand there with every name, and the figures are the same: two of them, or a casualty count."""
    if attribution.is_unsure(case.claim, case.near.text) or case.signals["names"] < 0.9:
        return False
    if agreeing >= 2:
        return case.near.coverage >= MOST and case.support >= 0.5
    casualty = any(quantity.role for quantity in read_quantities(case.claim))
    return casualty and case.near.coverage >= MOST - 0.1 and case.support >= 0.7


def _verbatim(case: _Case) -> Judgement | None:
    if case.unsettled or not _says_it(case):
        return None
    reasons = ("The source says it in nearly the same words.", *case.undated)
    return Judgement("supports", RIGHT["near_verbatim"], reasons, "near_verbatim", RIGHT["near_verbatim"])


def _says_it(case: _Case) -> bool:
    """Nearly all words stand there, and the model does not lean the other way; the fewer, the surer it must be."""
    if attribution.is_unsure(case.claim, case.near.text):
        return False
    return (
        case.support >= (0.5 if case.near.coverage >= VERBATIM else SURE - 0.05)
        and case.near.coverage >= NEARLY_ALL
    )


def _model(case: _Case) -> Judgement | None:
    """The model alone: only where most of the claim's words stand, names included, and it is sure."""
    if attribution.is_unsure(case.claim, case.near.text) or case.unsettled:
        return None
    if case.support < SURE or case.near.coverage < ENOUGH or case.signals["names"] < 0.5:
        return None  # A word that is missing refutes nothing, so that the model alone never does.
    missing = ", ".join(missing_words(case.claim, case.near)[:4])
    but = f", but not: {missing}." if missing else "."
    reasons = (f"The source says most of it in the same words and order{but}",)
    return Judgement("supports", case.support, reasons, "wording", case.support)


def _unsure(case: _Case) -> Judgement:
    lacking = ", ".join(missing_words(case.claim, case.near)[:4])
    reasons = case.unsettled[:2]
    if lacking:
        reasons.append(f"The passage bears on the claim but does not say: {lacking}.")
    return Judgement(
        "context", 0.3, tuple(reasons) or ("The machine does not know: read it.",), "unsure", case.support
    )


STEPS: tuple[Callable[[_Case], Judgement | None], ...] = (
    _denial, _question, _few_words, _accusation, _mismatch, _opposite, _negation, _figures_agree, _verbatim, _model,
)  # fmt: skip
