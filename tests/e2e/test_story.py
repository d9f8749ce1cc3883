"""From a pasted article to a published fact-check, with two people; also without a script."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from claims.models import Claim
from reviews.models import Publication
from tests import factories

ARTICLE = (
    "Civil protection officials said on Tuesday that 26 people were killed in the flood at Marvan.\n\n"
    "The energy minister denied that the dam had failed. The opposition has presented no evidence for its account."
)
PASSWORD = "a long enough secret"


def _sign_in(page: Page, person: User) -> None:
    page.goto("/login/")
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/queue/**")


@pytest.fixture
def with_passwords(checker: User, editor: User) -> tuple[User, User]:
    for person in (checker, editor):
        person.set_password(PASSWORD)
        person.save()
    return checker, editor


def test_two_people_take_an_article_to_a_published_fact_check(
    newsroom: Any, window: Callable[..., Page], with_passwords: tuple[User, User], nothing_is_wrong: None
) -> None:
    checker, editor = with_passwords
    text = "As of 18:00 on Tuesday, 26 people were killed in the flood at Marvan. Nine are missing."
    factories.SnapshotFactory(source__title="Bulletin 4", text=text)

    # A fact-checker pastes an article; its claims come out, with what the library has
    desk = window()
    _sign_in(desk, checker)
    desk.goto("/articles/?add=1")
    desk.get_by_label("Or its text").fill(ARTICLE)
    desk.get_by_role("button", name="Find its claims").click()
    desk.wait_for_url(re.compile(r"/articles/\d+/"))
    claim = Claim.objects.get(text__contains="26 people")

    # They take it, cite the bulletin and submit
    desk.goto(f"/claims/{claim.pk}/")
    desk.get_by_role("button", name=re.compile("Accept and take")).click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("26 people")
    desk.get_by_role("radio", name="Mostly true").check()
    desk.get_by_label("One-sentence summary").fill("The bulletin counts 26 dead.")
    desk.locator("#id_rationale").fill("The bulletin of Tuesday counts 26 dead ")
    desk.get_by_role("button", name="Cite E1").click()
    expect(desk.locator("#id_rationale")).to_have_value("The bulletin of Tuesday counts 26 dead [E1]")
    desk.get_by_role("button", name=re.compile("Submit for approval")).click()
    expect(desk.locator("#decide")).to_contain_text("It waits for an editor.")

    # An editor reads it on one screen and publishes it
    office = window()
    _sign_in(office, editor)
    office.goto("/review/")
    office.get_by_role("link", name=claim.text).click()
    expect(office.get_by_text("Proposed by Nadia Rahman")).to_be_visible()
    office.get_by_role("button", name=re.compile("^Approve and publish")).click()
    office.get_by_role("link", name="Open the public page").click()
    office.wait_for_url("**/published/**")

    # Everyone reads it
    street = window()
    street.goto(office.url)
    expect(street.get_by_role("heading", level=1)).to_have_text(claim.text)
    expect(street.locator(".ruling")).to_contain_text("Mostly true")
    expect(street.locator("#source-1")).to_contain_text("Bulletin 4")
    expect(street.locator("main")).to_contain_text("Nadia Rahman checked, Ines Calloway approved.")
    review = json.loads(street.locator('script[type="application/ld+json"]').inner_text())
    assert review["reviewRating"]["alternateName"] == "Mostly true"


def test_the_whole_way_works_without_a_script(
    newsroom: Any, window: Callable[..., Page], claim_at: Callable[..., Claim], checker: User, editor: User
) -> None:
    claim = claim_at("open")
    factories.EvidenceFactory(claim=claim)

    desk = window(checker, java_script_enabled=False)
    desk.goto(f"/claims/{claim.pk}/")
    desk.get_by_role("button", name=re.compile("^Take")).click()
    desk.locator('[name=rating][value="true"]').check(force=True)
    desk.locator("[name=summary]").fill("It holds.")
    desk.locator("[name=rationale]").fill("The office counts 26 [E1]")
    desk.get_by_role("button", name="Save draft").click()
    expect(desk.locator("#toasts")).to_contain_text("Draft saved.")
    assert desk.locator("[name=rationale]").input_value() == "The office counts 26 [E1]"
    desk.get_by_role("button", name=re.compile("Submit for approval")).click()
    expect(desk.locator("#decide")).to_contain_text("It waits for an editor.")

    office = window(editor, java_script_enabled=False)
    office.goto(f"/review/{claim.pk}/")
    office.get_by_role("button", name=re.compile("^Approve and publish")).click()
    expect(office.get_by_role("link", name="Open the public page")).to_be_visible()

    assert Publication.objects.get(claim=claim).verdict.summary == "It holds."
