"""What counts as a contradiction between two claims, and what does not."""

from __future__ import annotations

from datetime import date

import pytest

from reviews.contradictions import Difference, Statement, of_values, of_verdicts

FLOOD = "26 people were killed in the flood in Talvik."


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (FLOOD, "31 people were killed in the flood in Talvik.", ("26 people", "31 people")),
        (
            FLOOD,
            "More than 26 people were killed in the flood in Talvik.",
            ("26 people", "more than 26 people"),
        ),
        (
            "Officials said 26 people were killed in Talvik.",
            "Talvik: 31 people killed.",
            ("26 people", "31 people killed"),
        ),
        (
            "The bridge cost 40 million euros.",
            "The bridge cost 55 million euros.",
            ("40 million euros", "55 million euros"),
        ),
        (
            "12 children were killed in the flood in Talvik.",
            "At most 9 people were killed in the flood in Talvik.",
            ("12 children", "at most 9 people"),
        ),
    ],
)
def test_figures_of_one_event_that_cannot_both_hold_are_told(one, other, told):
    assert of_values(Statement(one, "Officials"), Statement(other)) == Difference(*told)
    assert of_values(Statement(other), Statement(one, "Officials")) == Difference(*reversed(told))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(FLOOD, FLOOD, id="the same"),
        pytest.param("At least 20 people were killed in the flood in Talvik.", FLOOD, id="within a bound"),
        pytest.param(
            "About 1,000 homes were destroyed in Talvik.",
            "1,050 homes were destroyed in Talvik.",
            id="hedged",
        ),
        pytest.param(
            "26 people were killed in the flood in Moss.",
            "12 people were killed in the flood in Talvik.",
            id="other places",
        ),
        pytest.param(
            "The gunmen killed 19 people [bus attack, Talvik].",
            "Eleven of the dead were children [bus attack, Talvik].",
            id="a part",
        ),
        pytest.param(
            "The state budget ran a deficit of 91 million euros in May.",
            "Revenue rose, helped by a shift of 4 million euros in the budget.",
            id="two sums",
        ),
        pytest.param(
            "Talvik cuts spending to 80 million euros [city council, Talvik].",
            "A ticket will cost 3 euros from July [city council, Talvik].",
            id="a topic alone in common",
        ),
        pytest.param(
            "On 3 May 26 people were killed in Talvik.",
            "On 4 May 12 people were killed in Talvik.",
            id="other days",
        ),
        pytest.param(
            "In 2023 the ministry spent $4 million on dams.",
            "In 2024 the ministry spent $6 million on dams.",
            id="other years",
        ),
        pytest.param(
            "26 people were killed on Monday in Talvik.",
            "12 people were killed on Tuesday in Talvik.",
            id="other weekdays",
        ),
        pytest.param("12 children were killed in the flood in Talvik.", FLOOD, id="a part of the whole"),
        pytest.param(
            "26 people, among them 12 children, were killed in Talvik.",
            "26 people were killed in Talvik.",
            id="a part told beside the whole",
        ),
        pytest.param(
            "26 people were killed in the flood in Talvik.",
            "40 people were injured in the flood in Talvik.",
            id="something else happened",
        ),
        pytest.param(
            "26 people were not killed in the flood in Talvik.",
            "31 people were killed in the flood in Talvik.",
            id="one denies it",
        ),
        pytest.param(
            "The minister resigned after 26 days.", "The dam holds 40 million litres.", id="nothing in common"
        ),
    ],
)
def test_what_can_both_hold_or_is_of_two_events_is_no_contradiction(one, other):
    assert of_values(Statement(one), Statement(other)) is None
    assert of_values(Statement(other), Statement(one)) is None


def test_undated_figures_of_articles_far_apart_are_two_events():
    one, other = Statement(FLOOD, day=date(2026, 5, 3)), FLOOD.replace("26", "31")
    assert of_values(one, Statement(other, day=date(2026, 5, 20))) is not None
    assert of_values(one, Statement(other, day=date(2026, 9, 3))) is None


@pytest.mark.parametrize(
    ("one", "other", "told"), [(5, 1, True), (4, 2, True), (5, 4, False), (2, 1, False), (5, None, False)]
)
def test_verdicts_contradict_when_one_says_true_and_the_other_false(one, other, told):
    left, right = Statement(FLOOD, rating="A", number=one), Statement(FLOOD, rating="B", number=other)
    assert of_verdicts(left, right) == (Difference("A", "B") if told else None)


def test_verdicts_on_other_figures_do_not_contradict():
    left = Statement(FLOOD, rating="True", number=5)
    right = Statement(FLOOD.replace("26", "31"), rating="False", number=1)
    assert of_verdicts(left, right) is None
