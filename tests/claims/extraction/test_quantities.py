"""Numbers in words and digits, with bound, unit and what is counted."""

import pytest

from claims.extraction.quantities import quantities


@pytest.mark.parametrize(
    ("wording", "value", "high", "bound", "unit"),
    [
        ("wounding at least 34", 34, None, "at_least", ""),
        ("Twenty-six people were killed", 26, None, "exact", ""),
        ("nearly a fifth", 0.2, None, "about", ""),
        ("a deficit of 91.4 billion zlotys", 91.4e9, None, "exact", "zlotys"),
        ("worth A$214m", 214e6, None, "exact", "A$"),
        ("1.5 to 2.5 million people", 1.5e6, 2.5e6, "range", ""),
        ("up to 38,000 from their homes", 38_000, None, "at_most", ""),
        ("fell 8.7 per cent", 8.7, None, "exact", "%"),
        ("four hundred and two cows", 402, None, "exact", ""),
        ("no more than 60 centimetres", 60, None, "at_most", "centimetres"),
    ],
)
def test_a_number_is_read_with_its_bound_and_unit(wording, value, high, bound, unit):
    [found] = quantities(wording)
    assert (round(found.value, 6), found.high, found.bound, found.unit) == (value, high, bound, unit)


@pytest.mark.parametrize(
    "wording", ["on 22 April 2025", "between August 4 and 16", "at 4:12 a.m.", "in 2019"]
)
def test_dates_and_clock_times_are_no_quantities(wording):
    assert quantities(wording) == ()


def test_what_is_counted_is_kept():
    assert quantities("killing 19 people on a bus")[0].counted == "people"
