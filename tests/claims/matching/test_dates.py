"""Dates are read as precisely as they are given and compared no more precisely than that."""

import pytest

from claims.matching.dates import fits, read_dates, same_date


def only(text):
    [when] = read_dates(text)
    return when


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("on 22 April 2025", "22 April 2025"),
        ("on April 22, 2025", "22 April 2025"),
        ("on 2025-04-22", "22 April 2025"),
        ("on the 3rd of May", "3 May"),
        ("in May 1993", "May 1993"),
        ("in 1993", "1993"),
        ("in the 1990s", "the 1990s"),
    ],
)
def test_a_date_is_read_in_its_usual_forms(text, words):
    assert only(text).words == words


@pytest.mark.parametrize("text", ["1,993 people", "1993 people", "$1993", "may happen", "5.1993"])
def test_a_number_that_looks_like_a_year_is_no_date(text):
    assert read_dates(text) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("22 April 2025", "22 April", True),
        ("22 April 2025", "April 2025", True),
        ("22 April 2025", "23 April 2025", False),
        ("22 April", "22 May", False),
        ("in 1993", "in the 1990s", True),
        ("in 1983", "in the 1990s", False),
        ("in 1983", "22 April", None),
    ],
)
def test_two_dates_agree_as_far_as_both_are_given(one, other, same):
    assert same_date(only(one), only(other)) is same


@pytest.mark.parametrize(
    ("claimed", "given", "fit"),
    [
        ("before 1990", "in 1985", True),
        ("before 1990", "in 1995", False),
        ("after May 1993", "June 1993", True),
        ("by 2025", "in 2024", True),
        ("since 2011", "2011", True),
    ],
)
def test_a_bound_on_a_date_is_taken_at_its_word(claimed, given, fit):
    assert fits(only(claimed), only(given)) is fit
