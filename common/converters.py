"""What may stand in an address."""

from django.urls import register_converter
from django.urls.converters import IntConverter, get_converters


class IdConverter(IntConverter):
    """The id of a row: no longer than any that a database gives."""

    regex = "[0-9]{1,18}"


def register() -> None:
    """Let addresses have `<id:…>`. Doors call it before they list theirs."""
    if "id" not in get_converters():
        register_converter(IdConverter, "id")
