"""What programs follow: Atom and JSON Feed for readers, a ClaimReview data feed for search engines and archives."""

from __future__ import annotations

from datetime import datetime
from html import escape
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from common import paging
from common.errors import Invalid
from common.text import visible
from public import report
from public.claimreview import address, claim_review
from reviews import published
from reviews.models import Publication

LATEST = 50  # entries of an Atom feed
FEED_PAGE = 100  # reviews on one page of the data feed


@require_safe
@cache_control(public=True, max_age=60)
@conditional_page
def latest(request: HttpRequest) -> HttpResponse:
    """The newest fact-checks that stand."""
    feed = _feed(_("Fact-checks by %(newsroom)s"), "public:latest", "public:list")
    for publication in _newest():
        _add(feed, publication, _title(publication), publication.verdict.summary, at=publication.published_at)
    return _answer(feed)


@require_safe
@cache_control(public=True, max_age=60)
@conditional_page
def latest_json(request: HttpRequest) -> HttpResponse:
    """The same as a JSON Feed (jsonfeed.org, version 1.1)."""
    newsroom = settings.CLAIMDESK_NEWSROOM
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _("Fact-checks by %(newsroom)s") % {"newsroom": newsroom},
        "home_page_url": settings.CLAIMDESK_URL + reverse("public:list"),
        "feed_url": settings.CLAIMDESK_URL + reverse("public:latest_json"),
        "authors": [{"name": newsroom}],
        "items": [_item(publication) for publication in published.with_evidence(_newest())],
    }
    return JsonResponse(feed, content_type="application/feed+json")


@require_safe
@cache_control(public=True, max_age=60)
@conditional_page
def corrections(request: HttpRequest) -> HttpResponse:
    """The newest corrections and retractions."""
    feed = _feed(_("Corrections by %(newsroom)s"), "public:corrections_feed", "public:corrections")
    for change in published.corrections(size=LATEST).rows:
        title = _("Retracted: %(claim)s") if change.retracted else _("Corrected: %(claim)s")
        about = title % {"claim": change.publication.claim_text}
        _add(feed, change.publication, about, change.told, at=change.at, retracted=change.retracted)
    return _answer(feed)


@require_safe
@cache_control(public=True, max_age=60)
@conditional_page
def claimreviews(request: HttpRequest) -> HttpResponse:
    """Every fact-check that stands, as a schema.org data feed, newest first; `cursor` leads on."""
    asked = request.GET.get("cursor", "")
    try:
        found = paging.page(published.standing(), order=published.NEWEST_FIRST, cursor=asked, size=FEED_PAGE)
    except Invalid as error:
        return HttpResponse(f"{error}\n", content_type="text/plain; charset=utf-8", status=error.status)
    changed = published.newest_change()
    response = JsonResponse(
        {
            "@context": "https://schema.org",
            "@type": "DataFeed",
            "name": _("Fact-checks by %(newsroom)s") % {"newsroom": settings.CLAIMDESK_NEWSROOM},
            "dateModified": changed.isoformat() if changed else None,
            "dataFeedElement": [_element(publication) for publication in found.rows],
        }
    )
    if found.after:
        onward = (
            settings.CLAIMDESK_URL + reverse("public:claimreviews") + "?" + urlencode({"cursor": found.after})
        )
        response["Link"] = f'<{onward}>; rel="next"'
    return response


def _newest() -> QuerySet[Publication]:
    return published.standing().order_by(*published.NEWEST_FIRST)[:LATEST]


def _title(publication: Publication) -> str:
    return f"{publication.verdict.rating.label}: {publication.claim_text}"


def _id(publication: Publication, *, retracted: bool = False) -> str:
    """Another one for each version and for its retraction, so that readers see them as news."""
    gone = "r" if retracted else ""
    return f"{settings.CLAIMDESK_URL}{address(publication)}#v{publication.number}{gone}"


def _item(publication: Publication) -> dict[str, object]:
    verdict = publication.verdict
    return {
        "id": _id(publication),
        "url": settings.CLAIMDESK_URL + address(publication),
        "title": _title(publication),
        "summary": verdict.summary,
        "content_text": report.plain(publication),
        "date_published": publication.first_published_at.isoformat(),
        "date_modified": publication.published_at.isoformat(),
        "tags": [verdict.rating.label],
    }


def _element(publication: Publication) -> dict[str, object]:
    return {
        "@type": "DataFeedItem",
        "dateCreated": publication.first_published_at.isoformat(),
        "dateModified": publication.published_at.isoformat(),
        "item": [
            claim_review(publication, site=settings.CLAIMDESK_URL, newsroom=settings.CLAIMDESK_NEWSROOM)
        ],
    }


def _feed(title: str, own: str, page: str) -> Atom1Feed:
    return Atom1Feed(
        title=title % {"newsroom": settings.CLAIMDESK_NEWSROOM},
        link=settings.CLAIMDESK_URL + reverse(page),
        description="",
        feed_url=settings.CLAIMDESK_URL + reverse(own),
        author_name=settings.CLAIMDESK_NEWSROOM,
    )


def _add(
    feed: Atom1Feed,
    publication: Publication,
    title: str,
    description: str,
    *,
    at: datetime,
    retracted: bool = False,
) -> None:
    """An entry. A reader takes the description for HTML; a title and a category are plain."""
    feed.add_item(
        title=visible(title),
        link=settings.CLAIMDESK_URL + address(publication),
        description=escape(visible(description)),
        unique_id=_id(publication, retracted=retracted),
        pubdate=publication.first_published_at,
        updateddate=at,
        categories=[visible(publication.verdict.rating.label)],
    )


def _answer(feed: Atom1Feed) -> HttpResponse:
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
