"""What people say of evidence: what it does for its claim, and whether it counts."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import ledger
from claims import events, workflow
from claims.models import Claim
from common.errors import Conflict, Invalid, NotFound
from sources import queries
from sources.models import Evidence


def judge(evidence_id: int, *, by: User, stance: str) -> Evidence:
    """Say what a passage does for its claim: confirms the machine's word or overrides it."""
    if stance not in Evidence.Stance.values:
        raise Invalid(_("Say whether it supports, contradicts or gives context."))
    with transaction.atomic(durable=True):
        claim, evidence = _locked_evidence(evidence_id)
        _require_free(claim, evidence, by=by)
        before = {"before": evidence.stance, "before_by": evidence.stance_by_id}
        evidence.claim, evidence.stance, evidence.stance_by = claim, stance, by
        evidence.save(update_fields=["stance", "stance_by"])
        told = {"evidence": evidence.pk, "ref": evidence.ref, "after": stance}
        events.tell(by, "evidence.judged", claim, **told, **before)
    return evidence


def take_back_stance(evidence_id: int, *, by: User, event: int) -> Evidence:
    """Take back one's own word on a passage, named by its `event`: what was said before stands again, and whose it was.

    Raises Conflict when it is not the newest word on the passage, or not theirs.
    """
    with transaction.atomic(durable=True):
        claim, evidence = _locked_evidence(evidence_id)
        _require_free(claim, evidence, by=by)
        words = ledger.history("claim", claim.pk).filter(
            verb__in=("evidence.judged", "evidence.unjudged"), data__evidence=evidence.pk
        )
        newest = words.last()
        if newest is None or (newest.seq, newest.verb, newest.actor_id) != (event, "evidence.judged", by.pk):
            raise Conflict(
                _("%(ref)s was judged again since, so nothing was taken back.") % {"ref": evidence.ref},
                current=claim.state(),
            )
        given, evidence.claim = evidence.stance, claim
        evidence.stance, evidence.stance_by_id = newest.data["before"], newest.data["before_by"]
        evidence.save(update_fields=["stance", "stance_by"])
        told = {"evidence": evidence.pk, "ref": evidence.ref, "before": given, "after": evidence.stance}
        events.tell(by, "evidence.unjudged", claim, **told)
    return evidence


def set_aside(evidence_id: int, *, by: User, reason: str) -> Evidence:
    """Leave a passage out of the count, with a reason; an empty reason brings it back."""
    with transaction.atomic(durable=True):
        claim, evidence = _locked_evidence(evidence_id)
        _require_free(claim, evidence, by=by)
        evidence.set_aside = reason.strip()[:300]
        evidence.save(update_fields=["set_aside"])
        verb = "evidence.set_aside" if evidence.set_aside else "evidence.brought_back"
        events.tell(by, verb, claim, evidence=evidence.pk, ref=evidence.ref, reason=evidence.set_aside)
    return evidence


def _locked_evidence(evidence_id: int) -> tuple[Claim, Evidence]:
    """The claim is locked first, as everywhere."""
    claim_id = Evidence.objects.filter(pk=evidence_id).values_list("claim_id", flat=True).first()
    if claim_id is None:
        raise NotFound(_("There is no such piece of evidence."))
    return Claim.objects.locked(claim_id), Evidence.objects.select_for_update(of=("self",)).get(
        pk=evidence_id
    )


def _require_free(claim: Claim, evidence: Evidence, *, by: User) -> None:
    """Raises Conflict while a verdict that is under review, approved or public counts on it, and what workflow says."""
    workflow.require(claim, "judge_evidence", by=by)
    if Evidence.objects.filter(queries.fixed(), pk=evidence.pk).exists():
        raise Conflict(
            _("The verdict cites %(ref)s. Take it back, return it or start a correction to change that.")
            % {"ref": evidence.ref},
            current=claim.state(),
        )
