"""One article: its text with the claims in it, the work that goes on, adding claims, a changed text."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import ledger
from claims.actions import editing, intake
from claims.actions.background import restart_job
from claims.lifecycle import ClaimType, Dismissal, Status
from claims.models import Article
from common.errors import Conflict, Invalid
from common.numbers import whole
from desk import article_text, http, rows
from desk.article_text import ArticleView
from desk.forms import AddForm, ReviseForm
from desk.http import DeskRequest, desk_page, posted
from desk.views.articles import said
from jobs import progress, queue
from reviews import queries

UNDECIDED = (Status.NEW, Status.OPEN)


@require_safe
@desk_page
def article(request: DeskRequest, article_id: int) -> HttpResponse:
    """The text, and beside it the list of its claims."""
    return render(request, "desk/article.html", _page(request, article_id))


@require_safe
@desk_page
def pulse(request: DeskRequest, article_id: int) -> HttpResponse:
    """204 while nothing happened; else how far the work is, and the claims that are new or changed."""
    since, known = whole(request.GET.get("since", "")), request.GET.get("known", "")
    seq = ledger.newest_seq()
    how_far = _work(queries.article(request.user, article_id))
    if since is not None and seq <= since and known == _mark(how_far):
        return HttpResponse(status=204)
    shown = _page(request, article_id)
    if request.GET.get("still"):  # someone types, points or selects there: nothing may move
        shown |= {"still": True, "seq": since or 0, "mark": known}
    return render(request, "desk/_article_pulse.html", {"still": False, **shown})


@require_http_methods(["GET", "POST"])
@desk_page
def add_claim(request: DeskRequest, article_id: int) -> HttpResponse:
    """Add a claim: on words selected in the text, or chosen from lists by keyboard."""
    view = article_text.of(request.user, article_id)
    if view.revision is None:
        raise Invalid(_("The article has no text yet."))
    form = AddForm(posted(request), initial=_selection(request, view))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            made = editing.add_claim(
                article_id,
                by=request.user,
                selection=editing.Selection(
                    given["quote"], given["before"], given["after"], given["near"] or 0
                ),
                text=given["text"],
                type=given["type"],
                claimant=given["claimant"],
            )
            form.made = made.pk

        if rows.did(form, act):
            to = reverse("desk:article", args=[article_id])
            return http.done(request, _("Added. Sources are looked for now."), to=f"{to}#c{form.made}")
    return _add_page(request, view, form)


@require_http_methods(["GET", "POST"])
@desk_page
def revise(request: DeskRequest, article_id: int) -> HttpResponse:
    """Keep a changed text, and show which claims moved along and which did not."""
    view = article_text.of(request.user, article_id)
    form = ReviseForm(posted(request), initial={"text": view.revision.text if view.revision else ""})
    shown: dict[str, Any] = {"view": view, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            revised = intake.revise_article(article_id, by=request.user, text=form.cleaned_data["text"])
        except Invalid as error:
            form.add_error("text", str(error))
        else:
            return render(request, "desk/article_revised.html", {"view": view, "revised": revised})
    return render(request, "desk/article_revise.html", shown, status=422 if form.is_bound else 200)


@require_POST
@desk_page
def fetch_again(request: DeskRequest, article_id: int) -> HttpResponse:
    """Capture the article's page once more."""
    intake.fetch_again(article_id, by=request.user)
    to = reverse("desk:article", args=[article_id])
    return http.done(
        request, _("The page is being fetched. If its text changed, it becomes a new version."), to=to
    )


@require_POST
@desk_page
def restart(request: DeskRequest, job_id: int) -> HttpResponse:
    """Try failed work again."""
    restart_job(job_id, by=request.user)
    return http.done(request, _("It is tried again."), to=http.back(request, reverse("desk:articles")))


