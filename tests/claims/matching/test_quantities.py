"""Numbers are read with their unit, bound and what they count, however they are written."""

import pytest

from claims.matching.agreement import agree, comparable
from claims.matching.quantities import read_quantities


def only(text):
    [quantity] = read_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Twenty-six people were killed", 26),
        ("26 people were killed", 26),
        ("two hundred and six soldiers", 206),
        ("a dozen lorries", 12),
        ("half a million people", 500_000),
        ("1,234.5 tonnes of rice", 1_234_500),  # kilograms
        ("1.5m euros", 1_500_000),
        ("$3bn in aid", 3_000_000_000),
        ("10k runners", 10_000),
        ("3.5 per cent", 3.5),
        ("5.1%", 5.1),
    ],
)
def test_a_number_is_read_in_digits_and_in_words(text, value):
    assert only(text).value == value


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 26 people", "at_least"),
        ("no fewer than 26 people", "at_least"),
        ("more than 26 people", "more_than"),
        ("up to 26 people", "at_most"),
        ("fewer than 26 people", "less_than"),
        ("nearly 700 lorries", "nearly"),
        ("about 700 lorries", "about"),
        ("26 or more people", "at_least"),
        ("26 people", ""),
    ],
)
def test_a_bound_or_hedge_belongs_to_its_number(text, bound):
    assert only(text).bound == bound


@pytest.mark.parametrize("text", ["on 22 April 2025", "in 1993", "the 1990s", "at 10:30", "No one was hurt."])
def test_dates_times_and_pronouns_are_no_quantities(text):
    assert read_quantities(text) == ()


def test_each_number_knows_what_happened_to_those_it_counts():
    killed, wounded = read_quantities("The attack killed 19 people and wounded at least 34.")
    assert (killed.role, wounded.role) == ("killed", "injured")


def test_a_range_is_one_quantity_with_two_ends():
    quantity = only("between 20 and 30 people")
    assert (quantity.value, quantity.high) == (20, 30)


def test_a_number_at_the_very_end_of_a_text_is_read():
    assert only("The toll rose to 28").value == 28


@pytest.mark.parametrize(
    ("claimed", "given", "verdict"),
    [
        ("26 people were killed", "28 people were killed", "conflicts"),
        ("26 people were killed", "twenty-six died", "agrees"),
        ("at least 26 people were killed", "28 people were killed", "agrees"),
        ("at least 26 people were killed", "24 people were killed", "conflicts"),
        ("28 people were killed", "at least 26 people were killed", "open"),
        ("26 people were killed", "at least 28 people were killed", "conflicts"),
        ("at least 26 people were killed", "260 people were killed", "open"),
        ("nearly 700 lorries", "687 lorries", "agrees"),
        ("nearly 700 lorries", "720 lorries", "conflicts"),
        ("1.2 million people", "1,234,567 people", "agrees"),
        ("1.2 million people", "1,434,567 people", "conflicts"),
        ("about 5 miles", "8 km", "agrees"),
        ("more than 26 people", "26 people", "conflicts"),
        ("5.1%", "5.4 per cent", "conflicts"),
    ],
)
def test_bounds_hedges_rounding_and_units_decide_whether_two_numbers_agree(claimed, given, verdict):
    one, other = only(claimed), only(given)
    assert comparable(one, other)
    assert agree(one, other).verdict == verdict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("19 people were killed", "34 people were wounded"),
        ("700 lorries", "700 trains"),
        ("$5 million", "€5 million"),
        ("5 tonnes", "5 miles"),
        ("the fourth largest city", "the third-largest population"),
    ],
)
def test_numbers_of_different_things_are_not_compared(one, other):
    assert not comparable(only(one), only(other))


@pytest.mark.parametrize(
    ("text", "given", "percent"),
    [
        ("Nine in ten pilots voted.", "Nine in ten", 90),
        ("One in five nurses is off sick.", "One in five", 20),
        ("Three out of four flats are damp.", "Three out of four", 75),
        ("Of every four samples three of every four failed.", "three of every four", 75),
        ("Two-thirds of the schools closed.", "Two-thirds", 66.7),
        ("Nearly half of the wells are dry.", "half", 50),
    ],
)
def test_shares_in_words_are_percentages(text, given, percent):
    [share] = [one for one in read_quantities(text) if one.kind == "percent"]
    assert share.given == given
    assert share.value == pytest.approx(percent, abs=0.05)


@pytest.mark.parametrize(
    "text",
    [
        "Nine of ten hostages were freed.",
        "Nine were killed in ten days.",
        "It happened nine in ten days.",
        "A quarter of a million people fled.",
        "In the third quarter of 2020 it rose.",
        "The second half of the game was dull.",
        "Three in 2019 and four in 2020.",
    ],
)
def test_what_only_looks_like_a_share_in_words_is_none(text):
    assert not [one for one in read_quantities(text) if one.kind == "percent"]


@pytest.mark.parametrize(
    ("given", "verdict"), [("88 per cent", "agrees"), ("90%", "agrees"), ("85 per cent", "conflicts")]
)
def test_a_share_in_words_leaves_open_what_it_is_rounded_from(given, verdict):
    assert agree(only("nine in ten voters"), only(f"{given} of voters")).verdict == verdict
