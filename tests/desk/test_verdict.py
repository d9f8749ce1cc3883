"""A verdict is written, kept while it is typed, submitted, and survives whoever was faster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from claims.actions import editing
from claims.lifecycle import Status
from claims.models import Claim
from reviews.actions import comments, suggestions, work
from reviews.models import Draft, Verdict
from reviews.steps import Weighed
from tests import factories

pytestmark = pytest.mark.django_db

TYPED = {
    "rating": "mostly",
    "summary": "The office counts 26.",
    "rationale": "It counts 26 [E1].\n\nHe said “no”.",
}


@pytest.fixture
def claim(claim_at: Callable[..., Claim], checker: User) -> Claim:
    made = claim_at("in_progress", author=checker)
    factories.EvidenceFactory(claim=made)
    return made


def test_a_submitted_verdict_waits_for_an_editor(
    press: Callable[..., Any], claim: Claim, checker: User
) -> None:
    answer = press(checker, "submit", claim.pk, version=claim.version, **TYPED)

    assert answer.status_code == 302
    verdict = Verdict.objects.get(claim=claim)
    assert (verdict.state, verdict.rating.slug, verdict.citations) == ("submitted", "mostly", 1)
    assert verdict.rationale == "It counts 26 [E1].\n\nHe said “no”."


def test_a_verdict_without_reasons_is_refused_and_the_rest_stays_typed(
    press: Callable[..., Any], claim: Claim, checker: User
) -> None:
    answer = press(
        checker, "submit", claim.pk, version=claim.version, rating="true", summary="Twenty-six.", rationale=""
    )

    assert answer.status_code == 422
    assert "Say why: a verdict needs a rationale." in answer.text
    assert "Twenty-six." in answer.text
    assert not Verdict.objects.exists()
    claim.refresh_from_db()
    assert claim.status == Status.IN_PROGRESS


def test_a_rationale_without_citation_is_refused_with_what_to_do(
    press: Callable[..., Any], claim: Claim, checker: User
) -> None:
    answer = press(checker, "submit", claim.pk, version=claim.version, rating="true", rationale="Because.")

    assert answer.status_code == 422
    assert "Cite at least one piece of evidence" in answer.text
    assert "Because." in answer.text


def test_an_unknown_rating_is_refused(press: Callable[..., Any], claim: Claim, checker: User) -> None:
    answer = press(checker, "submit", claim.pk, version=claim.version, **{**TYPED, "rating": "sort-of"})

    assert answer.status_code == 422
    assert "sort-of is not one of the available choices" in answer.text
    assert "He said “no”." in answer.text


def test_the_loser_of_a_race_sees_the_conflict_and_keeps_every_character(
    press: Callable[..., Any], claim: Claim, checker: User, editor: User
) -> None:
    read = claim.version
    work.assign(claim.pk, by=editor, version=read, to=checker)

    answer = press(checker, "submit", claim.pk, version=read, **TYPED)

    assert answer.status_code == 409
    assert "Someone changed this claim meanwhile." in answer.text
    assert "Ines Calloway gave this claim to Nadia Rahman" in answer.text
    assert "It counts 26 [E1].\n\nHe said “no”." in answer.text
    assert f'name="version" value="{read + 1}"' in answer.text
    assert not Verdict.objects.exists()
    assert Draft.objects.get(user=checker, claim=claim).fields["rationale"] == TYPED["rationale"]


def test_the_conflict_names_what_a_colleague_did_not_what_the_machine_did_after(
    press: Callable[..., Any], claim: Claim, checker: User, editor: User
) -> None:
    read = claim.version
    editing.reword(claim.pk, by=editor, version=read, text="At least 26 people were killed.")
    comments.comment(claim.pk, by=editor, text="Please look.")
    suggestions.suggest(claim.pk, Weighed("", None, ("One source is not enough.",), (), (), "tests/1"))

    answer = press(checker, "submit", claim.pk, version=read, **TYPED)

    box = answer.text.partition('aria-labelledby="conflict-h"')[2].partition("</section>")[0]
    assert answer.status_code == 409
    assert "Ines Calloway reworded this claim" in box
    assert "Machine" not in box


def test_whose_claim_was_given_away_can_copy_their_text(
    press: Callable[..., Any], claim: Claim, checker: User, checker2: User, editor: User
) -> None:
    read = claim.version
    work.assign(claim.pk, by=editor, version=read, to=checker2)

    answer = press(checker, "submit", claim.pk, version=read, **TYPED)

    assert answer.status_code == 409
    assert "Your text, to copy." in answer.text
    assert "He said “no”." in answer.text


def test_what_is_typed_is_kept_as_a_draft(
    press: Callable[..., Any], claim: Claim, checker: User, client: Client
) -> None:
    press(checker, "draft", claim.pk, version=claim.version, rating="false", rationale="Half a sent")

    page = client.get(f"/claims/{claim.pk}/")

    assert "Half a sent" in page.text
    assert 'value="false" checked' in page.text


def test_the_script_that_saves_a_draft_hears_when_it_was_saved(
    client: Client, claim: Claim, checker: User
) -> None:
    client.force_login(checker)

    answer = client.post(
        f"/claims/{claim.pk}/draft/",
        {"version": claim.version, "rationale": "Text"},
        headers={"X-Requested-With": "draft"},
    )

    assert answer.status_code == 200
    assert list(answer.json()) == ["saved"]


def test_who_was_signed_out_hears_it_and_nothing_is_lost(client: Client, claim: Claim) -> None:
    answer = client.post(
        f"/claims/{claim.pk}/draft/", {"rationale": "x"}, headers={"X-Requested-With": "draft"}
    )

    assert answer.status_code == 401
    assert "Sign in in a new tab" in answer.text


def test_a_suggestion_fills_only_what_is_empty(
    press: Callable[..., Any], claim: Claim, checker: User
) -> None:
    weighed = Weighed("true", 0.7, ("Two sources agree.",), (), ("E1",), "tests/1")
    suggestions.suggest(claim.pk, weighed)
    press(checker, "draft", claim.pk, version=claim.version, rating="false")

    press(checker, "use_suggestion", claim.pk)

    fields = Draft.objects.get(user=checker, claim=claim).fields
    assert (fields["rating"], fields["rationale"]) == ("false", "Two sources agree. [E1]")


def test_an_abstention_is_said_plainly_and_offers_nothing_to_use(
    at_work: Callable[[User], Client], claim: Claim, checker: User
) -> None:
    suggestions.suggest(claim.pk, Weighed("", None, ("One source is not enough.",), (), (), "tests/1"))

    page = at_work(checker).get(f"/claims/{claim.pk}/")

    assert "The machine suggests no verdict." in page.text
    assert "Use this suggestion" not in page.text


def test_the_author_can_take_a_waiting_verdict_back(
    press: Callable[..., Any], claim_in_review: Callable[..., Claim], checker: User
) -> None:
    claim = claim_in_review(checker)

    press(checker, "withdraw", claim.pk, version=claim.version)

    claim.refresh_from_db()
    assert claim.status == Status.IN_PROGRESS
    assert Draft.objects.filter(user=checker, claim=claim).exists()
