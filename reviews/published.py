"""What the public reads. Asked of publications, never of a claim's work status, and for nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from common import paging
from common.errors import NotFound
from reviews.models import Citation, Publication, PublicationQuerySet, Rating
from sources.models import Evidence, Figure

NEWEST_FIRST = ("-published_at", "-pk")


def newest(*, q: str = "", rating: str = "", language: str = "") -> PublicationQuerySet:
    """The current version of every publication, retracted ones included, with all that a list shows.

    Uses index: publication_newest.
    """
    rows = Publication.objects.filter(current=True).select_related(
        "verdict__rating",
        "verdict__author",
        "verdict__decided_by",
        "claim__revision__article",
        "published_by",
    )
    if rating:
        rows = rows.filter(verdict__rating__slug=rating)
    if language:
        spoken = Q(claim__revision__article__language=language)
        rows = rows.filter(spoken | Q(claim__revision__article__language__istartswith=f"{language}-"))
    for word in q.split()[:10]:
        rows = rows.filter(
            Q(claim_text__icontains=word)
            | Q(claimant__icontains=word)
            | Q(verdict__summary__icontains=word)
            | Q(verdict__rationale__icontains=word)
        )
    return rows


def following(
    *, q: str = "", after: int | None = None, retracted: bool | None = None
) -> QuerySet[Publication]:
    """The current publications with the `changed_seq` of their claims; with `after`, those whose claim moved since."""
    rows = newest(q=q).annotate(changed_seq=F("claim__changed_seq"))
    if retracted is not None:
        rows = rows.filter(retracted_at__isnull=not retracted)
    return rows if after is None else rows.filter(changed_seq__gt=after)


def standing(*, q: str = "", rating: str = "", language: str = "") -> QuerySet[Publication]:
    """What is published and not retracted: for feeds and the search that others build on."""
    return newest(q=q, rating=rating, language=language).standing()


def page(year: int, slug: str) -> Publication:
    """One publication by its address, with the evidence it cites. Raises NotFound."""
    found = with_evidence(newest()).filter(year=year, slug=slug).first()
    if found is None:
        raise NotFound(_("There is no fact-check at this address."))
    return found


def by_claim(claim_id: int) -> Publication:
    """The current publication of a claim, with the evidence it cites. Raises NotFound."""
    found = with_evidence(newest()).filter(claim=claim_id).first()
    if found is None:
        raise NotFound(_("This claim has no publication."))
    return found


def by_claims(ids: list[int]) -> dict[int, Publication]:
    """The current publications of these claims, by claim. One query."""
    return {row.claim_id: row for row in newest().filter(claim__in=ids)}


def versions(publication: Publication) -> QuerySet[Publication]:
    """Every public version of the same claim, newest first."""
    rows = Publication.objects.filter(claim=publication.claim_id).select_related("verdict__rating")
    return with_evidence(rows).order_by("-number")


@dataclass(frozen=True, slots=True)
class Change:
    """A correction or a retraction: when it happened, to which version, and what readers are told."""

    at: datetime
    publication: Publication
    retracted: bool

    @property
    def told(self) -> str:
        """The note of a correction, or the reason of a retraction."""
        return self.publication.retraction if self.retracted else self.publication.note


@dataclass(frozen=True, slots=True)
class Changes:
    """Some changes, newest first, and the cursor of what follows: empty on the last page."""

    rows: list[Change]
    after: str


def corrections(*, cursor: str = "", size: int) -> Changes:
    """Every correction and every retraction, newest first. A version that was both is listed twice. Two queries.

    Uses indexes: publication_corrected, publication_retracted. Raises Invalid for a cursor that this list did not give.
    """
    rows = Publication.objects.select_related("verdict__rating", "claim__revision__article")
    corrected, retracted = (
        paging.page(rows.filter(chosen), order=(f"-{column}", "-pk"), cursor=cursor, size=size)
        for column, chosen in (
            ("published_at", Q(number__gt=1)),
            ("retracted_at", Q(retracted_at__isnull=False)),
        )
    )
    found = [
        *(Change(row.published_at, row, retracted=False) for row in corrected.rows),
        *(Change(row.retracted_at, row, retracted=True) for row in retracted.rows if row.retracted_at),
    ]
    found.sort(key=lambda change: (change.at, change.publication.pk), reverse=True)
    more = len(found) > size or corrected.after or retracted.after
    shown = found[:size]
    return Changes(shown, paging.cursor_of([shown[-1].at, shown[-1].publication.pk]) if more else "")


def not_used(publication: Publication) -> QuerySet[Evidence]:
    """What people looked at before this version and did not cite: judged by a person, or set aside with a reason."""
    looked_at = Q(stance_by__isnull=False) | ~Q(set_aside="")
    return (
        Evidence.objects.filter(
            looked_at, claim=publication.claim_id, created_at__lte=publication.published_at
        )
        .exclude(citation_set__verdict=publication.verdict_id)
        .select_related("snapshot__source")
        .order_by("number")
    )


def series(publication: Publication) -> list[Figure]:
    """The values of the claim's number that readers see, by their day; none where there are fewer than two. One query.

    What the claim says is what it said when this version was published: a correction in work changes nothing here.
    """
    if publication.retracted_at:
        return []
    rows = Figure.objects.filter(Q(stated=True) | Q(state=Figure.State.ACCEPTED), claim=publication.claim_id)
    found = list(rows.order_by("as_of", F("at").asc(nulls_first=True), "-stated", "pk"))
    stated = sorted((row for row in found if row.stated), key=lambda row: row.pk)
    then = [row for row in stated if row.created_at <= publication.published_at]
    said = then[-1:] or stated[:1]  # what was read only after it was published is of the same wording
    shown = [row for row in found if row in said or not row.stated]
    return shown if len(shown) > 1 else []


def ratings() -> QuerySet[Rating]:
    """The scale as readers see it: what it can say, and what each word means."""
    return Rating.objects.filter(active=True, publishable=True).order_by("position", "pk")


def newest_change() -> datetime | None:
    """When anything public last changed, for feeds and caches."""
    published = Publication.objects.order_by("-published_at").values_list("published_at", flat=True).first()
    retracted = (
        Publication.objects.filter(retracted_at__isnull=False)
        .order_by("-retracted_at")
        .values_list("retracted_at", flat=True)
        .first()
    )
    return max((moment for moment in (published, retracted) if moment), default=None)


def with_evidence(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """Join what each version cites. One more query."""
    citations = Citation.objects.select_related("evidence__snapshot__source").order_by("evidence__number")
    verdicts = Prefetch("verdict__citation_set", queryset=citations)
    return rows.select_related("verdict__nothing_found").prefetch_related(verdicts)
