"""One claim, one press: each step of triage and holding. The pages that have the buttons vary."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims.actions import editing
from claims.lifecycle import Dismissal, Status
from claims.models import Claim
from desk import rows, undo
from desk.forms import AssignForm, DismissForm, PlanForm
from desk.http import DeskRequest, desk_page, posted, version_of
from reviews import queries
from reviews.actions import work

BOTH = ["GET", "POST"]


@require_POST
@desk_page
def accept(request: DeskRequest, claim_id: int) -> HttpResponse:
    """This will be checked."""
    work.accept(claim_id, by=request.user, version=version_of(request))
    return rows.after(request, claim_id, _("Accepted. It waits for someone to take it."))


@require_POST
@desk_page
def take(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Hold the claim. A new one is accepted on the way."""
    version = version_of(request)
    if queries.claim(request.user, claim_id).status == Status.NEW:
        version = work.accept(claim_id, by=request.user, version=version).version
    taken = work.take(claim_id, by=request.user, version=version)
    back = undo.step("release", taken, _("Give it back"))
    return rows.after(request, claim_id, _("It is yours now."), undo=back)


@require_POST
@desk_page
def release(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Give it back."""
    released = work.release(claim_id, by=request.user, version=version_of(request))
    back = undo.step("take", released, _("Take it again"))
    return rows.after(request, claim_id, _("Given back. Your draft is kept."), undo=back)


@require_POST
@desk_page
def reopen(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Bring a dismissed or retracted claim back."""
    work.reopen(claim_id, by=request.user, version=version_of(request))
    return rows.after(request, claim_id, _("Open again."))


@require_POST
@desk_page
def restore(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Put a dismissed claim back among the new ones."""
    work.restore(claim_id, by=request.user, version=version_of(request))
    return rows.after(request, claim_id, _("Back in triage."))


@require_http_methods(BOTH)
@desk_page
def dismiss(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Leave it unchecked, with a reason."""
    claim = queries.claim(request.user, claim_id)
    form = DismissForm(posted(request), initial={"version": claim.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> Claim:
            return work.dismiss(
                claim_id,
                by=request.user,
                version=version_of(request),
                reason=given["reason"],
                note=given["note"],
                duplicate_of=given["duplicate_of"],
            )

        if rows.did(form, act):
            dismissed = queries.claim(request.user, claim_id)
            back = undo.step(undo.of_dismissal(claim.status), dismissed, _("Undo"))
            return rows.after(request, claim_id, _("Dismissed."), undo=back)
    others = queries.article_claims(request.user, claim.revision.article_id).exclude(pk=claim_id)
    return rows.form_page(
        request,
        claim,
        form,
        "desk/_dismiss.html",
        title=_("Dismiss the claim"),
        others=others.exclude(status="dismissed")[:200],
        reasons=_reasons(),
    )


@require_http_methods(BOTH)
@desk_page
def assign(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Give it to someone."""
    claim = queries.claim(request.user, claim_id)
    form = AssignForm(posted(request))
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]

        def act() -> Claim:
            return work.assign(claim_id, by=request.user, version=version_of(request), to=to)

        if rows.did(form, act):
            given, before = queries.claim(request.user, claim_id), claim.assignee
            back = undo.step("assign", given, _("Undo"), to=before.username) if before else None
            return rows.after(request, claim_id, _("Given to %(name)s.") % {"name": to.name}, undo=back)
    return rows.form_page(request, claim, form, "desk/_assign.html", title=_("Give the claim to someone"))


@require_http_methods(BOTH)
@desk_page
def plan(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Say how soon it is wanted."""
    claim = queries.claim(request.user, claim_id)
    form = PlanForm(posted(request), initial={"priority": claim.priority, "due_at": claim.due_at})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> Claim:
            return editing.plan(
                claim_id,
                by=request.user,
                version=version_of(request),
                priority=given["priority"],
                due_at=given["due_at"],
            )

        if rows.did(form, act):
            back = undo.step(
                "plan",
                queries.claim(request.user, claim_id),
                _("Undo"),
                priority=claim.priority,
                due_at=f"{localtime(claim.due_at):%Y-%m-%dT%H:%M}" if claim.due_at else "",
            )
            return rows.after(request, claim_id, _("Planned."), undo=back)
    return rows.form_page(request, claim, form, "desk/_plan.html", title=_("Priority and due date"))


def _reasons() -> list[tuple[int, str, str]]:
    offered = [choice for choice in Dismissal.choices if choice[0] != Dismissal.SPLIT]
    return [(n, value, str(label)) for n, (value, label) in enumerate(offered, start=1)]
