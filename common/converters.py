"""What may stand in an address."""

from django.urls.converters import IntConverter


class IdConverter(IntConverter):
    """The id of a row: no longer than any that a database gives."""

    regex = "[0-9]{1,18}"
