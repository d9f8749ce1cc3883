"""One verdict serves many sightings: what was decided of the same claim begins a draft, reviewed like any other."""

from __future__ import annotations

import re

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from claims import events, workflow
from claims.models import Claim, Match
from common.errors import Conflict, NotFound
from reviews.models import Draft, Publication
from sources.actions import copy_evidence

_REF = re.compile(r"\[(E\d{1,4})\]")


def adopt(match_id: int, *, by: User) -> Draft:
    """Begin one's draft with the published verdict of an earlier claim, its evidence attached here.

    It says as well that both are the same claim. Raises Conflict when the earlier claim has no public verdict, or when
    one has written something already.
    """
    with transaction.atomic(durable=True):
        match = Match.objects.select_for_update(of=("self",)).filter(pk=match_id).first()
        if match is None:
            raise NotFound(_("There is no such match."))
        claim = Claim.objects.locked(match.claim_id)
        workflow.require(claim, "submit", by=by)
        public = Publication.objects.standing().filter(claim=match.earlier_id)
        publication = public.select_related("verdict__rating").first()
        if publication is None:
            raise Conflict(_("The earlier claim has no public verdict to take over."), current=claim.state())
        kept = Draft.objects.filter(user=by, claim=claim).first()
        if kept is not None and str(kept.fields.get("rationale") or "").strip():
            raise Conflict(
                _(
                    "You have written reasons here already. Empty them first: nothing of yours is overwritten."
                ),
                current=claim.state(),
            )
        verdict = publication.verdict
        copied = copy_evidence(verdict.cited.order_by("number"), claim, by=by)
        fields = {
            "rating": verdict.rating.slug,
            "summary": verdict.summary,
            "single_source": verdict.single_source,
            "rationale": _REF.sub(lambda ref: f"[{copied.get(ref[1], ref[1])}]", verdict.rationale),
        }
        draft, _made = Draft.objects.update_or_create(
            user=by, claim=claim, defaults={"base_version": claim.version, "fields": fields}
        )
        match.state, match.decided_by = Match.State.CONFIRMED, by
        match.save(update_fields=["state", "decided_by"])
        events.tell(by, "verdict.adopted", claim, earlier=match.earlier_id, publication=publication.pk)
    return draft
