"""Triage by keyboard, claims added by selection and without a pointer, and a desk that does not answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from claims.actions import editing
from claims.models import Claim
from reviews.actions import work
from tests import factories
from tests.e2e.conftest import NARROW

EMOJI = "👩‍👩‍👧 Officials said 👍 26 people were killed. گواہ نے کہا 26 people fled."
PRESS = """globalThis.press = (keys) => [...keys].forEach((key) =>
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
"""
SELECT = """([paragraph, from, to]) => {
  const walker = document.createTreeWalker(document.querySelector(paragraph), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node; (node = walker.nextNode()); ) {
    if (node.data.includes(from)) range.setStart(node, node.data.lastIndexOf(from));
    if (node.data.includes(to)) range.setEnd(node, node.data.lastIndexOf(to) + to.length);
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def claims(newsroom: Any) -> list[Claim]:
    revision = factories.RevisionFactory()
    spans = [(0, 50), (51, 95), (97, 154)]
    return [
        factories.ClaimFactory(revision=revision, start=a, end=b, check_worthiness=0.9 - b / 999)
        for a, b in spans
    ]


def test_new_claims_are_triaged_by_keyboard_alone(
    window: Callable[..., Page], claims: list[Claim], checker: User, no_findings: Callable[[Page], None]
) -> None:
    page = window(checker)
    page.goto("/queue/?view=triage")
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.locator(f"#q{claims[0].pk}")).to_contain_text("Open")
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.keyboard.press("1")  # typed ahead: the form may still be on its way
    page.keyboard.press("Enter")
    expect(page.locator(f"#q{claims[1].pk}")).to_contain_text("Dismissed")
    page.keyboard.press("j")
    page.keyboard.press("t")
    expect(page.locator(f"#q{claims[2].pk}")).to_contain_text("In progress")
    no_findings(page)

    page.keyboard.press("z")
    expect(page.locator("#toasts")).to_contain_text("Given back.")
    assert sorted(Claim.objects.values_list("status", flat=True)) == ["dismissed", "open", "open"]


def test_keys_work_on_a_keyboard_without_latin_letters_and_can_be_turned_off(
    window: Callable[..., Page], claims: list[Claim], checker: User
) -> None:
    page = window(checker)
    page.goto("/queue/?view=triage")
    urdu_j = "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ج', code: 'KeyJ', bubbles: true}))"
    page.locator("body").evaluate(urdu_j.replace("document.", "document.body."))
    expect(page.locator("[data-row][aria-current]")).to_have_count(1)
    page.locator("summary[aria-label*=account]").click()
    page.get_by_role("button", name="Turn single keys off").click()
    expect(page.locator("html")).to_have_attribute("data-keys", "off")
    page.keyboard.press("j")
    expect(page.locator("[data-row][aria-current]")).to_have_count(0)


def test_a_selection_with_emoji_and_foreign_script_becomes_exactly_these_words(
    window: Callable[..., Page], newsroom: Any, checker: User
) -> None:
    article = factories.RevisionFactory(text=EMOJI).article
    page = window(checker)
    page.goto(f"/articles/{article.pk}/")
    page.evaluate(SELECT, ["#p1", "26 people fled", "26 people fled"])
    expect(page.locator("[data-popbar]")).to_be_visible()
    page.keyboard.press("a")
    page.locator("#adding [name=text]").fill("26 people fled, a witness said.")
    page.get_by_role("button", name="Add the claim").click()
    expect(page.locator("#toasts")).to_contain_text("Added.")
    expect(page.locator("[data-row]")).to_contain_text("26 people fled, a witness said.")
    made = Claim.objects.get()
    assert (made.start, made.quote) == (EMOJI.rindex("26 people"), "26 people fled")


def test_a_claim_is_added_without_a_pointer(
    window: Callable[..., Page], claims: list[Claim], checker: User
) -> None:
    page = window(checker)
    page.goto(f"/articles/{claims[0].revision.article_id}/")
    page.keyboard.press("a")
    expect(page.locator("#pick-p")).to_be_focused()
    page.locator("#pick-p").select_option("2")
    page.locator("#pick-a").select_option("1")
    page.locator("#pick-b").select_option("1")
    page.get_by_role("button", name="Use these words").click()
    expect(page.locator("#adding [name=quote]")).to_have_value("opposition")
    page.get_by_role("button", name="Add the claim").click()
    expect(page.locator("#toasts")).to_contain_text("Added.")
    assert Claim.objects.filter(quote="opposition").exists()


def test_a_wording_survives_someone_who_was_faster(
    window: Callable[..., Page],
    claims: list[Claim],
    checker: User,
    checker2: User,
    no_findings: Callable[[Page], None],
) -> None:
    page = window(checker)
    page.goto(f"/articles/{claims[0].revision.article_id}/")
    page.keyboard.press("j")
    page.keyboard.press("e")
    box = page.locator(f"#c{claims[0].pk}-form textarea")
    box.fill("Mine, typed with care. 👍 گواہ")
    editing.reword(claims[0].pk, by=checker2, version=1, text="Theirs.")
    page.get_by_role("button", name="Save the wording").click()
    expect(page.locator(".conflict")).to_contain_text("Theirs.")
    expect(box).to_have_value("Mine, typed with care. 👍 گواہ")
    no_findings(page)

    page.get_by_role("button", name="Save the wording").click()
    expect(page.locator(f"#c{claims[0].pk} .t")).to_have_text("Mine, typed with care. 👍 گواہ")


def test_keys_pressed_before_the_page_has_settled_open_the_form_in_its_place(
    window: Callable[..., Page], claims: list[Claim], checker: User
) -> None:
    page = window(checker)
    page.add_init_script(PRESS + "document.addEventListener('DOMContentLoaded', () => press('je'))")
    page.goto(f"/articles/{claims[0].revision.article_id}/")
    expect(page.locator(f"#c{claims[0].pk}-form textarea")).to_be_visible()


def test_a_key_pressed_while_a_row_is_put_in_opens_the_form_in_its_place(
    window: Callable[..., Page], claims: list[Claim], checker: User
) -> None:
    page = window(checker)
    page.goto(f"/articles/{claims[0].revision.article_id}/")
    page.evaluate(
        PRESS + "new MutationObserver((_, watch) => { watch.disconnect(); setTimeout(() => press('e')); })"
        ".observe(document.getElementById('claims'), { childList: true, subtree: true })"
    )
    page.keyboard.press("j")
    page.keyboard.press("t")
    expect(page.locator(f"#c{claims[0].pk}-form textarea")).to_be_visible()


def test_a_desk_that_does_not_answer_is_said_and_tried_again(
    window: Callable[..., Page], claims: list[Claim], checker: User
) -> None:
    def broken(route: Route) -> None:
        route.fulfill(status=422, body="<!doctype html><p>Something in between answers.</p>")

    page = window(checker)
    page.goto("/queue/?view=triage")
    page.route("**/accept/", broken)
    page.keyboard.press("j")
    expect(page.locator(f"#q{claims[0].pk}")).to_have_attribute("aria-current", "true")
    with page.expect_request("**/accept/"):
        page.keyboard.press("c")
    expect(page.locator("#alerts")).to_contain_text("Your text is still here.")
    page.unroute("**/accept/")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(f"#q{claims[0].pk}")).to_contain_text("Open")
    expect(page.locator("#alerts")).to_be_empty()


def test_what_others_do_arrives_and_moves_nothing_that_one_works_on(
    window: Callable[..., Page], claims: list[Claim], checker: User, checker2: User
) -> None:
    beat = "document.getElementById('pulse').dispatchEvent(new Event('pulse'))"
    page = window(checker)
    page.goto(f"/articles/{claims[0].revision.article_id}/")
    editing.reword(claims[1].pk, by=checker2, version=1, text="Changed by a colleague.")
    page.evaluate(beat)
    expect(page.locator(f"#c{claims[1].pk} .t")).to_have_text("Changed by a colleague.")


def test_the_queue_is_narrowed_as_one_types(
    window: Callable[..., Page], claims: list[Claim], checker: User
) -> None:
    page = window(checker)
    page.goto("/queue/?view=all")
    page.locator("#q").press_sequentially("minister")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page).to_have_url(re.compile("q=minister"))
    page.reload()
    expect(page.locator("[data-row]")).to_have_count(1)


