"""A claim's life: the statuses, and every step between them, in one table. Pages, API and docs are drawn from it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role


class Status(models.TextChoices):
    """Where a claim stands in the work. What the verdict says is another matter."""

    NEW = "new", _("New")
    OPEN = "open", _("Open")
    IN_PROGRESS = "in_progress", _("In progress")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    DISMISSED = "dismissed", _("Dismissed")
    RETRACTED = "retracted", _("Retracted")


class VerdictState(models.TextChoices):
    """What became of a verdict on a claim."""

    SUBMITTED = "submitted", _("Waits for an editor")
    WITHDRAWN = "withdrawn", _("Taken back")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    SUPERSEDED = "superseded", _("Replaced")


STANDING = (VerdictState.SUBMITTED, VerdictState.APPROVED)  # a verdict that waits, or that holds


class ClaimType(models.TextChoices):
    """What kind of statement a claim is: it decides how one would check it."""

    CASUALTY = "casualty", _("Casualties")
    DENIAL = "denial", _("Denial")
    ACCUSATION = "accusation", _("Accusation")
    EVIDENCE_STATUS = "evidence_status", _("State of evidence")
    PREDICTION = "prediction", _("Prediction")
    POLICY = "policy", _("Policy")
    COMPARISON = "comparison", _("Comparison")
    QUANTITY = "quantity", _("Quantity")
    QUOTATION = "quotation", _("Quotation")
    POSITION = "position", _("Position")
    EVENT = "event", _("Event")
    OTHER = "other", _("Other")


class Dismissal(models.TextChoices):
    """Why a claim is not checked."""

    OPINION = "opinion", _("Opinion, not a fact")
    PREDICTION = "prediction", _("Cannot be known yet")
    TOO_SMALL = "too_small", _("Too small to check")
    ALREADY_CHECKED = "already_checked", _("Already checked")
    DUPLICATE = "duplicate", _("The same as another claim")
    NOT_A_CLAIM = "not_a_claim", _("Not a claim")
    OUT_OF_SCOPE = "out_of_scope", _("Out of scope")
    SPLIT = "split", _("Split into parts")


class Anchor(models.TextChoices):
    """How a claim hangs on its article's newest text."""

    ANCHORED = "anchored", _("In the text")
    REWORDED = "reworded", _("Reworded since")
    ORPHANED = "orphaned", _("Gone from the text")


class Priority(models.IntegerChoices):
    """What to take first."""

    LOW = 0, _("Low")
    NORMAL = 1, _("Normal")
    HIGH = 2, _("High")


S = Status
HELD = (S.IN_PROGRESS, S.IN_REVIEW)  # someone holds the claim exactly in these


@dataclass(frozen=True, slots=True)
class Step:
    """One step in a claim's life: from where, to where, by whom."""

    sources: tuple[Status, ...]
    target: Status
    role: Role
    label: str | Promise
    holder_only: bool = False
    public: bool | None = None  # only while its fact-check is public, only while it is not; None: either way


def _step(
    label: str | Promise,
    *sources: Status,
    to: Status,
    role: Role = Role.FACT_CHECKER,
    holder_only: bool = False,
    public: bool | None = None,
) -> Step:
    return Step(sources, to, role, label, holder_only, public)


STEPS: dict[str, Step] = {
    "accept": _step(_("Accept"), S.NEW, to=S.OPEN),
    "dismiss": _step(_("Dismiss"), S.NEW, S.OPEN, to=S.DISMISSED, public=False),
    "take": _step(_("Take"), S.OPEN, to=S.IN_PROGRESS),
    "assign": _step(_("Assign"), S.OPEN, S.IN_PROGRESS, to=S.IN_PROGRESS, role=Role.EDITOR),
    "release": _step(_("Release"), S.IN_PROGRESS, to=S.OPEN, holder_only=True),
    "submit": _step(_("Submit for approval"), S.IN_PROGRESS, to=S.IN_REVIEW, holder_only=True),
    "withdraw": _step(_("Take it back"), S.IN_REVIEW, to=S.IN_PROGRESS, holder_only=True),
    "approve": _step(_("Approve"), S.IN_REVIEW, to=S.APPROVED, role=Role.EDITOR),
    "return": _step(_("Return"), S.IN_REVIEW, S.APPROVED, to=S.IN_PROGRESS, role=Role.EDITOR),
    "publish": _step(_("Publish"), S.APPROVED, to=S.PUBLISHED, role=Role.EDITOR),
    "correct": _step(_("Correct"), S.PUBLISHED, to=S.IN_PROGRESS, role=Role.EDITOR),
    "drop": _step(
        _("Drop the correction"),
        S.IN_PROGRESS,
        to=S.PUBLISHED,
        role=Role.EDITOR,
        holder_only=True,
        public=True,
    ),
    "retract": _step(
        _("Retract"),
        S.PUBLISHED,
        S.OPEN,  # this and the next three: while a correction is in work
        S.IN_PROGRESS,
        S.IN_REVIEW,
        S.APPROVED,
        to=S.RETRACTED,
        role=Role.EDITOR,
        public=True,
    ),
    "reopen": _step(_("Reopen"), S.DISMISSED, S.RETRACTED, to=S.OPEN),
    "restore": _step(_("Put back into triage"), S.DISMISSED, to=S.NEW),
}
MOVES = frozenset((source, step.target) for step in STEPS.values() for source in step.sources)


@dataclass(frozen=True, slots=True)
class Ability:
    """Something that a person may do with a claim without moving it: in which statuses, and by whom."""

    statuses: tuple[Status, ...]
    role: Role = Role.FACT_CHECKER
    holder_only: bool = False  # where someone holds the claim, only they, or an editor
    public: bool | None = None  # as for a step


IN_WORK = (S.NEW, S.OPEN, S.IN_PROGRESS)
_ALIVE = (*IN_WORK, S.IN_REVIEW, S.APPROVED, S.PUBLISHED)
ABILITIES: dict[str, Ability] = {
    "reword": Ability(IN_WORK, holder_only=True),
    "reanchor": Ability(tuple(S)),
    "split": Ability((S.NEW, S.OPEN), public=False),
    "merge": Ability((S.NEW, S.OPEN), public=False),
    "plan": Ability(_ALIVE),  # priority and due date
    "attach_evidence": Ability(_ALIVE),
    "judge_evidence": Ability(_ALIVE),  # stance, set aside
    "search": Ability(_ALIVE),  # record a search, or let the machine look again
    "plan_absence": Ability(_ALIVE),  # what would refute it, what the claimant says, the next search
    "figures": Ability(_ALIVE),  # the values of its number: correct, add, accept, take out
    "draft": Ability((S.IN_PROGRESS,), holder_only=True),
    "comment": Ability(tuple(S)),
    "match": Ability(_ALIVE),  # confirm or reject a match
}
