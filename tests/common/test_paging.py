"""Keyset pages."""

from __future__ import annotations

import base64
import json

import pytest

from common.errors import Invalid
from common.paging import page
from jobs.models import Job


def jobs(*attempts):
    for subject, attempt in enumerate(attempts, start=1):
        Job.objects.create(step="tests", subject_id=subject, attempt=attempt)
    return Job.objects.all()


def cursor_of(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def every_page(rows, order, size):
    seen, cursor = [], ""
    while True:
        found = page(rows, order=order, cursor=cursor, size=size)
        seen += [row.subject_id for row in found.rows]
        cursor = found.after
        if not cursor:
            return seen


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7])
def test_the_pages_together_are_the_list(db, size):
    rows = jobs(2, 1, 2, 0, 1, 2)

    assert every_page(rows, ("attempt", "pk"), size) == [4, 2, 5, 1, 3, 6]
    assert every_page(rows, ("-attempt", "pk"), size) == [1, 3, 6, 2, 5, 4]
    assert every_page(rows, ("-attempt", "-pk"), size) == [6, 3, 1, 5, 2, 4]
    assert every_page(rows, ("-created_at", "-pk"), size) == [6, 5, 4, 3, 2, 1]


def test_a_last_page_that_is_full_has_no_next(db):
    assert page(jobs(1, 1), order=("pk",), size=2).after == ""


def test_an_offset_skips_rows_of_the_first_page(db):
    found = page(jobs(1, 1, 1, 1), order=("pk",), size=2, offset=1)

    assert [row.subject_id for row in found.rows] == [2, 3]
    assert [row.subject_id for row in page(Job.objects.all(), order=("pk",), cursor=found.after).rows] == [4]


@pytest.mark.parametrize(
    "cursor",
    ["x", "🙂", "a" * 2000, *map(cursor_of, [1, "1", {}, [], [1, 2], ["a"], [None], [[1]], [2**63], ["\0"], ["\ud800"],
                                             ["2026-01-01T00:00:00"], float("nan"), [float("inf")]])],
)  # fmt: skip
def test_a_cursor_that_is_not_ours_is_refused(db, cursor):
    with pytest.raises(Invalid, match="not one of ours"):
        page(jobs(1), order=("pk",), cursor=cursor)
