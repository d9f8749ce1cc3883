"""All that the approval screen shows: the machine, the proposal and the public side by side, and what was cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # Forms and contexts.

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from claims import workflow
from claims.lifecycle import Status
from common import wording
from common.errors import NotFound
from desk import claim_forms, claim_page, neighbours
from reviews import checks, content, queries
from reviews.models import Alert, Verdict
from reviews.plotting import plot
from sources.models import Evidence, Figure

RETURN_REASONS = (
    _("Needs another source"),
    _("Quote out of context"),
    _("Wording"),
    _("Wrong verdict"),
    _("Not ours to check"),
)


@dataclass(frozen=True, slots=True)
class Against:
    """An earlier text that the proposal can be compared with."""

    name: str
    label: object
    verdict: Verdict


def gather(
    request: HttpRequest,
    user: User,
    claim_id: int,
    *,
    bound: Mapping[str, forms.Form] | None = None,
    problem: claim_page.Problem | None = None,
) -> dict[str, Any]:
    """The template's context. Raises NotFound when no verdict waits on the claim or stands approved."""
    shown = claim_page.read(user, claim_id)
    verdict = shown.live
    if verdict is None or shown.claim.status not in (Status.IN_REVIEW, Status.APPROVED):
        raise NotFound(_("No verdict waits on this claim. Someone may have taken it back."))
    verdict = next(found for found in shown.verdicts if found.pk == verdict.pk)
    cited = sorted(verdict.cited.all(), key=lambda item: item.number)
    comparable = _comparable(shown, verdict)
    chosen = next((found for found in comparable if found.name == request.GET.get("diff")), None)
    body = content.of_verdict(verdict)
    absence = claim_page.absence_of(user, shown)
    series = [one for one in shown.figures if one.state == Figure.State.ACCEPTED]
    return {
        "claim": shown.claim,
        "article": shown.claim.revision.article,
        "context": claim_page.surroundings(shown.claim),
        "verdict": verdict,
        "suggestion": shown.suggestion,
        "publication": shown.publication,
        "alerts": [found for found in queries.alerts_of(user, claim_id) if found.state == Alert.State.OPEN],
        "series": series if len(series) > 1 else [],
        "plot": plot(series),
        "rationale": claim_page.read_out(verdict.rationale, cited),
        "comparable": comparable,
        "against": chosen,
        "pieces": wording.differences(chosen.verdict.rationale, verdict.rationale) if chosen else [],
        "cited": [card for card in claim_page.cards(shown.evidence) if card.item in cited],
        "left_out": [card for card in claim_page.cards(shown.evidence) if card.item not in cited],
        "checks": checks.before_submit(
            _written(verdict, cited),
            shown.evidence,
            searches=shown.searches,
            rating=verdict.rating,
            claim_type=shown.claim.type,
            absence=absence,
        ),
        "absence_checks": checks.of_absence(absence) if absence else [],
        "content_hash": body.hash(),
        "unchanged": body.hash() == verdict.content_hash,
        "can": workflow.open_to(shown.claim, user),
        "refusals": workflow.refusals(shown.claim, user),
        "reasons": RETURN_REASONS,
        "rail": neighbours.beside("review", user, claim_id),
        "forms": {
            "return": claim_forms.ReasonForm(prefix="return"),
            "approve": claim_forms.PublishForm(prefix="approve"),
            **(bound or {}),
        },
        "problem": problem,
    }


def waiting(user: User) -> dict[str, Any]:
    """The two lists of the editor: what waits for a decision, oldest first, and what is approved and not public."""
    return {
        "waiting": queries.editor_queue(user).order_by("pk"),
        "approved": queries.approved_waiting(user).order_by("pk"),
        "own": queries.claims_for(
            user, queries.Filters(statuses=(Status.IN_REVIEW,), assignee="me")
        ).order_by("pk"),
    }


def _comparable(shown: claim_page.Shown, verdict: Verdict) -> list[Against]:
    found = []
    if shown.publication is not None:
        found.append(Against("public", _("Changes since public"), shown.publication.verdict))
    returned = next(
        (
            old
            for old in shown.verdicts
            if old.number < verdict.number and old.state == Verdict.State.RETURNED
        ),
        None,
    )
    if returned is not None:
        found.append(Against("returned", _("Changes since it was returned"), returned))
    return found


def _written(verdict: Verdict, cited: Sequence[Evidence]) -> checks.Written:
    return checks.Written(
        rating=verdict.rating.slug,
        summary=verdict.summary,
        rationale=verdict.rationale,
        single_source=verdict.single_source,
        cites=[item.pk for item in cited],
        search=verdict.nothing_found_id,
    )
