"""What a person typed survives whoever was faster, a reload, and a server that does not answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from accounts.models import User
from claims.models import Claim
from reviews.actions import absence_plans, work
from reviews.actions.absence_plans import Planned
from reviews.models import Draft, Verdict
from tests import factories
from tests.e2e.conftest import NARROW, WIDE

# A server that keeps no draft, not even the one that is sent while the page is left.
REFUSED = """
const real = fetch;
fetch = (to, how) => `${to}`.endsWith("/draft/") ? new Response("", {status: 422}) : real(to, how);
"""
TYPED = "The office counts 26 [E1].\n\nHe said “no” – twice. 🌊 گواہ\n"


@pytest.fixture
def claim(newsroom: Any, claim_at: Callable[..., Claim], checker: User) -> Claim:
    made = claim_at("in_progress", author=checker)
    factories.EvidenceFactory(claim=made)
    return made


def test_of_two_browsers_on_one_claim_the_second_gets_the_conflict_and_keeps_its_text(
    window: Callable[..., Page], claim: Claim, checker: User, editor: User
) -> None:
    first, second = window(checker), window(checker)
    for page in (first, second):
        page.goto(f"/claims/{claim.pk}/")
        page.get_by_role("radio", name="Mostly true").check()
    first.locator("#id_rationale").fill("I was first [E1].")
    second.locator("#id_rationale").fill(TYPED)
    first.get_by_role("button", name=re.compile("Submit for approval")).click()
    expect(first.locator("#decide")).to_contain_text("It waits for an editor.")

    second.get_by_role("button", name=re.compile("Submit for approval")).click()

    expect(
        second.get_by_role("alert").filter(has_text="Someone changed this claim meanwhile.")
    ).to_be_visible()
    assert TYPED.strip() in second.locator("#kept").input_value()
    assert Verdict.objects.get(claim=claim).rationale == "I was first [E1]."


def test_after_a_conflict_the_same_form_can_be_sent_for_the_new_version(
    window: Callable[..., Page], claim: Claim, checker: User, editor: User
) -> None:
    page = window(checker)
    page.goto(f"/claims/{claim.pk}/")
    page.get_by_role("radio", name="Mostly true").check()
    page.locator("#id_rationale").fill(TYPED)
    work.assign(claim.pk, by=editor, version=claim.version, to=checker)

    page.get_by_role("button", name=re.compile("Submit for approval")).click()
    expect(page.locator("#conflict")).to_contain_text("Someone changed this claim meanwhile.")
    assert page.locator("#id_rationale").input_value() == TYPED
    page.get_by_role("button", name=re.compile("Submit for approval")).click()

    expect(page.locator("#decide")).to_contain_text("It waits for an editor.")
    assert Verdict.objects.get(claim=claim).rationale == TYPED.strip()


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_button_that_submits_is_always_in_sight(
    window: Callable[..., Page], claim: Claim, checker: User, viewport: dict[str, int]
) -> None:
    page = window(checker, viewport=viewport)
    page.goto(f"/claims/{claim.pk}/")
    expect(page.get_by_role("button", name=re.compile("Submit for approval"))).to_be_in_viewport(ratio=1)


def test_what_is_typed_is_saved_by_itself_and_there_after_a_reload(
    window: Callable[..., Page], claim: Claim, checker: User
) -> None:
    page = window(checker)
    page.goto(f"/claims/{claim.pk}/")
    page.locator("#id_rationale").fill(TYPED)
    expect(page.locator("[data-draft-status]")).to_contain_text("Draft saved")

    page.reload()

    assert page.locator("#id_rationale").input_value() == TYPED
    assert Draft.objects.get(user=checker, claim=claim).fields["rationale"].replace("\r\n", "\n") == TYPED


def test_text_that_the_server_did_not_get_comes_back_from_this_browser(
    window: Callable[..., Page], claim: Claim, checker: User
) -> None:
    page = window(checker)
    page.add_init_script(REFUSED)
    page.goto(f"/claims/{claim.pk}/")
    page.locator("#id_rationale").fill(TYPED)
    expect(page.locator("[data-draft-status]")).to_contain_text("Your text is kept on this computer.")

    page.reload()

    assert page.locator("#id_rationale").input_value() == TYPED
    expect(page.locator("[data-draft-status]")).to_contain_text("We brought back text from this computer")
    assert not Draft.objects.exists()


def test_a_verdict_outlives_the_session_and_is_sent_after_signing_in_in_another_tab(
    window: Callable[..., Page], claim: Claim, checker: User, no_findings: Callable[[Page], None]
) -> None:
    checker.set_password("a long enough secret")
    checker.save()
    page = window(checker)
    page.goto(f"/claims/{claim.pk}/")
    page.get_by_role("radio", name="Mostly true").check()
    page.locator("#id_rationale").fill(TYPED)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name=re.compile("Submit for approval")).click()
    expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
    expect(page.locator("main")).to_contain_text("He said “no” – twice. 🌊 گواہ")
    no_findings(page)

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    _sign_in(opened.value, checker)
    page.bring_to_front()
    page.get_by_role("button", name="Send it again").click()

    expect(page.locator("#decide")).to_contain_text("It waits for an editor.")
    assert Verdict.objects.get(claim=claim).rationale == TYPED.strip()


def _sign_in(page: Page, person: User) -> None:
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password").fill("a long enough secret")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/queue/**")


def test_judging_evidence_leaves_the_verdict_that_is_being_written_alone(
    window: Callable[..., Page], claim: Claim, checker: User
) -> None:
    factories.EvidenceFactory(claim=claim, added_by=None, model_version="tests/1")
    page = window(checker)
    page.goto(f"/claims/{claim.pk}/")
    page.locator("#id_rationale").fill(TYPED)
    page.get_by_text("Confirm or change E2").click()

    page.locator("#e2").get_by_role("button", name="Contradicts").click()

    expect(page.locator("#e2")).to_contain_text("E2 judged by Nadia Rahman")
    assert page.locator("#id_rationale").input_value() == TYPED


def test_the_checks_follow_what_is_saved(window: Callable[..., Page], claim: Claim, checker: User) -> None:
    page = window(checker)
    page.goto(f"/claims/{claim.pk}/")
    expect(page.locator("#checks")).to_contain_text("Choose a verdict.")

    page.get_by_role("radio", name="Mostly true").check()

    expect(page.locator("#checks")).not_to_contain_text("Choose a verdict.")


def test_a_suggestion_is_taken_over_in_place(
    window: Callable[..., Page], claim: Claim, checker: User
) -> None:
    rating = factories.RatingFactory(slug="true")
    claim.suggestions.create(
        rating=rating, confidence=0.7, reasons=["Two sources agree."], refs=["E1"], model_version="tests/1"
    )
    page = window(checker)
    page.goto(f"/claims/{claim.pk}/")
    page.locator("#id_summary").fill("Mine.")

    page.get_by_role("button", name=re.compile("Use this suggestion")).click()

    assert page.locator("#id_rationale").input_value() == "Two sources agree. [E1]"
    assert page.locator('[name=rating][value="true"]').is_checked()
    assert page.locator("#id_summary").input_value() == "Mine."


def test_words_selected_in_a_copy_become_evidence(
    window: Callable[..., Page], claim: Claim, checker: User
) -> None:
    snapshot = factories.SnapshotFactory()
    page = window(checker)
    page.goto(f"/sources/snapshots/{snapshot.pk}/?claim={claim.pk}")

    page.evaluate("getSelection().selectAllChildren(document.querySelector('[data-quotable]'))")
    expect(page.locator("#id_quote")).to_have_value(snapshot.text)
    page.get_by_role("button", name="Contradicts").click()

    expect(page.locator("#e2")).to_contain_text("Nine are missing.")
    assert claim.evidence.get(number=2).stance == "refutes"


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_plan_that_was_refused_stands_as_typed_and_is_saved_for_the_new_version(
    window: Callable[..., Page],
    no_findings: Callable[[Page], None],
    newsroom: Any,
    claim_at: Callable[..., Claim],
    checker: User,
    checker2: User,
    viewport: Any,
) -> None:
    claim = claim_at("in_progress", author=checker, type="evidence_status")
    page = window(checker, viewport=viewport, reduced_motion="reduce")
    page.goto(f"/claims/{claim.pk}/")
    panel = page.locator("#absence")
    panel.get_by_text("Write down the plan").focus()
    page.keyboard.press("Enter")
    panel.get_by_label("What would refute the claim").fill("A court record. 🌊 گواہ")
    panel.get_by_label("How").fill("By mail")
    page.locator("#id_summary").fill("Half a sentence")
    absence_plans.plan(claim.pk, by=checker2, version=0, planned=Planned("A photograph."))

    panel.get_by_role("button", name="Save the plan").click()
    refused = panel.get_by_role("alert")
    expect(refused).to_contain_text("Someone changed this plan meanwhile.")
    expect(refused).to_be_focused()
    expect(panel).to_contain_text("What would refute it: A photograph.")
    expect(panel.get_by_label("What would refute the claim")).to_have_value("A court record. 🌊 گواہ")
    panel.get_by_role("button", name="Save the plan").click()
    expect(panel.get_by_role("alert")).to_contain_text("Say on which day the claimant was asked.")
    no_findings(page)
    panel.get_by_label("Claimant asked on").fill("2026-05-02")
    panel.get_by_role("button", name="Save the plan").click()

    expect(panel).to_contain_text("What would refute it: A court record. 🌊 گواہ")
    expect(panel).to_contain_text("The claimant was asked on 2 May 2026 (By mail).")
    expect(page.locator("#checks")).not_to_contain_text("Nothing says what would refute the claim.")
    expect(page.locator("#id_summary")).to_have_value("Half a sentence")
    no_findings(page)
