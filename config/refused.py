"""The answer to a request that Django does not read: 413 for one that is too large, 400 for what is broken."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page in words with the status that fits."""
    return render(request, "400.html", status=413 if isinstance(exception, _TOO_LARGE) else 400)
