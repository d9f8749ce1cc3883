"""Sources, evidence and searches in and out."""

from __future__ import annotations

from rest_framework import serializers

from api.serializers.base import IdField, Input, OneOf, Output, Versioned
from sources.models import Evidence, Publisher, Search, Snapshot, Source


class SourceInput(Input):
    """A document for the library, with its text."""

    title = serializers.CharField(max_length=300)
    publisher = serializers.CharField(max_length=200)
    text = serializers.CharField(trim_whitespace=False)
    author = serializers.CharField(max_length=200, required=False, allow_blank=True)
    kind = OneOf(Source.Kind.choices, required=False)
    url = serializers.URLField(max_length=1000, required=False, allow_blank=True)
    language = serializers.RegexField(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=12, required=False)
    published_at = serializers.DateTimeField(required=False, allow_null=True)
    reliability = OneOf(
        Source.Reliability.choices, required=False, help_text="Not given: as the publisher's documents begin."
    )
    credibility = serializers.IntegerField(min_value=1, max_value=6, required=False)
    origin = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        help_text="Who it got this from; empty: the publisher.",
    )


class SourceOutput(Output[Source]):
    """A document of the library. `snapshot` is what evidence is quoted from."""

    added_by = serializers.CharField(source="added_by.username")
    snapshot = serializers.IntegerField(
        source="newest_snapshot", allow_null=True, help_text="The newest one's id."
    )

    class Meta:
        model = Source
        fields = [
            "id",
            "title",
            "publisher",
            "author",
            "kind",
            "url",
            "language",
            "published_at",
            "grade",
            "reliability",
            "credibility",
            "origin",
            "snapshot",
            "added_by",
            "created_at",
            "version",
        ]


class GradeInput(Versioned):
    """How far a source is trusted, on the Admiralty scale. Without `credibility` the digit stays."""

    reliability = OneOf(Source.Reliability.choices)
    credibility = serializers.IntegerField(min_value=1, max_value=6, required=False)
    reason = serializers.CharField(max_length=300)


class PublisherInput(Input):
    """The grade that a publisher's new documents begin with. `version` is that of the one to replace, 0 for none."""

    publisher = serializers.CharField(max_length=200)
    reliability = OneOf(Source.Reliability.choices)
    credibility = serializers.IntegerField(min_value=1, max_value=6)
    reason = serializers.CharField(max_length=300)
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False, default=0)


class PublisherOutput(Output[Publisher]):
    """A publisher with the grade that its new documents begin with."""

    class Meta:
        model = Publisher
        fields = ["id", "name", "grade", "reliability", "credibility", "version"]


class SnapshotOutput(Output[Snapshot]):
    """What a source said when we looked."""

    source = serializers.IntegerField(source="source_id")  # type: ignore[assignment]  # DRF takes fields off the class

    class Meta:
        model = Snapshot
        fields = ["id", "source", "text", "sha256", "media_type", "taken_at"]


class EvidenceSource(Output[Source]):
    """A source where it is cited."""

    class Meta:
        model = Source
        fields = [
            "id",
            "title",
            "publisher",
            "url",
            "published_at",
            "grade",
            "reliability",
            "credibility",
            "first_hand",
        ]


class EvidenceOutput(Output[Evidence]):
    """A passage attached to a claim: `snapshot.text[start:end] == quote`. Found by a person or by `model_version`."""

    source = EvidenceSource(source="snapshot.source")  # type: ignore[assignment]  # DRF takes fields off the class
    snapshot = serializers.IntegerField(source="snapshot_id")
    sha256 = serializers.CharField(source="snapshot.sha256")
    added_by = serializers.CharField(source="added_by.username", allow_null=True, read_only=True)
    stance_by = serializers.CharField(source="stance_by.username", allow_null=True, read_only=True)
    reasons = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Evidence
        fields = [
            "id",
            "ref",
            "claim",
            "source",
            "snapshot",
            "sha256",
            "quote",
            "start",
            "end",
            "stance",
            "stance_by",
            "score",
            "reasons",
            "added_by",
            "model_version",
            "set_aside",
            "created_at",
        ]


class EvidenceInput(Input):
    """A passage of a snapshot, word for word."""

    snapshot = IdField()
    quote = serializers.CharField(max_length=10_000, trim_whitespace=False)
    stance = OneOf(Evidence.Stance.choices)


class JudgeInput(Input):
    """What a passage does for its claim."""

    stance = OneOf(Evidence.Stance.choices)


class SetAsideInput(Input):
    """Why a passage, or all that a search found, does not count; empty brings it back."""

    reason = serializers.CharField(max_length=300, allow_blank=True)


class SearchInput(Input):
    """A search that a person made: what for, where, and how much it gave."""

    query = serializers.CharField(max_length=500)
    places = serializers.CharField(max_length=500)
    found = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    set_aside = serializers.CharField(
        max_length=300,
        required=False,
        allow_blank=True,
        help_text="Why nothing of what it found bears on the claim.",
    )
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")
    made_at = serializers.DateTimeField(required=False, allow_null=True)


class SearchOutput(Output[Search]):
    """One entry of a claim's search log."""

    made_by = serializers.CharField(source="made_by.username", allow_null=True, read_only=True)

    class Meta:
        model = Search
        fields = [
            "id",
            "query",
            "places",
            "found",
            "set_aside",
            "note",
            "made_by",
            "model_version",
            "made_at",
        ]
