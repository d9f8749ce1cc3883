"""An editor approves exactly what was read, or returns it; nobody decides on their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from claims.lifecycle import Status
from claims.models import Claim
from jobs.models import Job
from reviews.models import Draft, Publication, Verdict
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(claim_in_review: Callable[..., Claim], checker: User) -> Claim:
    return claim_in_review(checker)


def _read(claim: Claim) -> dict[str, object]:
    return {"version": claim.version, "content_hash": claim.verdicts.get(state="submitted").content_hash}


def test_the_list_shows_what_waits_and_never_ones_own_as_decidable(
    at_work: Callable[[User], Client], claim_in_review: Callable[..., Claim], claim: Claim, editor: User
) -> None:
    own = claim_in_review(editor, text="My own claim")

    page = at_work(editor).get("/review/").text

    waiting, _head, rest = page.partition("Your own, for someone else")
    assert f"/review/{claim.pk}/" in waiting
    assert f"/review/{own.pk}/" not in waiting
    assert f"/review/{own.pk}/" in rest


def test_the_screen_shows_machine_proposal_and_public_side_by_side(
    at_work: Callable[[User], Client], claim: Claim, editor: User
) -> None:
    page = at_work(editor).get(f"/review/{claim.pk}/").text

    assert (
        page.index("Has not looked.")
        < page.index("Proposed by Nadia Rahman")
        < page.index("Never published.")
    )
    assert '<a href="#e1" aria-label="E1" rel="noopener nofollow">E1</a>' in page
    assert claim.verdicts.get().content_hash in page


def test_approve_and_publish_makes_it_public_in_one_step(
    press: Callable[..., Any], claim: Claim, editor: User
) -> None:
    press(editor, "approve", claim.pk, then="publish", **_read(claim))

    claim.refresh_from_db()
    assert claim.status == Status.PUBLISHED
    assert Publication.objects.get(claim=claim).published_by == editor


def test_approving_alone_publishes_nothing(press: Callable[..., Any], claim: Claim, editor: User) -> None:
    press(editor, "approve", claim.pk, then="", **_read(claim))

    claim.refresh_from_db()
    assert claim.status == Status.APPROVED
    assert not Publication.objects.exists()


def test_an_approval_for_later_waits_and_can_be_cancelled(
    press: Callable[..., Any], claim: Claim, editor: User
) -> None:
    at = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    press(editor, "approve", claim.pk, then="later", **{"approve-at": at}, **_read(claim))
    claim.refresh_from_db()
    assert claim.verdicts.get().publish_at is not None

    press(editor, "cancel_order", claim.pk, version=claim.version)

    assert claim.verdicts.get().publish_at is None
    assert not Job.objects.filter(step="reviews.publish_due").exists()
    claim.refresh_from_db()
    assert claim.status == Status.APPROVED


def test_an_editor_sees_why_they_cannot_approve_their_own(
    press: Callable[..., Any],
    at_work: Callable[[User], Client],
    claim_in_review: Callable[..., Claim],
    editor: User,
) -> None:
    claim = claim_in_review(editor)

    page = at_work(editor).get(f"/review/{claim.pk}/").text
    answer = press(editor, "approve", claim.pk, then="publish", **_read(claim))

    assert 'disabled aria-describedby="why-not"' in page
    assert "Four eyes" in page
    assert answer.status_code == 403
    claim.refresh_from_db()
    assert claim.status == Status.IN_REVIEW


def test_an_approval_of_something_else_than_what_waits_is_refused(
    press: Callable[..., Any], claim: Claim, editor: User
) -> None:
    answer = press(editor, "approve", claim.pk, then="publish", version=claim.version, content_hash="0" * 64)

    assert answer.status_code == 409
    assert "What you read has changed since." in answer.text
    claim.refresh_from_db()
    assert claim.status == Status.IN_REVIEW


def test_a_form_that_does_not_say_what_was_read_approves_nothing(
    press: Callable[..., Any], claim: Claim, editor: User
) -> None:
    answer = press(editor, "approve", claim.pk, then="publish", version=claim.version)

    assert answer.status_code == 422
    claim.refresh_from_db()
    assert claim.status == Status.IN_REVIEW


def test_a_stale_approval_shows_the_verdict_as_it_is_now(
    press: Callable[..., Any], claim: Claim, editor: User
) -> None:
    answer = press(editor, "approve", claim.pk, then="", **{**_read(claim), "version": claim.version - 1})

    assert answer.status_code == 409
    assert "Below is the verdict as it is now." in answer.text


def test_a_return_needs_a_reason_and_carries_the_chosen_ones(
    press: Callable[..., Any], claim: Claim, editor: User, checker: User
) -> None:
    refused = press(editor, "return", claim.pk, version=claim.version)
    assert refused.status_code == 422

    reason = {"return-reason": "Ask the hospital.", "chip": ["Needs another source"]}
    press(editor, "return", claim.pk, version=claim.version, **reason)

    verdict = claim.verdicts.get()
    assert (verdict.state, verdict.decision_note) == ("returned", "Needs another source. Ask the hospital.")
    assert Draft.objects.filter(user=checker, claim=claim).exists()


def test_the_author_reads_the_reason_above_the_form(
    press: Callable[..., Any], at_work: Callable[[User], Client], claim: Claim, editor: User, checker: User
) -> None:
    press(editor, "return", claim.pk, version=claim.version, **{"return-reason": "Ask the hospital."})

    page = at_work(checker).get(f"/claims/{claim.pk}/").text

    assert "Ines Calloway returned your verdict." in page
    assert "Ask the hospital." in page


def test_a_verdict_that_came_back_can_be_compared_with_what_was_returned(
    press: Callable[..., Any], at_work: Callable[[User], Client], claim: Claim, editor: User, checker: User
) -> None:
    press(editor, "return", claim.pk, version=claim.version, **{"return-reason": "Wording."})
    claim.refresh_from_db()
    press(
        checker,
        "submit",
        claim.pk,
        version=claim.version,
        rating="true",
        rationale="The office counted 26 [E1]",
    )

    page = at_work(editor).get(f"/review/{claim.pk}/?diff=returned").text

    assert "<del>counts</del><ins>counted</ins>" in page


def test_a_correction_needs_a_note_and_is_approved_by_someone_else(
    press: Callable[..., Any], claim_at: Callable[..., Claim], checker: User, editor: User, editor2: User
) -> None:
    claim = claim_at("published", author=checker, editor=editor)
    press(editor, "correct", claim.pk, version=claim.version, **{"correct-reason": "A later count."})
    claim.refresh_from_db()
    press(editor, "submit", claim.pk, version=claim.version, rating="mostly", rationale="24 at first [E1]")
    claim.refresh_from_db()

    without = press(editor2, "approve", claim.pk, then="publish", **_read(claim))
    claim.refresh_from_db()
    note = {"approve-note": "We changed the verdict."}
    press(editor2, "approve", claim.pk, then="publish", **note, **_read(claim))

    assert without.status_code == 422
    assert "Say what changed" in without.text
    assert Publication.objects.get(claim=claim, current=True).note == "We changed the verdict."
    assert Verdict.objects.filter(claim=claim, state="superseded").count() == 1


def test_a_correction_that_is_not_needed_is_dropped(
    press: Callable[..., Any], at_work: Callable[[User], Client], claim_at: Callable[..., Claim], editor: User
) -> None:
    claim = claim_at("in_correction", author=editor, editor=factories.UserFactory(editor=True))
    page = f"/claims/{claim.pk}/"

    assert "Drop the correction" in at_work(editor).get(page).text

    assert press(editor, "drop", claim.pk, version=claim.version).status_code == 302
    assert "Drop the correction" not in at_work(editor).get(page).text


def test_a_fact_checker_may_read_the_screen_and_not_decide(
    press: Callable[..., Any], at_work: Callable[[User], Client], claim: Claim, checker2: User
) -> None:
    assert "Only an editor can do this." in at_work(checker2).get(f"/review/{claim.pk}/").text

    assert press(checker2, "approve", claim.pk, then="", **_read(claim)).status_code == 403


def test_a_verdict_that_was_taken_back_meanwhile_is_said_so(
    press: Callable[..., Any], at_work: Callable[[User], Client], claim: Claim, checker: User, editor: User
) -> None:
    press(checker, "withdraw", claim.pk, version=claim.version)

    page = at_work(editor).get(f"/review/{claim.pk}/")

    assert page.status_code == 404
    assert "No verdict waits on this claim." in page.text


@pytest.mark.parametrize("status", ["in_correction", "in_review_correction", "approved_correction"])
def test_a_correction_in_work_does_not_keep_an_editor_from_retracting(
    at_work, press, claim_at, checker, editor, status
):
    claim = claim_at(status, author=checker)
    before = at_work(editor).get(f"/claims/{claim.pk}/").text

    press(editor, "retract", claim.pk, version=claim.version, **{"retract-reason": "The count was wrong."})

    after = at_work(editor).get(f"/claims/{claim.pk}/").text
    assert "The correction ends with it" in before
    assert "ended the correction: its text stays as a draft" in after
    assert "The count was wrong." in after
    assert at_work(editor).get("/review/").status_code == 200
    claim.refresh_from_db()
    assert claim.status == "retracted"


def test_an_approved_verdict_is_published_and_retracted_from_the_claims_page(
    press: Callable[..., Any], claim_at: Callable[..., Claim], checker: User, editor: User
) -> None:
    claim = claim_at("approved", author=checker, editor=editor)
    press(editor, "publish", claim.pk, version=claim.version)
    claim.refresh_from_db()
    assert claim.status == Status.PUBLISHED

    refused = press(editor, "retract", claim.pk, version=claim.version)
    press(editor, "retract", claim.pk, version=claim.version, **{"retract-reason": "The count was wrong."})

    assert refused.status_code == 422
    assert Publication.objects.get(claim=claim).retraction == "The count was wrong."


def test_a_regraded_source_is_said_before_an_approval(
    press: Callable[..., Any], at_work: Callable[[User], Client], claim: Claim, editor: User
) -> None:
    source = claim.evidence.get().snapshot.source
    press(editor, "grade", source.pk, version=source.version, reliability="E", reason="It was forged.")

    page = at_work(editor).get(f"/review/{claim.pk}/").text

    assert "Something that this verdict rests on changed after it was submitted" in page


def test_evidence_of_the_claim_that_is_not_cited_is_shown_apart(
    at_work: Callable[[User], Client], claim: Claim, editor: User
) -> None:
    factories.EvidenceFactory(claim=claim)

    assert "1 piece not cited" in at_work(editor).get(f"/review/{claim.pk}/").text
