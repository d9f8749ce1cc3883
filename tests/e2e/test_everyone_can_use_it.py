"""axe finds nothing on the main pages, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page

from accounts import tokens
from accounts.models import User
from claims.models import Claim
from reviews.actions import comments, publishing, suggestions
from reviews.models import Publication
from reviews.steps import Weighed
from sources.models import WatchedFeed
from tests import factories
from tests.e2e.conftest import NARROW, WIDE


@pytest.fixture
def pages(
    newsroom: Any, claim_at: Callable[..., Claim], checker: User, editor: User
) -> tuple[list[str], ...]:
    """The addresses for the fact-checker, for the editor and for everyone, each with something on it."""
    mine = claim_at("in_progress", author=checker, type="evidence_status")
    for publisher in ("Civil Protection", "Civil Protection", "North Line"):
        source = factories.SourceFactory(publisher=publisher)
        factories.EvidenceFactory(claim=mine, snapshot=factories.SnapshotFactory(source=source))
    tokens.issue(checker, scopes=["read", "read:desk", "write"])
    with transaction.atomic():
        weighed = Weighed("true", 0.7, ("Two sources agree.",), ("A higher count.",), ("E1",), "tests/1")
        suggestions.suggest(mine.pk, weighed)
    WatchedFeed.objects.create(
        label="The Wire", address="https://wire.example/feed", added_by=editor, on=True, failures=1
    )
    comments.comment(mine.pk, by=editor, text="@nadia which count is this?")
    waits = claim_at("in_review", author=checker)
    claim_at("in_review", author=editor)
    approved = claim_at("approved", author=checker, editor=editor)
    public = claim_at("published", author=checker, editor=editor)
    gone = claim_at("published", author=checker, editor=editor)
    publishing.retract(gone.pk, by=editor, version=gone.version, reason="The count was wrong.")
    snapshot = mine.evidence.order_by("pk")[0].snapshot_id
    made, retracted = (Publication.objects.get(claim=claim) for claim in (public, gone))
    address = f"/published/{made.year}/{made.slug}/"
    for_checkers = ["/queue/", "/articles/", "/notifications/", "/sources/", "/settings/me/", "/stats/"]
    for_checkers += [f"/claims/{claim.pk}/" for claim in (mine, waits, public)]
    for_checkers += [
        f"/sources/snapshots/{snapshot}/?claim={mine.pk}",
        f"/articles/{mine.revision.article_id}/",
    ]
    for_editors = ["/review/", f"/review/{waits.pk}/", f"/sources/{source.pk}/", "/sources/publishers/"]
    for_editors += [f"/claims/{claim.pk}/" for claim in (approved, public)]
    for_everyone = [
        "/",
        "/published/",
        address,
        f"{address}history/",
        "/corrections/",
        "/how-we-check/",
        "/login/",
    ]
    for_everyone += [f"/published/{retracted.year}/{retracted.slug}/", f"/embed/{public.pk}/"]
    return for_checkers, for_editors, for_everyone, ["/settings/sources/"]


@pytest.mark.parametrize("whose", range(4), ids=["checker", "editor", "everyone", "admin"])
def test_axe_finds_nothing_on_the_main_pages(
    window: Callable[..., Page],
    no_findings: Callable[[Page], None],
    pages: tuple[list[str], ...],
    checker: User,
    editor: User,
    admin: User,
    whose: int,
) -> None:
    page = window((checker, editor, None, admin)[whose], reduced_motion="reduce")  # colours change at once
    for address in pages[whose]:
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, address
        for viewport, theme in ((WIDE, "dark"), (NARROW, "light")):
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=theme)
            no_findings(page)
