"""Articles: submit, follow the processing, read the claims, send a new text."""

from __future__ import annotations

from typing import Any  # serializer contexts

from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from api.endpoint import Endpoint, claim_response
from api.paging import MOST, PageQuery, SearchQuery, paged, shown
from api.schema import IDEMPOTENCY_KEY, pages_of, says
from api.serializers.articles import (
    PATH,
    ArticleInput,
    ArticleOutput,
    ArticleRow,
    JobOutput,
    RevisedOutput,
    RevisionInput,
    SubmittedOutput,
)
from api.serializers.claims import AddClaimInput, ClaimOutput, ClaimRow
from claims.actions import background, editing, intake
from claims.models import Article
from jobs import progress, queue
from reviews import queries

KEY_LENGTH = 200
IN_TEXT_ORDER = ("start", "pk")


class ClaimsOfQuery(PageQuery):
    """The claims of one article: nearly always all at once."""

    page_size = serializers.IntegerField(required=False, min_value=1, max_value=MOST, default=MOST)


class ArticlesView(Endpoint):
    """/api/v1/articles/"""

    @says("list_articles", "Articles, newest first", query=SearchQuery, gives=pages_of(ArticleRow))
    def get(self, request: Request) -> Response:
        asked = self.asked(SearchQuery)
        rows = queries.articles_for(self.by, q=asked["q"])
        return paged(request, rows, asked, _rows, order=("-pk",))

    @says(
        "submit_article",
        "Submit an article by text or by address",
        given=ArticleInput,
        gives=SubmittedOutput,
        status=202,
        headers=(IDEMPOTENCY_KEY,),
    )
    def post(self, request: Request) -> Response:
        given = self.given(ArticleInput)
        key = _idempotency_key(request)
        text = given.pop("text", "")
        about = intake.About(**given, channel=Article.Channel.API)
        submitted = intake.submit_article(by=self.by, text=text, about=about, idempotency_key=key)
        article = queries.article(self.by, submitted.article.pk)
        own_key = bool(key) and (article.submitted_by_id, article.idempotency_key) == (self.by.pk, key)
        replayed = own_key and not submitted.made
        context = {**_context(self, article), "duplicate": not submitted.made and not replayed}
        headers = {
            "Location": f"{PATH}/{article.pk}/",
            **({"Idempotent-Replayed": "true"} if replayed else {}),
        }
        return Response(SubmittedOutput(article, context=context).data, status=202, headers=headers)


class ArticleView(Endpoint):
    """/api/v1/articles/{id}/"""

    @says("get_article", "An article with its text and how far its processing is", gives=ArticleOutput)
    def get(self, request: Request, article_id: int) -> Response:
        article = queries.article(self.by, article_id)
        return Response(ArticleOutput(article, context=_context(self, article)).data)


class ArticleClaimsView(Endpoint):
    """/api/v1/articles/{id}/claims/"""

    @says("list_article_claims", "The claims of an article, in the order of its text", query=ClaimsOfQuery,
          gives=pages_of(ClaimRow))  # fmt: skip
    def get(self, request: Request, article_id: int) -> Response:
        asked = self.asked(ClaimsOfQuery)
        article = queries.article(self.by, article_id)
        rows = queries.claims_for(self.by, queries.Filters(article=article.pk))
        return paged(request, rows, asked, shown(ClaimRow), order=IN_TEXT_ORDER)

    @says(
        "add_claim", "Add a claim by hand, by its quote", given=AddClaimInput, gives=ClaimOutput, status=201
    )
    def post(self, request: Request, article_id: int) -> Response:
        given = self.given(AddClaimInput)
        place = {name: given.pop(name) for name in ("quote", "prefix", "suffix", "near") if name in given}
        made = editing.add_claim(article_id, by=self.by, selection=editing.Selection(**place), **given)
        return claim_response(self, made.pk, status=201)


class RevisionsView(Endpoint):
    """/api/v1/articles/{id}/revisions/"""

    @says("revise_article", "Send the article's new text; its claims move along or are marked", given=RevisionInput,
          gives=RevisedOutput, status=201)  # fmt: skip
    def post(self, request: Request, article_id: int) -> Response:
        revised = intake.revise_article(article_id, by=self.by, text=self.given(RevisionInput)["text"])
        return Response(RevisedOutput(revised).data, status=201 if revised.revision else 200)


class RestartView(Endpoint):
    """/api/v1/jobs/{id}/restart/"""

    @says("restart_job", "Try a failed piece of background work again", gives=JobOutput, status=202)
    def post(self, request: Request, job_id: int) -> Response:
        return Response(JobOutput(background.restart_job(job_id, by=self.by)).data, status=202)


def _rows(articles: Any) -> Any:
    counts = progress.of([article.group for article in articles])
    return ArticleRow(articles, many=True, context={"progress": counts}).data


def _context(view: Endpoint, article: Article) -> dict[str, Any]:
    return {
        "progress": progress.of([article.group]),
        "failed": queue.failed_in(article.group),
        "revision": queries.newest_revision(view.by, article.pk),
    }


def _idempotency_key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > KEY_LENGTH or not key.isascii():
        raise ParseError(f"An Idempotency-Key has {KEY_LENGTH} ASCII characters at most.")
    return key
