"""The library, what of it hangs on claims, and the searches that were made."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Scope
from api.endpoint import Endpoint
from api.paging import PageQuery, SearchQuery, paged, shown
from api.schema import pages_of, results_of, says
from api.serializers.base import Input
from api.serializers.evidence import (
    EvidenceInput,
    EvidenceOutput,
    GradeInput,
    JudgeInput,
    PublisherInput,
    PublisherOutput,
    SearchInput,
    SearchOutput,
    SetAsideInput,
    SnapshotOutput,
    SourceInput,
    SourceOutput,
)
from api.serializers.figures import FigureInput, FigureOutput, NumberInput, TakeOutInput
from api.serializers.public import RatingOutput
from reviews import queries
from reviews.actions import figures, searches
from sources import actions, grading, judging
from sources import queries as library


class SourcesView(Endpoint):
    """/api/v1/sources/"""

    @says("list_sources", "Sources, newest first; q looks in titles, publishers and texts", query=SearchQuery,
          gives=pages_of(SourceOutput))  # fmt: skip
    def get(self, request: Request) -> Response:
        asked = self.asked(SearchQuery)
        rows = library.library(self.by, q=asked["q"])
        return paged(request, rows, asked, shown(SourceOutput), order=library.NEWEST_FIRST)

    @says("add_source", "Take a document into the library", given=SourceInput, gives=SourceOutput, status=201)
    def post(self, request: Request) -> Response:
        given = self.given(SourceInput)
        text = given.pop("text")
        made = actions.add_source(by=self.by, about=actions.About(**given), text=text)
        headers = {"Location": f"/api/v1/sources/{made.pk}/"}
        return Response(SourceOutput(library.source(self.by, made.pk)).data, status=201, headers=headers)


class SourceView(Endpoint):
    """/api/v1/sources/{id}/"""

    @says("get_source", "A source", gives=SourceOutput)
    def get(self, request: Request, source_id: int) -> Response:
        return Response(SourceOutput(library.source(self.by, source_id)).data)


class GradeView(Endpoint):
    """/api/v1/sources/{id}/grade/"""

    @says("grade_source", "Change how far a source is trusted", given=GradeInput, gives=SourceOutput)
    def post(self, request: Request, source_id: int) -> Response:
        given = self.given(GradeInput)
        version = self.version(given)
        grading.grade(source_id, by=self.by, version=version, **given)
        return Response(SourceOutput(library.source(self.by, source_id)).data)


class PublishersView(Endpoint):
    """/api/v1/publishers/"""

    @says("list_publishers", "The grades that publishers' new documents begin with", query=PageQuery,
          gives=pages_of(PublisherOutput))  # fmt: skip
    def get(self, request: Request) -> Response:
        rows = library.publishers(self.by)
        return paged(request, rows, self.asked(PageQuery), shown(PublisherOutput), order=("key",))

    @says("grade_publisher", "Say with which grade a publisher's new documents begin", given=PublisherInput,
          gives=PublisherOutput)  # fmt: skip
    def post(self, request: Request) -> Response:
        return Response(PublisherOutput(grading.set_default(by=self.by, **self.given(PublisherInput))).data)


class SnapshotView(Endpoint):
    """/api/v1/snapshots/{id}/"""

    @says("get_snapshot", "What a source said when we looked", gives=SnapshotOutput)
    def get(self, request: Request, snapshot_id: int) -> Response:
        return Response(SnapshotOutput(library.snapshot(self.by, snapshot_id)).data)


class EvidenceView(Endpoint):
    """/api/v1/claims/{id}/evidence/"""

    @says(
        "list_evidence", "The evidence of a claim, E1 first", query=PageQuery, gives=pages_of(EvidenceOutput)
    )
    def get(self, request: Request, claim_id: int) -> Response:
        rows = queries.evidence_of(self.by, queries.known(self.by, claim_id))
        return paged(request, rows, self.asked(PageQuery), shown(EvidenceOutput), order=("number",))

    @says(
        "attach_evidence",
        "Attach a passage, word for word",
        given=EvidenceInput,
        gives=EvidenceOutput,
        status=201,
    )
    def post(self, request: Request, claim_id: int) -> Response:
        given = self.given(EvidenceInput)
        made = actions.attach_evidence(
            claim_id, by=self.by, snapshot_id=given["snapshot"], quote=given["quote"], stance=given["stance"]
        )
        return Response(EvidenceOutput(made).data, status=201)


class JudgeView(Endpoint):
    """/api/v1/evidence/{id}/judge/"""

    @says("judge_evidence", "Say what a passage does for its claim", given=JudgeInput, gives=EvidenceOutput)
    def post(self, request: Request, evidence_id: int) -> Response:
        judged = judging.judge(evidence_id, by=self.by, **self.given(JudgeInput))
        return Response(EvidenceOutput(judged).data)


class SetAsideView(Endpoint):
    """/api/v1/evidence/{id}/set-aside/"""

    @says("set_evidence_aside", "Leave a passage out, with a reason; an empty one brings it back",
          given=SetAsideInput, gives=EvidenceOutput)  # fmt: skip
    def post(self, request: Request, evidence_id: int) -> Response:
        aside = judging.set_aside(evidence_id, by=self.by, **self.given(SetAsideInput))
        return Response(EvidenceOutput(aside).data)


class FiguresView(Endpoint):
    """/api/v1/claims/{id}/figures/"""

    @says("add_figure", "Add what the claim's number was on a day; on a public claim a fact-checker's waits",
          given=FigureInput, gives=FigureOutput, status=201)  # fmt: skip
    def post(self, request: Request, claim_id: int) -> Response:
        made = figures.add(claim_id, by=self.by, given=figures.Given(**self.given(FigureInput)))
        return Response(FigureOutput(made).data, status=201)


class NumberView(Endpoint):
    """/api/v1/claims/{id}/number/"""

    @says(
        "state_number",
        "Say which number the claim itself gives",
        given=NumberInput,
        gives=FigureOutput,
        status=201,
    )
    def post(self, request: Request, claim_id: int) -> Response:
        given = self.given(NumberInput)
        version = self.version(given)
        made = figures.state(claim_id, by=self.by, version=version, given=figures.Given(**given))
        return Response(FigureOutput(made).data, status=201)


class AcceptFigureView(Endpoint):
    """/api/v1/figures/{id}/accept/"""

    @says("accept_figure", "Let a proposed value count", given=Input, gives=FigureOutput)
    def post(self, request: Request, figure_id: int) -> Response:
        self.given(Input)
        return Response(FigureOutput(figures.accept(figure_id, by=self.by)).data)


class TakeOutFigureView(Endpoint):
    """/api/v1/figures/{id}/take-out/"""

    @says("take_figure_out", "Dismiss a proposed value, or take out one that counts, with a reason",
          given=TakeOutInput, gives=FigureOutput)  # fmt: skip
    def post(self, request: Request, figure_id: int) -> Response:
        out = figures.take_out(figure_id, by=self.by, **self.given(TakeOutInput))
        return Response(FigureOutput(out).data)


class SearchesView(Endpoint):
    """/api/v1/claims/{id}/searches/"""

    @says(
        "list_searches",
        "The search log of a claim, newest first",
        query=PageQuery,
        gives=pages_of(SearchOutput),
    )
    def get(self, request: Request, claim_id: int) -> Response:
        rows = library.searches_of(self.by, queries.known(self.by, claim_id))
        return paged(request, rows, self.asked(PageQuery), shown(SearchOutput), order=("-pk",))

    @says("record_search", "Log a search, also one that found nothing", given=SearchInput, gives=SearchOutput,
          status=201)  # fmt: skip
    def post(self, request: Request, claim_id: int) -> Response:
        made = actions.record_search(claim_id, by=self.by, **self.given(SearchInput))
        return Response(SearchOutput(made).data, status=201)


class SetSearchAsideView(Endpoint):
    """/api/v1/searches/{id}/set-aside/"""

    @says("set_search_aside", "Say why nothing that a search found bears on the claim; an empty reason takes it back",
          given=SetAsideInput, gives=SearchOutput)  # fmt: skip
    def post(self, request: Request, search_id: int) -> Response:
        aside = searches.set_aside(search_id, by=self.by, **self.given(SetAsideInput))
        return Response(SearchOutput(aside).data)


class RatingsView(Endpoint):
    """/api/v1/ratings/"""

    reading = Scope.READ

    @says("list_ratings", "The newsroom's scale", gives=results_of(RatingOutput))
    def get(self, request: Request) -> Response:
        return Response({"results": RatingOutput(queries.ratings(), many=True).data})
