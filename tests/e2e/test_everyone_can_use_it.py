"""axe finds nothing on the main pages, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page

from accounts.models import User
from claims.models import Claim
from reviews.actions import comments, publishing, suggestions
from reviews.models import Publication
from reviews.steps import Weighed
from tests import factories
from tests.e2e.conftest import NARROW, WIDE


@pytest.fixture
def pages(
    newsroom: Any, claim_at: Callable[..., Claim], checker: User, editor: User
) -> tuple[list[str], list[str], list[str]]:
    """The addresses for the fact-checker, for the editor and for everyone, each with something on it."""
    mine = claim_at("in_progress", author=checker, type="evidence_status")
    for publisher in ("Civil Protection", "Civil Protection", "North Line"):
        source = factories.SourceFactory(publisher=publisher)
        factories.EvidenceFactory(claim=mine, snapshot=factories.SnapshotFactory(source=source))
    with transaction.atomic():
        weighed = Weighed("true", 0.7, ("Two sources agree.",), ("A higher count.",), ("E1",), "tests/1")
        suggestions.suggest(mine.pk, weighed)
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
    return (
        [
            f"/claims/{mine.pk}/",
            f"/claims/{waits.pk}/",
            f"/claims/{public.pk}/",
            "/notifications/",
            "/sources/",
        ]
        + [f"/sources/snapshots/{snapshot}/?claim={mine.pk}", "/settings/me/", "/queue/", "/articles/"]
        + [f"/articles/{mine.revision.article_id}/"],
        [
            "/review/",
            f"/review/{waits.pk}/",
            f"/claims/{approved.pk}/",
            f"/claims/{public.pk}/",
            f"/sources/{source.pk}/",
        ],
        ["/", "/published/", address, f"{address}history/", f"/published/{retracted.year}/{retracted.slug}/"]
        + ["/corrections/", "/how-we-check/", f"/embed/{public.pk}/", "/login/"],
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing_on_the_main_pages(
    window: Callable[..., Page],
    no_findings: Callable[[Page], None],
    pages: tuple[list[str], list[str], list[str]],
    checker: User,
    editor: User,
    theme: str,
    viewport: dict[str, int],
) -> None:
    for person, addresses in zip((checker, editor, None), pages, strict=True):
        page = window(person, viewport=viewport, color_scheme=theme)
        for address in addresses:
            answer = page.goto(address)
            assert answer is not None
            assert answer.ok, address
            no_findings(page)
