"""The workflow's steps in; verdicts, comments and history out."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.base import IdField, Input, OneOf, Output, Versioned
from api.serializers.public import RatingBrief
from audit.models import AuditEvent
from claims.lifecycle import Dismissal
from reviews.models import Comment, Verdict


class DismissInput(Versioned):
    """Why a claim is not checked; a duplicate names the claim that it repeats."""

    reason = OneOf([(value, label) for value, label in Dismissal.choices if value != "split"])
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)
    duplicate_of = IdField(required=False, allow_null=True)


class AssignInput(Versioned):
    """Whom to give a claim."""

    to = serializers.CharField(max_length=150, help_text="A user name.")


class SubmitInput(Versioned):
    """A verdict. It cites what the rationale names as [E1] and what `cites` lists, or a search that found nothing
    that bears on the claim."""

    rating = serializers.CharField(max_length=50, help_text="A slug of /api/v1/ratings/.")
    rationale = serializers.CharField(help_text="Markdown, 20,000 characters at most.")
    summary = serializers.CharField(max_length=200, required=False, allow_blank=True)
    cites = serializers.ListField(
        child=IdField(), required=False, max_length=200, help_text="Ids of evidence."
    )
    search = IdField(
        required=False,
        allow_null=True,
        help_text="The id of a search with nothing found, or with it set aside.",
    )
    as_of = serializers.DateField(required=False, allow_null=True)
    expires_on = serializers.DateField(required=False, allow_null=True)
    single_source = serializers.CharField(
        max_length=500,
        required=False,
        allow_blank=True,
        help_text="Why fewer than two independent origins are enough, where the rating asks for two. Public.",
    )


class ApproveInput(Versioned):
    """An approval, of exactly what waits at `version` and, if given, at `content_hash`; `publish_at` is an order."""

    content_hash = serializers.RegexField(r"^[0-9a-f]{64}$", required=False)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    publish_at = serializers.DateTimeField(required=False, allow_null=True)


class PublishInput(Versioned):
    """Publish now, or at a time. A correction says in `note` what changed."""

    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    at = serializers.DateTimeField(required=False, allow_null=True)
    lift_embargo = serializers.BooleanField(required=False)


class ReasonInput(Versioned):
    """A step that says why."""

    reason = serializers.CharField(max_length=2000)


class VerdictOutput(Output[Verdict]):
    """A verdict in full, with its decision."""

    rating = RatingBrief()
    author = serializers.CharField(source="author.username")
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, read_only=True)
    cites = serializers.SerializerMethodField()
    search = serializers.IntegerField(source="nothing_found_id", allow_null=True)

    class Meta:
        model = Verdict
        fields = [
            "id",
            "number",
            "state",
            "claim_text",
            "rating",
            "summary",
            "rationale",
            "as_of",
            "expires_on",
            "origins",
            "single_source",
            "cites",
            "search",
            "author",
            "content_hash",
            "created_at",
            "decided_by",
            "decided_at",
            "decision_note",
            "publish_at",
        ]

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_cites(self, verdict: Verdict) -> list[str]:
        return [item.ref for item in verdict.cited.all()]


class CommentInput(Input):
    """Words about a claim, or about one piece of its evidence. @name tells that person."""

    text = serializers.CharField(max_length=5000)
    evidence = IdField(required=False, allow_null=True)


class CommentOutput(Output[Comment]):
    """A comment."""

    author = serializers.CharField(source="author.username")
    evidence = serializers.CharField(source="evidence.ref", allow_null=True, read_only=True)

    class Meta:
        model = Comment
        fields = ["id", "author", "text", "evidence", "created_at"]


class EventOutput(Output[AuditEvent]):
    """One thing that happened. `by` is null for what the machine did."""

    by = serializers.CharField(source="actor.username", allow_null=True, read_only=True)

    class Meta:
        model = AuditEvent
        fields = ["seq", "at", "verb", "by", "data", "digest"]
