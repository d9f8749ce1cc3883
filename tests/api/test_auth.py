"""Who gets in, and how far."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import tokens
from accounts.models import ApiToken
from api.throttling import PerToken
from claims.models import Claim
from tests import factories

RATES = PerToken.THROTTLE_RATES  # one dict for all throttles
ARTICLES = "/api/v1/articles/"


def refused_as(response, status, code):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response.data["type"] == f"/api/problems/{code}/"
    assert response.data["status"] == status


@pytest.mark.parametrize("scheme", ["Token", "Bearer", "bearer"])
def test_a_token_opens_the_door(checker, scheme):
    secret, _ = tokens.issue(checker)

    assert APIClient().get(ARTICLES, headers={"Authorization": f"{scheme} {secret}"}).status_code == 200


def test_without_a_token_one_is_asked_for(db):
    response = APIClient().get(ARTICLES)

    refused_as(response, 401, "unauthenticated")
    assert response.data["detail"].startswith("Send `Authorization: Bearer cd_…`")
    assert response["WWW-Authenticate"] == 'Bearer realm="Claimdesk API"'


@pytest.mark.parametrize("header", ["Bearer cd_wrong", "Token", "Bearer ", "Token cd_ÿþ", "Bearer a b c"])
def test_a_wrong_token_is_refused(db, header):
    response = APIClient().get(ARTICLES, headers={"Authorization": header})

    refused_as(response, 401, "unauthenticated")
    assert response.data["detail"] == "This token is wrong, expired or revoked. Ask for a new one."
    assert response["WWW-Authenticate"] == 'Bearer realm="Claimdesk API"'


def test_an_expired_token_is_refused(checker):
    secret, token = tokens.issue(checker, lifetime=timedelta(days=1))
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())

    refused_as(
        APIClient().get(ARTICLES, headers={"Authorization": f"Bearer {secret}"}), 401, "unauthenticated"
    )


def test_a_revoked_token_is_refused(checker):
    secret, token = tokens.issue(checker)
    tokens.revoke(token.pk, owner=checker)

    refused_as(
        APIClient().get(ARTICLES, headers={"Authorization": f"Bearer {secret}"}), 401, "unauthenticated"
    )


def test_the_token_of_someone_who_left_is_refused(checker):
    secret, _ = tokens.issue(checker)
    checker.is_active = False
    checker.save(update_fields=["is_active"])

    refused_as(
        APIClient().get(ARTICLES, headers={"Authorization": f"Bearer {secret}"}), 401, "unauthenticated"
    )


def test_reading_the_desk_needs_its_scope(caller, checker):
    response = caller(checker, "read").get(ARTICLES)

    refused_as(response, 403, "missing-scope")
    assert response.data["detail"] == "This needs a token with the scope “read:desk”."


def test_writing_needs_its_scope(caller, checker):
    claim = factories.ClaimFactory()

    response = caller(checker, "read:desk").post(f"/api/v1/claims/{claim.pk}/accept/", {"version": 1})

    refused_as(response, 403, "missing-scope")
    assert Claim.objects.get(pk=claim.pk).status == "new"


def test_the_scope_write_includes_reading(caller, checker):
    assert caller(checker, "write").get(ARTICLES).status_code == 200


def test_a_reader_with_read_desk_sees_work_and_changes_nothing(as_partner):
    claim = factories.ClaimFactory()

    assert as_partner.get(f"/api/v1/claims/{claim.pk}/").data["status"] == "new"
    refused_as(as_partner.post(f"/api/v1/claims/{claim.pk}/accept/", {"version": 1}), 403, "missing-scope")


def test_a_role_that_was_taken_away_counts_at_once(as_editor, editor, claim_at):
    claim = claim_at("in_review")
    editor.role = 1
    editor.save(update_fields=["role"])

    response = as_editor.post(
        f"/api/v1/claims/{claim.pk}/approve/", {"version": claim.version, "content_hash": "0" * 64}
    )

    refused_as(response, 403, "forbidden")
    assert response.data["detail"] == "Only an editor can do this."


def test_someone_who_is_logged_in_writes_with_a_csrf_token_only(checker):
    claim = factories.ClaimFactory()
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(checker)

    refused_as(client.post(f"/api/v1/claims/{claim.pk}/accept/", {"version": 1}), 403, "forbidden")

    client.cookies["csrftoken"] = "a" * 32
    headers = {"X-CSRFToken": "a" * 32}
    assert (
        client.post(f"/api/v1/claims/{claim.pk}/accept/", {"version": 1}, headers=headers).status_code == 200
    )


def test_a_reader_who_is_logged_in_sees_no_work(reader):
    claim = factories.ClaimFactory()
    client = APIClient()
    client.force_login(reader)

    assert client.get(f"/api/v1/claims/{claim.pk}/").status_code == 404
    refused_as(client.get(ARTICLES), 403, "forbidden")


def test_too_many_requests_of_a_token_are_told_to_wait(as_checker, monkeypatch):
    monkeypatch.setitem(RATES, "token", "2/min")

    assert [as_checker.get("/api/v1/ratings/").status_code for _ in range(2)] == [200, 200]
    response = as_checker.get("/api/v1/ratings/")

    refused_as(response, 429, "too-many-requests")
    assert 1 <= int(response["Retry-After"]) <= 61


def test_another_token_is_counted_apart(as_checker, as_editor, monkeypatch):
    monkeypatch.setitem(RATES, "token", "1/min")

    assert as_checker.get("/api/v1/ratings/").status_code == 200
    assert as_editor.get("/api/v1/ratings/").status_code == 200


def test_an_address_that_guesses_tokens_is_told_to_wait(db, monkeypatch):
    monkeypatch.setitem(RATES, "wrong_token", "2/min")
    guess = {"Authorization": "Bearer cd_guess"}

    assert [APIClient().get(ARTICLES, headers=guess).status_code for _ in range(2)] == [401, 401]
    refused_as(APIClient().get(ARTICLES, headers=guess), 429, "too-many-requests")


def test_a_made_up_forwarded_address_does_not_escape_the_count(db, monkeypatch):
    monkeypatch.setitem(RATES, "address", "1/min")
    search = "/v1alpha1/claims:search?query=flood"

    assert APIClient().get(search, headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 200
    assert APIClient().get(search, headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 429


def test_a_cache_that_is_away_takes_no_request_down(as_checker, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1",
        }
    }

    assert as_checker.get("/api/v1/ratings/").status_code == 200
    assert APIClient().get(ARTICLES, headers={"Authorization": "Bearer cd_wrong"}).status_code == 401