def test_no_fact_of_a_row_runs_into_the_next(
    window: Callable[..., Page], claims: list[Claim], checker: User
) -> None:
    late = timezone.now() - timedelta(days=40)
    editing.plan(claims[0].pk, by=checker, version=1, priority=2, due_at=late)
    work.accept(claims[0].pk, by=checker, version=2)
    work.take(claims[0].pk, by=checker, version=3)
    page = window(checker)
    page.goto("/queue/")
    expect(page.locator("[data-row] .fact.c")).to_contain_text("Overdue")
    boxes = [page.locator(f"[data-row] .fact.{fact} > *").first.bounding_box() for fact in "bcd"]
    assert all(boxes)
    assert [a["x"] + a["width"] <= b["x"] for a, b in pairwise(box for box in boxes if box)] == [True, True]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_theme_stays_after_a_reload(
    window: Callable[..., Page], claims: list[Claim], checker: User, theme: str
) -> None:
    page = window(checker)
    page.goto("/queue/")
    page.locator("summary[aria-label*=account]").click()
    with page.expect_response("**/settings/look/"):
        page.locator(f"[data-theme-choice][value={theme}]").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", theme)


def test_what_was_done_is_told_beside_the_rows_and_the_rail_reaches_the_windows_end(
    window: Callable[..., Page], claims: list[Claim], checker: User, settings: Any
) -> None:
    settings.CLAIMDESK_DEMO = True
    page = window(checker)
    page.goto("/queue/?view=triage")
    page.keyboard.press("j")
    page.keyboard.press("c")
    toast, rows = page.locator(".toast").bounding_box(), page.locator(".rows").bounding_box()
    assert toast
    assert rows
    assert toast["x"] + toast["width"] <= rows["x"]
    page.get_by_role("button", name="Close this message").click()
    expect(page.locator(".toast")).to_have_count(0)

    page.set_viewport_size({"width": 1440, "height": 500})
    page.goto(f"/claims/{claims[1].pk}/")
    for down in (0, 400):
        page.evaluate(f"scrollTo(0, {down})")
        ends = page.locator(".side").evaluate_all("all => all.map((el) => el.getBoundingClientRect().bottom)")
        assert ends == [500, 500]


