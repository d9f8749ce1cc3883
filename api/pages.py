"""Beside the data: the schema, the page to try it on, what each problem means, and a kind answer to wrong addresses."""

from __future__ import annotations

from typing import Any  # whatever the request brings

from django.http import Http404
from django.urls import resolve
from django.urls.exceptions import Resolver404
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.problems import KINDS
from common.errors import NotFound


class SchemaView(SpectacularAPIView):
    """/api/schema/"""

    permission_classes = [AllowAny]


class DocsView(SpectacularSwaggerSplitView):
    """/api/docs/: Swagger UI from the package, under the policy of every other page: no word to another server."""

    permission_classes = [AllowAny]
    url_name = "api:schema"
    template_name = "api/docs.html"


class ProblemView(APIView):
    """/api/problems/{code}/: where the `type` of a problem leads."""

    permission_classes = [AllowAny]
    schema = None

    def get(self, request: Request, code: str) -> Response:
        if code not in KINDS:
            raise Http404
        status, title, meaning = KINDS[code]
        return Response({"type": request.path, "title": title, "status": status, "meaning": meaning})


class NowhereView(APIView):
    """Any address under /api/ that does not exist. Where only the slash is missing, it leads on."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    schema = None

    def get(self, request: Request) -> Response:
        if not _known_with_slash(request.path):
            raise NotFound("There is nothing at this address. See /api/docs/.")
        query = request.META.get("QUERY_STRING", "")
        onward = f"{request.path}/{'?' if query else ''}{query}"
        return Response(
            {"detail": f"The address is {request.path}/"}, status=308, headers={"Location": onward}
        )

    post = put = patch = delete = get


def _known_with_slash(path: str) -> bool:
    if path.endswith("/") or path.startswith("//"):
        return False
    try:
        return resolve(f"{path}/").url_name != "nowhere"
    except Resolver404:
        return False
