"""What everyone reads. No log-in, no script, nothing kept about the reader."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any  # A view takes whatever its address holds.
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page, require_safe

from common import paging
from common.errors import DeskError
from public import report
from public.claimreview import as_script, claim_review
from reviews import published, queries
from reviews.models import Publication
from reviews.plotting import plot

LATEST = 12  # checks on the front page
SHOWN = 20  # rows of a list
DESK = ("queue", "articles", "claims", "review", "sources", "notifications", "settings", "admin", "api")

View = Callable[..., HttpResponse]


def for_everyone(seconds: int) -> Callable[[View], View]:
    """A page that anyone may read and caches may keep so long; a refusal is a page in plain words."""

    def decorate(view: View) -> View:
        @require_safe
        @cache_control(public=True, max_age=seconds)
        @conditional_page
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except DeskError as error:
                refusal = {"message": str(error), "newsroom": settings.CLAIMDESK_NEWSROOM}
                return render(request, "public/refused.html", refusal, status=error.status)

        return answer

    return decorate


@for_everyone(60)
def home(request: HttpRequest) -> HttpResponse:
    """The newest checks; who is signed in goes to work instead, and a newcomer to an empty desk to its first page."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    newest = list(published.newest().order_by(*published.NEWEST_FIRST)[:LATEST])
    if settings.CLAIMDESK_DEMO or (not newest and queries.is_empty()):
        return redirect("desk:start")
    return render(
        request, "public/home.html", {"publications": newest, "newsroom": settings.CLAIMDESK_NEWSROOM}
    )


@for_everyone(60)
def archive(request: HttpRequest) -> HttpResponse:
    """Every fact-check, newest first, narrowed by words and rating."""
    q, rating = request.GET.get("q", "").strip()[:200], request.GET.get("rating", "")
    rows = published.newest(q=q, rating=rating)
    found = paging.page(rows, order=published.NEWEST_FIRST, cursor=request.GET.get("cursor", ""), size=SHOWN)
    asked = {name: value for name, value in (("q", q), ("rating", rating)) if value}
    return render(
        request,
        "public/archive.html",
        {
            "page": found,
            "q": q,
            "rating": rating,
            "ratings": published.ratings(),
            "more": urlencode({**asked, "cursor": found.after}) if found.after else "",
            "newsroom": settings.CLAIMDESK_NEWSROOM,
        },
    )


@for_everyone(300)
def page(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """One fact-check, with its sources and what was corrected since."""
    publication = published.page(year, slug)
    series = published.series(publication)
    return render(
        request,
        "public/page.html",
        {
            "publication": publication,
            "series": series,
            "plot": plot(series),
            "report": report.of(publication),
            "claimreview": "" if publication.retracted_at else _json_ld(publication),
            "site": settings.CLAIMDESK_URL,
            "newsroom": settings.CLAIMDESK_NEWSROOM,
        },
    )


@for_everyone(300)
def history(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Every public version of a fact-check, with what each changed."""
    publication = published.page(year, slug)
    told = report.history(list(published.versions(publication)))
    return render(
        request,
        "public/history.html",
        {"publication": publication, "versions": told, "newsroom": settings.CLAIMDESK_NEWSROOM},
    )


@for_everyone(300)
def corrections(request: HttpRequest) -> HttpResponse:
    """Every correction and retraction, newest first."""
    found = published.corrections(cursor=request.GET.get("cursor", ""), size=SHOWN)
    more = urlencode({"cursor": found.after}) if found.after else ""
    return render(
        request,
        "public/corrections.html",
        {"page": found, "more": more, "newsroom": settings.CLAIMDESK_NEWSROOM},
    )


@for_everyone(300)
def how(request: HttpRequest) -> HttpResponse:
    """How claims are chosen, checked, approved and corrected; what the ratings mean; what the machine does."""
    return render(
        request,
        "public/how.html",
        {"ratings": published.ratings(), "newsroom": settings.CLAIMDESK_NEWSROOM},
    )


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@for_everyone(300)
def embed(request: HttpRequest, claim_id: int) -> HttpResponse:
    """One fact-check as a small card for other people's pages. It shows corrections and retractions as well."""
    return render(
        request,
        "public/embed.html",
        {
            "publication": published.by_claim(claim_id),
            "site": settings.CLAIMDESK_URL,
            "newsroom": settings.CLAIMDESK_NEWSROOM,
        },
    )


@for_everyone(3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers are welcome where the public is."""
    lines = ["User-agent: *", *(f"Disallow: /{place}/" for place in DESK), "Allow: /"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _json_ld(publication: Publication) -> str:
    review = claim_review(publication, site=settings.CLAIMDESK_URL, newsroom=settings.CLAIMDESK_NEWSROOM)
    return mark_safe(as_script(review))  # noqa: S308 `as_script` escapes what could end the element
