"""How one passage bears on one claim: speaks only where a precise rule or a confident model does, else abstains."""

from dataclasses import dataclass

from claims.matching.words import names
from sources.stance import absence, attribution, figures, negation
from sources.stance.overlap import Overlap, missing_words, nearest

ENGINE = "stance-rules/1"
FEW, ENOUGH, NEARLY_ALL = 0.34, 0.55, 0.85  # Shares of the claim's content words.


@dataclass(frozen=True, slots=True)
class Judgement:
    """Stance, how sure (0 to 1), why in sentences, and which rule spoke; `support` is the probability of support."""

    stance: str  # supports, refutes, context
    score: float
    reasons: tuple[str, ...]
    rule: str
    support: float = 0.5


def judge(claim: str, passage: str, *, claim_type: str = "", claimant: str = "") -> Judgement:
    """Judge one passage. Context with a low score means that a person has to read it; the reasons say why."""
    near = nearest(claim, passage)
    if absence.is_absence(claim, claim_type):
        return _absence(claim, passage, near, claimant)
    if near.coverage < FEW:
        return Judgement("context", 0.1, ("The passage shares few words with the claim.",), "few_words")
    for step in (_denial, _accusation, _figures, _negation, _verbatim):
        judgement = step(claim, near)
        if judgement:
            return judgement
    return _unsure(claim, near)


def _absence(claim: str, passage: str, near: Overlap, claimant: str) -> Judgement:
    actors = [name for name in names(claim) if name != claimant.lower()]
    named = not actors or any(part in passage.lower() for name in actors for part in name.split())
    if not named:
        return Judgement("context", 0.1, ("The passage is not about the one who is said to lack evidence.",), "absence")
    if absence.says_absent(passage):
        reason = "The passage also says that no evidence has been presented."
        return Judgement("supports", 0.75, (reason,), "absence_repeated", 0.75)
    if absence.says_presented(passage):
        reason = "The passage reports that evidence was presented: read what it shows."
        return Judgement("refutes", 0.7, (reason,), "evidence_presented", 0.3)
    reason = "An absence is not settled by one passage: record where you looked and what you found."
    return Judgement("context", 0.2, (reason,), "absence")


def _denial(claim: str, near: Overlap) -> Judgement | None:
    who = attribution.denier(claim, near.text)
    if not who:
        return None
    return Judgement("context", 0.3, (f"A denial by {who}, who is accused, is a statement and not evidence.",), "denial")


def _accusation(claim: str, near: Overlap) -> Judgement | None:
    who = attribution.accuser(claim, near.text)
    if not who:
        return None
    return Judgement("context", 0.3, (f"The passage reports what {who} alleges; that is not evidence for it.",), "accusation")


def _figures(claim: str, near: Overlap) -> Judgement | None:
    found = figures.numbers(claim, near.text) + figures.dates(claim, near.text)
    conflicts = [finding for finding in found if finding.verdict == "conflicts"]
    if conflicts and near.coverage >= ENOUGH:
        reasons = tuple(finding.reason for finding in conflicts)
        return Judgement("refutes", 0.8, reasons, f"{conflicts[0].about}_mismatch", 0.2)
    agrees = found and all(finding.verdict == "agrees" for finding in found)
    if agrees and near.coverage >= 0.75 and not negation.flips(claim, near.text):
        reasons = tuple(finding.reason for finding in found)
        return Judgement("supports", 0.75, reasons, f"{found[0].about}_agrees", 0.75)
    return None


def _negation(claim: str, near: Overlap) -> Judgement | None:
    flipped = negation.flips(claim, near.text)
    opposite = negation.opposites(claim, near.text)
    if opposite and near.coverage >= 0.6:
        ours, theirs = opposite[0]
        return Judgement("refutes", 0.65, (f"The source says “{theirs}” where the claim says “{ours}”.",), "antonym", 0.35)
    if flipped and near.coverage >= NEARLY_ALL:
        return Judgement("refutes", 0.65, ("One of the two negates what the other says.",), "negation", 0.35)
    if flipped:
        return Judgement("context", 0.3, ("There is a negation that the machine cannot place: read it.",), "negation")
    return None


def _verbatim(claim: str, near: Overlap) -> Judgement | None:
    missing = [finding for finding in figures.numbers(claim, near.text) if finding.verdict != "agrees"]
    if near.coverage < 0.9 or missing:
        return None
    return Judgement("supports", 0.8, ("The source says it in nearly the same words.",), "near_verbatim", 0.8)


def _unsure(claim: str, near: Overlap) -> Judgement:
    found = [f.reason for f in figures.numbers(claim, near.text) + figures.dates(claim, near.text) if f.verdict != "agrees"]
    lacking = ", ".join(missing_words(claim, near)[:4])
    reasons = [*found[:2], f"The passage bears on the claim but does not say: {lacking}."] if lacking else found[:2]
    return Judgement("context", 0.3, tuple(reasons) or ("The machine does not know: read it.",), "unsure")
