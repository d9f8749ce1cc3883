"""What pages and endpoints read of the library and of what hangs on claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from claims.lifecycle import IN_WORK, STANDING
from common.errors import Forbidden, NotFound
from sources import search
from sources.models import (
    Asking,
    Connection,
    Evidence,
    FeedEntry,
    Figure,
    Passage,
    Publisher,
    Search,
    Snapshot,
    Source,
    WatchedFeed,
)

NEWEST_FIRST = ("-pk",)
CANDIDATES = 200  # passages that a search looks at


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage of the library that a search found, with its source; higher scores are better."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A service that could not be asked about `n` claims; `again` is the next try, None where there is none."""

    label: str
    n: int
    why: str
    again: datetime | None


def library(user: User, *, q: str = "") -> QuerySet[Source]:
    """The sources, each with the id of its newest snapshot; with `q` those whose title, publisher or text has it.

    One query, and one more for the full text.
    """
    _sees_work(user)
    newest = Snapshot.objects.filter(source=OuterRef("pk")).order_by("-pk")
    rows = Source.objects.select_related("added_by").annotate(
        newest_snapshot=Subquery(newest.values("pk")[:1])
    )
    words = q.split()[:10]
    if not words:
        return rows
    named = Q()
    for word in words:
        named &= Q(title__icontains=word) | Q(publisher__icontains=word) | Q(url__icontains=word)
    in_text = Passage.objects.filter(pk__in=dict(search.find(words, limit=CANDIDATES))).values(
        "snapshot__source"
    )
    return rows.filter(named | Q(pk__in=in_text))


def source(user: User, source_id: int) -> Source:
    """One source with the id of its newest snapshot. Raises NotFound."""
    found = library(user).filter(pk=source_id).first()
    if found is None:
        raise NotFound(_("There is no such source."))
    return found


def publishers(user: User) -> QuerySet[Publisher]:
    """The publishers whose new documents begin with a grade of their own, by name."""
    _sees_work(user)
    return Publisher.objects.all()


def snapshot(user: User, snapshot_id: int) -> Snapshot:
    """What a source said when we looked. Raises NotFound."""
    _sees_work(user)
    found = Snapshot.objects.select_related("source").filter(pk=snapshot_id).first()
    if found is None:
        raise NotFound(_("There is no such snapshot."))
    return found


def snapshots_of(user: User, source_id: int) -> QuerySet[Snapshot]:
    """Our copies of a source, newest first, without their texts."""
    _sees_work(user)
    return Snapshot.objects.filter(source=source_id).defer("text").order_by("-pk")


def evidence_from(user: User, source_id: int) -> QuerySet[Evidence]:
    """What was quoted from a source, newest first, with the claims that it bears on."""
    _sees_work(user)
    return Evidence.objects.filter(snapshot__source=source_id).select_related("claim").order_by("-pk")


def evidence_in(user: User, snapshot_id: int, *, claim_id: int | None = None) -> QuerySet[Evidence]:
    """What was quoted from one copy, for one claim or for all."""
    _sees_work(user)
    rows = Evidence.objects.filter(snapshot=snapshot_id).select_related("claim")
    return rows.filter(claim=claim_id) if claim_id is not None else rows


def fixed() -> Exists:
    """For rows of evidence: whether a verdict under review, approved or public counts on it now.

    Then nobody judges it anew or sets it aside. While a correction is in work, nothing is fixed.
    """
    cited = Evidence.objects.filter(pk=OuterRef("pk"), cited_by__state__in=STANDING)
    return Exists(cited.exclude(claim__status__in=IN_WORK))


def passages(user: User, terms: Iterable[str], *, limit: int = 20) -> list[Hit]:
    """The passages of the library that hold any of the terms, best first, with their sources. Two queries."""
    _sees_work(user)
    scores = dict(search.find(list(terms), limit=limit))
    found = Passage.objects.filter(pk__in=scores).select_related("snapshot__source").in_bulk()
    return [Hit(found[pk], score) for pk, score in scores.items() if pk in found]


def searches_of(user: User, claim_id: int) -> QuerySet[Search]:
    """The searches made for a claim, newest first."""
    _sees_work(user)
    return Search.objects.filter(claim=claim_id).select_related("made_by").order_by("-pk")


def askings_of(user: User, claim_id: int) -> list[Asking]:
    """What the services outside were asked about a claim, with the services. One query."""
    _sees_work(user)
    return list(
        Asking.objects.filter(claim=claim_id).select_related("connection").order_by("connection__label")
    )


def not_asked(user: User, article_id: int) -> list[NotAsked]:
    """The services that could not be asked about an article's claims: for how many, why, and when they are again."""
    _sees_work(user)
    rows = Asking.objects.filter(claim__revision__article=article_id, state=Asking.State.FAILED)
    grouped = rows.values("connection__label").annotate(
        n=Count("pk"), why=Max("error"), again=Min("again_at")
    )
    return [
        NotAsked(row["connection__label"], row["n"], row["why"], row["again"])
        for row in grouped.order_by("connection__label")
    ]


def feeds(admin: User) -> QuerySet[WatchedFeed]:
    """Every watched feed by its name, with how many entries came into the library and how many could not be read.

    For admins: Forbidden to others.
    """
    if not admin.administers:
        raise Forbidden(_("Only an admin can do this."))
    states = FeedEntry.State
    return WatchedFeed.objects.annotate(
        kept=Count("entries", filter=Q(entries__state=states.KEPT)),
        refused=Count("entries", filter=Q(entries__state=states.REFUSED)),
    ).order_by("label", "pk")


def connections(admin: User) -> list[Connection]:
    """Every service that was set up, by its name. For admins: Forbidden to others."""
    if not admin.administers:
        raise Forbidden(_("Only an admin can do this."))
    return list(Connection.objects.order_by("label", "pk"))


def _sees_work(user: User) -> None:
    if not user.sees_work:
        raise Forbidden(_("The desk is for those who check claims here."))


def figures_of(user: User, claim_id: int) -> list[Figure]:
    """All values of a claim's number by their day, what the claim itself says first among those of one. One query."""
    _sees_work(user)
    rows = Figure.objects.filter(claim=claim_id).select_related("evidence", "added_by", "decided_by")
    return list(rows.order_by("as_of", F("at").asc(nulls_first=True), "-stated", "pk"))
