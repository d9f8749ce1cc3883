"""What pages and endpoints read of the work, with the joins they need. Always for a named person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import (
    Count,
    Exists,
    FilteredRelation,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from audit import ledger
from audit.models import AuditEvent
from claims.lifecycle import Status
from claims.models import Article, CheckMatch, Claim, Match, Revision
from common.errors import Forbidden, NotFound
from reviews import absence
from reviews.models import Alert, Comment, Draft, Notification, Publication, Rating, Suggestion, Verdict
from sources import queries as library
from sources.models import Evidence, Figure, Search

LIKELY = 0.5  # probability of a match from which a person is asked to look at it
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
QUEUE_ORDER = ("-priority", "due_key", "pk")
TRIAGE_ORDER = ("-priority", "-worth_key", "pk")  # what the machine holds worth checking first
FEED_ORDER = ("changed_seq", "pk")
_HANG_ON_CLAIMS: dict[str, type[Model]] = {
    "evidence": Evidence,
    "searches": Search,
    "figures": Figure,
    "matches": Match,
    "checks": CheckMatch,
    "alerts": Alert,
}
CLOSED = (Status.DISMISSED, Status.RETRACTED, Status.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of claims is narrowed to. Empty means all."""

    statuses: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    q: str = ""
    article: int | None = None
    assignee: str = ""  # a user name, "me" or "nobody"
    updated_since: int | None = None  # an audit seq
    overdue: bool = False
    again: bool = False  # what is public and due to be looked at again
    contradicted: bool = False  # what another claim of the desk contradicts
    ids: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim's place in the work, with its holder, and what the public sees of it."""

    claim: Claim
    public: Publication | None


def claims_for(user: User, filters: Filters) -> QuerySet[Claim]:
    """The claims that `user` may see, with all that a row shows.

    4 queries for any number of rows: claims, current suggestions, the verdicts that wait or stand, publications.
    Uses indexes: claim_status_id, claim_assignee_status, claim_changed.
    """
    _sees_work(user)
    rows = Claim.objects.all()
    if filters.statuses:
        rows = rows.filter(status__in=filters.statuses)
    if filters.types:
        rows = rows.filter(type__in=filters.types)
    if filters.ids:
        rows = rows.filter(pk__in=filters.ids)
    if filters.article is not None:
        rows = rows.filter(revision__article=filters.article)
    if filters.updated_since is not None:
        rows = rows.filter(changed_seq__gt=filters.updated_since)
    if filters.again:
        rows = rows.filter(status=Status.PUBLISHED).exclude(look_again="")
    if filters.contradicted:
        rows = rows.filter(Exists(_open_alerts(OuterRef("pk"))))
    if filters.overdue:
        rows = rows.filter(due_at__lt=timezone.now()).exclude(status__in=CLOSED)
    for word in filters.q.split()[:10]:
        rows = rows.filter(Q(text__icontains=word) | Q(quote__icontains=word) | Q(claimant__icontains=word))
    return with_row_parts(_assigned(rows, filters.assignee, user))


