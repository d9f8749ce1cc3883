"""Contradictions between the desk's own claims: the machine raises them, people settle them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from claims import events, workflow
from claims.lifecycle import Status
from claims.models import Claim, Match
from common.errors import Conflict, Invalid, NotFound
from common.text import one_line
from reviews import contradictions, notices
from reviews.contradictions import Difference, Statement
from reviews.models import Alert, Notification, Rating, Verdict

NOTE_LENGTH = 500
OUT = (Status.DISMISSED, Status.RETRACTED)  # a claim that nobody stands by contradicts nothing


@dataclass(frozen=True, slots=True)
class Found:
    """One contradiction: the newer claim, the older one, of which kind, and what each says."""

    claim_id: int
    other_id: int
    kind: str
    says: Difference


def compare(claim_id: int) -> Sequence[Found]:
    """Hold a claim against the claims that it was matched with, older and newer. The slow half of the step.

    Four queries. What a person called a different claim is not compared.
    """
    pairs = Match.objects.filter(Q(claim=claim_id) | Q(earlier=claim_id)).exclude(state=Match.State.REJECTED)
    ids = {pk for pair in pairs.values_list("claim", "earlier") for pk in pair}
    rows = Claim.objects.filter(pk__in=ids).exclude(status__in=OUT).select_related("revision__article")
    claims = {row.pk: row for row in rows.defer("revision__text")}
    if claim_id not in claims:
        return []
    said = _statements(claims)
    found = []
    for other_id in sorted(claims.keys() - {claim_id}):
        newer, older = max(claim_id, other_id), min(claim_id, other_id)
        one, other = said[newer], said[older]
        for kind, difference in (
            (Alert.Kind.DATES, contradictions.of_dates(one, other)),
            (Alert.Kind.VALUES, contradictions.of_values(one, other)),
            (Alert.Kind.VERDICTS, contradictions.of_verdicts(one, other)),
        ):
            if difference is not None:
                found.append(Found(newer, older, kind, difference))
    return found


def keep(claim_id: int, found: Sequence[Found]) -> list[int]:
    """Raise an alert for each contradiction that is not known, in the job's transaction, and tell those concerned.

    A settled one is raised again only when something else is said than what was settled.
    """
    ids = sorted({claim_id} | {pk for item in found for pk in (item.claim_id, item.other_id)})
    locked = {pk: Claim.objects.locked(pk) for pk in ids}
    known = {(row.claim_id, row.other_id, row.kind): row for row in Alert.objects.filter(claim__in=ids)}
    raised = [item for item in found if _is_news(known.get((item.claim_id, item.other_id, item.kind)), item)]
    for item in raised:
        Alert.objects.update_or_create(
            claim=locked[item.claim_id],
            other=locked[item.other_id],
            kind=item.kind,
            defaults={
                "one_says": item.says.one,
                "other_says": item.says.other,
                "state": Alert.State.OPEN,
                "raised_at": timezone.now(),
                "settled_by": None,
                "settled_at": None,
                "note": "",
            },
        )
        pair = [locked[item.claim_id], locked[item.other_id]]
        _tell(pair, item)
        said = {"kind": item.kind, "one": item.says.one, "other": item.says.other}
        told = [(pair[0], {**said, "against": pair[1].pk}), (pair[1], {**said, "against": pair[0].pk})]
        events.tell_each(None, "alert.raised", told)
    return []


def settle(alert_id: int, *, by: User, note: str) -> Alert:
    """Say what came of a contradiction. Changes neither claim.

    Raises Forbidden, NotFound, Invalid without a note, Conflict when it was settled meanwhile.
    """
    workflow.require_role(by, Role.FACT_CHECKER)
    if not note.strip():
        raise Invalid(_("Say what came of it: which is right, or why both are."))
    with transaction.atomic(durable=True):
        ids = Alert.objects.filter(pk=alert_id).values_list("other_id", "claim_id").first()
        if ids is None:
            raise NotFound(_("There is no such alert."))
        older, newer = (Claim.objects.locked(pk) for pk in ids)
        alert = Alert.objects.select_for_update(of=("self",)).get(pk=alert_id)
        if alert.state == Alert.State.SETTLED:
            raise Conflict(_("Someone settled this already."), current={"note": alert.note})
        alert.state, alert.settled_by, alert.settled_at = Alert.State.SETTLED, by, timezone.now()
        alert.note = one_line(note)[:NOTE_LENGTH]
        alert.save(update_fields=["state", "settled_by", "settled_at", "note"])
        said = {"kind": alert.kind, "note": alert.note}
        told = [(older, {**said, "against": newer.pk}), (newer, {**said, "against": older.pk})]
        events.tell_each(by, "alert.settled", told)
    return alert


def _is_news(known: Alert | None, item: Found) -> bool:
    return known is None or (known.one_says, known.other_says) != (item.says.one, item.says.other)


def _statements(claims: dict[int, Claim]) -> dict[int, Statement]:
    decided = {
        verdict.claim_id: verdict.rating
        for verdict in Verdict.objects.filter(claim__in=claims, state__in=Verdict.STANDING)
        .select_related("rating")
        .order_by("number")
    }
    return {pk: _statement(claim, decided.get(pk)) for pk, claim in claims.items()}


def _statement(claim: Claim, rating: Rating | None) -> Statement:
    published = claim.revision.article.published_at
    return Statement(
        claim.text,
        claim.claimant,
        published.date() if published else None,
        rating.label if rating else "",
        rating.number if rating else None,
    )


def _tell(pair: Sequence[Claim], item: Found) -> None:
    """Those who hold either claim or wrote the verdict that stands; the editors where nobody does."""
    verdicts = Verdict.objects.filter(claim__in=pair, state__in=Verdict.STANDING)
    concerned = User.objects.filter(
        Q(pk__in=[claim.assignee_id for claim in pair if claim.assignee_id])
        | Q(pk__in=verdicts.values("author"))
    )
    if not concerned:
        concerned = User.objects.filter(role__gte=Role.EDITOR, is_active=True)
    text = _("%(what)s. Claim %(one)s: %(said)s. Claim %(other)s: %(told)s.") % {
        "what": Alert.Kind(item.kind).label,
        "one": pair[0].pk,
        "said": item.says.one,
        "other": pair[1].pk,
        "told": item.says.other,
    }
    notices.tell_all(concerned, Notification.Kind.ALERT, pair[0], actor=None, text=text)
