"""A number that may move: what of it is read from a wording and a passage, and which values can both hold."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reviews import moving
from reviews.moving import Value

TOLL = "Officials said 26 people were killed in the flood."


def _value(number: str, bound: str = "exactly", upper: str = "") -> Value:
    return Value(Decimal(number), bound, Decimal(upper) if upper else None)


@pytest.mark.parametrize(
    ("wording", "value", "unit", "scope"),
    [
        (TOLL, _value("26"), "people", "killed"),
        ("At least 20 people were injured.", _value("20", "at_least"), "people", "injured"),
        ("Between 20 and 30 people died.", _value("20", "between", "30"), "people", "killed"),
        ("The programme cost 412 million marks.", _value("412000000"), "marks", ""),
        ("The rate was 5.1% in spring.", _value("5.1"), "%", ""),
        ("Laboratories confirmed 1,842 cases of whooping cough.", _value("1842"), "cases of whooping cough",
         "infected"),
        ("The tunnel is 12 km long.", _value("12"), "km", ""),
    ],
)  # fmt: skip
def test_the_number_of_a_wording_is_read_as_written(wording, value, unit, scope):
    found = moving.claimed(wording)
    assert found is not None
    assert (found.value, found.unit, found.scope) == (value, unit, scope)


@pytest.mark.parametrize(
    "wording", ["He is 26 years old.", "It happened on 22 April 2025.", "Nobody was hurt."]
)
def test_a_wording_without_an_amount_has_none(wording):
    assert moving.claimed(wording) is None


@pytest.mark.parametrize(
    ("passage", "value"),
    [
        ("As of 18:00, 28 people were killed in the flood.", _value("28")),
        ("At least 30 people have been killed.", _value("30", "at_least")),
        ("Nine people are missing.", None),
        ("The flood killed 28 people in the north and 31 people in the south.", None),
        ("12 children were killed.", None),
    ],
)
def test_a_passage_gives_the_one_value_of_the_same_thing_or_none(passage, value):
    given = moving.claimed(TOLL)
    assert given is not None
    assert moving.later(given, passage) == value


def test_a_passage_in_another_unit_is_read_in_the_claims():
    given = moving.claimed("The tunnel is 12 km long.")
    assert given is not None
    assert moving.later(given, "The tunnel is 12,500 metres long.") == _value("12.5")


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (_value("26"), _value("28"), False),
        (_value("26"), _value("26"), True),
        (_value("20", "at_least"), _value("28"), True),
        (_value("26", "more_than"), _value("26"), False),
        (_value("30", "at_most"), _value("31"), False),
        (_value("26", "about"), _value("28"), True),
        (_value("26", "about"), _value("60"), False),
        (_value("20", "between", "30"), _value("28"), True),
        (_value("20", "between", "30"), _value("31", "at_least"), False),
        (_value("412000000"), _value("412300000"), True),
    ],
)
def test_bounds_hedges_and_rounding_decide_what_can_both_hold(one, other, both):
    assert moving.can_hold(one, other) is both
    assert moving.can_hold(other, one) is both


@pytest.mark.parametrize(
    ("quote", "value", "there"),
    [
        ("28 people were killed", _value("28"), True),
        ("Twenty-eight people were killed", _value("28"), True),
        ("۲۸ افراد ہلاک ہوئے", _value("28"), True),
        ("murieron 1.842 personas", _value("1842"), True),
        ("un 5,1 %", _value("5.1"), True),
        ("36.2 trillion dollars", _value("36200000000000"), True),
        ("between 20 and 30", _value("20", "between", "30"), True),
        ("at least 20", _value("20", "between", "30"), False),
        ("280 people were killed", _value("28"), False),
    ],
)
def test_a_quote_shows_a_number_in_digits_or_words(quote, value, there):
    assert moving.shows(quote, value) is there


@pytest.mark.parametrize(
    ("number", "readable"),
    [("26", True), ("-2.125", True), ("0.0001", False), ("26.000000", True),
     ("1." + "0" * 40 + "1", False), ("1e9999", False), ("1e14", False), ("99999999999999", True),
     ("9999999999999.125", False)],
)  # fmt: skip
def test_a_value_with_more_digits_than_every_database_keeps_is_not_readable(number, readable):
    assert moving.is_readable(Decimal(number)) is readable
