"""Google's `claims:search`, over what is published."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from reviews.actions import publishing
from tests import factories

SEARCH = "/v1alpha1/claims:search"


@pytest.fixture
def search(db, settings):
    settings.CLAIMDESK_URL = "https://www.desk.example"
    settings.CLAIMDESK_NEWSROOM = "The Desk"

    def ask(**query):
        return APIClient().get(SEARCH, query)

    return ask


def test_an_answer_has_googles_shape(search, claim_at):
    article = factories.ArticleFactory(published_at="2026-01-05T00:00:00Z")
    claim = claim_at("published", revision__article=article)
    publication = claim.publications.get()

    response = search(query="flood")

    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json() == {
        "claims": [
            {
                "text": claim.text,
                "claimant": "Officials",
                "claimDate": "2026-01-05T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": "The Desk", "site": "desk.example"},
                        "url": f"https://www.desk.example/published/{publication.year}/{publication.slug}/",
                        "title": "The civil protection office counts 26.",
                        "reviewDate": f"{publication.published_at:%Y-%m-%dT%H:%M:%SZ}",
                        "textualRating": "True",
                        "languageCode": "en",
                    }
                ],
            }
        ]
    }


def test_what_is_not_known_is_absent(search, claim_at):
    claim_at("published", claimant="")

    [claim] = search(query="flood").json()["claims"]

    assert set(claim) == {"text", "claimReview"}


def test_only_what_is_published_and_not_retracted_is_found(search, claim_at, editor):
    for status in ("new", "in_review", "approved", "retracted", "dismissed"):
        claim_at(status)
    corrected = claim_at("published", editor=editor)
    publishing.correct(corrected.pk, by=editor, version=corrected.version, reason="The count rose.")

    assert len(search(query="flood").json()["claims"]) == 1
    assert search(query="volcano").json() == {}


def test_pages_follow_their_tokens(search, claim_at):
    for number in range(5):
        claim_at("published", text=f"{number} died in the flood.")

    first = search(query="flood", pageSize=2).json()
    second = search(query="flood", pageSize=2, pageToken=first["nextPageToken"]).json()
    third = search(query="flood", pageSize=2, pageToken=second["nextPageToken"]).json()

    texts = [claim["text"] for page in (first, second, third) for claim in page["claims"]]
    assert texts == [f"{number} died in the flood." for number in (4, 3, 2, 1, 0)]
    assert "nextPageToken" not in third
    assert [c["text"] for c in search(query="flood", offset=4).json()["claims"]] == ["0 died in the flood."]


def test_language_ignores_the_region(search, claim_at):
    claim_at("published", revision__article__language="en")
    claim_at("published", revision__article__language="en-IN")
    claim_at("published", revision__article__language="es")

    assert len(search(query="flood", languageCode="en-US").json()["claims"]) == 2
    assert len(search(query="flood", languageCode="es").json()["claims"]) == 1


def test_a_site_filter_stands_in_for_a_query(search, claim_at):
    claim_at("published")

    assert len(search(reviewPublisherSiteFilter="desk.example").json()["claims"]) == 1
    assert len(search(reviewPublisherSiteFilter="https://www.desk.example/").json()["claims"]) == 1
    assert search(reviewPublisherSiteFilter="nytimes.com").json() == {}


def test_age_is_of_the_claim_or_the_review_whichever_is_newer(search, claim_at):
    with time_machine.travel(timezone.now() - timedelta(days=30), tick=True):
        claim_at("published")
        article = factories.ArticleFactory(published_at=timezone.now() + timedelta(days=29))
        young = claim_at("published", revision__article=article, text="A younger flood.")

    assert [c["text"] for c in search(query="flood", maxAgeDays=7).json()["claims"]] == [young.text]
    assert len(search(query="flood", maxAgeDays=60).json()["claims"]) == 2


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"query": " "},
        {"query": "flood", "pageSize": "x"},
        {"query": "flood", "pageSize": "-1"},
        {"query": "flood", "maxAgeDays": "99999999999999999999"},
        {"query": "flood", "pageToken": "CAo"},
        {"query": "flood", "pageToken": "x.WzEsMl0", "offset": "2"},
        {"query": "a\0b"},
        {"query": "flood", "quary": "x"},
        {"reviewPublisherSiteFilter": "http://[::"},
    ],
)
def test_bad_arguments_are_refused_in_googles_words(search, query):
    response = search(**query)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/json"
    error = response.json()["error"]
    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    assert error["message"]


def test_a_token_is_for_its_own_question(search, claim_at):
    claim_at("published")
    claim_at("published")
    token = search(query="flood", pageSize=1).json()["nextPageToken"]

    response = search(query="killed", pageSize=1, pageToken=token)

    assert response.status_code == 400
    assert response.json()["error"]["message"].startswith("This pageToken belongs to another request")


def test_googles_own_parameters_change_nothing(search):
    assert search(query="flood", key="AIza", alt="json", prettyPrint="true").json() == {}


def test_other_methods_are_refused_in_googles_words(search):
    response = APIClient().post(SEARCH, {})

    assert response.status_code == 405
    assert response.json()["error"]["code"] == 405


@pytest.mark.parametrize("many", [1, 10])
def test_a_search_costs_one_query(search, claim_at, many, django_assert_num_queries):
    for _ in range(many):
        claim_at("published")

    with django_assert_num_queries(1):
        assert len(search(query="flood").json()["claims"]) == many
