"""Claims in and out."""

from __future__ import annotations

from typing import Any  # an extractor's details are free in form

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from api.paging import SearchQuery
from api.serializers.base import Commas, IdField, Input, OneOf, Output, Versioned
from api.serializers.figures import FigureOutput
from api.serializers.public import PublicOutput, RatingBrief
from claims import workflow
from claims.lifecycle import ABILITIES, STEPS, ClaimType, Priority, Status
from claims.models import Claim
from reviews import queries
from reviews.absence import Absence
from reviews.actions.absence_plans import LENGTHS
from reviews.models import Suggestion, Verdict
from reviews.queries import Standing
from sources import queries as library
from sources.models import Figure


class ClaimsQuery(SearchQuery):
    """What a list of claims is narrowed to."""

    LISTS = frozenset(("status", "type"))
    status = Commas(child=OneOf(Status.choices), required=False, default=list)
    type = Commas(child=OneOf(ClaimType.choices), required=False, default=list)
    article = IdField(required=False)
    assignee = serializers.CharField(
        required=False, default="", max_length=150, help_text="A user name, “me” or “nobody”."
    )
    updated_since = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=2**63 - 1,
        help_text="Begin with 0; then send what the last answer gave. Counts audit events, not time.",
    )


class FirstOf(serializers.BaseSerializer[Any]):
    """Shows the first of the rows that `with_row_parts` fetched, or null where there is none."""

    def get_attribute(self, instance: Any) -> Any:
        rows = super().get_attribute(instance)
        return rows[0] if rows else None


class SuggestionOutput(FirstOf, Output[Suggestion]):
    """What the machine proposes; a null rating means that it abstains. Nothing can approve it."""

    rating = RatingBrief(allow_null=True)

    class Meta:
        model = Suggestion
        fields = ["rating", "confidence", "reasons", "would_change", "refs", "model_version", "created_at"]


class VerdictBrief(FirstOf, Output[Verdict]):
    """The verdict that waits or stands. `content_hash` names exactly what an approval approves."""

    rating = RatingBrief()
    author = serializers.CharField(source="author.username")

    class Meta:
        model = Verdict
        fields = [
            "number",
            "state",
            "rating",
            "summary",
            "author",
            "as_of",
            "expires_on",
            "origins",
            "single_source",
            "content_hash",
            "publish_at",
        ]


class CurrentPublic(FirstOf, PublicOutput):
    """What the public sees of a claim."""


class CountsOutput(serializers.Serializer[Claim]):
    """Pieces of evidence by stance, those that were set aside left out."""

    supports = serializers.IntegerField()
    refutes = serializers.IntegerField()
    context = serializers.IntegerField(source="contexts")  # type: ignore[assignment]  # DRF takes fields off the class


class ClaimRow(Output[Claim]):
    """A claim as lists show it. `revision.text[start:end] == quote`, counted in code points."""

    article = serializers.IntegerField(source="revision.article_id")
    revision = serializers.IntegerField(source="revision.number")
    assignee = serializers.CharField(source="assignee.username", allow_null=True, read_only=True)
    evidence = CountsOutput(source="*")
    suggestion = SuggestionOutput(source="current_suggestions", allow_null=True)
    verdict = VerdictBrief(source="live_verdicts", allow_null=True)
    public = CurrentPublic(source="current_publications", allow_null=True)

    class Meta:
        model = Claim
        fields = [
            "id",
            "article",
            "revision",
            "text",
            "quote",
            "start",
            "end",
            "prefix",
            "suffix",
            "anchor",
            "type",
            "claimant",
            "check_worthiness",
            "origin",
            "extractor",
            "status",
            "assignee",
            "priority",
            "due_at",
            "dismissal",
            "dismissal_note",
            "duplicate_of",
            "parent",
            "evidence",
            "suggestion",
            "verdict",
            "public",
            "version",
            "changed_seq",
            "created_at",
            "updated_at",
        ]


class ExtractionOutput(serializers.Serializer[Any]):
    """What the extractor tells of itself. `added` are spans of the claim's text that are not in the quote."""

    rules = serializers.ListField(child=serializers.CharField(), default=list)
    reasons = serializers.ListField(child=serializers.CharField(), default=list)
    alternatives = serializers.ListField(child=serializers.CharField(), default=list)
    added = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()), default=list)
    needs_wording = serializers.BooleanField(default=False)
    quantities = serializers.ListField(child=serializers.DictField(), default=list)


