"""How an absence is checked: written down on the claim's page, with whatever was typed kept when it is refused."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.errors import Conflict, DeskError, Invalid
from desk import claim_forms, claim_page
from desk.http import DeskRequest, desk_page, told, version_of
from desk.views.claim import told_errors
from reviews.actions import absence_plans


@require_POST
@desk_page
def plan(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Write down the plan. A refusal shows the form again as it was sent; htmx gets its panel alone."""
    form = claim_forms.AbsenceForm(request.POST, prefix="absence")
    try:
        if not form.is_valid():
            raise Invalid(told_errors(form))
        version = version_of(request)
        absence_plans.plan(claim_id, by=request.user, version=version, planned=form.planned())
    except DeskError as error:
        current = told(error.current) if isinstance(error, Conflict) else None
        problem = claim_page.Problem("absence", str(error), error.status, current)
        context = claim_page.gather(request, request.user, claim_id, bound={"absence": form}, problem=problem)
        name = "desk/_claim_absence.html" if request.htmx else "desk/claim.html"
        return render(request, name, context, status=error.status)
    return HttpResponseRedirect(reverse("desk:claim", args=[claim_id]) + "#absence")
