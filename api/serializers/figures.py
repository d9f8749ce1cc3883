"""The values of a claim's number, in and out."""

from __future__ import annotations

from typing import Any  # DRF's own arguments

from rest_framework import serializers

from api.serializers.base import IdField, Input, OneOf, Output, Versioned
from reviews.actions.figures import LENGTHS
from sources.models import Figure


class PublicFigureOutput(Output[Figure]):
    """A value as of a day, according to someone. `stated`: the claim itself says so. `upper`: where between two."""

    value = serializers.DecimalField(max_digits=17, decimal_places=3, normalize_output=True)
    upper = serializers.DecimalField(max_digits=17, decimal_places=3, normalize_output=True, allow_null=True)

    class Meta:
        model = Figure
        fields = ["id", "stated", "value", "bound", "upper", "unit", "scope", "according_to", "as_of", "at"]


class FigureOutput(PublicFigureOutput):
    """A value with who added it, what shows it and whether it counts: only `accepted` ones do."""

    added_by = serializers.CharField(source="added_by.username", allow_null=True, read_only=True)
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, read_only=True)

    class Meta(PublicFigureOutput.Meta):
        fields = [
            *PublicFigureOutput.Meta.fields,
            "claim",
            "evidence",
            "reason",
            "state",
            "added_by",
            "model_version",
            "decided_by",
            "note",
            "created_at",
        ]


class Amount(serializers.DecimalField):
    """A value, as a number or as text; how many digits it may have, the action says."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=None, decimal_places=None, **kwargs)


class ValueInput(Input):
    """A value of the claim's number, as of a day, according to someone."""

    value = Amount()
    bound = OneOf(Figure.Bound.choices, required=False)
    upper = Amount(required=False, allow_null=True)
    unit = serializers.CharField(max_length=LENGTHS["unit"], required=False, allow_blank=True)
    scope = serializers.CharField(max_length=LENGTHS["scope"], required=False, allow_blank=True)
    according_to = serializers.CharField(max_length=LENGTHS["according_to"])
    as_of = serializers.DateField()
    at = serializers.TimeField(required=False, allow_null=True)


class FigureInput(ValueInput):
    """Name the evidence whose quote has the number, or the reason why it stands without one."""

    evidence = IdField(required=False, allow_null=True)
    reason = serializers.CharField(max_length=LENGTHS["reason"], required=False, allow_blank=True)


class NumberInput(ValueInput, Versioned):
    """What the claim itself says."""


class TakeOutInput(Input):
    """Why a value is out; a proposal may be dismissed without."""

    reason = serializers.CharField(max_length=LENGTHS["reason"], required=False, allow_blank=True, default="")
