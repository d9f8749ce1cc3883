"""One id for everything that a request, a command or a job does, so that its audit events can be read together."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
_SAFE = re.compile(r"[A-Za-z0-9._-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id in force, or an empty string outside of any request or job."""
    return _current.get()


def begin(request_id: str = "") -> str:
    """Start a new id, or go on with one that was handed over and looks like one."""
    chosen = request_id if _SAFE.fullmatch(request_id) else uuid.uuid4().hex
    _current.set(chosen)
    return chosen


class RequestIdMiddleware:
    """Give each request an id, taken from `X-Request-ID` when that is sane, and send it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = begin(request.headers.get(HEADER, ""))
        response = self.get_response(request)
        response[HEADER] = chosen
        return response
