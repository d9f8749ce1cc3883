"""One story by API alone: from a pasted article to a published fact-check, with two people and a reader."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from accounts import tokens
from audit import ledger
from claims.models import Claim
from jobs.models import Job
from sources.models import Evidence
from tests import factories

TEXT = """Flood in the Kestrel valley

Civil protection officials said on Monday that 26 people were killed when the river Kestrel broke its banks.

The regional governor, Ana Ruiz, denied that the Morrow dam had failed. The opposition party has presented no \
evidence for its claim that the dam was neglected.
"""
REPORT = """Situation report 7 of the civil protection office.

As of Monday evening, 26 people were killed when the river Kestrel broke its banks. Nine are missing.

The Morrow dam has not failed, the office's engineers found on Sunday."""


def client_of(user, *scopes):
    secret, _token = tokens.issue(user, scopes=scopes)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def call(client, method, address, status, body=None, **headers):
    response = getattr(client, method)(
        address, body, headers={key.replace("_", "-"): v for key, v in headers.items()}
    )
    assert response.status_code == status, response.content.decode()
    return response


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("nothing_is_wrong", "scale")
def test_an_article_becomes_a_published_fact_check_by_api_alone(checker, editor, reader):
    as_checker, as_editor, as_reader = client_of(checker), client_of(editor), client_of(reader, "read")
    source = {
        "title": "Situation report 7",
        "publisher": "Civil Protection",
        "text": REPORT,
        "reliability": "B",
    }
    call(as_checker, "post", "/api/v1/sources/", 201, source)

    # Submit; the steps run as jobs, here within the request because Celery is eager in tests.
    submitted = call(
        as_checker, "post", "/api/v1/articles/", 202, {"text": TEXT}, Idempotency_Key="story-1"
    ).data
    article = call(as_checker, "get", f"/api/v1/articles/{submitted['id']}/", 200).data
    assert article["processing"]["state"] == "done", article["processing"]
    assert set(article["processing"]["steps"]) == {
        "claims.extract", "sources.find", "claims.match", "reviews.suggest", "reviews.number",
            "reviews.compare",
    }  # fmt: skip

    # The claims are in the queue with evidence and suggestions.
    claims = call(as_checker, "get", f"/api/v1/articles/{submitted['id']}/claims/", 200).data["results"]
    claim = next(row for row in claims if "26" in row["quote"])
    assert article["revision"]["text"][claim["start"] : claim["end"]] == claim["quote"]
    assert claim["suggestion"] is not None
    address = f"/api/v1/claims/{claim['id']}"
    evidence = call(as_checker, "get", f"{address}/evidence/", 200).data["results"]
    assert evidence[0]["model_version"]
    assert evidence[0]["source"]["publisher"] == "Civil Protection"

    # A fact-checker's work, each step on the version that the one before gave.
    call(as_reader, "get", f"{address}/status/", 404)
    tag = call(as_checker, "get", f"{address}/", 200)["ETag"]
    tag = call(as_checker, "post", f"{address}/accept/", 200, If_Match=tag)["ETag"]
    tag = call(as_checker, "post", f"{address}/take/", 200, If_Match=tag)["ETag"]
    verdict = {
        "rating": "true",
        "summary": "The civil protection office counts 26.",
        "rationale": f"The office counts 26 as of Monday evening [{evidence[0]['ref']}].",
    }
    submitted = call(as_checker, "post", f"{address}/submit/", 200, verdict, If_Match=tag)
    assert submitted.data["status"] == "in_review"
    own = {"content_hash": submitted.data["verdict"]["content_hash"]}
    call(as_checker, "post", f"{address}/approve/", 403, own, If_Match=submitted["ETag"])

    # An editor's.
    [waiting] = call(as_editor, "get", "/api/v1/claims/?status=in_review", 200).data["results"]
    approval = {"content_hash": waiting["verdict"]["content_hash"], "version": waiting["version"]}
    tag = call(as_editor, "post", f"{address}/approve/", 200, approval)["ETag"]
    published = call(as_editor, "post", f"{address}/publish/", 200, If_Match=tag)
    assert published.data["status"] == "published"

    # The public.
    status = call(as_reader, "get", f"{address}/status/", 200)
    assert status.data["status"] == "published"
    assert status.data["public"]["rating"] == {"slug": "true", "label": "True", "number": 5}
    assert status.data["public"]["url"] == published.data["public"]["url"]
    call(as_reader, "get", f"{address}/status/", 304, If_None_Match=status["ETag"])
    [found] = APIClient().get("/v1alpha1/claims:search?query=Kestrel").json()["claims"]
    assert found["claimReview"][0]["textualRating"] == "True"
    assert ledger.first_broken() is None


@pytest.mark.django_db(transaction=True)
def test_the_same_article_twice_is_processed_once(checker):
    as_checker = client_of(checker)
    factories.SnapshotFactory(text=REPORT)

    first = call(as_checker, "post", "/api/v1/articles/", 202, {"text": TEXT}).data
    claims, evidence, jobs = Claim.objects.count(), Evidence.objects.count(), Job.objects.count()
    second = call(as_checker, "post", "/api/v1/articles/", 202, {"text": TEXT}).data

    assert (second["id"], second["duplicate"]) == (first["id"], True)
    assert (Claim.objects.count(), Evidence.objects.count(), Job.objects.count()) == (claims, evidence, jobs)
    assert claims > 0


@pytest.mark.django_db(transaction=True)
def test_a_step_that_failed_says_why_and_is_restarted(checker):
    as_checker = client_of(checker)
    article = call(as_checker, "post", "/api/v1/articles/", 202, {"url": "http://127.0.0.1:9/flood"}).data[
        "id"
    ]

    processing = call(as_checker, "get", f"/api/v1/articles/{article}/", 200).data["processing"]
    assert processing["state"] == "failed"
    assert "127.0.0.1" in processing["reason"]
    [job] = processing["failed_jobs"]
    assert job["step"] == "claims.fetch"

    restarted = call(as_checker, "post", f"/api/v1/jobs/{job['id']}/restart/", 202)
    assert restarted.data["id"] == job["id"]
    assert (
        call(as_checker, "get", f"/api/v1/articles/{article}/", 200).data["processing"]["state"] == "failed"
    )
