"""Keyset pages: as quick on page one thousand as on page one, and steady while rows come and go."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from common.errors import Invalid

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows in order, and the cursor of what follows: empty on the last page."""

    rows: list[M]
    after: str


def page(rows: QuerySet[M], *, order: Sequence[str], cursor: str = "", size: int = 50) -> Page[M]:
    """The rows after `cursor`. `order` names columns that are never null, the last of them unique; `-` means falling.

    One query. Raises Invalid for a cursor that this list did not give.
    """
    if cursor:
        rows = rows.filter(_after(order, _decode(cursor, len(order))))
    found = list(rows.order_by(*order)[: size + 1])
    if len(found) <= size:
        return Page(found, "")
    last = found[size - 1]
    return Page(found[:size], _encode([getattr(last, name.lstrip("-")) for name in order]))


def _after(order: Sequence[str], values: Sequence[Any]) -> Q:
    condition, equal = Q(pk__in=[]), Q()
    for name, value in zip(order, values, strict=True):
        column, lookup = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{column}__{lookup}": value})
        equal &= Q(**{column: value})
    return condition


def _encode(values: Sequence[Any]) -> str:
    exact = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(exact, cls=DjangoJSONEncoder).encode()).decode().rstrip("=")


def _decode(cursor: str, length: int) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        values = None
    if not isinstance(values, list) or len(values) != length or not all(isinstance(v, str | int | float) for v in values):
        raise Invalid(_("This cursor is not one of ours. Begin again without it."))
    return [(parse_datetime(v) or v) if isinstance(v, str) and "T" in v else v for v in values]
