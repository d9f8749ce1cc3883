"""What the machine does with a claim's number: reads it, proposes later values, brings back a verdict when it moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from claims import events
from claims.lifecycle import ABILITIES, Status
from claims.models import Claim
from reviews import moving, notices
from reviews.actions import recalls
from reviews.contradictions import MIDDLE
from reviews.models import Notification
from reviews.moving import Claimed, Value
from sources.models import Evidence, Figure

ENGINE = "claimdesk-numbers 1"
MOST_PROPOSED = 50  # for one claim, ever: a page of proposals that nobody reads helps nobody


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that a piece of evidence gives for the claim's number, as of its source's day."""

    evidence_id: int
    value: Value
    as_of: date
    according_to: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was read: the number of the claim's wording, if it has one, and what its evidence says of it."""

    text: str
    claimed: Claimed | None
    proposals: Sequence[Proposal] = ()


def read(claim_id: int) -> Numbers:
    """Read a claim's number and what its dated evidence says of the same. The slow half of the step. Two queries."""
    claim = Claim.objects.get(pk=claim_id)
    given = moving.claimed(claim.text)
    if given is None:
        return Numbers(claim.text, None)
    rows = Evidence.objects.filter(
        claim=claim, set_aside="", snapshot__source__published_at__isnull=False
    ).select_related("snapshot__source")
    proposals = []
    for item in rows.defer("snapshot__text").order_by("number"):
        source, value = item.snapshot.source, moving.later(given, item.quote)
        if value is not None and source.published_at is not None:
            day = timezone.localdate(source.published_at)
            proposals.append(Proposal(item.pk, value, day, source.first_hand[:200]))
    return Numbers(claim.text, given, proposals)


def keep(claim_id: int, found: Numbers) -> list[int]:
    """Keep what the claim says, and propose the later values that nobody has decided on. Runs in the job's transaction.

    What a person said of the claim's number stays. Nothing is proposed twice. The claim goes on to the next step.
    """
    claim = Claim.objects.locked(claim_id)
    if claim.status not in ABILITIES["figures"].statuses or claim.text != found.text:
        return [claim_id]
    said = _keep_stated(claim, found.claimed)
    if said is not None and found.claimed is not None and said.unit == found.claimed.unit:
        _propose(claim, said, found.proposals)
    return [claim_id]


def stated(claim: Claim) -> Figure | None:
    """What the claim itself says."""
    return claim.figures.filter(stated=True, state=Figure.State.ACCEPTED).first()


def is_public(claim: Claim) -> bool:
    """Whether readers see this claim's page now, also while a correction of it is in work."""
    return claim.publications.standing().exists()


def move(figure: Figure, state: str, *, by: User | None, note: str = "") -> None:
    """Write what became of a value. The caller holds the claim."""
    figure.state, figure.decided_by, figure.decided_at, figure.note = state, by, timezone.now(), note
    figure.save(update_fields=["state", "decided_by", "decided_at", "note"])


def hold_against(claim: Claim, figure: Figure, said: Figure) -> None:
    """Bring a published claim back when a later value speaks against its verdict. The caller holds the claim.

    A verdict on the false side is spoken against by a value that bears the claim out, any other by one that cannot hold
    beside it.
    """
    publication = claim.publications.standing().select_related("verdict__author", "verdict__rating").first()
    if publication is None or claim.status != Status.PUBLISHED or figure.as_of < said.as_of:
        return
    claim_says, now_said = value_of(said), value_of(figure)
    rating = publication.verdict.rating.number
    told = {"one": said.amount, "other": figure.amount, **_days(said.as_of, figure.as_of)}
    if rating is not None and rating < MIDDLE:
        if moving.fits(claim_says, now_said):
            why = _("The number has come to what the claim says: %(one)s on %(day)s, %(other)s on %(later)s.")
            recalls.bring_back(claim, why % told, publication.verdict)
    elif not moving.can_hold(claim_says, now_said):
        why = _("The number has moved: %(one)s on %(day)s, %(other)s on %(later)s.")
        recalls.bring_back(claim, why % told, publication.verdict)


def ask_editors(claim: Claim, figures: Sequence[Figure], *, by: User | None) -> None:
    """Tell the editors that later values of a public number wait for their word."""
    editors = User.objects.filter(role__gte=Role.EDITOR, is_active=True)
    values = ", ".join(figure.said for figure in figures)
    text = _("A later value waits for your word: %(values)s.") % {"values": values[:300]}
    notices.tell_all(editors, Notification.Kind.RECALLED, claim, actor=by, text=text)


def value_of(figure: Figure) -> Value:
    """A row as the comparison takes it."""
    return Value(figure.value, figure.bound, figure.upper)


def _keep_stated(claim: Claim, given: Claimed | None) -> Figure | None:
    """The claim's own number, read anew where only the machine has said it and the wording says something else now."""
    known = stated(claim)
    if known is not None and (known.added_by_id or _says(known, given)):
        return known
    if known is not None:
        if claim.figures.filter(stated=False, state__in=Figure.LIVE).exists() and (
            given is None or given.unit != known.unit
        ):
            return known
        move(known, Figure.State.REPLACED, by=None)
    if given is None:
        return None
    article = claim.revision.article
    moment = timezone.localtime(article.published_at or claim.created_at)
    figure = Figure.objects.create(
        claim=claim,
        stated=True,
        value=given.value.value,
        bound=given.value.bound,
        upper=given.value.upper,
        unit=given.unit,
        scope=given.scope,
        according_to=claim.claimant or article.outlet or _("The article"),
        as_of=moment.date(),
        at=moment.time().replace(second=0, microsecond=0) if article.published_at else None,
        model_version=ENGINE,
        state=Figure.State.ACCEPTED,
    )
    before = known.said if known else ""
    events.tell(None, "figure.stated", claim, figure=figure.pk, said=figure.said, before=before)
    return figure


def _says(known: Figure, given: Claimed | None) -> bool:
    return given is not None and (value_of(known), known.unit) == (given.value, given.unit)


def _propose(claim: Claim, said: Figure, proposals: Sequence[Proposal]) -> None:
    known = list(
        claim.figures.filter(stated=False).filter(Q(evidence__isnull=False) | Q(state__in=Figure.LIVE))
    )
    decided = {(row.evidence_id, row.bound, row.value) for row in known}
    there = {(row.as_of, row.according_to, row.bound, row.value) for row in known}
    fresh = []
    for one in proposals:
        place = (one.as_of, one.according_to, one.value.bound, one.value.value)
        if one.as_of <= said.as_of or place in there:
            continue
        if (one.evidence_id, one.value.bound, one.value.value) in decided or len(known) >= MOST_PROPOSED:
            continue
        there.add(place)
        fresh.append(
            Figure(
                claim=claim,
                value=one.value.value,
                bound=one.value.bound,
                upper=one.value.upper,
                unit=said.unit,
                scope=said.scope,
                according_to=one.according_to,
                as_of=one.as_of,
                evidence_id=one.evidence_id,
                model_version=ENGINE,
                state=Figure.State.PROPOSED,
            )
        )
    if fresh:
        Figure.objects.bulk_create(fresh)
        events.tell(None, "figure.proposed", claim, said=", ".join(figure.said for figure in fresh))
        if is_public(claim):
            ask_editors(claim, fresh, by=None)


def _days(one: date, other: date) -> dict[str, str]:
    """Two days as a sentence names them: with their years unless both are in this one."""
    form = "j F" if one.year == other.year == timezone.localdate().year else "j F Y"
    return {"day": date_format(one, form), "later": date_format(other, form)}
