"""What the public gets to see: publish, correct, drop a correction, retract. Each in a person's name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from claims import events, workflow
from claims.lifecycle import Status
from claims.models import Claim
from common.errors import Conflict, Invalid
from jobs import queue
from reviews import content, notices
from reviews.actions import recalls
from reviews.actions.decisions import (
    approve_locked,
    approved,
    end_unpublished,
    order,
    tell_approved,
    void_if_changed,
)
from reviews.actions.verdicts import draft_from
from reviews.models import Notification, Publication, Verdict

SLUG_LENGTH = 60


def publish(
    claim_id: int,
    *,
    by: User,
    version: int,
    note: str = "",
    at: datetime | None = None,
    lift_embargo: bool = False,
) -> Publication | None:
    """Make the approved verdict public now, or order it for `at`: then None, and the order waits as a job.

    Raises Conflict when anything that was approved has changed since, Invalid for a correction without a note,
    a rating that is not for the public, a time that has passed, or an embargo that still holds (unless lifted).
    """
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "publish", by=by)
        verdict = approved(claim)
        if at is not None:
            order(claim, verdict, by=by, at=at, note=note)
            claim.change()
            events.tell(by, "publication.ordered", claim, verdict=verdict.pk, at=at)
            return None
        if not lift_embargo and verdict.publish_at and verdict.publish_at > timezone.now():
            when = date_format(verdict.publish_at, "DATETIME_FORMAT")
            raise Invalid(_("The embargo of %(when)s holds: lift it to publish earlier.") % {"when": when})
        return _make_public(claim, verdict, by=by, note=note)


def approve_and_publish(
    claim_id: int, *, by: User, version: int, content_hash: str = "", note: str = ""
) -> Publication:
    """Approve the verdict that waits and make it public, in one transaction: both or neither.

    `note` tells readers what a correction changed. Raises what `approve` and `publish` raise.
    """
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        verdict = approve_locked(claim, by=by, content_hash=content_hash, note=note)
        tell_approved(claim, verdict, by=by)
        workflow.require(claim, "publish", by=by)
        return _make_public(claim, approved(claim), by=by, note=note)


def cancel_order(claim_id: int, *, by: User, version: int) -> Claim:
    """Take back the order to publish at a time. The verdict stays approved and waits for a new order.

    Raises Conflict when there is no order, or it was carried out already.
    """
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "publish", by=by)
        verdict = approved(claim)
        if verdict.publish_at is None:
            raise Conflict(
                _("Nothing is ordered: this verdict is published when you say so."), current=claim.state()
            )
        cancelled = verdict.publish_at
        Verdict.objects.filter(pk=verdict.pk).update(publish_at=None, publish_by=None, publish_note="")
        queue.cancel("reviews.publish_due", verdict.pk)
        claim.change()
        events.tell(by, "publication.cancelled", claim, verdict=verdict.pk, at=cancelled)
    return claim


def publish_due(verdict_id: int, due: None) -> list[int]:
    """Carry out an editor's order to publish at a time, in that editor's name. Runs in the job's transaction.

    Nothing happens when the order was withdrawn or moved meanwhile; an approval that is void by now goes back.
    """
    claim_id = Verdict.objects.values_list("claim_id", flat=True).get(pk=verdict_id)
    claim = Claim.objects.locked(claim_id)
    verdict = Verdict.objects.select_related("publish_by").get(pk=verdict_id)
    stands = claim.status == Status.APPROVED and verdict.state == Verdict.State.APPROVED
    if not stands or verdict.publish_at is None or verdict.publish_at > timezone.now():
        return []
    whole = approved(claim)
    if verdict.publish_by is not None and not void_if_changed(claim, whole):
        _make_public(claim, whole, by=verdict.publish_by, note=verdict.publish_note)
    return []


def correct(claim_id: int, *, by: User, version: int, reason: str) -> Claim:
    """Begin a correction: the claim comes back to work with the public text as draft; the public page stays."""
    if not reason.strip():
        raise Invalid(_("Say what has to be corrected."))
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "correct", by=by)
        verdict = claim.verdicts.select_related("author", "rating").get(state=Verdict.State.APPROVED)
        claim.move_to(Status.IN_PROGRESS, assignee=by)
        draft_from(verdict, user=by, claim=claim)
        notices.tell(verdict.author, Notification.Kind.CORRECTING, claim, actor=by, text=reason.strip())
        events.tell(by, "publication.correction_begun", claim, reason=reason.strip())
    return claim


def drop(claim_id: int, *, by: User, version: int) -> Claim:
    """End a correction that is not needed: what is public stays as it is, and so does the draft."""
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "drop", by=by)
        publication = claim.publications.standing().select_related("verdict").get()
        claim.move_to(
            Status.PUBLISHED, assignee=None, text=publication.claim_text, claimant=publication.claimant
        )
        recalls.order(publication.verdict)
        events.tell(by, "publication.correction_dropped", claim, publication=publication.pk)
    return claim


def retract(claim_id: int, *, by: User, version: int, reason: str) -> Publication:
    """Withdraw what was published. The page stays and says so, and why.

    A correction in work ends with it: a verdict that waited or was approved becomes its author's draft again.
    """
    if not reason.strip():
        raise Invalid(_("Say why it is retracted: the public page shows it."))
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "retract", by=by)
        publication = claim.publications.select_related("verdict__author").get(current=True)
        correcting = _end_correction(claim, publication, by=by, why=reason.strip())
        publication.retracted_at, publication.retracted_by = timezone.now(), by
        publication.retraction = reason.strip()
        publication.save(update_fields=["retracted_at", "retracted_by", "retraction"])
        claim.move_to(
            Status.RETRACTED,
            is_public=False,
            assignee=None,
            text=publication.claim_text,
            claimant=publication.claimant,
        )
        concerned = [publication.verdict.author, *correcting]
        notices.tell_all(concerned, Notification.Kind.RETRACTED, claim, actor=by, text=reason.strip())
        events.tell(by, "publication.retracted", claim, publication=publication.pk, reason=reason.strip())
    return publication


def _end_correction(claim: Claim, publication: Publication, *, by: User, why: str) -> list[User]:
    """End a correction in work, whatever came of it so far, and say who worked on it. Its text stays a draft."""
    if claim.status == Status.PUBLISHED:
        return []
    correcting = [claim.assignee] if claim.assignee else []
    standing = claim.verdicts.filter(state__in=Verdict.STANDING).exclude(pk=publication.verdict_id)
    for verdict in standing.select_related("author", "decided_by", "rating"):
        end_unpublished(claim, verdict, why=why)
        correcting.append(verdict.author)
    events.tell(by, "publication.correction_ended", claim, publication=publication.pk, before=claim.status)
    return correcting


def _make_public(claim: Claim, verdict: Verdict, *, by: User, note: str) -> Publication:
    if content.of_verdict(verdict).hash() != verdict.approved_hash:
        raise Conflict(
            _("Something that was approved has changed since. Return it and let it be approved again."),
            current=claim.state(),
        )
    if not verdict.rating.publishable:
        raise Invalid(_("“%(rating)s” is not for the public.") % {"rating": verdict.rating.label})
    earlier = claim.publications.filter(current=True).first()
    if earlier is not None and not note.strip():
        raise Invalid(_("Say what changed: the public page shows the correction."))
    now = timezone.now()
    claim.publications.filter(current=True).update(current=False)
    publication = Publication.objects.create(
        claim=claim,
        number=claim.publications.count() + 1,
        verdict=verdict,
        slug=earlier.slug if earlier else _slug(claim, now.year),
        year=earlier.year if earlier else now.year,
        claim_text=claim.text,
        claimant=claim.claimant,
        published_by=by,
        published_at=now,
        first_published_at=earlier.first_published_at if earlier else now,
        note=note.strip() if earlier else "",
    )
    claim.move_to(Status.PUBLISHED, is_public=True)
    notices.tell(verdict.author, Notification.Kind.PUBLISHED, claim, actor=by)
    recalls.order(verdict)
    verb = "publication.corrected" if earlier else "publication.published"
    events.tell(
        by, verb, claim, publication=publication.pk, number=publication.number, hash=verdict.approved_hash
    )
    return publication


def _slug(claim: Claim, year: int) -> str:
    slug = slugify(claim.text)[:SLUG_LENGTH].strip("-") or f"claim-{claim.pk}"
    taken = Publication.objects.filter(year=year, slug=slug).exists()
    return f"{slug}-{claim.pk}" if taken else slug
