"""Whatever a program puts into any field of any address, the answer is not that the server broke."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from drf_spectacular.generators import SchemaGenerator

from api.throttling import PerToken
from reviews.actions import figures
from sources import actions
from tests import factories

JUNK = [
    None, True, -1, 2**63, 1e308, "", " ", "x" * 30_000, "\0", "\ud800", "\x1b[31m", "👩‍👩‍👧" * 50,
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-02-30", "http://[::1", [], [None], [[[]]], {},
    {"a": {}}, [{"id": 1}], [1, 1, 1], [" ", "b"],
]  # fmt: skip
USUAL = {
    "text": "Officials said 26 died.", "title": "Report", "publisher": "Office", "quote": "26 people",
    "reason": "opinion",
    "to": "nadia", "rating": "true", "rationale": "It says so [E1].", "query": "dam", "places": "the site", "found": 0,
    "value": 28, "according_to": "The office", "as_of": "2025-04-25",
    "stance": "context", "priority": 1, "due_at": None, "wordings": ["One.", "Two."], "ids": [1],
}  # fmt: skip


@cache
def forms():
    """For every address that takes a body: its fields."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    found = []
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if "requestBody" in operation:
                name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition(
                    "/"
                )[2]
                form = schema["components"]["schemas"][name]
                found.append((path, method, sorted(form["properties"]), form.get("required", [])))
    return found


@pytest.mark.parametrize(("path", "method", "fields", "required"), forms(), ids=lambda value: str(value)[:60])
def test_no_junk_breaks_an_address(
    path, method, fields, required, as_editor, editor, scale, claim_at, monkeypatch
):
    monkeypatch.setitem(PerToken.THROTTLE_RATES, "token", "100000/min")
    claim = claim_at("in_progress", author=editor)
    evidence = factories.EvidenceFactory(claim=claim)
    search = actions.record_search(
        claim.pk, by=editor, query="26 killed", places="The office", found=0, note=""
    )
    said = figures.Given(Decimal(26), date(2025, 4, 22), "Officials", reason="By radio.")
    figures.state(claim.pk, by=editor, version=claim.version, given=said)
    ids = {
        "figure_id": figures.add(claim.pk, by=editor, given=said).pk,
        "claim_id": claim.pk,
        "article_id": claim.revision.article_id,
        "evidence_id": evidence.pk,
        "source_id": evidence.snapshot.source_id,
        "search_id": search.pk,
        "job_id": 1,
    }
    base = {name: value for name, value in USUAL.items() if name in required}
    broken = []
    for field in fields:
        for junk in JUNK:
            body = json.dumps(
                {**base, "version": claim.version, field: junk}
                if "version" in fields
                else {**base, field: junk}
            )
            answer = as_editor.generic(
                method.upper(), path.format(**ids), body, content_type="application/json"
            )
            if answer.status_code >= 500:
                broken.append((field, junk, answer.status_code))

    assert broken == []
