"""Google's `claims:search` over what this newsroom has published: programs written for theirs can ask ours."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any  # JSON in a shape that is not ours
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.problems import problem
from api.serializers.base import Query
from api.serializers.public import address
from common.errors import Invalid
from common.paging import Page, page
from reviews import published
from reviews.models import Publication

MOST = 100  # as many claims in one answer as we give, whatever pageSize asks for
# Parameters that every Google API takes, and that change nothing here.
SYSTEM = frozenset(
    ("$.xgafv", "access_token", "alt", "callback", "fields", "key", "oauth_token", "prettyPrint", "quotaUser",
     "uploadType", "upload_protocol")
)  # fmt: skip
NAMES = {400: "INVALID_ARGUMENT", 404: "NOT_FOUND", 405: "INVALID_ARGUMENT", 406: "INVALID_ARGUMENT",
         429: "RESOURCE_EXHAUSTED"}  # fmt: skip


class SearchQuery(Query):
    """Google's parameters, by their own names. `query` is needed unless `reviewPublisherSiteFilter` is given."""

    query = serializers.CharField(required=False, allow_blank=True, default="", max_length=500)
    languageCode = serializers.CharField(  # noqa: N815 Google's name
        required=False,
        allow_blank=True,
        default="",
        max_length=35,
        help_text="BCP 47; the region is ignored.",
    )
    reviewPublisherSiteFilter = serializers.CharField(  # noqa: N815
        required=False, allow_blank=True, default="", max_length=300
    )
    maxAgeDays = serializers.IntegerField(required=False, default=0, min_value=0, max_value=36500)  # noqa: N815
    pageSize = serializers.IntegerField(required=False, default=10, min_value=0, max_value=2**31 - 1)  # noqa: N815
    pageToken = serializers.CharField(required=False, allow_blank=True, default="", max_length=2000)  # noqa: N815
    offset = serializers.IntegerField(required=False, default=0, min_value=0, max_value=10_000)


class GoogleReview(serializers.Serializer[Publication]):
    """One review of a claim."""

    publisher = serializers.DictField(child=serializers.CharField())
    url = serializers.URLField()
    title = serializers.CharField()
    reviewDate = serializers.DateTimeField()  # noqa: N815
    textualRating = serializers.CharField()  # noqa: N815
    languageCode = serializers.CharField()  # noqa: N815


class GoogleClaim(serializers.Serializer[Publication]):
    """One claim with its reviews. What is not known is absent."""

    text = serializers.CharField()
    claimant = serializers.CharField(required=False)
    claimDate = serializers.DateTimeField(required=False)  # noqa: N815
    claimReview = GoogleReview(many=True)  # noqa: N815


class GoogleAnswer(serializers.Serializer[Publication]):
    """Google's answer: both fields are absent when there is nothing (more)."""

    claims = GoogleClaim(many=True, required=False)
    nextPageToken = serializers.CharField(required=False)  # noqa: N815


class ClaimsSearchView(APIView):
    """/v1alpha1/claims:search, for everyone."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="factchecktools_claims_search",
        summary="Published fact-checks in the shape of Google's Fact Check Tools API",
        parameters=[SearchQuery],
        responses=GoogleAnswer,
        tags=["factchecktools"],
    )
    def get(self, request: Request) -> Response:
        asked = _asked(request)
        site = _site()
        wanted = _host(asked["reviewPublisherSiteFilter"])
        if wanted and wanted != site:
            return _answer({})
        found = _found(asked)
        claims = [_claim(publication, site) for publication in found.rows]
        body: dict[str, Any] = {"claims": claims} if claims else {}
        if found.after:
            body["nextPageToken"] = f"{_binding(asked)}.{found.after}"
        return _answer(body)

    def handle_exception(self, exc: Exception) -> Response:
        """Google's error format; every bad argument is a 400 there."""
        response = super().handle_exception(exc)
        code = 400 if response.status_code == 422 else response.status_code
        error = {"code": code, "message": problem(exc).detail, "status": NAMES.get(code, "INTERNAL")}
        response.data, response.status_code, response.content_type = (
            {"error": error},
            code,
            "application/json",
        )
        return response


def _asked(request: Request) -> dict[str, Any]:
    sent = {name: value for name, value in request.query_params.items() if name not in SYSTEM}
    form = SearchQuery(data=sent)
    if unknown := sorted(set(sent) - set(form.fields)):
        raise exceptions.ParseError(f'Invalid JSON payload received. Unknown name "{unknown[0][:60]}".')
    form.is_valid(raise_exception=True)
    asked = dict(form.validated_data)
    if not asked["query"].strip() and not asked["reviewPublisherSiteFilter"].strip():
        raise Invalid("Give a query, or a reviewPublisherSiteFilter.")
    if asked["pageToken"] and asked["offset"]:
        raise Invalid("offset is only for a request without a pageToken.")
    return asked


def _found(asked: dict[str, Any]) -> Page[Publication]:
    rows = published.standing(q=asked["query"], language=asked["languageCode"].partition("-")[0].lower())
    if days := asked["maxAgeDays"]:
        since = timezone.now() - timedelta(days=days)
        rows = rows.filter(Q(published_at__gte=since) | Q(claim__revision__article__published_at__gte=since))
    size = min(asked["pageSize"] or 10, MOST)
    cursor = _cursor(asked)
    return page(rows, order=published.NEWEST_FIRST, cursor=cursor, size=size, offset=asked["offset"])


def _cursor(asked: dict[str, Any]) -> str:
    token: str = asked["pageToken"]
    if not token:
        return ""
    binding, _dot, cursor = token.partition(".")
    if binding != _binding(asked) or not cursor:
        raise Invalid("This pageToken belongs to another request: all other fields must be the same.")
    return cursor


def _binding(asked: dict[str, Any]) -> str:
    """A short hash of all but the place, so that a token is refused for another question."""
    body = [asked[name] for name in ("query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays")]
    return hashlib.sha256(json.dumps(body).encode()).hexdigest()[:12]


def _claim(publication: Publication, site: str) -> dict[str, Any]:
    article = publication.claim.revision.article
    claim: dict[str, Any] = {"text": publication.claim_text}
    if publication.claimant:
        claim["claimant"] = publication.claimant
    if article.published_at:
        claim["claimDate"] = _rfc3339(article.published_at)
    review = {
        "publisher": {"name": settings.CLAIMDESK_NEWSROOM, "site": site},
        "url": address(publication),
        "title": publication.verdict.summary or publication.claim_text,
        "reviewDate": _rfc3339(publication.published_at),
        "textualRating": publication.verdict.rating.label,
        "languageCode": article.language,
    }
    return {**claim, "claimReview": [review]}


def _answer(body: dict[str, Any]) -> Response:
    return Response(body, headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=60"})


def _site() -> str:
    return _host(settings.CLAIMDESK_URL)


def _host(url: str) -> str:
    """The host without protocol and “www”, as Google derives it from a review's address."""
    url = url.strip().lower()
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:  # brackets that are no IPv6 address
        raise Invalid("reviewPublisherSiteFilter is a site, such as example.org.") from None
    return (host or "").removeprefix("www.")


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
