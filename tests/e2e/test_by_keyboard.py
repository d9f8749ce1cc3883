"""The whole way from a pasted article to the public page, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from claims.models import Claim
from reviews.models import Publication
from tests import factories

ARTICLE = (
    "Officials said on Tuesday that 26 people were killed in the flood at Marvan. "
    "The energy minister denied that the dam had failed. "
    "The operator sold 140 flats in the valley in 2024."
)
WORDING = "The flood at Marvan killed 26 people."
STOPS = 120  # of the tab key on one page, at most


def _tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus: what the keyboard cannot reach fails the test."""
    expect(wanted).to_be_visible()
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("el => el === document.activeElement"):
            return
    raise AssertionError(f"not reached by Tab: {wanted}")


def test_an_article_becomes_a_published_check_without_a_pointer(
    newsroom: Any, window: Callable[..., Page], checker: User, editor: User, nothing_is_wrong: None
) -> None:
    text = "As of 18:00 on Tuesday, 26 people were killed in the flood at Marvan. Nine are missing."
    factories.SnapshotFactory(source__title="Bulletin 4", text=text)

    # The article goes in
    page = window(checker)
    page.goto("/queue/?view=triage")
    page.keyboard.press("n")
    _tab_to(page, page.get_by_label("Or its text"))
    page.keyboard.insert_text(ARTICLE)
    _tab_to(page, page.get_by_role("button", name="Find its claims"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/articles/\d+/"))
    rows = page.locator("#claims [data-row]")
    expect(rows).to_have_count(3)

    # One claim is reworded, one dismissed, one taken
    page.keyboard.press("j")
    page.keyboard.press("e")
    box = rows.first.locator("textarea")
    expect(box).to_be_focused()
    box.press("ControlOrMeta+a")
    page.keyboard.insert_text(WORDING)
    page.keyboard.press("Control+Enter")
    expect(rows.first.locator(".t")).to_have_text(WORDING)
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(rows.nth(1)).to_contain_text("Opinion")
    page.keyboard.press("k")
    page.keyboard.press("t")
    expect(rows.first).to_contain_text("In progress")

    # It is weighed, written and submitted
    claim = Claim.objects.get(text=WORDING)
    page.goto(f"/claims/{claim.pk}/")
    page.keyboard.press("v")
    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="Mostly true")).to_be_checked()
    page.keyboard.press("w")
    expect(page.locator("#id_rationale")).to_be_focused()
    page.keyboard.type("The bulletin counts 26 [")
    expect(page.get_by_role("listbox")).to_contain_text("Bulletin 4")
    page.keyboard.press("Enter")
    expect(page.locator("#id_rationale")).to_have_value("The bulletin counts 26 [E1]")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#decide")).to_contain_text("It waits for an editor.")

    # An editor publishes it, and opens the public page
    office = window(editor)
    office.goto("/queue/")
    office.keyboard.press("g")
    office.keyboard.press("r")
    office.wait_for_url("**/review/")
    office.keyboard.press("j")
    office.keyboard.press("Enter")
    office.wait_for_url(f"**/review/{claim.pk}/")
    office.keyboard.press("Control+Enter")
    _tab_to(office, office.get_by_role("link", name="Open the public page"))
    office.keyboard.press("Enter")
    office.wait_for_url("**/published/**")
    expect(office.get_by_role("heading", level=1)).to_have_text(claim.text)
    assert Publication.objects.get(claim=claim).verdict.rationale == "The bulletin counts 26 [E1]"


def test_a_colleague_is_named_in_a_comment_without_knowing_their_user_name(
    newsroom: Any, window: Callable[..., Page], claim_at: Callable[..., Claim], checker: User, checker2: User
) -> None:
    claim = claim_at("open")
    page = window(checker)
    page.goto(f"/claims/{claim.pk}/")
    page.keyboard.press("m")
    page.keyboard.type("Look, @oyel")
    colleagues = page.get_by_role("listbox", name="Colleagues to tell")
    expect(colleagues.get_by_role("option")).to_have_text("Tomas Oyelaran  @tomas")
    page.keyboard.press("Enter")
    page.keyboard.type("please")
    expect(page.get_by_role("textbox", name="Comment")).to_have_value("Look, @Tomas Oyelaran please")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#history .log")).to_contain_text("@Tomas Oyelaran please")
    expect(page.locator("#toasts")).to_contain_text("Told: Tomas Oyelaran.")
    assert checker2.notifications.get().kind == "mentioned"


def test_a_word_on_evidence_is_taken_back_with_z(
    newsroom: Any, window: Callable[..., Page], claim_at: Callable[..., Claim], checker: User
) -> None:
    claim = claim_at("in_progress", author=checker)
    item = factories.EvidenceFactory(claim=claim, added_by=None, model_version="tests/1")
    page = window(checker)
    page.goto(f"/claims/{claim.pk}/")
    page.get_by_text("Confirm or change E1").click()
    page.locator("#evidence-list").get_by_role("button", name="Contradicts").click()
    expect(page.locator("#toasts")).to_contain_text("E1 judged: contradicts.")
    expect(page.locator("#evidence-list")).to_contain_text("E1 judged by Nadia Rahman")
    page.keyboard.press("z")
    expect(page.locator("#toasts")).to_contain_text("E1 is as it was.")
    item.refresh_from_db()
    assert (item.stance, item.stance_by) == ("supports", None)
