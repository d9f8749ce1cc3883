"""Sentences that tell two things give two claims, each in words that stand alone."""

import pytest

from claims.extraction.engine import extract


def wordings(text: str, **more: str) -> list[str]:
    """The wordings of all claims of a text, without what was added in brackets."""
    return [claim.text.split(" [")[0].rstrip(".") for claim in extract(text, **more)]


@pytest.mark.parametrize(
    ("sentence", "first", "second"),
    [
        (
            "Fourteen soldiers were killed when troops from Tolmark overran a hilltop post before dawn on Tuesday.",
            "Fourteen soldiers were killed",
            "Troops from Tolmark overran a hilltop post before dawn on Tuesday",
        ),
        (
            "At least 63 detainees have died in two prisons since 2023, most of them of hunger or untreated illness.",
            "At least 63 detainees have died in two prisons since 2023",
            "Most of the detainees have died of hunger or untreated illness",
        ),
        (
            "Eleven people were hurt, three of them police officers.",
            "Eleven people were hurt",
            "Three of the people were police officers",
        ),
        (
            "The clash was the fourth on the lake this year and the first in which shots were fired since 1998.",
            "The clash was the fourth on the lake this year",
            "The clash was the first in which shots were fired since 1998",
        ),
        (
            "Cedar Holdings, a trader that belongs to a former minister, handled a quarter of the crude last year.",
            "Cedar Holdings handled a quarter of the crude last year",
            "Cedar Holdings belongs to a former minister",
        ),
        (
            "The exit poll gave Teodora Lisac's bloc 38.6 percent and Radanov's party 33.1.",
            "The exit poll gave Teodora Lisac's bloc 38.6 percent",
            "The exit poll gave Radanov's party 33.1",
        ),
        (
            "Monitors had counted 23 violations by Varesh and 19 by Ordania since July.",
            "Monitors had counted 23 violations by Varesh",
            "Monitors had counted 19 violations by Ordania since July",
        ),
        (
            "The company expected sales to be flat this year and the margin to recover to between 3% and 4%.",
            "The company expected sales to be flat this year",
            "The company expected the margin to recover to between 3% and 4%",
        ),
        (
            "They admitted that a third of the reserve had been hidden by cloud and that the error was 15 percent.",
            "A third of the reserve had been hidden by cloud",
            "The error was 15 percent",
        ),
        (
            "Sales fell 12 percent in Germany, our largest market.",
            "Sales fell 12 percent in Germany",
            "Germany was our largest market",
        ),
    ],
)
def test_two_things_in_one_sentence_are_two_claims(sentence, first, second):
    assert {first, second} <= set(wordings(sentence))


def test_numbers_without_their_noun_say_what_they_count():
    found = wordings(
        "The auditors found 340 payments without receipts. 212 of them carried no signature. Not one had been reported."
    )
    assert "212 of the payments carried no signature" in found
    assert "Not one of the payments had been reported" in found


def test_a_share_says_what_it_is_a_share_of():
    found = wordings(
        "The number of people who crossed reached 38,940 last year. Almost half came from Sadria."
    )
    assert "Almost half of the people came from Sadria" in found


def test_this_year_is_no_thing_that_was_named_before():
    assert wordings("Sales fell last year. The group expected sales to be flat this year.")[-1].endswith(
        "this year"
    )
