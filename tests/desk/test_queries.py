"""Each list asks the database as often for ten rows as for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import tokens
from accounts.models import User
from claims.models import Claim
from reviews.actions import comments
from tests import factories

pytestmark = pytest.mark.django_db

SHELL = 4  # the session, its person, the counts of the bar, the unread notifications


def _queries(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


def test_the_editors_list(
    at_work: Callable[[User], Client],
    claim_at: Callable[..., Claim],
    checker: User,
    editor: User,
    editor2: User,
) -> None:
    counts = []
    for rows in (1, 9):
        for _ in range(rows):
            claim_at("in_review", author=checker)
            claim_at("in_review", author=editor)
            claim_at("approved", author=checker, editor=editor2)
        counts.append(_queries(at_work(editor), "/review/"))

    assert counts == [SHELL + 12] * 2  # three lists of four queries each


def test_the_library(at_work: Callable[[User], Client], checker: User) -> None:
    counts = []
    for rows in (1, 9):
        factories.SnapshotFactory.create_batch(rows)
        counts.append(
            (_queries(at_work(checker), "/sources/"), _queries(at_work(checker), "/sources/?q=flood"))
        )

    assert counts == [(SHELL + 1, SHELL + 2)] * 2


def test_the_inbox(
    at_work: Callable[[User], Client], claim_at: Callable[..., Claim], checker: User, checker2: User
) -> None:
    claim, counts = claim_at("in_progress", author=checker), []
    for rows in (1, 9):
        for _ in range(rows):
            comments.comment(claim.pk, by=checker, text="@tomas look")
        counts.append(_queries(at_work(checker2), "/notifications/"))

    assert counts == [SHELL + 2] * 2


def test_ones_tokens(at_work: Callable[[User], Client], checker: User) -> None:
    counts = []
    for rows in (1, 9):
        for _ in range(rows):
            tokens.issue(checker)
        counts.append(_queries(at_work(checker), "/settings/me/"))

    assert counts[0] == counts[1]


def test_the_claims_page_with_its_evidence_and_history(
    at_work: Callable[[User], Client], claim_at: Callable[..., Claim], checker: User
) -> None:
    claim, counts = claim_at("in_progress", author=checker), []
    for rows in (1, 9):
        for _ in range(rows):
            factories.EvidenceFactory(claim=claim, snapshot=factories.SnapshotFactory())
            comments.comment(claim.pk, by=checker, text="One more.")
            claim_at("in_progress", author=checker)  # the rail beside it
        counts.append(_queries(at_work(checker), f"/claims/{claim.pk}/"))

    assert counts[0] == counts[1]
    assert counts[1] <= 28


def test_the_approval_screen(
    at_work: Callable[[User], Client], claim_at: Callable[..., Claim], checker: User, editor: User
) -> None:
    claim, counts = claim_at("in_review", author=checker), []
    for rows in (1, 9):
        for _ in range(rows):
            factories.EvidenceFactory(claim=claim, snapshot=factories.SnapshotFactory())
            claim_at("in_review", author=checker)
        counts.append(_queries(at_work(editor), f"/review/{claim.pk}/"))

    assert counts[0] == counts[1]
    assert counts[1] <= 24
