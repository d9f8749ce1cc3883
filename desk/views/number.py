"""The values of a claim's number: correct what the claim says, add what came later, decide on what is proposed."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.errors import Conflict, DeskError, Invalid
from desk import number
from desk.claim_page import Problem
from desk.http import DeskRequest, desk_page, done, told, version_of
from desk.undo import Undo
from desk.views.claim import show, told_errors
from reviews.actions import figures
from sources.models import Figure


@require_POST
@desk_page
def state(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Say what number the claim itself gives."""
    form = number.StatedForm(request.POST, prefix="stated")
    version = version_of(request)

    def act() -> HttpResponse:
        figures.state(claim_id, by=request.user, version=version, given=form.given())
        return done(request, _("That is what the claim says now."), to=_panel(claim_id))

    return _attempt(request, claim_id, "stated", form, act)


@require_POST
@desk_page
def add(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Add what the number was on a day."""
    form = number.FigureForm(request.POST, prefix="figure")

    def act() -> HttpResponse:
        made = figures.add(claim_id, by=request.user, given=form.given())
        waits = made.state == Figure.State.PROPOSED
        said = (
            _("It waits for an editor: readers see this number.")
            if waits
            else _("The value is in the series.")
        )
        way_back = Undo(
            reverse("desk:take_out_figure", args=[made.pk]), _("Undo"), (("reason", _("Added by mistake.")),)
        )
        return done(request, said, to=_panel(claim_id), undo=way_back)

    return _attempt(request, claim_id, "figure", form, act)


@require_POST
@desk_page
def accept(request: DeskRequest, figure_id: int) -> HttpResponse:
    """Let a proposed value count."""
    made = figures.accept(figure_id, by=request.user)
    return done(request, _("The value is in the series."), to=_panel(made.claim_id))


@require_POST
@desk_page
def take_out(request: DeskRequest, figure_id: int) -> HttpResponse:
    """Dismiss a proposed value, or take out one that counts."""
    made = figures.take_out(figure_id, by=request.user, reason=request.POST.get("reason", ""))
    return done(request, _("The value is out. The history keeps it."), to=_panel(made.claim_id))


def _attempt(
    request: DeskRequest, claim_id: int, deed: str, form: number.ValueForm, act: Callable[[], HttpResponse]
) -> HttpResponse:
    """Do it, or show the page with what was typed; htmx keeps its page with the text in it."""
    try:
        if not form.is_valid():
            raise Invalid(told_errors(form))
        return act()
    except DeskError as error:
        if request.htmx:
            raise
        current = told(error.current) if isinstance(error, Conflict) else None
        problem = Problem(deed, str(error), error.status, current)
        return show(request, claim_id, bound={deed: form}, problem=problem)


def _panel(claim_id: int) -> str:
    return reverse("desk:claim", args=[claim_id]) + "#number"
