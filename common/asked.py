"""What is sent to us is clean text: in the query string of a page, in a form, in the body of a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # what is sent may be anything; django-stubs give a request's own dicts a private type

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
            request.GET = clean(request.GET, _without_nul)


def clean(given: Any, text: Callable[[str], str] = visible) -> Any:
    """The same with each text in it clean: a form or query string, a list in any depth, or a text itself.

    What is no text stays as it is. `text` makes one text clean.
    """
    if isinstance(given, QueryDict):
        made = given.copy()
        for name, values in given.lists():
            made.setlist(name, clean(values, text))
        return made
    if isinstance(given, list):
        return [clean(item, text) for item in given]
    return text(given) if isinstance(given, str) else given


def _without_nul(text: str) -> str:
    return visible(text).replace("\0", "")
