"""Keyset pages: as quick on page one thousand as on page one, and steady while rows come and go."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from common.errors import Invalid
from common.numbers import LARGEST

M = TypeVar("M", bound=Model)
CURSOR_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows in order, and the cursor of what follows: empty on the last page."""

    rows: list[M]
    after: str


def page(
    rows: QuerySet[M], *, order: Sequence[str], cursor: str = "", size: int = 50, offset: int = 0
) -> Page[M]:
    """The rows after `cursor`. `order` names columns that are never null, the last of them unique; `-` means falling.

    `offset` skips rows of a first page, for callers whose protocol has it. One query. Raises Invalid for a cursor
    that this list did not give.
    """
    if cursor:
        values = _decode(cursor, len(order))
        try:
            rows = rows.filter(_after(order, values))
        except (TypeError, ValueError, ValidationError, OverflowError):  # not values of these columns
            raise _not_ours() from None
    found = list(rows.order_by(*order)[offset : offset + size + 1])
    if len(found) <= size:
        return Page(found, "")
    last = found[size - 1]
    return Page(found[:size], cursor_of([getattr(last, name.lstrip("-")) for name in order]))


def _after(order: Sequence[str], values: Sequence[Any]) -> Q:
    condition, equal = Q(pk__in=[]), Q()
    for name, value in zip(order, values, strict=True):
        column, lookup = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{column}__{lookup}": value})
        equal &= Q(**{column: value})
    return condition


def cursor_of(values: Sequence[Any]) -> str:
    """The cursor of what follows a row with these values in the columns of the order."""
    exact = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(exact, cls=DjangoJSONEncoder).encode()).decode().rstrip("=")


def _decode(cursor: str, length: int) -> list[Any]:
    if len(cursor) > CURSOR_LENGTH:
        raise _not_ours()
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        exact = [(parse_datetime(v) or v) if isinstance(v, str) and "T" in v else v for v in values]
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise _not_ours() from None
    if not isinstance(values, list) or len(exact) != length or not all(_is_value(v) for v in exact):
        raise _not_ours()
    return exact


def _is_value(value: Any) -> bool:
    """Whether a column may hold it: a moment with its zone, a text that a database takes, or a number that fits."""
    if isinstance(value, datetime):
        return value.tzinfo is not None and _in_the_calendar(value)
    if isinstance(value, str):
        return value.isprintable()  # so no NUL, no half of a character
    return isinstance(value, int | float) and abs(value) <= LARGEST


def _in_the_calendar(moment: datetime) -> bool:
    """Whether its zone does not lead before the year 1 or past 9999."""
    try:
        moment.astimezone(UTC)
    except OverflowError:
        return False
    return True


def _not_ours() -> Invalid:
    return Invalid(_("This cursor is not one of ours. Begin again without it."))
