"""Lists as keyset pages: what the query string may hold, and what a page looks like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar  # rows are serialised into JSON values

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.serializers.base import Query
from common.paging import CURSOR_LENGTH, Page, page

M = TypeVar("M", bound=Model)
MOST = 500
USUAL = 50


class PageQuery(Query):
    """Where in a list to go on, and how much of it to give."""

    cursor = serializers.CharField(required=False, allow_blank=True, default="", max_length=CURSOR_LENGTH)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=MOST, default=USUAL)


class SearchQuery(PageQuery):
    """A page of what holds some words."""

    q = serializers.CharField(required=False, allow_blank=True, default="", max_length=200)


def paged(
    request: Request,
    rows: QuerySet[M],
    asked: dict[str, Any],
    show: Callable[[Sequence[M]], Any],
    *,
    order: Sequence[str],
) -> Response:
    """One page of rows: `results`, and where the next page is, or null."""
    found = page(rows, order=order, cursor=asked["cursor"], size=asked["page_size"])
    return Response({"results": show(found.rows), **onward(request, found)})


def onward(request: Request, found: Page[M]) -> dict[str, str | None]:
    """The address and the cursor of the next page; null on the last."""
    if not found.after:
        return {"next": None, "next_cursor": None}
    query = request.query_params.copy()
    query["cursor"] = found.after
    return {
        "next": request.build_absolute_uri(f"{request.path}?{query.urlencode()}"),
        "next_cursor": found.after,
    }


def shown(form: type[serializers.BaseSerializer[Any]]) -> Callable[[Sequence[Any]], Any]:
    """How rows become JSON by a serializer that needs nothing else."""

    def show(rows: Sequence[Any]) -> Any:
        return form(rows, many=True).data

    return show
