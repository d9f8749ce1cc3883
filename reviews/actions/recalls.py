"""What is public comes back to the queue by itself: its date has passed, or a source that it cites has changed."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from claims import events, workflow
from claims.lifecycle import Status
from claims.models import Claim
from common.errors import Conflict, Invalid
from jobs import queue
from reviews import notices
from reviews.models import Notification, Verdict
from sources.models import QuoteCheck


def order(verdict: Verdict) -> None:
    """Let a verdict come back on the day that it names, in the caller's transaction."""
    if verdict.expires_on:
        when = datetime.combine(verdict.expires_on, time.min, tzinfo=UTC)
        queue.enqueue("reviews.recall", verdict.pk, run_after=when, again=True)


def recall(verdict_id: int, _seen: None) -> list[int]:
    """Bring a claim back because its verdict's date has passed. Runs in the job's transaction."""
    verdict = Verdict.objects.get(pk=verdict_id)
    claim = Claim.objects.locked(verdict.claim_id)
    current = claim.publications.standing().filter(verdict=verdict).exists()
    if current and claim.status == Status.PUBLISHED and verdict.expires_on:
        day = date_format(verdict.expires_on, "j F Y")
        bring_back(claim, _("It was to be looked at again on %(day)s.") % {"day": day}, verdict)
    return []


def alert(claim_id: int, _seen: None) -> list[int]:
    """Tell those concerned that evidence of a claim changed or went, and bring back what is public and cites it."""
    claim = Claim.objects.locked(claim_id)
    bad = QuoteCheck.objects.filter(
        evidence__claim=claim, evidence__set_aside="", state__in=["changed", "gone"]
    ).select_related("evidence")
    told = {check.evidence_id: check for check in bad}
    if not told:
        return []
    refs = ", ".join(sorted(check.evidence.ref for check in told.values()))
    text = _("What %(refs)s quotes is not on its page as it was.") % {"refs": refs}
    publication = claim.publications.standing().select_related("verdict__author").first()
    cites = publication and publication.verdict.cited.filter(pk__in=list(told)).exists()
    if publication and cites and claim.status == Status.PUBLISHED:
        bring_back(claim, text, publication.verdict)
    elif claim.assignee:
        notices.tell(claim.assignee, Notification.Kind.RECALLED, claim, actor=None, text=text)
    return []


def still_holds(claim_id: int, *, by: User, version: int, reason: str) -> Claim:
    """Say that what is public holds although it was to be looked at again. An editor's word, with a reason."""
    workflow.require_role(by, Role.EDITOR)
    if not reason.strip():
        raise Invalid(_("Say what you looked at and why it still holds."))
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        if not claim.look_again:
            raise Conflict(_("This claim is not due to be looked at again."), current=claim.state())
        claim.change(look_again="")
        events.tell(by, "publication.still_holds", claim, reason=reason.strip()[:500])
    return claim


def bring_back(claim: Claim, why: str, verdict: Verdict) -> None:
    """Mark what is public as due to be looked at again, and tell its people once. The caller holds the claim."""
    if claim.look_again == why:
        return
    claim.change(look_again=why[:300], due_at=timezone.now())
    concerned = [verdict.author, *User.objects.filter(role__gte=Role.EDITOR, is_active=True)]
    notices.tell_all(concerned, Notification.Kind.RECALLED, claim, actor=None, text=why)
    events.tell(None, "publication.recalled", claim, why=why)
