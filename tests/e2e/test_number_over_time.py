"""The panel of a claim's number in a browser: a value is added by keyboard, and looks right everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.models import User
from claims.models import Claim
from reviews.actions import figures, numbers
from sources.models import Figure
from tests import factories
from tests.e2e.conftest import NARROW, WIDE


@pytest.fixture
def held(newsroom: Any, claim_at: Callable[..., Claim], checker: User) -> Claim:
    """A claim in work whose number the machine has read, with evidence of a later day."""
    article = factories.ArticleFactory(published_at=datetime(2025, 4, 22, 9, tzinfo=UTC))
    claim = claim_at("in_progress", author=checker, revision=factories.RevisionFactory(article=article))
    source = factories.SourceFactory(published_at=datetime(2025, 4, 25, 9, tzinfo=UTC))
    snapshot = factories.SnapshotFactory(source=source, text="28 people were killed in the flood.")
    factories.EvidenceFactory(claim=claim, snapshot=snapshot, start=0, end=9)
    found = numbers.read(claim.pk)
    with transaction.atomic():
        numbers.keep(claim.pk, found)
    return claim


def test_a_value_is_added_by_keyboard_and_a_slip_loses_nothing(
    window: Callable[..., Page], held: Claim, checker: User
) -> None:
    page = window(checker)
    page.goto(f"/claims/{held.pk}/")
    page.keyboard.press("f")
    panel = page.locator("#number")
    expect(panel.get_by_label("Value", exact=True).first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("at least")
    page.keyboard.press("Tab")
    page.keyboard.type("1,030")
    panel.locator("#id_figure-as_of").fill("2025-04-26")
    panel.locator("#id_figure-according_to").fill("The ministry")
    panel.locator("#id_figure-according_to").press("Enter")
    expect(page.locator("#alerts")).to_contain_text("Name the evidence that shows this value")
    expect(panel.locator("#id_figure-according_to")).to_have_value("The ministry")
    panel.locator("#id_figure-reason").fill("By telephone.")
    panel.locator("#id_figure-reason").press("Enter")
    expect(panel.locator("strong", has_text="at least 1,030 people")).to_be_visible()
    expect(page.locator("#toasts")).to_contain_text("The value is in the series.")
    page.keyboard.press("z")
    expect(panel).to_contain_text("1 value no longer counts")
    assert Figure.objects.get(value=1030).state == "removed"


def test_a_proposal_is_accepted_and_the_panel_is_fit_for_everyone(
    window: Callable[..., Page], no_findings: Callable[[Page], None], held: Claim, checker: User
) -> None:
    given = figures.Given(
        Decimal(26), date(2025, 4, 24), "The office", bound="between", upper=Decimal(30), reason="By radio."
    )
    figures.add(held.pk, by=checker, given=given)
    page = window(checker, reduced_motion="reduce")
    page.goto(f"/claims/{held.pk}/")
    page.get_by_role("button", name=re.compile("^Accept 28 people")).click()
    panel = page.locator("#number")
    expect(panel.get_by_text("Proposed by the machine")).to_have_count(0)
    for summary in ("Add a value", "Correct what the claim says"):
        panel.locator("summary", has_text=summary).click()
    for direction in ("ltr", "rtl"):
        page.evaluate("way => document.documentElement.dir = way", direction)
        for viewport, theme in ((WIDE, "dark"), (NARROW, "light")):
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=theme)
            no_findings(page)
    drawing = panel.locator("svg.series").bounding_box()
    assert drawing is not None
    assert drawing["width"] > 280
