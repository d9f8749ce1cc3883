"""What all input has in common: unknown fields are refused, a version may come along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn, TypeVar  # input may be anything until it was checked

from django.db.models import Model
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.problems import UnknownFields
from common.asked import clean
from common.numbers import LARGEST

M = TypeVar("M", bound=Model)


class Input(serializers.Serializer[Any]):
    """A body. A field that it does not have is a slip of the caller, and said so, as is a number for a text."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (
            unknown := sorted(str(name) for name in set(data) - set(self.fields))
        ):
            raise UnknownFields(unknown, known=list(self.fields))
        given = data if isinstance(data, Mapping) else {}
        if no_text := [
            name for name, field in self.fields.items() if name in given and not _fits(field, given[name])
        ]:
            raise serializers.ValidationError(
                {name: ["Give a text, in quotation marks."] for name in no_text}
            )
        return {name: clean(value) for name, value in super().to_internal_value(data).items()}


def _fits(field: serializers.Field[Any, Any, Any, Any], value: Any) -> bool:
    """Whether a value is a text where its field is one; what else is wrong with it, the field says."""
    if isinstance(field, serializers.ListField) and isinstance(value, list):
        return all(_fits(field.child, item) for item in value)
    return not isinstance(field, serializers.CharField) or value is None or isinstance(value, str)


class Query(serializers.Serializer[Any]):
    """A query string."""

    LISTS: ClassVar[frozenset[str]] = frozenset()  # parameters that take several values


class Versioned(Input):
    """A step on a claim. The version that was read comes here or as `If-Match`."""

    version = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        help_text="The version that you read, unless in If-Match.",
    )


class Output(serializers.ModelSerializer[M]):
    """What a model looks like from outside. All of it is always there and none of it is written through here."""

    def get_extra_kwargs(self) -> dict[str, Any]:
        return {name: {"read_only": True} for name in self.Meta.fields}


class IdField(serializers.IntegerField):
    """The id of something."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST, **kwargs)


class OneOf(serializers.ChoiceField):
    """One word of several. A wrong one is answered with the right ones."""

    def fail(self, key: str, **given: Any) -> NoReturn:
        if key == "invalid_choice":
            known = ", ".join(str(choice) for choice in self.choices)
            raise serializers.ValidationError(
                f"“{str(given['input'])[:60]}” is not one of {known}.", code=key
            )
        super().fail(key, **given)


@extend_schema_field({"type": "string"})
class Commas(serializers.ListField):
    """Several values in one parameter, apart by commas."""

    def to_internal_value(self, data: Any) -> list[Any]:
        return super().to_internal_value([part for part in str(data).split(",") if part])
