"""The source library: documents, our copies of them, and how far each is trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any  # Fields of a form, on their way to an action.

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import Role
from common import paging
from common.errors import DeskError, Invalid, NotFound
from common.numbers import whole
from desk import claim_forms
from desk.claim_page import Problem
from desk.http import DeskRequest, desk_page, done, version_of
from desk.views.claim import told_errors
from desk.views.evidence import card, keep_source
from reviews import queries as work
from sources import actions, grading, queries
from sources.models import Evidence, Source

DIGITS = frozenset(map(str, Source.Credibility.values))
SHOWN = 50  # documents on one page


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a copy's text; `evidence` is what quotes it, or None."""

    text: str
    evidence: Evidence | None


@require_safe
@desk_page
def sources(request: DeskRequest) -> HttpResponse:
    """Every document of the library, newest first, or those that have some words."""
    q = request.GET.get("q", "").strip()[:200]
    return _list(request, q=q, form=claim_forms.SourceForm(prefix="source"), problem=None)


@require_POST
@desk_page
def add(request: DeskRequest) -> HttpResponse:
    """Take a document into the library."""
    form = claim_forms.SourceForm(request.POST, request.FILES, prefix="source")
    try:
        snapshot_id = keep_source(request, form)
    except DeskError as error:
        if request.htmx:
            raise
        return _list(request, q="", form=form, problem=Problem("source", str(error), error.status))
    return done(
        request, _("The document is in the library."), to=reverse("desk:snapshot", args=[snapshot_id])
    )


@require_safe
@desk_page
def source(request: DeskRequest, source_id: int) -> HttpResponse:
    """One document: who it is from, our copies of it, what was quoted from it."""
    context = {
        "source": queries.source(request.user, source_id),
        "snapshots": list(queries.snapshots_of(request.user, source_id)[:SHOWN]),
        "quoted": list(queries.evidence_from(request.user, source_id)[:SHOWN]),
        **_scale(),
        "may_grade": request.user.role >= Role.EDITOR,
    }
    return render(request, "desk/source.html", context)


@require_POST
@desk_page
def grade(request: DeskRequest, source_id: int) -> HttpResponse:
    """Change how far a source is trusted."""
    grading.grade(source_id, by=request.user, version=version_of(request), **_graded(request))
    return done(request, _("The grade is changed."), to=reverse("desk:source", args=[source_id]))


@require_safe
@desk_page
def publishers(request: DeskRequest) -> HttpResponse:
    """The grade that new documents of each publisher begin with."""
    cursor = request.GET.get("cursor", "")
    found = paging.page(queries.publishers(request.user), order=("key",), cursor=cursor, size=SHOWN)
    context = {"page": found, **_scale(), "may_grade": request.user.role >= Role.EDITOR}
    return render(request, "desk/publishers.html", context)


@require_POST
@desk_page
def grade_publisher(request: DeskRequest) -> HttpResponse:
    """Say with which grade a publisher's new documents begin."""
    name = request.POST.get("publisher", "")
    kept = grading.set_default(
        by=request.user, publisher=name, version=version_of(request), **_graded(request)
    )
    told = _("New documents of %(name)s begin with %(grade)s.") % {"name": kept.name, "grade": kept.grade}
    return done(request, told, to=reverse("desk:publishers"))


@require_safe
@desk_page
def snapshot(request: DeskRequest, snapshot_id: int) -> HttpResponse:
    """What a source said when we looked, with the words that are quoted; opened from a claim, one can quote more."""
    claim_id = whole(request.GET.get("claim", ""))
    form = claim_forms.QuoteForm(initial={"stance": Evidence.Stance.CONTEXT})
    return _copy(request, snapshot_id, claim_id=claim_id, form=form, problem=None)


@require_safe
@desk_page
def record(request: DeskRequest, snapshot_id: int) -> HttpResponse:
    """What came over the wire when we looked, as a WARC file to keep; never shown as a page."""
    found = queries.snapshot(request.user, snapshot_id)
    if not found.record:
        raise NotFound(_("Of this copy only the text was kept."))
    with found.record.open("rb") as kept:
        answer = HttpResponse(kept.read(), content_type="application/gzip")
    answer["Content-Disposition"] = f'attachment; filename="snapshot-{found.pk}.warc.gz"'
    return answer


@require_POST
@desk_page
def attach(request: DeskRequest, claim_id: int, snapshot_id: int) -> HttpResponse:
    """Attach words of a copy to a claim; refused ones stay in the form beside the copy."""
    form = claim_forms.QuoteForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid(told_errors(form))
        given = form.cleaned_data
        item = actions.attach_evidence(
            claim_id, by=request.user, snapshot_id=snapshot_id, quote=given["quote"], stance=given["stance"]
        )
    except DeskError as error:
        if request.htmx:
            raise
        problem = Problem("quote", str(error), error.status)
        return _copy(request, snapshot_id, claim_id=claim_id, form=form, problem=problem)
    return HttpResponseRedirect(card(item.claim_id, item.number))


def runs(text: str, quoted: Sequence[Evidence]) -> list[Run]:
    """The text in runs, those that are quoted marked once: where quotes overlap, the first one is marked."""
    found, at = [], 0
    for item in sorted(quoted, key=lambda item: (item.start, -item.end)):
        if item.start < at:
            continue
        found += [Run(text[at : item.start], None), Run(text[item.start : item.end], item)]
        at = item.end
    return [run for run in (*found, Run(text[at:], None)) if run.text]


def _scale() -> dict[str, object]:
    return {"letters": Source.Reliability.choices, "digits": Source.Credibility.choices}


def _graded(request: DeskRequest) -> dict[str, Any]:
    """The grade that a form gives, with its reason."""
    digit = request.POST.get("credibility", "")
    return {
        "reliability": request.POST.get("reliability", ""),
        "credibility": int(digit) if digit in DIGITS else None,
        "reason": request.POST.get("reason", ""),
    }


def _copy(
    request: DeskRequest,
    snapshot_id: int,
    *,
    claim_id: int | None,
    form: claim_forms.QuoteForm,
    problem: Problem | None,
) -> HttpResponse:
    copy = queries.snapshot(request.user, snapshot_id)
    claim = work.claim(request.user, claim_id) if claim_id is not None else None
    quoted = queries.evidence_in(request.user, snapshot_id, claim_id=claim_id)
    context = {
        "snapshot": copy,
        "source": copy.source,
        "claim": claim,
        "runs": runs(copy.text, list(quoted)),
        "form": form,
        "problem": problem,
    }
    return render(request, "desk/snapshot.html", context, status=problem.status if problem else 200)


def _list(
    request: DeskRequest, *, q: str, form: claim_forms.SourceForm, problem: Problem | None
) -> HttpResponse:
    found = paging.page(
        queries.library(request.user, q=q),
        order=queries.NEWEST_FIRST,
        cursor=request.GET.get("cursor", ""),
        size=SHOWN,
    )
    context = {"page": found, "q": q, "form": form, "problem": problem}
    return render(request, "desk/sources.html", context, status=problem.status if problem else 200)
