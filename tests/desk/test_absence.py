"""How an absence is checked stands on the claim's page as a list, and what is typed there outlives every refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from claims.models import Claim
from reviews.actions import absence_plans, verdicts, work
from reviews.actions.absence_plans import Planned
from sources import actions as sources
from sources.models import AbsencePlan

pytestmark = pytest.mark.django_db

TYPED = {
    "absence-would_refute": "A court record.",
    "absence-asked_on": "2026-05-02",
    "absence-asked_how": "By mail",
    "absence-answer": "We have it.",
}


@pytest.fixture
def claim(claim_at: Callable[..., Claim], checker: User) -> Claim:
    return claim_at("in_progress", author=checker, type="evidence_status")


def test_the_list_says_what_was_done_and_what_is_to_do(
    press: Callable[..., Any], client: Client, claim: Claim, checker: User
) -> None:
    client.force_login(checker)
    before = client.get(f"/claims/{claim.pk}/").text

    saved = press(checker, "plan_absence", claim.pk, version=0, **TYPED)

    after = client.get(f"/claims/{claim.pk}/").text
    assert "Nothing says what would refute the claim." in before
    assert "The claimant was not asked yet." in before
    assert saved["Location"] == f"/claims/{claim.pk}/#absence"
    assert "What would refute it: A court record." in after
    assert "The claimant was asked on 2 May 2026 (By mail) and answered: We have it." in after
    assert "wrote down how this absence is checked" in after
    told = "What would refute it: A court record. / Claimant asked: 2026-05-02 By mail / Answer: We have it."
    assert told in after


def test_a_claim_that_asserts_no_absence_has_no_such_list_until_its_verdict_rests_on_a_search(
    press: Callable[..., Any], client: Client, claim_at: Callable[..., Claim], checker: User
) -> None:
    claim = claim_at("in_progress", author=checker)
    search = sources.record_search(claim.pk, by=checker, query="q", places="p", found=0, note="")
    client.force_login(checker)
    assert 'id="absence"' not in client.get(f"/claims/{claim.pk}/").text

    press(checker, "draft", claim.pk, version=claim.version, search=search.pk)
    assert 'id="absence"' in client.get(f"/claims/{claim.pk}/").text


@pytest.mark.parametrize("htmx", [False, True])
def test_a_refused_plan_keeps_what_was_typed(client: Client, claim: Claim, checker: User, htmx: bool) -> None:
    client.force_login(checker)
    given = {**TYPED, "version": 0, "absence-next_on": timezone.localdate().isoformat()}

    answer = client.post(
        f"/claims/{claim.pk}/absence/", given, headers={"HX-Request": "true"} if htmx else None
    )

    assert answer.status_code == 422
    assert "The next search is on a day from tomorrow on, within a year." in answer.text
    for text in ("A court record.", 'value="2026-05-02"', 'value="By mail"', "We have it."):
        assert text in answer.text
    assert ("<!doctype" in answer.text.lower()) is not htmx
    assert not AbsencePlan.objects.exists()


@pytest.mark.parametrize("htmx", [False, True])
def test_after_a_conflict_both_texts_stand_there_and_the_form_can_be_sent_again(
    client: Client, claim: Claim, checker: User, checker2: User, htmx: bool
) -> None:
    absence_plans.plan(claim.pk, by=checker2, version=0, planned=Planned("A photograph."))
    client.force_login(checker)

    answer = client.post(
        f"/claims/{claim.pk}/absence/",
        {**TYPED, "version": 0},
        headers={"HX-Request": "true"} if htmx else None,
    )

    assert answer.status_code == 409
    assert "Someone changed this plan meanwhile." in answer.text
    assert "What would refute it: A photograph." in answer.text
    assert ">\nA court record.</textarea>" in answer.text
    assert 'name="version" value="1"' in answer.text
    again = client.post(f"/claims/{claim.pk}/absence/", {**TYPED, "version": 1})
    assert again.status_code == 302
    assert AbsencePlan.objects.get().would_refute == "A court record."


def test_on_a_claim_that_was_dismissed_meanwhile_the_text_stays_to_copy(
    press: Callable[..., Any], claim_at: Callable[..., Claim], checker: User
) -> None:
    claim = claim_at("open", type="evidence_status")
    work.dismiss(claim.pk, by=checker, version=claim.version, reason="opinion")

    answer = press(checker, "plan_absence", claim.pk, version=0, **TYPED)

    assert answer.status_code == 409
    assert "so that is not open" in answer.text
    assert "A court record." in answer.text


def test_the_editor_sees_how_the_absence_was_checked(
    at_work: Callable[[User], Client], claim: Claim, checker: User, editor: User
) -> None:
    later = timezone.localdate() + timedelta(days=3)
    absence_plans.plan(claim.pk, by=checker, version=0, planned=Planned("A court record.", next_on=later))
    search = sources.record_search(claim.pk, by=checker, query="dam", places="the gazette", found=0, note="")
    given = verdicts.Proposed(rating="unproven", rationale="None found.", search=search.pk)
    verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=given)

    page = at_work(editor).get(f"/review/{claim.pk}/").text

    assert "What would refute this: A court record." in page
    assert "Searched in 1 place, last on" in page
    assert page.count("The claimant was not asked yet.") == 2  # in the list, and before one approves
