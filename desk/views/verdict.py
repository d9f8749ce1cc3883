"""A fact-checker's verdict: kept while it is typed, checked, submitted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.errors import Conflict, DeskError, Invalid
from desk import claim_forms, claim_page, neighbours, undo
from desk.http import DeskRequest, desk_page, told, version_of, version_read
from desk.views.claim import show, told_errors
from reviews import queries
from reviews.actions import verdicts
from reviews.drafting import filled
from sources import queries as library

BY_SCRIPT = "draft"  # what draft.js calls itself in X-Requested-With


@require_POST
@desk_page
def draft(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Keep what was typed so far."""
    _keep(request, claim_id, claim_forms.typed(request.POST))
    if request.headers.get("X-Requested-With") == BY_SCRIPT:
        return JsonResponse({"saved": time_format(timezone.localtime(), "H:i")})
    messages.success(request, _("Draft saved."))
    return HttpResponseRedirect(reverse("desk:claim", args=[claim_id]) + "#decide")


@require_POST
@desk_page
def use_suggestion(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Fill what is empty in the draft from the machine's suggestion; what a person wrote stays."""
    shown = claim_page.read(request.user, claim_id)
    kept = queries.draft_of(request.user, claim_id)
    fields = filled(kept.fields if kept else {}, shown.suggestion)
    verdicts.save_draft(claim_id, by=request.user, base_version=shown.claim.version, fields=fields)
    return HttpResponseRedirect(reverse("desk:claim", args=[claim_id]) + "#decide")


@require_POST
@desk_page
def submit(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Send the verdict to the editors. Whatever comes of it, what was typed stays."""
    form = claim_forms.VerdictForm(
        request.POST, ratings=queries.ratings(), searches=library.searches_of(request.user, claim_id)
    )
    fields = claim_forms.typed(request.POST)
    try:
        if not form.is_valid():
            raise Invalid(told_errors(form))
        verdicts.submit(claim_id, by=request.user, version=version_of(request), proposed=form.proposed())
        submitted = queries.claim(request.user, claim_id)
    except DeskError as error:
        _keep(request, claim_id, fields)
        current = told(error.current) if isinstance(error, Conflict) else None
        if error.status == Invalid.status and form.is_valid():
            form.add_error(None, str(error))
        problem = claim_page.Problem("verdict", str(error), error.status, current, fields)
        return show(request, claim_id, bound={"verdict": form}, problem=problem)
    back = undo.step("withdraw", submitted, _("Take it back"))
    undo.say(request, _("Submitted. An editor reads it next."), back)
    return HttpResponseRedirect(_onward(request, claim_id))


def _keep(request: DeskRequest, claim_id: int, fields: dict[str, object]) -> None:
    verdicts.save_draft(claim_id, by=request.user, base_version=version_read(request) or 0, fields=fields)


def _onward(request: DeskRequest, claim_id: int) -> str:
    """The next claim of the list that this one came from, when the person asked for it; else the claim itself."""
    name = request.POST.get("list", "")
    if request.POST.get("then") == "next" and name in neighbours.LISTS:
        rail = neighbours.beside(name, request.user, claim_id)
        if rail.following is not None:
            return reverse("desk:claim", args=[rail.following.pk]) + rail.query
        return reverse("desk:queue")
    return reverse("desk:claim", args=[claim_id])
