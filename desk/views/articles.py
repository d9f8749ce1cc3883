"""What came in and how far each is; and the way in for more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.actions import intake
from claims.models import Article
from common import paging
from common.errors import Invalid
from desk.forms import ArticleForm
from desk.http import DeskRequest, desk_page, posted, target
from jobs import progress
from jobs.progress import Progress
from reviews import queries

ORDER = ("-pk",)
SIZE = 50
MOST_BYTES = 10 * 2**20
SEGMENTS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """An article in the list, with how far the machine is."""

    article: Article
    progress: Progress

    @property
    def said(self) -> str:
        """The machine's step in words."""
        return said(self.progress)

    @property
    def strip(self) -> list[str]:
        """Six segments: done, failed, or still to come."""
        total = self.progress.total or 1
        on = round(SEGMENTS * self.progress.done / total) if self.progress.total else SEGMENTS
        bad = 1 if self.progress.failed else 0
        return ["on"] * min(on, SEGMENTS - bad) + ["bad"] * bad + [""] * max(0, SEGMENTS - bad - on)


@require_http_methods(["GET", "POST"])
@desk_page
def articles(request: DeskRequest) -> HttpResponse:
    """The list, with the panel to add one above it."""
    form = ArticleForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _taken(request, _submit(request, form))
        except Invalid as error:
            form.add_error(None, str(error))
    q = request.GET.get("q", "").strip()[:200]
    page = paging.page(
        queries.articles_for(request.user, q=q), order=ORDER, cursor=request.GET.get("after", ""), size=SIZE
    )
    how_far = progress.of(article.group for article in page.rows)
    shown: dict[str, Any] = {
        "form": form,
        "q": q,
        "lines": [Line(article, how_far[article.group]) for article in page.rows],
        "adding": form.is_bound or "add" in request.GET,
        "more_url": f"{reverse('desk:articles')}?{urlencode({'after': page.after} | ({'q': q} if q else {}))}"
        if page.after
        else "",
    }
    busy = [line.article.pk for line in shown["lines"] if line.progress.active]
    shown["pulse_url"] = f"{reverse('desk:articles')}?{urlencode({'q': q, 'busy': ','.join(map(str, busy))})}"
    shown["busy"] = bool(busy)
    if target(request) == "pulse":
        asked = request.GET.get("busy", "").split(",")
        shown["lines"] = [
            line for line in shown["lines"] if line.progress.active or str(line.article.pk) in asked
        ]
        return render(request, "desk/_articles_pulse.html", shown)
    if target(request) == "more":
        return render(request, "desk/_articles_more.html", shown)
    return render(request, "desk/articles.html", shown, status=422 if form.is_bound else 200)


def said(how_far: Progress) -> str:
    """How far the machine is with an article, as a few words."""
    steps: Mapping[str, Mapping[str, int]] = how_far.steps
    if how_far.failed and not how_far.active:
        return _("Stopped: %(n)s of %(total)s steps failed") % {"n": how_far.failed, "total": how_far.total}
    if not how_far.active:
        return _("Done")
    for step, words in (("claims.fetch", _("Fetching the page")), ("claims.extract", _("Reading"))):
        if _open(steps.get(step, {})):
            return words
    total = sum(steps.get("sources.find", {}).values())
    done = steps.get("reviews.suggest", {}).get("done", 0)
    return _("Searching sources, %(done)s of %(total)s claims done") % {"done": done, "total": total}


def _open(counts: Mapping[str, int]) -> bool:
    return bool(counts.get("queued") or counts.get("running"))


def _submit(request: DeskRequest, form: ArticleForm) -> intake.Submitted:
    given = form.cleaned_data
    upload = given["file"]
    channel = Article.Channel.PASTE if given["text"].strip() else Article.Channel.URL
    about = intake.About(
        title=given["title"],
        outlet=given["outlet"],
        url=given["url"].strip(),
        published_at=given["published_at"],
        channel=channel,
    )
    if upload is None:
        return intake.submit_article(by=request.user, text=given["text"], about=about)
    if upload.size > MOST_BYTES:
        raise Invalid(
            _("The file is larger than 10 MB. Save its text alone, or paste the part with the claims.")
        )
    data = upload.read()
    return intake.submit_file(
        by=request.user, name=upload.name, data=data, content_type=upload.content_type or "", about=about
    )


def _taken(request: DeskRequest, submitted: intake.Submitted) -> HttpResponse:
    article = submitted.article
    if submitted.made:
        messages.success(
            request, _("The desk has it. Claims appear here as they are found; you can leave this page.")
        )
    else:
        messages.warning(request, _("The desk has this article already. Here it is."))
    return redirect("desk:article", article.pk)
