"""What came along with a paste does not break what the public follows, and nothing that happened is hidden."""

from __future__ import annotations

import base64
import json

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts import tokens
from reviews.actions import decisions, publishing, verdicts, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def retracted_and_published_again(claim_at, checker, editor, editor2, proposal):
    """Version 1, a correction, its retraction, version 3."""
    claim = claim_at("published", author=checker, editor=editor)

    def again(note):
        claim.refresh_from_db()
        verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=proposal(claim.evidence.get()))
        claim.refresh_from_db()
        decisions.approve(claim.pk, by=editor, version=claim.version)
        claim.refresh_from_db()
        publishing.publish(claim.pk, by=editor, version=claim.version, note=note)
        claim.refresh_from_db()

    publishing.correct(claim.pk, by=editor, version=claim.version, reason="The count rose.")
    claim.refresh_from_db()
    work.assign(claim.pk, by=editor, version=claim.version, to=checker)
    again("The count rose.")
    publishing.retract(claim.pk, by=editor, version=claim.version, reason="The register was forged.")
    claim.refresh_from_db()
    work.reopen(claim.pk, by=editor, version=claim.version)
    claim.refresh_from_db()
    work.take(claim.pk, by=checker, version=claim.version)
    again("With the true register.")
    return claim.publications.standing().get()


@pytest.mark.parametrize("route", ["latest", "corrections_feed"])
def test_a_control_character_in_what_is_there_breaks_no_feed(client, claim_at, editor, route):
    claim = claim_at("published")
    publishing.retract(claim.pk, by=editor, version=claim.version, reason="Page one.\x0cPage \x1btwo.")
    claim_at("published", text="It \x1b says so.")
    answer = client.get(reverse(f"public:{route}"))
    assert answer.status_code == 200
    assert "\x1b" not in answer.text


def test_a_form_and_a_body_lose_their_control_characters(client, claim_at, editor):
    client.force_login(editor)
    claim = claim_at("open")
    client.post(f"/claims/{claim.pk}/comments/", {"comment-text": "Page one.\x0cPage \x1btwo."})
    assert claim.comments.get().text == "Page one.\nPage two."
    claim.refresh_from_db()
    secret, _token = tokens.issue(editor)
    answer = APIClient(headers={"Authorization": f"Token {secret}"}).patch(
        f"/api/v1/claims/{claim.pk}/", {"text": "Two \x1bwords.", "version": claim.version}, format="json"
    )
    assert (answer.status_code, answer.data["text"]) == (200, "Two words.")


def test_typed_markup_stays_text_in_a_feed(client, claim_at, editor):
    claim = claim_at("published")
    publishing.retract(claim.pk, by=editor, version=claim.version, reason="<b>Forged</b> & sold")
    assert "&amp;lt;b&amp;gt;Forged" in client.get(reverse("public:corrections_feed")).text


def test_a_retraction_and_a_correction_stay_in_the_history_and_in_the_list(
    client, retracted_and_published_again
):
    publication = retracted_and_published_again
    history = client.get(reverse("public:history", args=[publication.year, publication.slug])).text
    assert "The register was forged." in history
    assert "[E1]" not in history
    listed = client.get(reverse("public:corrections")).text
    feed = client.get(reverse("public:corrections_feed")).text
    for page in (listed, feed):
        told = [
            page.index(words)
            for words in ("With the true register.", "The register was forged.", "The count rose.")
        ]
        assert told == sorted(told)


def test_changes_are_listed_by_when_they_happened_page_after_page(client, claim_at, editor, monkeypatch):
    monkeypatch.setattr("public.views.SHOWN", 1)
    early, late = claim_at("published"), claim_at("published")
    for claim, reason in ((late, "First gone."), (early, "Gone last.")):
        publishing.retract(claim.pk, by=editor, version=claim.version, reason=reason)
    first = client.get(reverse("public:corrections"))
    assert "Gone last." in first.text
    assert "First gone." not in first.text
    second = client.get(f"{reverse('public:corrections')}?{first.context['more']}")
    assert "First gone." in second.text
    assert not second.context["more"]


def test_readers_of_the_json_feed_get_plain_words(client, claim_at):
    claim_at("published")
    [item] = client.get(reverse("public:latest_json")).json()["items"]
    assert "[E1]" not in item["content_text"]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
@pytest.mark.parametrize("route", ["list", "corrections", "claimreviews"])
def test_a_cursor_from_beyond_the_calendar_is_refused(client, moment, route):
    cursor = base64.urlsafe_b64encode(json.dumps([moment, 1]).encode()).decode()
    assert client.get(reverse(f"public:{route}"), {"cursor": cursor}).status_code == 422


def test_a_cursor_that_is_none_is_refused_in_words(client):
    answer = client.get(reverse("public:claimreviews"), {"cursor": "zzz"})
    assert (answer.status_code, "not one of ours" in answer.text) == (422, True)


@pytest.mark.parametrize("address", ["/embed/{}/", "/claims/{}/", "/review/{}/", "/articles/{}/"])
def test_an_id_longer_than_any_is_not_found(client, editor, address):
    client.force_login(editor)
    assert client.get(address.format("9" * 25)).status_code == 404
    assert client.get(address.format("9" * 18)).status_code == 404


def test_a_page_that_only_takes_forms_says_so(client, editor, claim_at):
    client.force_login(editor)
    claim = claim_at("open")
    answer = client.get(f"/claims/{claim.pk}/accept/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "only takes what a form sends" in answer.text
    assert f'href="/claims/{claim.pk}/">To the claim<' in answer.text


def test_a_forms_address_leads_to_the_claim_on_which_its_evidence_hangs(client, editor, claim_at):
    claim = claim_at("in_review")
    address = f"/evidence/{claim.evidence.get().pk}/stance/"
    client.force_login(editor)
    assert f'href="/claims/{claim.pk}/">To the claim<' in client.get(address).text
    assert "To the claim" not in client.get("/evidence/999999/stance/").text
    client.logout()
    assert "To the claim" not in client.get(address).text


def test_a_claim_that_is_not_there_is_called_so(client, editor):
    client.force_login(editor)
    answer = client.get("/claims/99999/")
    assert answer.status_code == 404
    assert "There is no such claim." in answer.text
    assert "That was not done" not in answer.text


def test_a_form_that_is_too_large_is_refused_in_words(client, editor):
    client.force_login(editor)
    answer = client.post("/articles/", {"text": "x" * 13_000_000})
    assert answer.status_code == 413
    assert "could not take this" in answer.text


def test_a_form_of_too_many_fields_is_too_large_as_well(client, editor):
    client.force_login(editor)
    answer = client.post("/queue/bulk/", {f"field{n}": "x" for n in range(1_100)})
    assert (answer.status_code, "could not take this" in answer.text) == (413, True)


def test_a_request_that_cannot_be_read_is_no_large_one(client, editor):
    client.force_login(editor)
    answer = client.post("/articles/", b"--x", content_type="multipart/form-data; boundary=")
    assert (answer.status_code, "could not take this" in answer.text) == (400, True)
