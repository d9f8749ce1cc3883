"""A finer grain: how one claim could be cut, for a person to choose."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.grain import AT_MOST, proposed


@pytest.mark.parametrize(
    ("wording", "cut"),
    [
        (
            "The flood destroyed 12 homes and a school.",
            ["The flood destroyed 12 homes.", "The flood destroyed a school."],
        ),
        (
            "The agreement covers steel, copper and timber.",
            [
                "The agreement covers steel.",
                "The agreement covers copper.",
                "The agreement covers timber.",
            ],
        ),
        (
            "Anna Lee and Tom Ruiz signed the agreement on Monday.",
            ["Anna Lee signed the agreement on Monday.", "Tom Ruiz signed the agreement on Monday."],
        ),
    ],
)
def test_what_is_joined_is_proposed_apart(wording, cut):
    assert proposed(wording) == cut


@pytest.mark.parametrize(
    "wording", ["He denied it.", "The tax will rise between June and October.", "", "گواہ نے کہا", "and"]
)
def test_what_is_one_thing_is_left_whole(wording):
    assert proposed(wording) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["Lee", "and", ",", "said", "26", "people", "or", "(", "”", "."]), max_size=30)
)
def test_any_wording_is_cut_into_a_few_parts_or_not_at_all(words):
    found = proposed(" ".join(words))
    assert len(found) != 1
    assert len(found) <= AT_MOST
    assert all(part.strip(" .") for part in found)
