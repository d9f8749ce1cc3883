"""Relative dates are resolved beside the wording, against the day of publication."""

from datetime import date

import pytest

from claims.extraction.dates import dated

PUBLISHED = date(2025, 4, 29)  # a Tuesday


@pytest.mark.parametrize(
    ("wording", "meant"),
    [
        ("The court met on Friday.", "“Friday” is 2025-04-25"),
        ("Rubio will speak to them on Wednesday.", "“Wednesday” is 2025-04-30"),
        ("The fire broke out on Tuesday.", "“Tuesday” is 2025-04-29"),
        ("The shop closed yesterday.", "“yesterday” is 2025-04-28"),
        ("Sales rose last year.", "“last year” is 2024"),
        ("The lane opened last September.", "“last September” is 2024-09"),
        ("The vote is due next month.", "“next month” is 2025-05"),
    ],
)
def test_a_relative_date_is_told_beside_the_wording(wording, meant):
    assert dated(wording, PUBLISHED) == (meant,)


def test_a_full_date_needs_no_help():
    assert dated("It happened on 22 April 2025.", PUBLISHED) == ()