class AbsenceOutput(serializers.Serializer[Absence]):
    """How it stands with a claim that says that something is not there. `version` is the plan's; 0: there is none."""

    would_refute = serializers.CharField(source="plan.would_refute")
    asked_on = serializers.DateField(source="plan.asked_on", allow_null=True)
    asked_how = serializers.CharField(source="plan.asked_how")
    answer = serializers.CharField(source="plan.answer", help_text="Empty: the claimant gave none.")
    next_on = serializers.DateField(
        source="plan.next_on", allow_null=True, help_text="Null: a week after the last search."
    )
    version = serializers.IntegerField(source="plan.version")
    searches = serializers.IntegerField()
    places = serializers.IntegerField()
    next_search = serializers.DateField(allow_null=True, help_text="Null: not by itself.")


class AbsenceInput(Input):
    """How an absence is checked. All of it: what is empty is not known or not done."""

    version = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, help_text="Of the plan that you read; 0 where there is none."
    )
    would_refute = serializers.CharField(max_length=LENGTHS["would_refute"], allow_blank=True)
    asked_on = serializers.DateField(allow_null=True)
    asked_how = serializers.CharField(max_length=LENGTHS["asked_how"], allow_blank=True)
    answer = serializers.CharField(max_length=LENGTHS["answer"], allow_blank=True)
    next_on = serializers.DateField(
        allow_null=True, help_text="From tomorrow on, within a year; null: a week after the last search."
    )


class ClaimOutput(ClaimRow):
    """A claim in full, with the steps and deeds that are open to the caller."""

    extraction = ExtractionOutput(source="details")
    absence = serializers.SerializerMethodField(
        help_text="Null for a claim of another type that has no plan."
    )
    figures = serializers.SerializerMethodField(
        help_text="The values of its number that count or are proposed."
    )
    steps = serializers.SerializerMethodField()

    class Meta(ClaimRow.Meta):
        fields = [*ClaimRow.Meta.fields, "extraction", "absence", "figures", "steps"]

    @extend_schema_field(AbsenceOutput(allow_null=True))
    def get_absence(self, claim: Claim) -> object:
        found = queries.absence_of(self.context["by"], claim)
        told = claim.type == ClaimType.EVIDENCE_STATUS or found.plan.version
        return AbsenceOutput(found).data if told else None

    @extend_schema_field(FigureOutput(many=True))
    def get_figures(self, claim: Claim) -> object:
        found = library.figures_of(self.context["by"], claim.pk)
        return FigureOutput([one for one in found if one.state in Figure.LIVE], many=True).data

    @extend_schema_field({"type": "array", "items": {"type": "string", "enum": [*STEPS, *ABILITIES]}})
    def get_steps(self, claim: Claim) -> list[str]:
        by: User = self.context["by"]
        return workflow.open_to(claim, by)


class StatusOutput(serializers.Serializer[Standing]):
    """Where a claim stands in the work, and what the public sees of it: two different things."""

    id = serializers.IntegerField(source="claim.pk")
    status = serializers.ChoiceField(Status.choices, source="claim.status")
    version = serializers.IntegerField(source="claim.version")
    assignee = serializers.CharField(source="claim.assignee.username", allow_null=True, read_only=True)
    public = PublicOutput(allow_null=True)
    updated_at = serializers.DateTimeField(source="claim.updated_at")


class LookupInput(Input):
    """Up to 1,000 ids of claims."""

    ids = serializers.ListField(child=IdField(), min_length=1, max_length=1000)


class AddClaimInput(Input):
    """A claim by hand, on words of the article's newest text; prefix and suffix tell equal quotes apart."""

    quote = serializers.CharField(max_length=5000, trim_whitespace=False)
    prefix = serializers.CharField(max_length=200, required=False, allow_blank=True, trim_whitespace=False)
    suffix = serializers.CharField(max_length=200, required=False, allow_blank=True, trim_whitespace=False)
    near = serializers.IntegerField(
        min_value=0, max_value=10_000_000, required=False, help_text="Code points."
    )
    text = serializers.CharField(
        max_length=1000, required=False, allow_blank=True, help_text="Standalone wording."
    )
    type = OneOf(ClaimType.choices, required=False)
    claimant = serializers.CharField(max_length=200, required=False, allow_blank=True)


class RewordInput(Versioned):
    """A claim's wording, type or claimant; what is left out stays."""

    text = serializers.CharField(max_length=1000, required=False)
    type = OneOf(ClaimType.choices, required=False)
    claimant = serializers.CharField(max_length=200, required=False, allow_blank=True)


class PlanInput(Versioned):
    """How soon a claim is wanted."""

    priority = OneOf(Priority.choices)
    due_at = serializers.DateTimeField(allow_null=True)


class SplitInput(Versioned):
    """Two to ten wordings, one for each part."""

    wordings = serializers.ListField(
        child=serializers.CharField(max_length=1000), min_length=2, max_length=10
    )


class Other(Input):
    """One more claim, and the version of it that was read."""

    id = IdField()
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class MergeInput(Versioned):
    """The claims that are the same as this one, which is kept."""

    claims = serializers.ListField(child=Other(), min_length=1, max_length=50)
