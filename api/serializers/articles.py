"""Articles in and out."""

from __future__ import annotations

from typing import Any  # counts by step and state

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.base import Input, Output
from claims.actions.intake import Revised
from claims.models import Article, Claim, Revision
from jobs.models import Job
from jobs.progress import Progress

PATH = "/api/v1/articles"


class ArticleInput(Input):
    """An article: its text, or an address from which it is fetched."""

    title = serializers.CharField(max_length=300, required=False, allow_blank=True)
    text = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    url = serializers.URLField(max_length=1000, required=False, allow_blank=True)
    outlet = serializers.CharField(max_length=200, required=False, allow_blank=True)
    byline = serializers.CharField(max_length=200, required=False, allow_blank=True)
    language = serializers.RegexField(
        r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$",
        max_length=12,
        required=False,
        help_text="BCP 47; detected if absent.",
    )
    published_at = serializers.DateTimeField(required=False, allow_null=True)


class RevisionInput(Input):
    """The article's text as it is now."""

    text = serializers.CharField(trim_whitespace=False)


class JobOutput(Output[Job]):
    """One piece of background work."""

    class Meta:
        model = Job
        fields = ["id", "step", "subject_id", "state", "attempt", "error"]


class ProgressOutput(serializers.Serializer[Progress]):
    """How far the background work is. `steps` counts jobs by step and state."""

    state = serializers.ChoiceField(Job.State.choices)
    done = serializers.IntegerField()
    failed = serializers.IntegerField()
    total = serializers.IntegerField()
    steps = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))


class ProcessingOutput(ProgressOutput):
    """The same with what failed and why. POST /api/v1/jobs/{id}/restart/ tries again."""

    reason = serializers.CharField(allow_null=True)
    failed_jobs = JobOutput(many=True)


class ArticleRow(Output[Article]):
    """An article as lists show it."""

    submitted_by = serializers.CharField(source="submitted_by.username")
    processing = serializers.SerializerMethodField()
    claims = serializers.SerializerMethodField()

    class Meta:
        model = Article
        fields = [
            "id",
            "title",
            "outlet",
            "byline",
            "url",
            "language",
            "published_at",
            "channel",
            "submitted_by",
            "same_as",
            "created_at",
            "processing",
            "claims",
        ]

    @extend_schema_field(ProgressOutput)
    def get_processing(self, article: Article) -> Any:
        return ProgressOutput(self.context["progress"][article.group]).data

    @extend_schema_field(
        {
            "type": "object",
            "properties": {n: {"type": "integer"} for n in ("total", "new", "open", "published")},
        }
    )
    def get_claims(self, article: Article) -> dict[str, int]:
        return {name: getattr(article, f"claims_{name}") for name in ("total", "new", "open", "published")}


class RevisionOutput(Output[Revision]):
    """One immutable version of the text. All offsets refer to `text`, in code points."""

    class Meta:
        model = Revision
        fields = ["number", "text", "text_sha256", "engine", "engine_note", "created_at"]


class ArticleOutput(ArticleRow):
    """An article with its newest text; `revision` is null while its page is being fetched."""

    revision = serializers.SerializerMethodField()

    class Meta(ArticleRow.Meta):
        fields = [*ArticleRow.Meta.fields, "revision"]

    @extend_schema_field(RevisionOutput(allow_null=True))
    def get_revision(self, article: Article) -> object:
        revision = self.context["revision"]
        return RevisionOutput(revision).data if revision else None

    @extend_schema_field(ProcessingOutput)
    def get_processing(self, article: Article) -> Any:
        failed = JobOutput(self.context["failed"], many=True).data
        counts = ProgressOutput(self.context["progress"][article.group]).data
        return {**counts, "reason": failed[0]["error"] if failed else None, "failed_jobs": failed}


class SubmittedOutput(ArticleOutput):
    """An article that was taken in. `duplicate` is true when the desk had this text or address already."""

    duplicate = serializers.SerializerMethodField()

    class Meta(ArticleOutput.Meta):
        fields = [*ArticleOutput.Meta.fields, "duplicate"]

    def get_duplicate(self, article: Article) -> bool:
        return bool(self.context["duplicate"])


class MovedOutput(Output[Claim]):
    """A claim after its article changed. Reworded: `proposed` is where its words may be now; a person decides."""

    proposed = serializers.SerializerMethodField()

    class Meta:
        model = Claim
        fields = ["id", "text", "status", "anchor", "version", "proposed"]

    @extend_schema_field({"type": ["array", "null"], "items": {"type": "integer"}})
    def get_proposed(self, claim: Claim) -> object:
        return claim.details.get("proposed")


class RevisedOutput(serializers.Serializer[Revised]):
    """What a new text did to the claims. `revision` is null when nothing had changed."""

    revision = serializers.IntegerField(source="revision.number", allow_null=True, read_only=True)
    unchanged = MovedOutput(many=True)
    reworded = MovedOutput(many=True)
    orphaned = MovedOutput(many=True)
