"""The editor's way: the list of what waits, and one screen to approve or return."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common import paging
from common.errors import Conflict, DeskError, Invalid
from desk import claim_forms, decision_page
from desk.claim_page import Problem
from desk.http import DeskRequest, desk_page, done, told, version_of
from desk.views.claim import told_errors
from reviews.actions import decisions, publishing

SHOWN = 50  # verdicts on one page of the list


@require_safe
@desk_page
def review(request: DeskRequest) -> HttpResponse:
    """What waits for this editor, oldest first; what is approved and not public; what is one's own."""
    lists = decision_page.waiting(request.user)
    found = paging.page(lists["waiting"], order=("pk",), cursor=request.GET.get("cursor", ""), size=SHOWN)
    context = {"page": found, "approved": list(lists["approved"][:SHOWN]), "own": list(lists["own"][:SHOWN])}
    return render(request, "desk/review.html", context)


@require_safe
@desk_page
def decision(request: DeskRequest, claim_id: int) -> HttpResponse:
    """One verdict to decide on."""
    return render(request, "desk/decision.html", decision_page.gather(request, request.user, claim_id))


@require_POST
@desk_page
def approve(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Approve exactly what was read: only that, with publication now, or with an order to publish later."""
    form = claim_forms.PublishForm(request.POST, prefix="approve")
    then = request.POST.get("then", "")
    try:
        if not form.is_valid():
            raise Invalid(told_errors(form))
        said = _approve(request, claim_id, form, then)
    except DeskError as error:
        return _refused(request, claim_id, "approve", form, error)
    return done(request, said, to=_onward(claim_id, public=then == "publish"))


@require_POST
@desk_page
def give_back(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Return a verdict to its author with a reason: chosen ones, words of one's own, or both."""
    form = claim_forms.ReasonForm(request.POST, prefix="return")
    try:
        if not form.is_valid():
            raise Invalid(told_errors(form))
        chosen = [
            reason
            for reason in request.POST.getlist("chip")
            if reason in map(str, decision_page.RETURN_REASONS)
        ]
        reason = ". ".join(part for part in (*chosen, form.cleaned_data["reason"].strip()) if part)
        decisions.return_verdict(claim_id, by=request.user, version=version_of(request), reason=reason)
    except DeskError as error:
        return _refused(request, claim_id, "return", form, error)
    return done(request, _("Returned. The author is told why."), to=reverse("desk:review"))


def _approve(request: DeskRequest, claim_id: int, form: claim_forms.PublishForm, then: str) -> str:
    version, read = version_of(request), request.POST.get("content_hash", "")
    note, at = form.cleaned_data["note"], form.cleaned_data["at"]
    if not read:
        raise Invalid(_("This form does not say what was read. Load the page again."))
    if then == "publish":
        publishing.approve_and_publish(
            claim_id, by=request.user, version=version, content_hash=read, note=note
        )
        return _("Approved and published.")
    if then == "later" and at is None:
        raise Invalid(_("Give the time of publication."))
    decisions.approve(
        claim_id,
        by=request.user,
        version=version,
        content_hash=read,
        note=note,
        publish_at=at if then == "later" else None,
    )
    return (
        _("Approved. It is published at the time you gave.")
        if then == "later"
        else _("Approved. It is not public yet.")
    )


def _refused(
    request: DeskRequest,
    claim_id: int,
    deed: str,
    form: claim_forms.PublishForm | claim_forms.ReasonForm,
    error: DeskError,
) -> HttpResponse:
    """The screen again with what was typed, as the verdict is now; the claim's page when no verdict waits any more."""
    current = told(error.current) if isinstance(error, Conflict) else None
    problem = Problem(deed, str(error), error.status, current)
    try:
        context = decision_page.gather(request, request.user, claim_id, bound={deed: form}, problem=problem)
    except DeskError:
        raise error from None
    return render(request, "desk/decision.html", context, status=error.status)


def _onward(claim_id: int, *, public: bool) -> str:
    address = reverse("desk:claim", args=[claim_id])
    return f"{address}#public" if public else reverse("desk:review")
