"""A page in words where Django answers a wrong method with nothing: who goes back to a form's address gets there."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews import queries

# The page that a form belongs to, by what its address names.
_PAGES: dict[str, tuple[str, str | Promise]] = {
    "claim_id": ("desk:claim", _("To the claim")),
    "article_id": ("desk:article", _("To the article")),
    "source_id": ("desk:source", _("To the source")),
}


class WrongMethodMiddleware:
    """Fills an empty 405 for people, with the way to the form; its status and its `Allow` stay."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with a page in it."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET" and not response.content:
            to, label = _way(request)
            response.content = render(request, "405.html", {"to": to, "label": label}).content
        return response


def _way(request: HttpRequest) -> tuple[str, str | Promise]:
    """Where the form stands and what to call it; empty when that is not known."""
    found = request.resolver_match
    if found is None or found.namespace != "desk":
        return "", ""
    for name, (page, label) in _PAGES.items():
        if name in found.kwargs:
            return reverse(page, args=[found.kwargs[name]]), label
    if len(found.kwargs) == 1 and request.user.is_authenticated and request.user.sees_work:
        what = found.route.partition("/")[0]
        claim_id = queries.claim_with(request.user, what, next(iter(found.kwargs.values())))
        if claim_id is not None:
            page, label = _PAGES["claim_id"]
            return reverse(page, args=[claim_id]), label
    return "", ""
