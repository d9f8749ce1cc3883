"""How an absence stands: where was looked, what is planned, and when it is searched for again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from claims.lifecycle import ABILITIES, Status
from claims.models import Claim
from reviews.models import Publication
from sources.models import AbsencePlan

EVERY = timedelta(days=7)
IN_TIME = ABILITIES["plan_absence"].statuses  # where the day that a person set still counts


@dataclass(frozen=True, slots=True)
class Absence:
    """What was done for a claim that says that something is not there."""

    plan: AbsencePlan  # of version 0, and not kept, where there is none
    searches: int
    places: int
    last: datetime | None  # the last search
    next_search: date | None  # None: not by itself


def of(claim: Claim) -> Absence:
    """How it stands with one claim. Three queries."""
    plan = AbsencePlan.objects.filter(claim=claim).first() or AbsencePlan(claim=claim, version=0)
    made = claim.searches.aggregate(
        searches=Count("pk"), places=Count("places", distinct=True), last=Max("made_at")
    )
    return Absence(plan, next_search=_next(claim, plan, made["last"]), **made)


def next_search(publication: Publication) -> date | None:
    """When what is public is searched for again by itself, where it rests on a search."""
    return of(publication.claim).next_search if publication.verdict.nothing_found_id else None


def due(now: datetime) -> QuerySet[Claim]:
    """The claims that are to be searched for now, those whose last search is oldest first.

    On the day that the plan gives, as long as no search was made on it; of a published absence else a week after
    the last search.
    """
    today = timezone.localdate(now)
    day = F("absence_plan__next_on")
    rows = Claim.objects.filter(
        Q(absence_plan__next_on__lte=today, status__in=IN_TIME) | Q(pk__in=_published().values("pk"))
    ).annotate(last=Max("searches__made_at"), last_on=TruncDate("last"))
    ahead = Q(last__isnull=True) | Q(last_on__lt=day)
    planned = ahead & Q(absence_plan__next_on__lte=today)
    weekly = (Q(absence_plan__next_on__isnull=True) | Q(last_on__gte=day)) & Q(last__lte=now - EVERY)
    return rows.filter(planned | weekly & Q(pk__in=_published().values("pk"))).order_by("last", "pk")


def _next(claim: Claim, plan: AbsencePlan, last: datetime | None) -> date | None:
    ahead = plan.next_on and (last is None or timezone.localdate(last) < plan.next_on)
    if ahead and claim.status in IN_TIME:
        return plan.next_on
    is_public = claim.status == Status.PUBLISHED and _published().filter(pk=claim.pk).exists()
    return timezone.localdate(last + EVERY) if is_public and last else None


def _published() -> QuerySet[Claim]:
    rests = Publication.objects.standing().filter(verdict__nothing_found__isnull=False)
    return Claim.objects.filter(status=Status.PUBLISHED, pk__in=rests.values("claim"))
