"""The public lists ask the database as often for ten rows as for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from claims.models import Claim

pytestmark = pytest.mark.django_db

LISTS = {
    "/published/": 2,
    "/": 1,
    "/feeds/latest.atom": 1,
    "/feeds/latest.json": 2,
    "/feeds/claimreview.json": 3,
    "/corrections/": 2,
}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_needs_the_same_few_queries_for_one_row_and_for_ten(
    client: Client, claim_at: Callable[..., Claim], checker: User, editor: User, path: str
) -> None:
    counts = []
    for rows in (1, 9):
        for _ in range(rows):
            claim_at("published", author=checker, editor=editor)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))

    assert counts == [LISTS[path]] * 2
