"""Claims: lists to follow, detail, status, evidence, history, verdicts."""

from __future__ import annotations

from typing import Any  # validated input and serialised output

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Scope
from api.endpoint import Endpoint, claim_response, conditional, etag
from api.paging import PageQuery, onward, paged, shown
from api.problems import MissingScope
from api.schema import either, pages_of, results_of, says
from api.serializers.claims import ClaimOutput, ClaimRow, ClaimsQuery, LookupInput, RewordInput, StatusOutput
from api.serializers.public import PublicClaimOutput, PublicStatusOutput
from api.serializers.review import CommentInput, CommentOutput, EventOutput, VerdictOutput
from claims.actions import editing
from common.errors import NotFound
from common.paging import page
from reviews import published, queries
from reviews.actions import comments
from reviews.models import Publication

OLDEST_FIRST = ("pk",)
DESK_ONLY = ("type", "article", "assignee")
PUBLIC = {"published": False, "retracted": True}  # what a reader may ask for, and whether it is retracted


class ClaimsView(Endpoint):
    """/api/v1/claims/"""

    reading = Scope.READ

    @says(
        "list_claims",
        "Claims; with updated_since those that changed, in the order of the changes",
        query=ClaimsQuery,
        gives=pages_of(
            ClaimRow,
            PublicStatusOutput,
            name="ClaimFeed",
            updated_since=serializers.IntegerField(
                allow_null=True, help_text="Send this to go on from here."
            ),
        ),
    )
    def get(self, request: Request) -> Response:
        asked = self.asked(ClaimsQuery)
        if self.sees_work:
            rows = queries.claims_for(self.by, _filters(asked))
            return _feed(request, rows, asked, ClaimRow)
        return _feed(request, self._public(asked), asked, PublicStatusOutput)

    def _public(self, asked: dict[str, Any]) -> Any:
        if any(asked.get(name) for name in DESK_ONLY) or set(asked["status"]) - set(PUBLIC):
            raise MissingScope(Scope.READ_DESK)
        wanted = {PUBLIC[status] for status in asked["status"]}
        retracted = wanted.pop() if len(wanted) == 1 else None
        return published.following(q=asked["q"], after=asked.get("updated_since"), retracted=retracted)


class ClaimView(Endpoint):
    """/api/v1/claims/{id}/"""

    reading = Scope.READ

    @says("get_claim", "A claim in full", gives=either("ClaimDetail", ClaimOutput, PublicClaimOutput))
    def get(self, request: Request, claim_id: int) -> Response:
        if self.sees_work:
            claim = queries.claim(self.by, claim_id)
            return conditional(request, ClaimOutput(claim, context={"by": self.by}).data, tag=etag(claim))
        found = published.by_claim(claim_id)
        more = {"versions": published.versions(found), "series": published.series(found)}
        body = PublicClaimOutput(found, context=more).data
        tag = f'{_public_tag(found)[:-1]}.{found.claim.changed_seq}"'  # its number may move without a new version
        return conditional(request, body, tag=tag)

    @says("reword_claim", "Change a claim's wording, type or claimant", given=RewordInput, gives=ClaimOutput)
    def patch(self, request: Request, claim_id: int) -> Response:
        given = self.given(RewordInput)
        version = self.version(given)
        text = given.pop("text", None) or queries.claim(self.by, claim_id).text
        editing.reword(claim_id, by=self.by, version=version, text=text, **given)
        return claim_response(self, claim_id)


class StatusView(Endpoint):
    """/api/v1/claims/{id}/status/"""

    reading = Scope.READ

    @says("get_claim_status", "Where a claim stands: small, with ETag and Last-Modified",
          gives=either("AnyStatus", StatusOutput, PublicStatusOutput))  # fmt: skip
    def get(self, request: Request, claim_id: int) -> Response:
        if not self.sees_work:
            found = published.by_claims([claim_id]).get(claim_id)
            if found is None:
                raise NotFound("This claim has no publication.")
            modified = found.retracted_at or found.published_at
            return conditional(
                request, PublicStatusOutput(found).data, tag=_public_tag(found), modified=modified
            )
        standing = next(iter(queries.statuses(self.by, [claim_id])), None)
        if standing is None:
            raise NotFound("There is no such claim.")
        claim = standing.claim
        return conditional(request, StatusOutput(standing).data, tag=etag(claim), modified=claim.updated_at)