def _page(request: HttpRequest, article_id: int) -> dict[str, Any]:
    user: Any = request.user  # someone who works here: `desk_page` has looked
    seq = ledger.newest_seq()  # before the rows: what comes meanwhile is told by the next pulse
    view = article_text.of(user, article_id)
    how_far = _work(view.article)
    return {
        "view": view,
        "progress": how_far,
        "said": said(how_far),
        "failed": queue.failed_in(view.article.group) if how_far.failed else [],
        "mark": _mark(how_far),
        "seq": seq,
        "here": reverse("desk:article", args=[article_id]),
        "summary": _summary(view),
        "dismissals": [choice for choice in Dismissal.choices if choice[0] != Dismissal.SPLIT],
    }


def _work(found: Article) -> progress.Progress:
    return progress.of([found.group])[found.group]


def _mark(how_far: progress.Progress) -> str:
    return f"{how_far.state}-{how_far.done}-{how_far.failed}-{how_far.total}"


def _summary(view: ArticleView) -> str:
    counts = {
        _("new"): view.count(Status.NEW),
        _("open"): view.count(Status.OPEN),
        _("in work"): view.count(Status.IN_PROGRESS, Status.IN_REVIEW, Status.APPROVED),
        _("published"): view.count(Status.PUBLISHED, Status.RETRACTED),
        _("dismissed"): view.count(Status.DISMISSED),
    }
    return " · ".join(f"{n} {words}" for words, n in counts.items() if n)


def _selection(request: HttpRequest, view: ArticleView) -> dict[str, Any]:
    """What was selected: words from the browser, or the first and last word chosen from lists."""
    sent = {"quote": "quote", "before": "prefix", "after": "suffix"}
    given = {name: request.GET.get(asked, "") for name, asked in sent.items()}
    paragraph = _paragraph(request, view)
    first, last = whole(request.GET.get("first", "")), whole(request.GET.get("last", ""))
    if view.revision and paragraph and first is not None and last is not None:
        start, end = sorted((first, last))
        spans = list(article_text.words(view.revision.text, paragraph.start, paragraph.end))
        if end < len(spans):
            given["quote"] = view.revision.text[spans[start][0] : spans[end][1]]
            return {**given, "near": spans[start][0], "before": "", "after": ""}
    return {**given, "near": paragraph.start if paragraph else 0}


def _paragraph(request: HttpRequest, view: ArticleView) -> article_text.Paragraph | None:
    number = request.GET.get("paragraph") or request.POST.get("paragraph") or ""
    return next((found for found in view.paragraphs if str(found.number) == number), None)


def _add_page(request: DeskRequest, view: ArticleView, form: AddForm) -> HttpResponse:
    text = view.revision.text if view.revision else ""
    paragraph = _paragraph(request, view)
    words = (
        [text[a:b] for a, b in article_text.words(text, paragraph.start, paragraph.end)] if paragraph else []
    )
    shown = {
        "view": view,
        "form": form,
        "texts": [(found.number, text[found.start : found.end]) for found in view.paragraphs],
        "paragraph": paragraph,
        "words": list(enumerate(words)),
        "chosen": bool(form.is_bound or form.initial.get("quote")),
        "types": ClaimType.choices,
        "conflict": form.refusal if isinstance(form.refusal, Conflict) else None,
        "crossing": _crossing(form, view),
    }
    status = 409 if shown["conflict"] else 422 if form.is_bound else 200
    name = "desk/_add_claim.html" if http.target(request) == "adding" else "desk/add_claim.html"
    return render(request, name, shown, status=status)


def _crossing(form: AddForm, view: ArticleView) -> str:
    """Which claims the chosen words touch already, as a sentence; empty when none."""
    quote = form.initial.get("quote") or ""
    if not quote or view.revision is None:
        return ""
    start = view.revision.text.find(quote, form.initial.get("near") or 0)
    if start < 0:
        return ""
    touched = [
        str(p.number) for p in view.places if p.claim.start < start + len(quote) and p.claim.end > start
    ]
    if not touched:
        return ""
    numbers = ", ".join(touched)
    return ngettext(
        "These words touch claim %(numbers)s.", "These words touch claims %(numbers)s.", len(touched)
    ) % {"numbers": numbers}
