"""A published “none found” is searched for again: an absence holds only as long as nobody finds anything."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import events
from claims.lifecycle import Status
from claims.models import Claim
from jobs import queue
from reviews.actions import recalls
from sources import actions as sources
from sources.models import Evidence

EVERY = timedelta(days=7)
MOST_AT_ONCE = 50


def search_again_due() -> int:
    """Search again for every published absence whose last search is old. Returns for how many."""
    due = (
        _published()
        .annotate(last=Max("searches__made_at"))
        .filter(last__lte=timezone.now() - EVERY)
        .order_by("last", "pk")
    )
    ids = list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])
    for claim_id in ids:
        with transaction.atomic():
            claim = Claim.objects.locked(claim_id)
            queue.enqueue("sources.find", claim.pk, group=claim.revision.article.group, again=True)
            sources.ask_all(claim, again=True)
            events.tell(None, "search.repeated", claim)
    return len(ids)


def next_search(claim: Claim) -> datetime | None:
    """When a published absence is searched for again by itself; None for any other claim."""
    if claim.status != Status.PUBLISHED or not _published().filter(pk=claim.pk).exists():
        return None
    last: datetime | None = claim.searches.aggregate(last=Max("made_at"))["last"]
    return last + EVERY if last else None


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


def _published() -> QuerySet[Claim]:
    return Claim.objects.filter(
        status=Status.PUBLISHED,
        publications__current=True,
        publications__retracted_at__isnull=True,
        publications__verdict__nothing_found__isnull=False,
    )
