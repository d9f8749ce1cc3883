"""Errors as RFC 9457 problem documents: every refusal of the API is translated here and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any  # DRF's error details and handler context are untyped

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, UnreadablePostError
from rest_framework import exceptions
from rest_framework.response import Response

from common import request_id
from common.errors import Conflict, DeskError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
KINDS = {
    # code: (status, title, what it means and what to do)
    "malformed": (
        400,
        "The request cannot be read",
        "Send JSON in UTF-8, an object with the documented fields.",
    ),
    "unknown-field": (
        400,
        "There is no such field",
        "A field or parameter is not of this address: mind the spelling.",
    ),
    "unauthenticated": (
        401,
        "A token is needed",
        "Send `Authorization: Bearer cd_…` with a token that is in force.",
    ),
    "forbidden": (
        403,
        "This is not for you",
        "The person of this token may not do this; the detail says why.",
    ),
    "missing-scope": (
        403,
        "The token lacks a scope",
        "Ask for a token with the scope that the detail names.",
    ),
    "not-found": (404, "There is no such thing", "Nothing is at this address, or not for this token."),
    "method-not-allowed": (405, "This address does not take this method", "See the `Allow` header."),
    "not-acceptable": (406, "No such representation", "Answers are `application/json`."),
    "conflict": (
        409,
        "It moved on meanwhile",
        "`current` is the present state: decide again, send its version.",
    ),
    "length-required": (411, "How long is it?", "Send the body with a Content-Length, not in chunks."),
    "too-large": (413, "The request is too large", "Send less at once; the detail gives the limit."),
    "unsupported-media-type": (415, "Send JSON", "Requests are `Content-Type: application/json`."),
    "invalid": (
        422,
        "What was given cannot be used",
        "The detail, or `errors` for each field, says what to do.",
    ),
    "version-required": (
        428,
        "Say which version you read",
        "Send the claim's `ETag` as `If-Match`, or its `version`.",
    ),
    "too-many-requests": (429, "Too many requests", "Wait for as many seconds as `Retry-After` says."),
    "unavailable": (
        503,
        "Not at this moment",
        "The database is busy: wait as many seconds as `Retry-After` says.",
    ),
    "error": (500, "Something broke on our side", "It is logged under the `request_id`. Try again later."),
}


class TooLarge(exceptions.APIException):
    """The body is larger than the server takes."""

    status_code, default_code = 413, "too-large"


class LengthRequired(exceptions.APIException):
    """A body came in chunks, which the server cannot bound."""

    status_code, default_code = 411, "length-required"


class VersionRequired(exceptions.APIException):
    """A step was asked for without the version that the caller read."""

    status_code, default_code = 428, "version-required"


class MissingScope(exceptions.PermissionDenied):
    """The token may not do this, whatever its person may."""

    default_code = "missing-scope"

    def __init__(self, scope: str) -> None:
        super().__init__(f"This needs a token with the scope “{scope}”.")


class UnknownFields(exceptions.ParseError):
    """A field or parameter that this address does not have: taken for a slip, not passed over in silence."""

    default_code = "unknown-field"

    def __init__(self, names: Sequence[str], *, known: Sequence[str], place: str = "pointer") -> None:
        shown = ", ".join(f"“{name[:60]}”" for name in names[:10])
        super().__init__(f"There is no {shown} here. What there is: {', '.join(known) or 'nothing'}.")
        self.names, self.place = names, place


class InvalidQuery(exceptions.ValidationError):
    """A query parameter has a value that cannot be used."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal: its kind, a sentence that says what to do, and what else the kind carries."""

    code: str
    detail: str
    more: dict[str, object] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status of its kind."""
        return KINDS[self.code][0]

    def document(self, instance: str) -> dict[str, object]:
        """The problem document. `type` is an address that explains the kind."""
        status, title, _meaning = KINDS[self.code]
        return {
            "type": f"/api/problems/{self.code}/",
            "title": title,
            "status": status,
            "detail": self.detail,
            "instance": instance,
            "request_id": request_id.current(),
            **self.more,
        }


def handler(error: Exception, context: dict[str, Any]) -> Response:
    """Answer any exception of an endpoint with a problem document; what nobody foresaw is logged and a 500."""
    found = problem(error)
    if found.status >= 500:
        log.error("request failed", exc_info=error)
    return Response(
        found.document(context["request"].path),
        status=found.status,
        headers=found.headers,
        content_type=MEDIA_TYPE,
    )


def problem(error: Exception) -> Problem:
    """What an exception says to the caller."""
    if isinstance(error, DeskError):
        current: dict[str, object] = {"current": error.current} if isinstance(error, Conflict) else {}
        return Problem(error.code if error.code in KINDS else "error", str(error), current)
    if isinstance(error, exceptions.ValidationError):
        return _invalid(error)
    if isinstance(error, exceptions.APIException):
        return _refused(error)
    if isinstance(error, Http404):
        return Problem("not-found", "There is nothing at this address.")
    if isinstance(error, PermissionDenied):
        return Problem("forbidden", str(error) or "You may not do this.")
    if isinstance(error, OperationalError):  # locked for too long, or away
        return Problem(
            "unavailable", "The database is busy. Try again in a moment.", headers={"Retry-After": "2"}
        )
    if isinstance(error, RequestDataTooBig):
        return Problem("too-large", "The request is larger than this server takes.")
    if isinstance(error, SuspiciousOperation | UnreadablePostError):
        return Problem("malformed", "The request cannot be read.")
    return Problem(
        "error", "The request was not carried out. Try again, and tell us the request_id if it persists."
    )


# What the framework says of these does not say what to do.
_TOLD_BY_THEIR_KIND = (exceptions.NotAuthenticated, exceptions.UnsupportedMediaType)
_BY_STATUS = {status: code for code, (status, _t, _m) in reversed(KINDS.items())}


def _refused(error: exceptions.APIException) -> Problem:
    code = getattr(error, "default_code", "")
    code = code if code in KINDS else _BY_STATUS.get(error.status_code, "error")
    headers: dict[str, str] = {}
    more: dict[str, object] = {}
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    if challenge := getattr(error, "auth_header", ""):
        headers["WWW-Authenticate"] = str(challenge)
    if isinstance(error, UnknownFields):
        root = "#/" if error.place == "pointer" else ""
        names = [name[:60] for name in error.names[:10]]
        more["errors"] = [
            {error.place: f"{root}{name}", "detail": "There is no such field."} for name in names
        ]
    detail = KINDS[code][2] if isinstance(error, _TOLD_BY_THEIR_KIND) else str(error.detail)
    return Problem(code, detail, more, headers)


def _invalid(error: exceptions.ValidationError) -> Problem:
    found = list(_flat(error.detail, ()))
    shown = " ".join(f"{'.'.join(path) + ': ' if path else ''}{text}" for path, text in found[:3])
    if isinstance(error, InvalidQuery):
        errors = [{"parameter": path[0] if path else "", "detail": text} for path, text in found]
    else:
        errors = [
            {"pointer": "#" + "".join(f"/{part}" for part in path), "detail": text} for path, text in found
        ]
    return Problem("invalid", shown, {"errors": errors})


def _flat(detail: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The leaves of DRF's nested error details, each with the path to its field."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _flat(inner, path if name == "non_field_errors" else (*path, str(name)))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _flat(inner, path)
    else:
        yield path, str(detail)
