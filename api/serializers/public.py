"""What the public sees of a claim, as JSON."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.base import Output
from api.serializers.figures import PublicFigureOutput
from reviews import absence
from reviews.models import Citation, Publication, Rating
from sources.models import Search


class RatingOutput(Output[Rating]):
    """One value of the newsroom's scale. `number` is ClaimReview's ratingValue, 1 to 5, or null."""

    class Meta:
        model = Rating
        fields = ["slug", "label", "meaning", "number", "position", "publishable", "needs_two_origins"]


class RatingBrief(Output[Rating]):
    """A rating where it is used."""

    class Meta:
        model = Rating
        fields = ["slug", "label", "number"]


class PublicOutput(Output[Publication]):
    """The current publication of a claim: what readers see. Retracted when `retracted_at` is not null."""

    url = serializers.SerializerMethodField(help_text="The public page.")
    rating = RatingBrief(source="verdict.rating")
    summary = serializers.CharField(source="verdict.summary")
    single_source = serializers.CharField(
        source="verdict.single_source",
        help_text="Why it rests on a single source; empty where it does not have to say.",
    )
    as_of = serializers.DateField(
        source="verdict.as_of", help_text="The day as of which the verdict is true."
    )

    class Meta:
        model = Publication
        fields = [
            "url",
            "claim_text",
            "claimant",
            "rating",
            "summary",
            "single_source",
            "as_of",
            "number",
            "note",
            "first_published_at",
            "published_at",
            "retracted_at",
            "retraction",
        ]

    def get_url(self, publication: Publication) -> str:
        return address(publication)


class PublicStatusOutput(Output[Publication]):
    """A claim as a token with the scope `read` sees it: published or retracted, never where it is in the work."""

    id = serializers.IntegerField(source="claim_id")
    status = serializers.SerializerMethodField()
    public = PublicOutput(source="*")
    updated_at = serializers.SerializerMethodField()

    class Meta:
        model = Publication
        fields = ["id", "status", "public", "updated_at"]

    @extend_schema_field({"type": "string", "enum": ["published", "retracted"]})
    def get_status(self, publication: Publication) -> str:
        return "retracted" if publication.retracted_at else "published"

    @extend_schema_field({"type": "string", "format": "date-time"})
    def get_updated_at(self, publication: Publication) -> str:
        newest = publication.retracted_at or publication.published_at
        return str(serializers.DateTimeField().to_representation(newest))


class CitedOutput(Output[Citation]):
    """A passage that a published verdict cites."""

    ref = serializers.CharField(source="evidence.ref")
    quote = serializers.CharField(source="evidence.quote")
    source = serializers.CharField(source="evidence.snapshot.source.title")  # type: ignore[assignment]  # DRF takes fields off the class
    publisher = serializers.CharField(source="evidence.snapshot.source.publisher")
    url = serializers.CharField(source="evidence.snapshot.source.url")
    sha256 = serializers.CharField(
        source="evidence.snapshot.sha256", help_text="Of the text in which it stands."
    )

    class Meta:
        model = Citation
        fields = ["ref", "stance", "quote", "source", "publisher", "url", "sha256"]


class PublicSearchOutput(Output[Search]):
    """The search that “none found” rests on. `set_aside` says why nothing of what it found bears on the claim."""

    class Meta:
        model = Search
        fields = ["query", "places", "found", "set_aside", "note", "made_at"]


class VersionOutput(Output[Publication]):
    """One public version of a fact-check."""

    rating = RatingBrief(source="verdict.rating")

    class Meta:
        model = Publication
        fields = ["number", "rating", "published_at", "note", "retracted_at", "retraction"]


class PublicClaimOutput(PublicStatusOutput):
    """A published claim in full: rationale, cited evidence, every version."""

    rationale = serializers.CharField(
        source="verdict.rationale", help_text="Markdown; [E1] names a citation."
    )
    evidence = CitedOutput(source="verdict.citation_set", many=True)
    search = PublicSearchOutput(source="verdict.nothing_found", allow_null=True)
    would_refute = serializers.CharField(
        source="verdict.would_refute", help_text="What would refute it, where nothing was found."
    )
    next_search = serializers.SerializerMethodField(
        help_text="When it is searched for again by itself, where nothing was found."
    )
    figures = serializers.SerializerMethodField(
        help_text="The values of its number over time, where there are two."
    )
    versions = serializers.SerializerMethodField()

    class Meta(PublicStatusOutput.Meta):
        fields = [
            *PublicStatusOutput.Meta.fields,
            "rationale",
            "evidence",
            "figures",
            "search",
            "would_refute",
            "next_search",
            "versions",
        ]

    def get_next_search(self, publication: Publication) -> date | None:
        return absence.next_search(publication)

    @extend_schema_field(PublicFigureOutput(many=True))
    def get_figures(self, publication: Publication) -> object:
        return PublicFigureOutput(self.context["series"], many=True).data

    @extend_schema_field(VersionOutput(many=True))
    def get_versions(self, publication: Publication) -> object:
        return VersionOutput(self.context["versions"], many=True).data


def address(publication: Publication) -> str:
    """The public page of a publication, in full."""
    return f"{settings.CLAIMDESK_URL}/published/{publication.year}/{publication.slug}/"
