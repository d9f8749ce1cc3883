"""What every endpoint has: scopes, checked input, the caller, the version that they read, the ETag."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, cast  # validated input is as its serializer says

from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import tokens
from accounts.models import Scope, User
from api.auth import scopes_of
from api.problems import InvalidQuery, LengthRequired, UnknownFields, VersionRequired
from api.serializers.base import Input, Query
from api.serializers.claims import ClaimOutput
from claims.models import Claim
from common.errors import Invalid, NotFound
from common.numbers import LARGEST
from reviews import queries

_IF_MATCH = re.compile(r'(?:W/)?"?(\d{1,9})(?:\.\d{1,19})?"?')


class Endpoint(APIView):
    """Input serializer, one action or query, output serializer."""

    reading: str = Scope.READ_DESK
    writing: str = Scope.WRITE
    request: Request
    http_method_names = ["get", "head", "post", "patch"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who calls, whether they may, how often; and no id is larger than any that a database gives."""
        super().initial(request, *args, **kwargs)
        if "Transfer-Encoding" in request.headers and not request.headers.get("Content-Length"):
            raise LengthRequired("Send the body with a Content-Length, not in chunks.")
        if any(number > LARGEST for number in kwargs.values()):
            raise NotFound("There is no such thing.")

    @property
    def by(self) -> User:
        """The person in whose name this is done."""
        return cast(User, self.request.user)

    @property
    def sees_work(self) -> bool:
        """Whether the caller may read what is not public."""
        return self.by.sees_work and tokens.covers(scopes_of(self.request), Scope.READ_DESK)

    def given(self, form: type[Input]) -> dict[str, Any]:
        """The checked body."""
        read = form(data=self.request.data)
        read.is_valid(raise_exception=True)
        return dict(read.validated_data)

    def asked(self, form: type[Query]) -> dict[str, Any]:
        """The checked query string. A repeated parameter is a list for those that take one; else the last counts."""
        sent = self.request.query_params
        read = form(
            data={name: ",".join(sent.getlist(name)) if name in form.LISTS else sent[name] for name in sent}
        )
        if unknown := sorted(set(sent) - set(read.fields)):
            raise UnknownFields(unknown, known=list(read.fields), place="parameter")
        if not read.is_valid():
            raise InvalidQuery(read.errors)
        return dict(read.validated_data)

    def version(self, given: dict[str, Any]) -> int:
        """The version that the caller read, from `If-Match` or the body; taken out of `given`.

        Raises VersionRequired when there is none: without it, a step could undo what the caller never saw.
        """
        in_body: int | None = given.pop("version", None)
        header = self.request.headers.get("If-Match", "").strip()
        if header and header != "*":
            match = _IF_MATCH.fullmatch(header)
            if match is None:
                raise ParseError('If-Match is a claim\'s ETag or its version, such as "3.120" or "3".')
            in_header = int(match[1])
            if in_body is not None and in_body != in_header:
                raise Invalid("If-Match and version name two different versions.")
            return in_header
        if in_body is None:
            raise VersionRequired(
                "Say which version of the claim you read: its ETag as If-Match, or its version in the body."
            )
        return in_body


def etag(claim: Claim) -> str:
    """A strong tag: the version, for `If-Match`, and the mark of whatever last happened around the claim."""
    return f'"{claim.version}.{claim.changed_seq}"'


def conditional(request: Request, body: object, *, tag: str, modified: datetime | None = None) -> Response:
    """An answer that may be kept and asked for again: 304 when the caller has it, by its tag alone.

    `modified` is told and never asked by: two changes may fall within the second that a date can tell apart.
    """
    response = Response(body, headers={"ETag": tag})
    if modified is not None:
        response["Last-Modified"] = http_date(modified.timestamp())
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Authorization", "Cookie"])
    answer = get_conditional_response(cast(Any, request), etag=tag, response=response)
    return cast(Response, answer)


def claim_response(view: Endpoint, claim_id: int, *, status: int = 200) -> Response:
    """A claim as it is after a step, with the tag for the next one."""
    claim = queries.claim(view.by, claim_id)
    body = ClaimOutput(claim, context={"by": view.by}).data
    headers = {"ETag": etag(claim)}
    if status == 201:
        headers["Location"] = f"/api/v1/claims/{claim.pk}/"
    return Response(body, status=status, headers=headers)