COVERED = """() => [...document.querySelectorAll("a, button, summary, input, select, textarea")].filter((el) => {
  const box = el.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
  return el.checkVisibility() && !el.closest("#toasts") && document.elementFromPoint(x, y)?.closest("#toasts");
}).map((el) => el.outerHTML)"""


def test_on_a_phone_what_was_done_is_told_where_it_covers_nothing_that_one_presses(
    window: Callable[..., Page], claims: list[Claim], checker: User, settings: Any
) -> None:
    settings.CLAIMDESK_DEMO = True
    page = window(checker, viewport=NARROW)
    page.goto("/queue/?view=triage")
    page.locator(".row").first.click(position={"x": 5, "y": 5})
    page.get_by_role("button", name="Accept").first.click()
    expect(page.locator(".toast")).to_have_count(1)
    assert page.evaluate(COVERED) == []

    page.goto(f"/claims/{claims[0].pk}/")
    page.get_by_role("button", name="Take").first.click()
    expect(page.locator(".toast")).to_contain_text("It is yours now.")
    assert page.evaluate(COVERED) == []
    for down in (0, 300):
        page.evaluate(f"scrollTo(0, {down})")
        assert page.locator(".toast").bounding_box()["y"] < 250
        for fixed in (".jump", ".side .foot.sticky", ".bar"):
            assert not _overlap(page, ".toast", fixed), fixed


def _overlap(page: Page, one: str, other: str) -> bool:
    """Whether two boxes lie on each other."""
    a, b = page.locator(one).first.bounding_box(), page.locator(other).first.bounding_box()
    assert a
    assert b
    return a["y"] < b["y"] + b["height"] and b["y"] < a["y"] + a["height"]