def with_row_parts(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    """Join what every row of every list shows: article, holder, suggestion, verdict, publication, counts."""
    suggestions = Suggestion.objects.filter(replaced_at__isnull=True).select_related("rating")
    verdicts = (
        Verdict.objects.filter(state__in=Verdict.STANDING)
        .select_related("rating", "author", "decided_by")
        .order_by("-number")
    )
    current = Publication.objects.filter(current=True).select_related("verdict__rating")
    return (
        rows.select_related("revision__article", "assignee")
        .defer("revision__text")  # a row shows the article's name, not its words
        .prefetch_related(
            Prefetch("suggestions", queryset=suggestions, to_attr="current_suggestions"),
            Prefetch("verdicts", queryset=verdicts, to_attr="live_verdicts"),
            Prefetch("publications", queryset=current, to_attr="current_publications"),
        )
        .annotate(
            due_key=Coalesce("due_at", Value(NEVER)),
            worth_key=Coalesce("check_worthiness", Value(0.0)),
            supports=_evidence_count(Evidence.Stance.SUPPORTS),
            refutes=_evidence_count(Evidence.Stance.REFUTES),
            contexts=_evidence_count(Evidence.Stance.CONTEXT),
            contradicted=Exists(_open_alerts(OuterRef("pk"))),
        )
    )


def _evidence_count(stance: str) -> Coalesce:
    """Counted for the rows that are shown, not for the whole table: a join would group all claims before the limit."""
    counted = Evidence.objects.filter(claim=OuterRef("pk"), set_aside="", stance=stance).order_by()
    return Coalesce(Subquery(counted.values("claim").annotate(n=Count("pk")).values("n")), Value(0))


def _open_alerts(claim: OuterRef) -> QuerySet[Alert]:
    """Uses indexes: alert_open_claim, alert_open_other."""
    return Alert.objects.filter(Q(claim=claim) | Q(other=claim), state=Alert.State.OPEN)


def alerts_of(user: User, claim_id: int) -> list[Alert]:
    """The contradictions of a claim with others, those that are open first. One query."""
    _sees_work(user)
    rows = Alert.objects.filter(Q(claim=claim_id) | Q(other=claim_id))
    return list(rows.select_related("claim", "other", "settled_by").order_by("state", "-raised_at", "-pk"))


def your_turn(user: User, filters: Filters) -> QuerySet[Claim]:
    """What waits for this person: claims they hold and, for an editor, verdicts of others that wait for a decision."""
    return claims_for(user, filters).filter(_turn(user))


def _turn(user: User) -> Q:
    turn = Q(assignee=user, status=Status.IN_PROGRESS)
    if user.role >= Role.EDITOR:
        turn |= Q(status=Status.IN_REVIEW) & ~Q(assignee=user)
        turn |= Q(status=Status.APPROVED)
        turn |= Q(status=Status.PUBLISHED) & ~Q(look_again="")
    return turn


def editor_queue(editor: User) -> QuerySet[Claim]:
    """Claims that wait for `editor`'s decision: never those whose verdict is their own. Uses index: claim_status_id."""
    return claims_for(editor, Filters(statuses=(Status.IN_REVIEW,))).exclude(assignee=editor)


def approved_waiting(editor: User) -> QuerySet[Claim]:
    """Approved claims that are not public yet."""
    return claims_for(editor, Filters(statuses=(Status.APPROVED,)))


def turn_counts(user: User) -> dict[str, int]:
    """How many claims are in each of the places that the bar counts. One query."""
    _sees_work(user)
    pairs = Alert.objects.filter(state=Alert.State.OPEN)
    return Claim.objects.aggregate(
        turn=Count("pk", filter=_turn(user)),
        new=Count("pk", filter=Q(status=Status.NEW)),
        open=Count("pk", filter=Q(status=Status.OPEN)),
        in_review=Count("pk", filter=Q(status=Status.IN_REVIEW)),
        review=Count("pk", filter=Q(status=Status.IN_REVIEW) & ~Q(assignee=user)),
        approved=Count("pk", filter=Q(status=Status.APPROVED)),
        published=Count("pk", filter=Q(status=Status.PUBLISHED)),
        overdue=Count("pk", filter=Q(due_at__lt=timezone.now()) & ~Q(status__in=CLOSED)),
        again=Count("pk", filter=Q(status=Status.PUBLISHED) & ~Q(look_again="")),
        contradicted=Count("pk", filter=Q(pk__in=pairs.values("claim")) | Q(pk__in=pairs.values("other"))),
        all=Count("pk"),
    )


def claim(user: User, claim_id: int) -> Claim:
    """One claim with all that its row shows. Raises NotFound."""
    found = claims_for(user, Filters(ids=(claim_id,))).first()
    if found is None:
        raise NotFound(_("There is no such claim."))
    return found


def known(user: User, claim_id: int) -> int:
    """The id of a claim that is there. Raises NotFound."""
    _sees_work(user)
    if not Claim.objects.filter(pk=claim_id).exists():
        raise NotFound(_("There is no such claim."))
    return claim_id


def statuses(user: User, ids: Iterable[int]) -> list[Standing]:
    """Where the claims of these ids stand, in the order of their ids. One query for any number of them."""
    _sees_work(user)
    current = FilteredRelation("publications", condition=Q(publications__current=True))
    rows = Claim.objects.filter(pk__in=list(ids)).annotate(public=current)
    rows = rows.defer("quote", "details")  # a thousand of each are megabytes
    found = rows.select_related("assignee", "public__verdict__rating").order_by("pk")  # type: ignore[misc]  # a FilteredRelation
    return [
        Standing(row, getattr(row, "public", None)) for row in found
    ]  # Django sets it only where there is one


def claim_with(user: User, what: str, pk: int) -> int | None:
    """The id of the claim on which something hangs, by the word for it in an address; None where nothing does."""
    _sees_work(user)
    kind = _HANG_ON_CLAIMS.get(what)
    found = kind._default_manager.filter(pk=pk) if kind else None
    return found.values_list("claim_id", flat=True).first() if found is not None else None


def evidence_of(user: User, claim_id: int) -> QuerySet[Evidence]:
    """The evidence of a claim in the order of its numbers, with its sources, and whether it is `fixed`."""
    _sees_work(user)
    return (
        Evidence.objects.filter(claim=claim_id)
        .select_related("snapshot__source", "added_by", "stance_by", "check_up")
        .annotate(fixed=library.fixed())
        .order_by("number")
    )


def verdicts_of(user: User, claim_id: int) -> QuerySet[Verdict]:
    """All verdicts on a claim, newest first, with what they cite."""
    _sees_work(user)
    cited = Evidence.objects.select_related("snapshot__source").order_by("number")
    return (
        Verdict.objects.filter(claim=claim_id)
        .select_related("rating", "author", "decided_by", "nothing_found")
        .prefetch_related(Prefetch("cited", queryset=cited))
        .order_by("-number")
    )


def absence_of(user: User, claim: Claim) -> absence.Absence:
    """What was done for a claim that says that something is not there. Three queries."""
    _sees_work(user)
    return absence.of(claim)


def matches_of(user: User, claim_id: int) -> QuerySet[Match]:
    """Earlier claims that are likely the same as this one, likeliest first, the rejected ones left out."""
    _sees_work(user)
    current = Publication.objects.filter(current=True).select_related("verdict__rating")
    worth_a_glance = Q(score__gte=LIKELY) | Q(state=Match.State.CONFIRMED)
    return (
        Match.objects.filter(worth_a_glance, claim=claim_id)
        .exclude(state=Match.State.REJECTED)
        .select_related("earlier__revision__article")
        .prefetch_related(Prefetch("earlier__publications", queryset=current, to_attr="current_publications"))
        .order_by("-score", "pk")
    )


def check_matches_of(user: User, claim_id: int) -> QuerySet[CheckMatch]:
    """Fact-checks of others that are likely of this claim, likeliest first, the rejected ones left out."""
    _sees_work(user)
    worth_a_glance = Q(score__gte=LIKELY) | Q(state=CheckMatch.State.CONFIRMED)
    rows = CheckMatch.objects.filter(worth_a_glance, claim=claim_id).exclude(state=CheckMatch.State.REJECTED)
    return rows.select_related("fact_check").order_by("-score", "pk")


def draft_of(user: User, claim_id: int) -> Draft | None:
    """A person's own draft on a claim."""
    return Draft.objects.filter(user=user, claim=claim_id).first()


def history_of(user: User, claim_id: int) -> QuerySet[AuditEvent]:
    """All that happened to a claim, oldest first."""
    _sees_work(user)
    return ledger.history("claim", claim_id)


def ratings() -> QuerySet[Rating]:
    """The newsroom's scale, in its order."""
    return Rating.objects.filter(active=True).order_by("position", "pk")


def inbox(user: User) -> QuerySet[Notification]:
    """A person's notifications, newest first. Uses index: notification_inbox."""
    return Notification.objects.filter(user=user).select_related("actor", "claim").order_by("-pk")


def unread_count(user: User) -> int:
    """How many notifications a person has not read."""
    return Notification.objects.filter(user=user, read_at__isnull=True).count()


def articles_for(user: User, *, q: str = "") -> QuerySet[Article]:
    """Articles, newest first by id, with the counts of their claims."""
    _sees_work(user)
    rows = Article.objects.select_related("submitted_by", "same_as").annotate(
        claims_total=_claim_count(),
        claims_new=_claim_count(Status.NEW),
        claims_open=_claim_count(Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW),
        claims_published=_claim_count(Status.PUBLISHED),
    )
    for word in q.split()[:10]:
        rows = rows.filter(Q(title__icontains=word) | Q(outlet__icontains=word) | Q(url__icontains=word))
    return rows


def _claim_count(*statuses: Status) -> Coalesce:
    """The claims of an article, in these statuses or in any. Counted for the rows that are shown."""
    counted = Claim.objects.filter(revision__article=OuterRef("pk")).order_by()
    if statuses:
        counted = counted.filter(status__in=statuses)
    return Coalesce(
        Subquery(counted.values("revision__article").annotate(n=Count("pk")).values("n")), Value(0)
    )


def article(user: User, article_id: int) -> Article:
    """One article with the counts of its claims. Raises NotFound."""
    found = articles_for(user).filter(pk=article_id).first()
    if found is None:
        raise NotFound(_("There is no such article."))
    return found


def newest_revision(user: User, article_id: int) -> Revision | None:
    """The text that an article has now; None while its page is being fetched."""
    _sees_work(user)
    return Revision.objects.filter(article=article_id).order_by("-number").first()


def comments_of(user: User, claim_id: int) -> QuerySet[Comment]:
    """What was said about a claim, oldest first."""
    _sees_work(user)
    return Comment.objects.filter(claim=claim_id).select_related("author", "evidence").order_by("pk")


def revisions_of(user: User, article_id: int) -> list[Revision]:
    """An article's revisions, newest first; only the newest brings its text along. Two queries."""
    _sees_work(user)
    rows = Revision.objects.filter(article=article_id).order_by("-number")
    newest = rows.first()
    return [newest, *rows.defer("text")[1:]] if newest else []


def article_claims(user: User, article_id: int) -> QuerySet[Claim]:
    """The claims of an article in the order of its text, with all that a row shows."""
    return claims_for(user, Filters(article=article_id)).order_by("start", "-end", "nth", "pk")


def is_empty() -> bool:
    """Whether nothing has happened on this desk yet."""
    return not Article.objects.exists()


def _assigned(rows: QuerySet[Claim], assignee: str, user: User) -> QuerySet[Claim]:
    if assignee == "nobody":
        return rows.filter(assignee__isnull=True)
    if assignee:
        return rows.filter(assignee__username=user.username if assignee == "me" else assignee)
    return rows


def _sees_work(user: User) -> None:
    if not user.sees_work:
        raise Forbidden(_("The desk is for those who check claims here."))


def rows_by_id(user: User, ids: Iterable[int]) -> dict[int, Claim]:
    """The claims of these ids that exist, by id. Same number of queries for any number of ids."""
    return {found.pk: found for found in claims_for(user, Filters(ids=tuple(ids) or (0,)))}
