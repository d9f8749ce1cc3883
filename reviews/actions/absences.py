"""A published “none found” is searched for again: an absence holds only as long as nobody finds anything."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import events
from claims.lifecycle import Status
from claims.models import Claim
from jobs import queue
from reviews import absence
from reviews.actions import recalls
from sources import actions as sources
from sources.models import Evidence

MOST_AT_ONCE = 50


def search_again_due() -> int:
    """Search again for every absence whose day has come. Returns for how many."""
    ids = list(absence.due(timezone.now()).values_list("pk", flat=True)[:MOST_AT_ONCE])
    for claim_id in ids:
        with transaction.atomic():
            claim = Claim.objects.locked(claim_id)
            queue.enqueue("sources.find", claim.pk, group=claim.revision.article.group, again=True)
            sources.ask_all(claim, again=True)
            events.tell(None, "search.repeated", claim)
    return len(ids)


def found_since(claim: Claim) -> None:
    """Bring a published absence back when a later search found something that speaks for or against it.

    In the caller's transaction, which holds the claim.
    """
    if claim.status != Status.PUBLISHED:
        return
    publication = (
        claim.publications.standing()
        .filter(verdict__nothing_found__isnull=False)
        .select_related("verdict__author")
        .first()
    )
    if publication is None:
        return
    found = Evidence.objects.filter(
        claim=claim, set_aside="", created_at__gt=publication.verdict.created_at, added_by__isnull=True
    ).exclude(stance=Evidence.Stance.CONTEXT)
    refs = ", ".join(item.ref for item in found.order_by("number"))
    if refs:
        why = _("A later search found %(refs)s, where the verdict says that nothing was found.") % {
            "refs": refs
        }
        recalls.bring_back(claim, why, publication.verdict)
