"""What people do to the list of an article's claims: reword, split, merge, hang on other words."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims.actions import editing
from claims.extraction import grain, parses
from claims.models import Claim
from common.errors import Invalid
from common.numbers import whole
from desk import http, rows, undo
from desk.forms import MergeForm, RewordForm, SplitForm
from desk.http import DeskRequest, desk_page, posted, version_of
from reviews import queries

BOTH = ["GET", "POST"]


@require_http_methods(BOTH)
@desk_page
def reword(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Change how a claim reads."""
    claim = queries.claim(request.user, claim_id)
    now = {"text": claim.text, "type": claim.type, "claimant": claim.claimant}
    form = RewordForm(posted(request), initial=now)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> Claim:
            return editing.reword(claim_id, by=request.user, version=version_of(request), **given)

        if rows.did(form, act):
            back = undo.step("reword", queries.claim(request.user, claim_id), _("Undo"), **now)
            return rows.after(request, claim_id, _("Reworded. Sources are looked for anew."), undo=back)
    typed = request.POST.get("text", "")
    compared = [(_("Wording"), claim.text, typed)]
    return rows.form_page(
        request,
        claim,
        form,
        "desk/_reword.html",
        title=_("Edit the wording"),
        compared=compared,
        suggested=_ideas(claim),
    )


@require_http_methods(BOTH)
@desk_page
def split(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Make several claims of one."""
    claim = queries.claim(request.user, claim_id)
    cut = grain.proposed(claim.text) if parses(claim.revision.article.language) else []
    form = SplitForm(posted(request), initial={"wordings": "\n".join(cut) or claim.text})
    if request.method == "POST" and form.is_valid():
        wordings = form.cleaned_data["wordings"].splitlines()

        def act() -> list[Claim]:
            return editing.split(claim_id, by=request.user, version=version_of(request), wordings=wordings)

        if rows.did(form, act):
            to = reverse("desk:article", args=[claim.revision.article_id])
            return http.done(request, _("Split. Sources are looked for now."), to=to)
    compared = [(_("Wording"), claim.text, request.POST.get("wordings", ""))]
    return rows.form_page(
        request,
        claim,
        form,
        "desk/_split.html",
        title=_("Split the claim"),
        compared=compared,
        proposed=len(cut),
    )


@require_http_methods(BOTH)
@desk_page
def merge(request: DeskRequest, article_id: int) -> HttpResponse:
    """Dismiss the selected claims as the same as one that stays."""
    given = request.POST if request.method == "POST" else request.GET
    chosen = {pk for pk in map(whole, given.getlist("claim")) if pk}
    claims = [claim for claim in queries.article_claims(request.user, article_id) if claim.pk in chosen]
    if len(claims) < 2:
        raise Invalid(_("Select at least two claims to merge."))
    form = MergeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        versions = {claim.pk: version_of(request, f"version-{claim.pk}") for claim in claims}

        def act() -> Claim:
            return editing.merge(form.cleaned_data["keep"], by=request.user, versions=versions)

        if rows.did(form, act):
            keep = form.cleaned_data["keep"]
            to = f"{reverse('desk:article', args=[article_id])}#c{keep}"
            merged = queries.article_claims(request.user, article_id).filter(pk__in=chosen - {keep})
            before = {claim.pk: undo.of_dismissal(claim.status) for claim in claims}
            back = undo.for_each(((before[claim.pk], claim) for claim in merged), _("Undo"))
            return http.done(request, _("Merged."), to=to, undo=back)
    shown = {"claims": claims, "form": form, "article_id": article_id}
    status = 409 if form.refusal else 422 if form.is_bound else 200
    return render(request, "desk/article_merge.html", shown, status=status)


@require_POST
@desk_page
def reanchor(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Hang a claim on other words of the newest text."""
    given = request.POST
    editing.reanchor(
        claim_id,
        by=request.user,
        version=version_of(request),
        selection=editing.Selection(
            quote=given.get("quote", ""),
            prefix=given.get("prefix", ""),
            suffix=given.get("suffix", ""),
            near=whole(given.get("near", "")) or 0,
        ),
    )
    article = queries.claim(request.user, claim_id).revision.article_id
    to = http.back(request, reverse("desk:article", args=[article]))
    return http.done(request, _("It stands on these words now."), to=f"{to.partition('#')[0]}#c{claim_id}")


def _ideas(claim: Claim) -> list[str]:
    alternatives = claim.details.get("alternatives", [])
    return [str(text) for text in alternatives][:3] if isinstance(alternatives, list) else []
