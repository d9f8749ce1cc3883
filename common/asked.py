"""What is asked in the query string of a page is clean text, for every page at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # django-stubs give a request's own dicts a private type

from django.http import HttpRequest, HttpResponse, QueryDict

from common.text import visible


class CleanQueryMiddleware:
    """Hand views their query string without control characters, NUL among them: PostgreSQL takes no text with one.

    Addresses for programs, which need no CSRF token, check their own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer as it is."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any) -> None:
        """Before the view reads it."""
        if request.GET and not getattr(view, "csrf_exempt", False):
            request.GET = _clean(request.GET)


def _clean(asked: QueryDict) -> Any:
    clean = QueryDict(mutable=True)
    for name, values in asked.lists():
        clean.setlist(name, [visible(value).replace("\0", "") for value in values])
    return clean
