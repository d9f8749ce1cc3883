"""Articles by API: submit, submit again, follow, revise, restart."""

from __future__ import annotations

import pytest

from claims.models import Article, Claim
from jobs.models import Job
from tests import factories

ARTICLES = "/api/v1/articles/"
TEXT = factories.TEXT


@pytest.fixture
def article(as_checker):
    return as_checker.post(ARTICLES, {"text": TEXT, "title": "Flood"}).data["id"]


def test_a_submitted_article_is_taken_in_and_waits_to_be_read(as_checker):
    body = {"text": TEXT, "title": "Flood", "outlet": "The Courier", "published_at": "2026-01-05T10:00:00Z"}

    response = as_checker.post(ARTICLES, body)

    assert response.status_code == 202
    assert response["Location"] == f"/api/v1/articles/{response.data['id']}/"
    assert response.data["duplicate"] is False
    assert response.data["title"] == "Flood"
    assert response.data["channel"] == "api"
    assert response.data["submitted_by"] == "nadia"
    assert response.data["published_at"] == "2026-01-05T10:00:00Z"
    assert response.data["revision"]["number"] == 1
    assert response.data["processing"] == {
        "state": "queued",
        "done": 0,
        "failed": 0,
        "total": 1,
        "steps": {"claims.extract": {"queued": 1}},
        "reason": None,
        "failed_jobs": [],
    }


def test_an_address_is_fetched_later(as_checker):
    response = as_checker.post(ARTICLES, {"url": "https://news.example/flood"})

    assert response.status_code == 202
    assert response.data["revision"] is None
    assert response.data["processing"]["steps"] == {"claims.fetch": {"queued": 1}}


def test_the_same_text_again_gives_the_same_article(as_checker, as_editor, article):
    response = as_editor.post(ARTICLES, {"text": TEXT.replace("\n", "\r\n")})

    assert (response.status_code, response.data["id"], response.data["duplicate"]) == (202, article, True)
    assert Article.objects.count() == 1


def test_the_same_key_again_gives_the_same_answer(as_checker):
    first = as_checker.post(ARTICLES, {"text": TEXT}, headers={"Idempotency-Key": "cms-77"})
    again = as_checker.post(ARTICLES, {"text": TEXT}, headers={"Idempotency-Key": "cms-77"})

    assert again.status_code == 202
    assert again.data == first.data
    assert again["Idempotent-Replayed"] == "true"
    assert Article.objects.count() == 1


def test_a_key_is_for_one_article(as_checker):
    first = as_checker.post(ARTICLES, {"text": TEXT}, headers={"Idempotency-Key": "cms-77"})

    response = as_checker.post(ARTICLES, {"text": "Another text."}, headers={"Idempotency-Key": "cms-77"})

    assert response.status_code == 409
    assert response.data["detail"] == "This Idempotency-Key was used for another article."
    assert response.data["current"] == {"id": first.data["id"]}
    assert Article.objects.count() == 1


def test_two_people_may_use_the_same_key(as_checker, as_editor):
    first = as_checker.post(ARTICLES, {"text": TEXT}, headers={"Idempotency-Key": "1"})
    second = as_editor.post(ARTICLES, {"text": "Another text."}, headers={"Idempotency-Key": "1"})

    assert second.status_code == 202
    assert second.data["id"] != first.data["id"]


def test_the_same_key_of_someone_else_does_not_hide_a_duplicate(as_checker, as_editor):
    as_checker.post(ARTICLES, {"text": TEXT}, headers={"Idempotency-Key": "1"})

    assert (
        as_editor.post(ARTICLES, {"text": TEXT}, headers={"Idempotency-Key": "1"}).data["duplicate"] is True
    )


@pytest.mark.parametrize("key", ["k" * 201, "ключ".encode().decode("latin1")])
def test_a_key_that_cannot_be_kept_is_refused(as_checker, key):
    response = as_checker.post(ARTICLES, {"text": TEXT}, headers={"Idempotency-Key": key})

    assert response.status_code == 400
    assert response.data["detail"] == "An Idempotency-Key has 200 ASCII characters at most."
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({}, "The article has no text. Paste it, give its address or choose a file."),
        ({"text": "  \n "}, "The article has no text. Paste it, give its address or choose a file."),
        ({"text": "a\0b"}, "text: Null characters are not allowed."),
        (
            {"text": "\u200e\u200e"},
            "There is no text here. Paste the article, or choose a file that has words in it.",
        ),
    ],
)
def test_an_article_without_words_is_refused(as_checker, body, detail):
    response = as_checker.post(ARTICLES, body)

    assert (response.status_code, response.data["detail"]) == (422, detail)
    assert not Article.objects.exists()
    assert not Job.objects.exists()


def test_a_reader_cannot_submit(caller, reader):
    response = caller(reader).post(ARTICLES, {"text": TEXT})

    assert response.status_code == 403
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (["queued", "queued"], "queued"),
        (["done", "queued"], "running"),
        (["running", "queued"], "running"),
        (["failed", "queued"], "running"),
        (["done", "failed"], "failed"),
        (["done", "done"], "done"),
    ],
)
def test_the_processing_is_told_in_one_word(as_checker, states, state):
    article = factories.RevisionFactory().article
    for subject, job_state in enumerate(states, start=1):
        _job(article, subject, job_state)

    assert as_checker.get(f"{ARTICLES}{article.pk}/").data["processing"]["state"] == state
    assert as_checker.get(ARTICLES).data["results"][0]["processing"]["state"] == state


