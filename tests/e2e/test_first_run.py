"""A newcomer to the demo newsroom publishes a verdict with five clicks, and four eyes are real on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import transaction
from playwright.sync_api import Page, expect

from claims.models import Claim
from reviews.actions import suggestions
from reviews.models import Publication
from reviews.steps import Weighed
from tests import factories


def test_five_clicks_lead_from_the_first_page_to_a_published_verdict(
    newsroom: Any, window: Callable[..., Page], claim_at: Callable[..., Claim], settings: Any
) -> None:
    settings.CLAIMDESK_DEMO = True
    nadia = factories.UserFactory(username="checker", first_name="Nadia", last_name="Rahman")
    factories.UserFactory(username="editor", first_name="Tomas", last_name="Oyelaran", editor=True)
    claim = claim_at("new")
    factories.EvidenceFactory(claim=claim)
    with transaction.atomic():
        suggestions.suggest(claim.pk, Weighed("true", 0.7, ("Two sources agree.",), (), ("E1",), "tests/1"))
    page = window()
    page.goto("/")

    page.get_by_role("button", name="Start with the demo newsroom").click()
    page.get_by_role("button", name=re.compile("Use this suggestion")).click()
    page.get_by_role("button", name=re.compile("Submit for approval")).click()
    page.get_by_role("button", name="Review as Tomas, editor").click()
    page.get_by_role("button", name=re.compile("^Approve and publish")).click()

    expect(page.get_by_role("link", name="Open the public page")).to_be_visible()
    published = Publication.objects.get(claim=claim)
    assert published.verdict.author == nadia
    assert published.published_by.username == "editor"
