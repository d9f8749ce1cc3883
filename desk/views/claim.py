"""The claim's page, and what moves a claim along from there: take back, publish, correct, retract."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.actions import editing
from common.errors import Conflict, DeskError, Invalid
from desk import claim_forms, claim_page
from desk.http import DeskRequest, back, desk_page, done, told, version_of
from desk.undo import say
from reviews.actions import adopting, publishing, recalls, verdicts
from sources import actions as sources


@require_safe
@desk_page
def claim(request: DeskRequest, claim_id: int) -> HttpResponse:
    """One claim: what was said, what bears on it, what the machine makes of it, what one thinks oneself."""
    return show(request, claim_id)


def show(
    request: DeskRequest,
    claim_id: int,
    *,
    bound: Mapping[str, forms.Form] | None = None,
    problem: claim_page.Problem | None = None,
) -> HttpResponse:
    """The page, with forms that were refused and why. Its status is the refusal's."""
    context = claim_page.gather(request, request.user, claim_id, bound=bound or {}, problem=problem)
    return render(request, "desk/claim.html", context, status=problem.status if problem else 200)


def attempt(
    request: DeskRequest,
    claim_id: int,
    deed: str,
    act: Callable[[], object],
    *,
    form: forms.Form,
    to: str = "",
    said: str = "",
) -> HttpResponse:
    """Do what a form on the claim's page asks, and go back there; a refusal shows the page with what was typed.

    htmx keeps its page with the text in it, so it gets the refusal alone.
    """
    try:
        if not form.is_valid():
            raise Invalid(told_errors(form))
        act()
    except DeskError as error:
        if request.htmx:
            raise
        current = told(error.current) if isinstance(error, Conflict) else None
        problem = claim_page.Problem(deed, str(error), error.status, current)
        return show(request, claim_id, bound={deed: form}, problem=problem)
    if said:
        say(request, said)
    return HttpResponseRedirect(reverse("desk:claim", args=[claim_id]) + to)


def told_errors(form: forms.Form) -> str:
    """What is wrong with a form in one line, each field by its name."""
    parts = []
    for name, errors in form.errors.items():
        label = "" if name == "__all__" else f"{form.fields[name].label}: "
        parts.append(label + " ".join(str(error) for error in errors))
    return " ".join(parts)


@require_POST
@desk_page
def withdraw(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Take one's own waiting verdict back; it becomes the draft again."""
    verdicts.withdraw(claim_id, by=request.user, version=version_of(request))
    return done(request, _("The verdict is yours again."), to=_address(request, claim_id))


@require_POST
@desk_page
def publish(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Publish what is approved, now or later."""
    form = claim_forms.PublishForm(request.POST, prefix="publish")

    def act() -> None:
        given = form.cleaned_data
        publishing.publish(
            claim_id,
            by=request.user,
            version=version_of(request),
            note=given["note"],
            at=given["at"],
            lift_embargo=bool(request.POST.get("lift_embargo")),
        )

    later = form.is_valid() and form.cleaned_data["at"]
    said = _("It is published at the time you gave.") if later else _("It is public now.")
    return attempt(request, claim_id, "publish", act, form=form, said=said)


@require_POST
@desk_page
def cancel_order(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Take back the order to publish at a time."""
    publishing.cancel_order(claim_id, by=request.user, version=version_of(request))
    return done(request, _("Cancelled. Nothing was published."), to=_address(request, claim_id))


@require_POST
@desk_page
def correct(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Begin a correction of what is public."""
    form = claim_forms.ReasonForm(request.POST, prefix="correct")

    def act() -> None:
        publishing.correct(
            claim_id, by=request.user, version=version_of(request), reason=form.cleaned_data["reason"]
        )

    said = _("The correction is yours to write.")
    return attempt(request, claim_id, "correct", act, form=form, to="#decide", said=said)


@require_POST
@desk_page
def drop(request: DeskRequest, claim_id: int) -> HttpResponse:
    """End a correction: what is public stays as it is."""
    publishing.drop(claim_id, by=request.user, version=version_of(request))
    return done(request, _("Dropped. What is public stays as it is."), to=_address(request, claim_id))


@require_POST
@desk_page
def retract(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Withdraw what is public; its page stays and says why."""
    form = claim_forms.ReasonForm(request.POST, prefix="retract")

    def act() -> None:
        publishing.retract(
            claim_id, by=request.user, version=version_of(request), reason=form.cleaned_data["reason"]
        )

    said = _("Retracted. The page stays and says why.")
    return attempt(request, claim_id, "retract", act, form=form, said=said)


@require_POST
@desk_page
def match(request: DeskRequest, match_id: int) -> HttpResponse:
    """Say whether an earlier claim is the same one, or begin one's draft with its verdict."""
    if request.POST.get("adopt"):
        draft = adopting.adopt(match_id, by=request.user)
        told = _(
            "The earlier verdict is your draft now, with its evidence. Look whether it holds here as well."
        )
        return done(request, told, to=reverse("desk:claim", args=[draft.claim_id]) + "#decide")
    decided = editing.decide_match(match_id, by=request.user, same=request.POST.get("same") == "yes")
    return HttpResponseRedirect(reverse("desk:claim", args=[decided.claim_id]) + "#before")


@require_POST
@desk_page
def still_holds(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Say that what is public holds although it was to be looked at again."""
    reason = request.POST.get("reason", "")
    recalls.still_holds(claim_id, by=request.user, version=version_of(request), reason=reason)
    return done(request, _("It is out of the list: it still holds."), to=_address(request, claim_id))


@require_POST
@desk_page
def check_match(request: DeskRequest, match_id: int) -> HttpResponse:
    """Say whether a fact-check of others is of this claim, or take it as evidence."""
    if request.POST.get("use"):
        evidence = sources.use_check(match_id, by=request.user)
        to = reverse("desk:claim", args=[evidence.claim_id]) + f"#e{evidence.number}"
        told = {"ref": evidence.ref}
        return done(
            request, _("It is attached as %(ref)s, as context: say what it does for the claim.") % told, to=to
        )
    decided = editing.decide_check_match(match_id, by=request.user, same=request.POST.get("same") == "yes")
    return HttpResponseRedirect(reverse("desk:claim", args=[decided.claim_id]) + "#before")


def _address(request: DeskRequest, claim_id: int) -> str:
    return back(request, reverse("desk:claim", args=[claim_id]))