def test_a_failure_says_why_and_can_be_restarted(as_checker):
    article = factories.RevisionFactory().article
    job = _job(article, 1, "failed")

    processing = as_checker.get(f"{ARTICLES}{article.pk}/").data["processing"]
    assert processing["state"] == "failed"
    assert processing["reason"] == "The page answered 404."
    assert processing["failed_jobs"] == [
        {"id": job.pk, "step": "claims.extract", "subject_id": 1, "state": "failed", "attempt": 0,
         "error": "The page answered 404."}
    ]  # fmt: skip

    response = as_checker.post(f"/api/v1/jobs/{job.pk}/restart/")
    assert response.status_code == 202
    assert (response.data["state"], response.data["error"]) == ("queued", "")


def test_what_has_not_failed_is_not_restarted(as_checker):
    job = _job(factories.ArticleFactory(), 1, "done")

    response = as_checker.post(f"/api/v1/jobs/{job.pk}/restart/")

    assert (response.status_code, response.data["current"]) == (409, {"state": "done"})
    assert as_checker.post(f"/api/v1/jobs/{factories.NOWHERE}/restart/").status_code == 404


def test_an_article_that_is_not_there_is_not_found(as_checker):
    nowhere = f"{ARTICLES}{factories.NOWHERE}/"
    for part in ("", "claims/"):
        assert as_checker.get(f"{nowhere}{part}").status_code == 404
    assert as_checker.post(f"{nowhere}revisions/", {"text": "Words."}).status_code == 404
    assert as_checker.post(f"{nowhere}claims/", {"quote": "Words."}).status_code == 404


def test_articles_come_newest_first_in_pages(as_checker):
    made = [factories.ArticleFactory().pk for _ in range(5)]

    first = as_checker.get(f"{ARTICLES}?page_size=2").data
    second = as_checker.get(first["next"]).data
    third = as_checker.get(f"{ARTICLES}?page_size=2&cursor={second['next_cursor']}").data

    seen = [row["id"] for page in (first, second, third) for row in page["results"]]
    assert seen == made[::-1]
    assert third["next"] is third["next_cursor"] is None


def test_articles_are_searched(as_checker):
    factories.ArticleFactory(title="Fire at the port")
    factories.ArticleFactory(title="Flood")

    assert [row["title"] for row in as_checker.get(f"{ARTICLES}?q=port").data["results"]] == [
        "Fire at the port"
    ]


def test_the_claims_of_an_article_come_in_the_order_of_its_text(as_checker):
    revision = factories.RevisionFactory()
    later = factories.ClaimFactory(revision=revision, start=51, end=94)
    first = factories.ClaimFactory(revision=revision)
    factories.ClaimFactory()

    response = as_checker.get(f"{ARTICLES}{revision.article_id}/claims/")

    assert [row["id"] for row in response.data["results"]] == [first.pk, later.pk]
    assert revision.text[later.start : later.end] == response.data["results"][1]["quote"]


def test_a_claim_is_added_by_its_quote(as_checker, article):
    body = {
        "quote": "26 people were killed",
        "text": "26 people were killed in the flood.",
        "type": "casualty",
    }

    response = as_checker.post(f"{ARTICLES}{article}/claims/", body)

    assert response.status_code == 201
    assert response["Location"] == f"/api/v1/claims/{response.data['id']}/"
    assert (response.data["start"], response.data["end"]) == (15, 36)
    assert (response.data["origin"], response.data["status"]) == ("person", "new")
    assert response.data["steps"][:2] == ["accept", "dismiss"]


def test_words_that_are_not_in_the_article_make_no_claim(as_checker, article):
    response = as_checker.post(f"{ARTICLES}{article}/claims/", {"quote": "27 people were killed"})

    assert response.status_code == 422
    assert response.data["detail"].startswith("These words are not in the article's newest text.")
    assert not Claim.objects.exists()


def test_the_same_words_make_one_claim(as_checker, article):
    made = as_checker.post(f"{ARTICLES}{article}/claims/", {"quote": "26 people were killed"})

    response = as_checker.post(f"{ARTICLES}{article}/claims/", {"quote": "26 people were killed"})

    assert response.status_code == 409
    assert response.data["current"]["id"] == made.data["id"]
    assert Claim.objects.count() == 1


def test_a_new_text_says_what_became_of_each_claim(as_checker, article):
    claims = f"{ARTICLES}{article}/claims/"
    kept = as_checker.post(claims, {"quote": "Officials said 26 people were killed in the flood."}).data["id"]
    gone = as_checker.post(
        claims, {"quote": "The opposition has presented no evidence for its account."}
    ).data["id"]

    text = TEXT.partition("\n\n")[0] + "\n\nThe search goes on."
    response = as_checker.post(f"{ARTICLES}{article}/revisions/", {"text": text})

    assert response.status_code == 201
    assert response.data["revision"] == 2
    assert [claim["id"] for claim in response.data["unchanged"]] == [kept]
    assert [claim["id"] for claim in response.data["reworded"] + response.data["orphaned"]] == [gone]


def test_the_same_text_is_no_revision(as_checker, article):
    response = as_checker.post(f"{ARTICLES}{article}/revisions/", {"text": TEXT})

    assert response.status_code == 200
    assert response.data == {"revision": None, "unchanged": [], "reworded": [], "orphaned": []}


def _job(article, subject, state):
    more = {
        "failed": {"error": "The page answered 404."},
        "running": {"leased_until": "2099-01-01T00:00:00Z", "held_by": "w1"},
    }
    return Job.objects.create(
        step="claims.extract", subject_id=subject, group=article.group, state=state, **more.get(state, {})
    )
