"""Every refusal is a problem document, and nothing that a caller sends breaks the server."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.db import OperationalError
from rest_framework import serializers
from rest_framework.test import APIClient

from api import problems, urls
from api.serializers.base import Input
from claims.models import Article, Claim
from reviews.models import Comment
from tests import factories

assert urls.urlpatterns  # every body is known once the addresses are

ARTICLES = "/api/v1/articles/"


def refused_as(response, status, code):
    assert (response.status_code, response["Content-Type"]) == (status, problems.MEDIA_TYPE), response.content
    assert response.data["type"] == f"/api/problems/{code}/"
    assert response.data["status"] == status
    assert response.data["title"] == problems.KINDS[code][1]


def post_raw(client, body, content_type="application/json", **headers):
    return client.generic("POST", ARTICLES, body, content_type=content_type, headers=headers)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"{'text': 1}",
        b'{"text": NaN}',
        b"\xff\xfe{}",
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b"1" * 5000,
    ],
    ids=["cut off", "empty", "python", "NaN", "not UTF-8", "deep lists", "deep objects", "a long number"],
)
def test_what_is_not_json_is_malformed(as_checker, body):
    response = post_raw(as_checker, body)

    assert response.status_code in (400, 422)
    assert response["Content-Type"] == problems.MEDIA_TYPE
    assert not Article.objects.exists()


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"3", b"null", b"true"])
def test_a_body_that_is_no_object_is_refused(as_checker, body):
    assert post_raw(as_checker, body).status_code == 422


def test_a_body_is_utf_8_whatever_the_header_claims(as_checker):
    response = post_raw(as_checker, '{"text": "Größe: 26 Tote."}'.encode(), "application/json; charset=utf-7")

    assert response.status_code == 202
    assert response.data["revision"]["text"] == "Größe: 26 Tote."


def test_an_unknown_field_is_named(as_checker):
    response = as_checker.post(ARTICLES, {"txt": "Officials said so."})

    refused_as(response, 400, "unknown-field")
    assert response.data["detail"].startswith("There is no “txt” here. What there is: title, text, url,")
    assert response.data["errors"] == [{"pointer": "#/txt", "detail": "There is no such field."}]


def test_an_unknown_parameter_is_named(as_checker):
    response = as_checker.get("/api/v1/claims/?statsu=open")

    refused_as(response, 400, "unknown-field")
    assert response.data["errors"] == [{"parameter": "statsu", "detail": "There is no such field."}]


def test_each_field_says_what_is_wrong_with_it(as_checker):
    response = as_checker.post(
        ARTICLES, {"text": "Words.", "url": "not an address", "published_at": "yesterday"}
    )

    refused_as(response, 422, "invalid")
    assert {error["pointer"] for error in response.data["errors"]} == {"#/url", "#/published_at"}
    assert not Article.objects.exists()


def test_a_wrong_value_in_a_list_is_pointed_at(as_checker):
    response = as_checker.post("/api/v1/claims/status-lookup/", {"ids": [1, "two", 3]})

    refused_as(response, 422, "invalid")
    assert response.data["errors"] == [{"pointer": "#/ids/1", "detail": "A valid integer is required."}]


@pytest.mark.parametrize("value", [None, True, 3.5, "x", [], {}, -1, 0, 2**70, "9" * 6000])
def test_no_wrong_type_of_a_version_breaks_the_server(as_checker, value):
    claim = factories.ClaimFactory()

    response = as_checker.post(f"/api/v1/claims/{claim.pk}/accept/", {"version": value})

    refused_as(response, 422, "invalid")
    assert Claim.objects.get(pk=claim.pk).status == "new"


@pytest.mark.parametrize("value", [None, True, 3, [], {}, ["a"], {"a": 1}, "a\0b", ""])
def test_no_wrong_type_of_a_text_breaks_the_server(as_checker, value):
    claim = factories.ClaimFactory()
    body = json.dumps({"text": value})

    response = as_checker.generic(
        "POST", f"/api/v1/claims/{claim.pk}/comments/", body, content_type="application/json"
    )

    refused_as(response, 422, "invalid")
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "body", ['{"text": "half \\ud83d an emoji"}', '{"\\udc00": 1}', '{"language": "\\ud800"}']
)
def test_half_a_character_is_malformed(as_checker, body):
    refused_as(post_raw(as_checker, body.encode()), 400, "malformed")


def test_an_emoji_may_be_written_as_two_halves(as_checker):
    response = post_raw(as_checker, b'{"text": "\\ud83d\\udea8 26 killed."}')

    assert response.data["revision"]["text"] == "🚨 26 killed."


@pytest.mark.parametrize("text", ["🇮🇳 26 👩‍👩‍👧 killed", "قُتل 26 شخصًا", "\u200fשלום 26 הרוגים"])
def test_emoji_and_right_to_left_text_come_back_as_they_went_in(as_checker, text):
    response = as_checker.post(ARTICLES, {"text": text})

    assert response.status_code == 202
    assert response.data["revision"]["text"] == text


NINES = "9" * 30


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "x" * 5000,
        "cursor=%00",
        "cursor=🙂",
        "cursor=WzEsMl0",
        "cursor=WyJhIl0",
        "cursor=W05hTl0",
        "cursor=WzFlOTk5XQ",
        "page_size=0",
        "page_size=x",
        "article=x",
        "updated_since=-1",
        f"updated_since={NINES}",
        "status=openn",
        "type=lie",
    ],
)
def test_no_query_breaks_the_server(as_checker, query):
    response = as_checker.get(f"/api/v1/claims/?{query}")

    refused_as(response, 422, "invalid")


@pytest.mark.parametrize("number", ["0", str(2**63), "9" * 5000])
def test_no_id_breaks_the_server(as_checker, number):
    for address in (
        f"/api/v1/claims/{number}/",
        f"/api/v1/claims/{number}/status/",
        f"/api/v1/articles/{number}/",
    ):
        refused_as(as_checker.get(address), 404, "not-found")
    refused_as(as_checker.post(f"/api/v1/claims/{number}/accept/", {"version": 1}), 404, "not-found")


def test_a_huge_body_is_too_large(as_checker, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

    response = as_checker.post(ARTICLES, {"text": "x" * 1024 * 1024})

    refused_as(response, 413, "too-large")
    assert response.data["detail"] == "The request is too large: 1 MB at most."


def test_an_article_of_ten_megabytes_is_refused_with_a_sentence(as_checker):
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE > 10_500_000

    response = as_checker.post(ARTICLES, {"text": "word " * 2_000_000})

    refused_as(response, 422, "invalid")
    assert "the desk takes up to 1,000,000" in response.data["detail"]
    assert not Article.objects.exists()


def test_a_body_in_chunks_is_asked_for_its_length(as_checker):
    response = post_raw(as_checker, b"", **{"Transfer-Encoding": "chunked"})

    refused_as(response, 411, "length-required")


def test_a_form_is_not_json(as_checker):
    refused_as(
        post_raw(as_checker, "text=a", "application/x-www-form-urlencoded"), 415, "unsupported-media-type"
    )


def test_only_json_is_answered(as_checker):
    response = as_checker.get(ARTICLES, headers={"Accept": "application/xml"})

    refused_as(response, 406, "not-acceptable")


@pytest.mark.parametrize("method", ["put", "delete", "options"])
def test_a_method_that_an_address_does_not_take_is_named(as_checker, method):
    response = getattr(as_checker, method)(ARTICLES)

    refused_as(response, 405, "method-not-allowed")
    assert response["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_an_address_that_is_not_there_is_a_problem_too(db, method):
    refused_as(getattr(APIClient(), method)("/api/v1/clams/"), 404, "not-found")


def test_a_missing_slash_is_put_right(db):
    response = APIClient().get("/api/v1/claims?status=open")

    assert (response.status_code, response["Location"]) == (308, "/api/v1/claims/?status=open")


def test_what_nobody_foresaw_is_logged_and_tells_nothing(as_checker, monkeypatch, caplog):
    monkeypatch.setattr("reviews.queries.ratings", lambda: 1 / 0)

    response = as_checker.get("/api/v1/ratings/")

    refused_as(response, 500, "error")
    assert "ZeroDivisionError" not in response.content.decode()
    assert "ZeroDivisionError" in caplog.text


def test_a_database_that_is_busy_asks_to_come_back(as_checker, monkeypatch):
    def locked():
        raise OperationalError("database is locked")

    monkeypatch.setattr("reviews.queries.ratings", locked)

    response = as_checker.get("/api/v1/ratings/")

    refused_as(response, 503, "unavailable")
    assert response["Retry-After"] == "2"


def test_the_type_of_each_problem_leads_to_its_meaning(db):
    for code, (status, title, meaning) in problems.KINDS.items():
        response = APIClient().get(f"/api/problems/{code}/")
        assert response.data == {
            "type": f"/api/problems/{code}/",
            "title": title,
            "status": status,
            "meaning": meaning,
        }

    assert APIClient().get("/api/problems/none/").status_code == 404


def test_a_problem_names_its_request(as_checker):
    response = as_checker.get(
        f"/api/v1/claims/{factories.NOWHERE}/", headers={"X-Request-ID": "partner-0001"}
    )

    assert response.data == {
        "type": "/api/problems/not-found/",
        "title": "There is no such thing",
        "status": 404,
        "detail": "There is no such claim.",
        "instance": f"/api/v1/claims/{factories.NOWHERE}/",
        "request_id": "partner-0001",
    }


@pytest.mark.parametrize("text", [5, 1.5, True, ["a"], {"a": "b"}])
def test_a_text_that_is_none_makes_no_article(as_checker, text):
    response = as_checker.post("/api/v1/articles/", {"text": text}, format="json")

    refused_as(response, 422, "invalid")
    assert response.data["errors"] == [{"pointer": "#/text", "detail": "Give a text, in quotation marks."}]
    assert not Article.objects.exists()


def test_a_number_among_the_texts_of_a_list_is_refused_as_well(as_checker, claim_at):
    claim = claim_at("open")

    response = as_checker.post(
        f"/api/v1/claims/{claim.pk}/split/",
        {"wordings": ["One part", 2], "version": claim.version},
        format="json",
    )

    refused_as(response, 422, "invalid")
    claim.refresh_from_db()
    assert claim.status == "open"


def _with_texts(form):
    """The bodies that hold a text, of those that derive from one."""
    deeper = [inner for child in form.__subclasses__() for inner in _with_texts(child)]
    texts = any(isinstance(field, serializers.CharField) for field in form().fields.values())
    return [form, *deeper] if texts else deeper


@pytest.mark.parametrize("form", _with_texts(Input), ids=lambda form: form.__name__)
def test_no_text_of_a_body_may_be_a_number(form):
    texts = [name for name, field in form().fields.items() if isinstance(field, serializers.CharField)]
    given = form(data=dict.fromkeys(texts, 5))

    assert not given.is_valid()
    assert {name for name in texts if given.errors[name] == ["Give a text, in quotation marks."]} == set(
        texts
    )
