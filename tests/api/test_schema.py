"""The API describes itself, and the description is the committed one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from rest_framework.test import APIClient

SNAPSHOT = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    path = tmp_path_factory.mktemp("schema") / "openapi.yaml"
    call_command("spectacular", "--file", str(path), "--validate", "--fail-on-warn")
    return path.read_text(encoding="utf-8")


def test_the_snapshot_is_of_this_api(schema):
    assert SNAPSHOT.read_text(encoding="utf-8") == schema, "run make openapi, and look at what changed"


def test_every_operation_names_its_problems(schema):
    paths = yaml.safe_load(schema)["paths"]
    operations = [
        (path, method, operation)
        for path, methods in paths.items()
        if path.startswith("/api/")
        for method, operation in methods.items()
    ]

    assert operations
    for path, method, operation in operations:
        problems = {status for status in operation["responses"] if status >= "400"}
        assert problems >= {"400", "401", "403", "422", "429"}, (path, method)
        assert ("404" in problems) == ("{" in path), (path, method)


def test_every_step_asks_for_a_version(schema):
    paths = yaml.safe_load(schema)["paths"]

    submit = paths["/api/v1/claims/{claim_id}/submit/"]["post"]

    assert "If-Match" in [parameter["name"] for parameter in submit["parameters"]]
    assert {"409", "428"} <= set(submit["responses"])


@pytest.mark.parametrize("accept", ["application/json", "application/vnd.oai.openapi"])
def test_the_schema_is_served_without_a_token(db, accept):
    response = APIClient().get("/api/schema/", headers={"Accept": accept})

    assert response.status_code == 200
    assert yaml.safe_load(response.content)["openapi"] == "3.1.1"


def test_the_docs_page_loads_nothing_from_elsewhere(db):
    response = APIClient().get("/api/docs/")

    html = response.content.decode()
    assert response.status_code == 200
    assert "http://" not in html
    assert "https://" not in html
    assert "<style" not in html
    assert "<script>" not in html
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_docs_script_is_served_apart(db):
    response = APIClient().get("/api/docs/?script=")

    assert response["Content-Type"] == "application/javascript"
    assert b"SwaggerUIBundle" in response.content
