"""An editor's word on a verdict: approve exactly this version, or return it with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from claims import events, workflow
from claims.lifecycle import Status
from claims.models import Claim
from common.errors import Conflict, Forbidden, Invalid
from jobs import queue
from reviews import content, notices
from reviews.actions.verdicts import draft_from
from reviews.models import Notification, Verdict


def approve(
    claim_id: int,
    *,
    by: User,
    version: int,
    content_hash: str = "",
    note: str = "",
    publish_at: datetime | None = None,
) -> Verdict:
    """Approve the verdict that waits. With `publish_at` it is also an order to publish it then, not before.

    `content_hash` names what the editor read. Raises Conflict when it is not what waits now, Forbidden (four eyes).
    """
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        verdict = approve_locked(claim, by=by, content_hash=content_hash, note=note)
        if publish_at is not None:
            order(claim, verdict, by=by, at=publish_at, note=note)
        tell_approved(claim, verdict, by=by, publish_at=publish_at)
    return verdict


def approve_locked(claim: Claim, *, by: User, content_hash: str, note: str) -> Verdict:
    """Approve what waits on a claim that the caller holds; the caller tells the ledger (`tell_approved`)."""
    workflow.require(claim, "approve", by=by)
    verdict = _waiting(claim)
    _four_eyes(verdict, by)
    now_hash = content.of_verdict(verdict).hash()
    if now_hash != verdict.content_hash or (content_hash and content_hash != now_hash):
        raise Conflict(
            _("What you read has changed since. Look at it again before you decide."),
            current={**claim.state(), "content_hash": now_hash},
        )
    claim.verdicts.filter(state=Verdict.State.APPROVED).update(state=Verdict.State.SUPERSEDED)
    _decide(verdict, Verdict.State.APPROVED, by=by, note=note, approved_hash=now_hash)
    claim.move_to(Status.APPROVED, assignee=None)
    return verdict


def tell_approved(claim: Claim, verdict: Verdict, *, by: User, publish_at: datetime | None = None) -> None:
    """Tell the author and the ledger of an approval, last in its transaction or before what follows in it."""
    notices.tell(verdict.author, Notification.Kind.APPROVED, claim, actor=by, text=verdict.decision_note)
    events.tell(
        by, "verdict.approved", claim, verdict=verdict.pk, hash=verdict.approved_hash, publish_at=publish_at
    )


def return_verdict(claim_id: int, *, by: User, version: int, reason: str) -> Claim:
    """Give a verdict back to its author with a reason, also one that was approved and is not public yet."""
    if not reason.strip():
        raise Invalid(_("Say why it goes back: the author works from your reason."))
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "return", by=by)
        verdict = _waiting(claim) if claim.status == Status.IN_REVIEW else approved(claim)
        _four_eyes(verdict, by)
        _give_back(claim, verdict, by=by, reason=reason.strip())
        notices.tell(verdict.author, Notification.Kind.RETURNED, claim, actor=by, text=reason.strip())
        events.tell(by, "verdict.returned", claim, verdict=verdict.pk, reason=reason.strip())
    return claim


def void(claim_id: int, _seen: None) -> list[int]:
    """Give an approved verdict back if what it rests on is not what was approved. Runs in the job's transaction."""
    claim = Claim.objects.locked(claim_id)
    if claim.status == Status.APPROVED:
        void_if_changed(claim, approved(claim))
    return []


def void_if_changed(claim: Claim, verdict: Verdict) -> bool:
    """Give an approved verdict back to its author, and tell its approver too, if anything of it has changed since.

    The caller holds the claim. Says whether it did.
    """
    if content.of_verdict(verdict).hash() == verdict.approved_hash:
        return False
    assert verdict.decided_by is not None
    reason = _("What it rests on has changed since it was approved, so the approval is void.")
    _give_back(claim, verdict, by=verdict.decided_by, reason=reason)
    concerned = [verdict.author, verdict.decided_by]
    notices.tell_all(concerned, Notification.Kind.RETURNED, claim, actor=None, text=reason)
    events.tell(None, "verdict.returned", claim, verdict=verdict.pk, reason=reason)
    return True


def end_unpublished(claim: Claim, verdict: Verdict, *, why: str) -> None:
    """Take a verdict that waits or is approved out of the way, as its author's draft: no editor's word on it.

    The caller holds the claim, moves it and records the event.
    """
    if verdict.state == Verdict.State.SUBMITTED:
        verdict.state = Verdict.State.WITHDRAWN
        verdict.save(update_fields=["state"])
        notices.settle(claim, Notification.Kind.SUBMITTED)
    else:
        assert verdict.decided_by is not None
        _decide(verdict, Verdict.State.RETURNED, by=verdict.decided_by, note=why)
        queue.cancel("reviews.publish_due", verdict.pk)
    draft_from(verdict, user=verdict.author, claim=claim)


def order(claim: Claim, verdict: Verdict, *, by: User, at: datetime, note: str) -> None:
    """Write down that a verdict is to be published at a time. The caller holds the claim and records the event.

    Raises Invalid for a time that has passed, and for a correction without a note.
    """
    if at <= timezone.now():
        raise Invalid(_("That time has passed. Give a later one, or publish at once."))
    if claim.publications.filter(current=True).exists() and not note.strip():
        raise Invalid(_("Say what changed: the public page shows the correction."))
    Verdict.objects.filter(pk=verdict.pk).update(publish_at=at, publish_by=by, publish_note=note.strip())
    queue.enqueue("reviews.publish_due", verdict.pk, run_after=at, again=True)


def _waiting(claim: Claim) -> Verdict:
    return claim.verdicts.select_related("author", "rating", "claim", "nothing_found").get(
        state=Verdict.State.SUBMITTED
    )


def approved(claim: Claim) -> Verdict:
    """The verdict that stands, with what its content is made of."""
    parts = ("author", "decided_by", "rating", "claim", "nothing_found")
    return claim.verdicts.select_related(*parts).get(state=Verdict.State.APPROVED)


def _give_back(claim: Claim, verdict: Verdict, *, by: User, reason: str) -> None:
    _decide(verdict, Verdict.State.RETURNED, by=by, note=reason)
    queue.cancel("reviews.publish_due", verdict.pk)
    holder = verdict.author if verdict.author.works_here else by
    claim.move_to(Status.IN_PROGRESS, assignee=holder)
    draft_from(verdict, user=holder, claim=claim)


def _four_eyes(verdict: Verdict, by: User) -> None:
    if verdict.author_id == by.pk:
        raise Forbidden(_("Four eyes: you proposed this verdict, so someone else has to decide on it."))


def _decide(verdict: Verdict, state: str, *, by: User, note: str, **more: object) -> None:
    changes = {"state": state, "decided_by": by, "decided_at": timezone.now(), "decision_note": note, **more}
    for name, value in changes.items():
        setattr(verdict, name, value)
    verdict.save(update_fields=list(changes))
    notices.settle(verdict.claim, Notification.Kind.SUBMITTED)
