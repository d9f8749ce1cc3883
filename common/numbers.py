"""Whole numbers that come from outside, no larger than what a database holds."""

from __future__ import annotations

LARGEST = 2**63 - 1  # a bigint, as every id is
LARGEST_COUNT = 2**31 - 1  # an integer column


def whole(text: str, *, most: int = LARGEST) -> int | None:
    """The number that a form or a query string names; None for what is no number, or more than `most`."""
    if not text.isdecimal() or len(text) > len(str(LARGEST)):
        return None
    number = int(text)
    return number if number <= most else None
