"""What counts as a contradiction between two claims, and what does not."""

from __future__ import annotations

from datetime import date

import pytest

from bench.contradictions import SETS, measured, read
from reviews.contradictions import Difference, Statement, of_dates, of_values, of_verdicts

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
        (
            "The death toll from the flood that hit the villages around Talvik stands at 26.",
            "31 people drowned in the flood that hit the villages around Talvik.",
            ("26", "31 people drowned"),
        ),
        (
            "Three soldiers were killed in Talvik.",
            "Eight soldiers died in Talvik.",
            ("Three soldiers", "Eight soldiers died"),
        ),
        (
            "No fewer than 60 houses were destroyed by the flood in Talvik.",
            "The flood in Talvik destroyed 25 houses.",
            ("at least 60 houses", "25 houses"),
        ),
        (
            "62 per cent of water samples in Talvik were unsafe.",
            "41 per cent of the water samples taken in Talvik were unsafe.",
            ("62 per cent", "41 per cent"),
        ),
        (
            "Nine in ten teachers in Talvik voted for the strike.",
            "85 per cent of teachers in Talvik voted for the strike.",
            ("Nine in ten teachers", "85 per cent"),
        ),
        (
            "The council of Talvik voted 31 to 14 for the plan.",
            "The plan passed the Talvik council by 30 votes to 15.",
            ("31 to 14", "30 votes to 15"),
        ),
        (
            "Turnout in the Talvik election was 61 per cent.",
            "58 per cent of voters took part in the Talvik election.",
            ("61 per cent", "58 per cent"),
        ),
        (
            "The fund gave Talvik 120 million crowns.",
            "The fund gave Talvik 75 million crowns.",
            ("120 million crowns", "75 million crowns"),
        ),
    ],
)
def test_figures_of_one_event_that_cannot_both_hold_are_told(one, other, told):
    assert of_values(Statement(one, "Officials"), Statement(other)) == Difference(*told)
    assert of_values(Statement(other), Statement(one, "Officials")) == Difference(*reversed(told))
    assert of_dates(Statement(one), Statement(other)) is None


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("The Talvik dam was built in 1962.", "The Talvik dam was built in 1971.", ("1962", "1971")),
        ("The ceasefire ended on 2 July.", "The ceasefire ended on 30 June.", ("2 July", "30 June")),
    ],
)
def test_two_dates_of_what_happens_once_are_told_as_dates(one, other, told):
    assert of_dates(Statement(one), Statement(other)) == Difference(*told)
    assert of_values(Statement(one), Statement(other)) is None


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
            "A single ticket to Talvik costs 49 euros.",
            "A return ticket to Talvik costs 79 euros.",
            id="two of a kind",
        ),
        pytest.param(
            "Exports of wheat from Talvik fell by 20%.",
            "Exports of maize from Talvik fell by 35%.",
            id="of another",
        ),
        pytest.param(
            "The train to Talvik carried 212,000 passengers in its first year.",
            "The train to Talvik carried 240,000 passengers in its second year.",
            id="another year of it",
        ),
        pytest.param(
            "Fever killed 61 people in Talvik this year.",
            "Fever killed 210 people in Talvik last year.",
            id="last year",
        ),
        pytest.param(
            "The stadium in Talvik cost 310 million euros.",
            "The stadium in Talvik was planned at 180 million euros.",
            id="a plan",
        ),
        pytest.param(
            "The dam at Talvik is 92 metres high.", "The dam at Talvik is 310 metres long.", id="two sides"
        ),
        pytest.param(
            "Nurses in Talvik will get 400 crowns more.",
            "Nurses in Talvik earn 3,100 crowns.",
            id="change and level",
        ),
        pytest.param(
            "62 per cent of samples in Talvik were unsafe.",
            "62.3% of samples in Talvik were unsafe.",
            id="rounded",
        ),
        pytest.param(
            "The Talvik treaty was signed on 4 March 2019.",
            "The Talvik treaty took effect on 1 July 2019.",
            id="two acts",
        ),
        pytest.param(
            "The envoys met in Talvik on 3 June.",
            "The envoys met in Talvik on 9 June.",
            id="what may happen twice",
        ),
        pytest.param(
            "58 per cent in Talvik voted to leave.",
            "42 per cent in Talvik voted to stay.",
            id="the other side",
        ),
        pytest.param(
            "The council of Talvik voted 31 to 14 for the plan.",
            "In Talvik the plan was approved by a vote of 31-14.",
            id="the same vote",
        ),
        pytest.param(
            "The council of Talvik voted 31 to 14 for the plan.",
            "A committee in Talvik voted 6 to 3 for the plan.",
            id="another body",
        ),
        pytest.param(
            "Talvik United won the final 3-1.",
            "Talvik United led 2-1 at half-time in the final.",
            id="a part of the game",
        ),
        pytest.param(
            "One in five nurses in Talvik is off sick.",
            "One in three doctors in Talvik is off sick.",
            id="another group",
        ),
        pytest.param(
            "By noon 22 per cent of voters had cast their ballots in Talvik.",
            "Turnout in Talvik was 61 per cent.",
            id="before it ended",
        ),
        pytest.param(
            "The nurses of Talvik demanded 400 crowns more.",
            "The nurses of Talvik got 250 crowns more.",
            id="asked for",
        ),
        pytest.param(
            "The minister resigned after 26 days.", "The dam holds 40 million litres.", id="nothing in common"
        ),
    ],
)
def test_what_can_both_hold_or_is_of_two_events_is_no_contradiction(one, other):
    for rule in (of_values, of_dates):
        assert rule(Statement(one), Statement(other)) is None
        assert rule(Statement(other), Statement(one)) is None


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


def test_a_figure_of_a_year_and_one_without_are_of_two_times_where_the_article_is_of_another_year():
    one = Statement("A bus crash in Talvik killed 14 people in 2011.", day=date(2026, 5, 3))
    other = Statement("A bus crash in Talvik killed 6 people.", day=date(2026, 5, 3))
    assert of_values(one, other) is None
    assert of_values(Statement(one.text.replace("2011", "2026"), day=one.day), other) is not None


def test_a_verdict_on_a_wording_that_says_more_does_not_contradict():
    one = Statement("The mayor flew to Talvik.", rating="True", number=5)
    other = Statement("The mayor flew to Talvik on a private jet.", rating="False", number=2)
    assert of_verdicts(one, other) is None


def test_of_the_labelled_pairs_nearly_all_contradictions_are_told_and_hardly_anything_else():
    for name, path in SETS.items():
        found = measured(read(path))
        assert found["recall"] >= 0.9, name
        assert found["precision"] >= 0.97, name


def test_verdicts_on_other_figures_do_not_contradict():
    left = Statement(FLOOD, rating="True", number=5)
    right = Statement(FLOOD.replace("26", "31"), rating="False", number=1)
    assert of_verdicts(left, right) is None
