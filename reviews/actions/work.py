"""Triage and holding: accept, dismiss, take, release, assign, reopen, restore."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from claims import events, workflow
from claims.lifecycle import Dismissal, Status
from claims.models import Claim
from common.errors import Invalid
from reviews import notices
from reviews.models import Notification

NOTE_LENGTH = 500


def accept(claim_id: int, *, by: User, version: int) -> Claim:
    """Put a new claim into the queue."""
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "accept", by=by)
        claim.move_to(Status.OPEN)
        events.tell(by, "claim.accepted", claim)
    return claim


def dismiss(
    claim_id: int, *, by: User, version: int, reason: str, note: str = "", duplicate_of: int | None = None
) -> Claim:
    """Leave a claim unchecked, and say why. A duplicate names the claim that it repeats."""
    if reason not in Dismissal.values or reason == Dismissal.SPLIT:
        raise Invalid(_("Say why the claim is dismissed."))
    if (reason == Dismissal.DUPLICATE) != (duplicate_of is not None):
        raise Invalid(_("A duplicate names the claim that it repeats, and only a duplicate does."))
    if duplicate_of == claim_id:
        raise Invalid(_("A claim does not repeat itself."))
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "dismiss", by=by)
        other = Claim.objects.filter(pk=duplicate_of).first() if duplicate_of else None
        if duplicate_of and (other is None or other.status == Status.DISMISSED):
            raise Invalid(_("The claim that it repeats does not exist or is dismissed itself."))
        claim.move_to(
            Status.DISMISSED, dismissal=reason, dismissal_note=note.strip()[:NOTE_LENGTH], duplicate_of=other
        )
        events.tell(
            by, "claim.dismissed", claim, reason=reason, note=claim.dismissal_note, duplicate_of=duplicate_of
        )
    return claim


def reopen(claim_id: int, *, by: User, version: int) -> Claim:
    """Bring a dismissed or retracted claim back into the queue."""
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "reopen", by=by)
        before = claim.status
        claim.move_to(Status.OPEN, dismissal="", dismissal_note="", duplicate_of=None)
        events.tell(by, "claim.reopened", claim, before=before)
    return claim


def restore(claim_id: int, *, by: User, version: int) -> Claim:
    """Put a dismissed claim back among the new ones, as if nobody had looked at it: a dismissal in triage undone."""
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "restore", by=by)
        claim.move_to(Status.NEW, dismissal="", dismissal_note="", duplicate_of=None)
        events.tell(by, "claim.restored", claim)
    return claim


def take(claim_id: int, *, by: User, version: int) -> Claim:
    """Hold an open claim."""
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "take", by=by)
        claim.move_to(Status.IN_PROGRESS, assignee=by)
        events.tell(by, "claim.taken", claim)
    return claim


def release(claim_id: int, *, by: User, version: int) -> Claim:
    """Give a claim that one holds back to the queue. The draft is kept."""
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "release", by=by)
        claim.move_to(Status.OPEN, assignee=None)
        events.tell(by, "claim.released", claim)
    return claim


def assign(claim_id: int, *, by: User, version: int, to: User) -> Claim:
    """Give a claim to someone, who is told. Raises Invalid when they do not check claims here."""
    if not to.works_here:
        raise Invalid(_("%(name)s does not check claims here.") % {"name": to.name})
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "assign", by=by)
        before = claim.assignee_id
        claim.move_to(Status.IN_PROGRESS, assignee=to)
        notices.tell(to, Notification.Kind.ASSIGNED, claim, actor=by)
        events.tell(by, "claim.assigned", claim, assignee=to.pk, before=before)
    return claim