class StatusLookupView(Endpoint):
    """/api/v1/claims/status-lookup/"""

    writing = Scope.READ  # a question that is too long for an address

    @says(
        "look_up_statuses",
        "The statuses of up to 1,000 claims",
        given=LookupInput,
        gives=results_of(
            StatusOutput, PublicStatusOutput, unknown=serializers.ListField(child=serializers.IntegerField())
        ),
    )
    def post(self, request: Request) -> Response:
        ids = list(dict.fromkeys(self.given(LookupInput)["ids"]))
        if self.sees_work:
            rows = shown(StatusOutput)(queries.statuses(self.by, ids))
        else:
            rows = shown(PublicStatusOutput)(list(published.by_claims(ids).values()))
        found = {row["id"]: row for row in rows}
        results = [found[pk] for pk in ids if pk in found]
        return Response({"results": results, "unknown": [pk for pk in ids if pk not in found]})


class HistoryView(Endpoint):
    """/api/v1/claims/{id}/history/"""

    @says(
        "list_history",
        "All that happened to a claim, oldest first",
        query=PageQuery,
        gives=pages_of(EventOutput),
    )
    def get(self, request: Request, claim_id: int) -> Response:
        rows = queries.history_of(self.by, queries.known(self.by, claim_id))
        return paged(request, rows, self.asked(PageQuery), shown(EventOutput), order=("seq",))


class VerdictsView(Endpoint):
    """/api/v1/claims/{id}/verdicts/"""

    @says(
        "list_verdicts",
        "The verdicts on a claim, newest first",
        query=PageQuery,
        gives=pages_of(VerdictOutput),
    )
    def get(self, request: Request, claim_id: int) -> Response:
        rows = queries.verdicts_of(self.by, queries.known(self.by, claim_id))
        return paged(request, rows, self.asked(PageQuery), shown(VerdictOutput), order=("-number",))


class CommentsView(Endpoint):
    """/api/v1/claims/{id}/comments/"""

    @says(
        "list_comments",
        "What was said about a claim, oldest first",
        query=PageQuery,
        gives=pages_of(CommentOutput),
    )
    def get(self, request: Request, claim_id: int) -> Response:
        rows = queries.comments_of(self.by, queries.known(self.by, claim_id))
        return paged(request, rows, self.asked(PageQuery), shown(CommentOutput), order=OLDEST_FIRST)

    @says("comment", "Say something about a claim", given=CommentInput, gives=CommentOutput, status=201)
    def post(self, request: Request, claim_id: int) -> Response:
        given = self.given(CommentInput)
        said = comments.comment(claim_id, by=self.by, text=given["text"], evidence_id=given.get("evidence"))
        return Response(CommentOutput(said.comment).data, status=201)


def _filters(asked: dict[str, Any]) -> queries.Filters:
    return queries.Filters(
        statuses=tuple(asked["status"]),
        types=tuple(asked["type"]),
        q=asked["q"],
        article=asked.get("article"),
        assignee=asked["assignee"],
        updated_since=asked.get("updated_since"),
    )


def _feed(
    request: Request, rows: Any, asked: dict[str, Any], form: type[serializers.BaseSerializer[Any]]
) -> Response:
    """A page, and from where to go on. No two claims bear the same `changed_seq`, so the last row's is the place."""
    since: int | None = asked.get("updated_since")
    order = OLDEST_FIRST if since is None else queries.FEED_ORDER
    found = page(rows, order=order, cursor=asked["cursor"], size=asked["page_size"])
    if since is not None and found.rows:
        since = found.rows[-1].changed_seq
    results = form(found.rows, many=True).data
    return Response({"results": results, **onward(request, found), "updated_since": since})


def _public_tag(found: Publication) -> str:
    return f'"p{found.pk}.{1 if found.retracted_at else 0}"'
