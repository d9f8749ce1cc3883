"""What people say of a recorded search: that nothing of what it found bears on the claim."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from claims import events, workflow
from claims.models import Claim
from common.errors import Conflict, Invalid, NotFound
from reviews.models import Verdict
from sources.models import Search

REASON_LENGTH = 300


def set_aside(search_id: int, *, by: User, reason: str) -> Search:
    """Say why nothing of what a search found bears on its claim; an empty reason takes that back.

    Raises NotFound, Forbidden, Invalid when it found nothing or the reason is too long, and Conflict while a verdict
    under review or approved rests on the search.
    """
    reason = " ".join(reason.split())
    if len(reason) > REASON_LENGTH:
        raise Invalid(_("The reason is too long: 300 characters at most."))
    claim_id = Search.objects.filter(pk=search_id).values_list("claim_id", flat=True).first()
    if claim_id is None:
        raise NotFound(_("There is no such search."))
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id)
        workflow.require(claim, "judge_evidence", by=by)
        search = Search.objects.select_for_update(of=("self",)).get(pk=search_id)
        if not search.found:
            raise Invalid(_("That search found nothing: there is nothing to set aside."))
        if claim.verdicts.filter(nothing_found=search, state__in=Verdict.STANDING).exists():
            raise Conflict(
                _("A verdict rests on this search as it is. Return or correct that verdict first."),
                current=claim.state(),
            )
        search.set_aside = reason
        search.save(update_fields=["set_aside"])
        verb = "search.set_aside" if reason else "search.brought_back"
        events.tell(by, verb, claim, search=search.pk, places=search.places, reason=reason)
    return search
