"""How the API describes itself: OpenAPI 3.1, drawn from the endpoints and their serializers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # schema fragments are free-form JSON

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import (
    OpenApiParameter,
    PolymorphicProxySerializer,
    extend_schema,
    inline_serializer,
)
from rest_framework import serializers

from api.problems import KINDS, MEDIA_TYPE
from api.serializers.base import Input, Query, Versioned

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The claim's ETag or version; else `version` in the body.",
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Up to 200 characters; the same key, the same article.",
)
PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `detail` says what to do.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "examples": ["/api/problems/conflict/"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "One for each field (`pointer`, a JSON pointer) or query parameter.",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "pointer": {"type": "string"},
                    "parameter": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
        "current": {
            "type": "object",
            "description": "On a conflict: the present state.",
            "additionalProperties": True,
        },
    },
}
Form = type[serializers.Serializer[Any]]


def says(
    name: str,
    summary: str,
    *,
    given: type[Input] | None = None,
    gives: Any = None,  # a serializer class, or what spectacular makes of several
    query: type[Query] | None = None,
    status: int = 200,
    headers: tuple[OpenApiParameter, ...] = (),
) -> Callable[[Any], Any]:
    """Describe one method of an endpoint."""
    parameters: list[Any] = [*([query] if query else []), *headers]
    if given and issubclass(given, Versioned):
        parameters.append(IF_MATCH)
    return extend_schema(
        operation_id=name,
        summary=summary,
        description=(given and given.__doc__) or summary,
        request=given,
        responses={status: gives},
        parameters=parameters,
    )


def pages_of(*forms: Form, name: str = "", **more: Any) -> Any:
    """A page of rows, each in one of these forms."""
    return results_of(
        *forms,
        name=name or f"{_name(forms[0])}Page",
        next=serializers.URLField(allow_null=True, help_text="The next page; null on the last."),
        next_cursor=serializers.CharField(allow_null=True),
        **more,
    )


def results_of(*forms: Form, name: str = "", **more: Any) -> Any:
    """All of a small list, or a page."""
    name = name or f"{_name(forms[0])}List"
    rows: Any = forms[0](many=True) if len(forms) == 1 else either(f"{name}Row", *forms, many=True)
    return inline_serializer(name, {"results": rows, **more})


def either(name: str, *forms: Form, many: bool = False) -> Any:
    """One of several forms: what `read:desk` sees, or what `read` sees."""
    return PolymorphicProxySerializer(name, serializers=[*forms], resource_type_field_name=None, many=many)


def _name(form: Form) -> str:
    return form.__name__.removesuffix("Output").removesuffix("Row")


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # spectacular registers by subclassing, untyped
    """How a token is sent."""

    target_class = "api.auth.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "`Bearer cd_…` or `Token cd_…`."}


def add_problems(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Name the problems of each operation: a hook of spectacular."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    responses = result["components"].setdefault("responses", {})
    for path, operations in result["paths"].items():
        if not path.startswith("/api/"):
            continue
        for operation in operations.values():
            for status in _statuses(path, operation):
                responses[f"Problem{status}"] = _response(status)
                operation["responses"][str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    return result


def _statuses(path: str, operation: dict[str, Any]) -> list[int]:
    found = [400, 401, 403, 422, 429]
    if "{" in path:
        found.append(404)
    if "requestBody" in operation:
        found += [413, 415]
    parameters = {parameter["name"] for parameter in operation.get("parameters", [])}
    if "If-Match" in parameters:
        found += [409, 428]
    if "Idempotency-Key" in parameters:
        found.append(409)
    return sorted(found)


def _response(status: int) -> dict[str, Any]:
    titles = [f"{title}." for code, (known, title, _meaning) in KINDS.items() if known == status]
    return {
        "description": " ".join(titles),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
