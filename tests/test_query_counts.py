"""What every address that reads asks of the database: as much for ten rows as for one, and as much as is recorded.

`UPDATE_QUERY_COUNTS=1 pytest tests/test_query_counts.py` writes `query_counts.json` again: read the difference.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, resolve
from rest_framework.test import APIClient

import api.urls
import desk.urls
import public.urls
from accounts import tokens
from accounts.models import User
from tests import factories
from tests.scene import Scene

RECORD = Path(__file__).with_name("query_counts.json")
AGAIN = bool(os.environ.get("UPDATE_QUERY_COUNTS"))
NOT_OURS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")  # what a test's own transaction adds

# The addresses of each caller. A name in braces is a row of the scene.
ADDRESSES: dict[str, list[str]] = {
    "editor": [
        "/queue/",
        *(f"/queue/?view={view}" for view in "triage unassigned review overdue published all".split()),
        "/queue/?view=all&q=killed&status=open&type=casualty&assignee=nobody",
        "/queue/pulse/?view=all&since=0&seen=0",
        "/articles/",
        "/articles/?q=flood",
        "/articles/{article}/",
        "/articles/{article}/pulse/",
        "/articles/{article}/add-claim/",
        "/articles/{article}/revise/",
        "/articles/{article}/merge/?{chosen}",
        "/claims/{held}/",
        "/claims/{waiting}/",
        "/claims/{public}/",
        "/claims/{new}/dismiss/",
        "/claims/{new}/plan/",
        "/claims/{new}/reword/",
        "/claims/{new}/split/",
        "/claims/{held}/assign/",
        "/review/",
        "/review/{waiting}/",
        "/sources/",
        "/sources/?q=killed",
        "/sources/{source}/",
        "/sources/publishers/",
        "/sources/snapshots/{snapshot}/",
        "/sources/snapshots/{snapshot}/?claim={held}",
        "/sources/snapshots/{snapshot}/record.warc.gz",
        "/notifications/",
        "/settings/me/",
        "/stats/",
        "/help/keys/",
    ],
    "admin": ["/settings/sources/"],
    "checker": ["/claims/{waiting}/", "/claims/{held}/", "/review/", "/queue/"],
    "reader": [
        "/",
        "/published/",
        "/published/?q=killed&rating=true",
        "/published/{year}/{slug}/",
        "/published/{year}/{slug}/history/",
        "/corrections/",
        "/how-we-check/",
        "/embed/{public}/",
        "/robots.txt",
        "/feeds/latest.atom",
        "/feeds/latest.json",
        "/feeds/corrections.atom",
        "/feeds/claimreview.json",
        "/start/",
        "/v1alpha1/claims:search?query=killed",
        "/api/docs/",
        "/api/problems/conflict/",
    ],
    "program": [
        "/api/v1/articles/",
        "/api/v1/articles/?q=flood",
        "/api/v1/articles/{article}/",
        "/api/v1/articles/{article}/claims/",
        "/api/v1/claims/",
        "/api/v1/claims/?updated_since=0",
        "/api/v1/claims/?q=killed&status=open&type=casualty&assignee=nobody",
        "/api/v1/claims/{public}/",
        "/api/v1/claims/{public}/status/",
        "/api/v1/claims/{public}/evidence/",
        "/api/v1/claims/{public}/searches/",
        "/api/v1/claims/{public}/comments/",
        "/api/v1/claims/{public}/history/",
        "/api/v1/claims/{public}/verdicts/",
        "/api/v1/claims/status-lookup/",  # a question by POST
        "/api/v1/sources/",
        "/api/v1/sources/?q=killed",
        "/api/v1/sources/{source}/",
        "/api/v1/publishers/",
        "/api/v1/snapshots/{snapshot}/",
        "/api/v1/ratings/",
    ],
    "partner": [  # a program that reads only what is public
        "/api/v1/claims/",
        "/api/v1/claims/?updated_since=0",
        "/api/v1/claims/{public}/",
        "/api/v1/claims/{public}/status/",
        "/api/v1/claims/status-lookup/",
    ],
}
Asked = dict[str, list[str]]  # what was asked of the database, by caller and address


@pytest.fixture
def scene(
    claim_at: Callable[..., Any], proposal: Callable[..., Any], checker: User, editor: User, reader: User
) -> Scene:
    return Scene(checker, editor, claim_at, proposal)


def test_reading_costs_as_recorded_for_one_row_and_for_ten(scene: Scene, reader: User) -> None:
    callers = _callers(scene, reader)
    scene.grow(1)
    for caller, addresses in ADDRESSES.items():  # what a first call writes: that a token was used
        _ask(callers[caller], addresses[-1].format(public=0, held=0), [])
    one = _measured(scene, callers)
    scene.grow(10)
    ten = _measured(scene, callers)
    growing = {at for at in one if len(one[at]) != len(ten[at])}
    assert not growing, _told(growing, "One row", one, "Ten rows", ten)
    if AGAIN:
        RECORD.write_text(json.dumps({at: len(ten[at]) for at in ten}, indent=2) + "\n")
    recorded = json.loads(RECORD.read_text())
    assert sorted(ten) == sorted(recorded)
    differing = {at for at in ten if len(ten[at]) != recorded[at]}
    assert not differing, _told(differing, f"Recorded: {recorded}\nNow", ten)


@pytest.mark.django_db
def test_every_address_that_reads_is_measured(editor: User) -> None:
    measured = {
        resolve(_bare(address.format_map(_Ones()))).route for paths in ADDRESSES.values() for address in paths
    }
    client = _program(editor)
    client.force_login(editor)
    routes = {route for door in (desk, api, public) for route in _routes(door.urls.urlpatterns)}
    unmeasured = sorted(routes - measured - {"^api/", "api/schema/"})  # no page, and a text made from code
    tried = {route: client.get("/" + _filled(route)).status_code for route in unmeasured}
    assert {route: status for route, status in tried.items() if status != 405} == {}


class _Ones(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "1"


def _callers(scene: Scene, reader: User) -> dict[str, Client]:
    callers = {name: Client() for name in ("editor", "admin", "checker", "reader")}
    callers["admin"].force_login(factories.UserFactory(admin=True))
    callers["editor"].force_login(scene.editor)
    callers["checker"].force_login(scene.checker)
    return {**callers, "program": _program(scene.editor), "partner": _program(reader)}


def _program(user: User) -> APIClient:
    secret, _token = tokens.issue(user, scopes=() if user.sees_work else ("read",))
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def _measured(scene: Scene, callers: dict[str, Client]) -> Asked:
    """What each address asks of the database now."""
    page = scene.public.publications.get(current=True)
    ids = list(scene.revision.claims.values_list("pk", flat=True))
    names = {
        "article": scene.revision.article_id,
        "held": scene.held.pk,
        "waiting": scene.waiting.pk,
        "public": scene.public.pk,
        "new": scene.revision.claims.filter(status="new")[0].pk,
        "chosen": "&".join(f"claim={pk}" for pk in ids),
        "source": scene.source.pk,
        "snapshot": scene.snapshot.pk,
        "year": page.year,
        "slug": page.slug,
    }
    found = {}
    for caller, addresses in ADDRESSES.items():
        for address in addresses:
            where = address.format(**names)
            with CaptureQueriesContext(connection) as queries:
                answer = _ask(callers[caller], where, ids)
            assert answer.status_code == 200, f"{caller} {where}: {answer.status_code}"
            found[f"{caller} {address}"] = [
                query["sql"] for query in queries if not query["sql"].startswith(NOT_OURS)
            ]
    return found


def _ask(client: Client, where: str, ids: list[int]) -> HttpResponse:
    if "status-lookup" in where:
        return client.post(where, {"ids": ids}, content_type="application/json")
    return client.get(where)


def _told(addresses: set[str], *named: str | Asked) -> str:
    """The queries behind each count, for whoever has to find the one too many."""
    lines = []
    for at in sorted(addresses):
        lines.append(f"\n{at}")
        for name, asked in zip(named[::2], named[1::2], strict=True):
            assert isinstance(asked, dict)
            lines.append(f"{name}: {len(asked[at])} queries")
            lines += [f"  {number}. {sql[:400]}" for number, sql in enumerate(asked[at], start=1)]
    return "\n".join(lines)


def _routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, here)
        else:
            yield here


def _filled(route: str) -> str:
    return re.sub(r"<slug:\w+>", "x", re.sub(r"<(id|int):\w+>", "1", route))


def _bare(address: str) -> str:
    return address.partition("?")[0]
