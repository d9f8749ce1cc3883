"""Generated from the addresses themselves: none is open to whom it should not be, the ones of tomorrow included."""

from __future__ import annotations

import pytest
from django.apps import apps
from rest_framework.test import APIClient

from accounts.models import Scope
from api.urls import v1
from audit.models import AuditEvent
from tests import factories

PUBLIC = {
    "claims/",
    "claims/<int:claim_id>/",
    "claims/<int:claim_id>/status/",
    "claims/status-lookup/",
    "ratings/",
}
ENDPOINTS = [
    (str(address.pattern), method, address.callback.view_class)
    for address in v1
    for method in ("get", "post", "patch")
    if hasattr(address.callback.view_class, method)
]


def send(client, route, method):
    address = "/api/v1/" + "".join(
        "1/" if part.startswith("<") else f"{part}/" for part in route.split("/") if part
    )
    return getattr(client, method)(address, **({} if method == "get" else {"data": {}}))


@pytest.mark.parametrize(("route", "method", "view"), ENDPOINTS)
def test_every_endpoint_asks_who_calls(db, route, method, view):
    assert send(APIClient(), route, method).status_code == 401


@pytest.mark.parametrize(("route", "method", "view"), ENDPOINTS)
def test_a_token_to_read_opens_what_is_public_and_no_more(as_reader, route, method, view):
    response = send(as_reader, route, method)

    if route in PUBLIC and method != "patch":
        assert response.status_code in (200, 404, 422)
    else:
        assert (response.status_code, response.data["type"]) == (403, "/api/problems/missing-scope/")


@pytest.mark.parametrize(("route", "method", "view"), [row for row in ENDPOINTS if row[1] != "get"])
def test_a_token_to_read_the_desk_changes_nothing(as_partner, route, method, view):
    evidence = factories.EvidenceFactory()
    before = _rows()

    response = send(as_partner, route, method)

    assert response.status_code == (422 if view.writing == Scope.READ else 403)
    assert _rows() == before
    assert not AuditEvent.objects.exists()
    assert evidence.claim.status == "new"


@pytest.mark.parametrize(("route", "method", "view"), [row for row in ENDPOINTS if row[1] != "get"])
def test_someone_logged_in_who_only_reads_changes_nothing(reader, route, method, view):
    factories.EvidenceFactory()
    client = APIClient()
    client.force_login(reader)
    before = _rows()

    assert send(client, route, method).status_code == (422 if view.writing == Scope.READ else 403)
    assert _rows() == before


def _rows():
    rooms = ("claims", "sources", "reviews", "jobs", "audit")
    return {
        model: model.objects.count() for room in rooms for model in apps.get_app_config(room).get_models()
    }
