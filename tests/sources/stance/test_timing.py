"""A source's date is held against the claim's: what is of another time weighs less, and the reasons say so."""

from datetime import date

import pytest

from sources.stance import Judgement, Timing, Weighed, propose, timing

SAID = date(2025, 4, 29)


@pytest.mark.parametrize(
    ("claim", "published", "weighs", "reason"),
    [
        ("26 people were killed on 22 April 2025.", date(2025, 4, 23), 1.0, ""),
        (
            "26 people were killed on 22 April 2025.",
            date(2025, 4, 10),
            0.5,
            "It was published before 22 April 2025, of which the claim speaks.",
        ),
        ("In 1974 parliament was told of it.", date(1974, 5, 9), 1.0, ""),
        ("No passenger has died since 2009.", date(2012, 1, 1), 1.0, ""),
        (
            "The toll is 26.",
            date(2025, 7, 1),
            0.9,
            "It was published later than the claim, on 1 July 2025.",
        ),
        (
            "The tax rate is 20%.",
            date(2022, 1, 5),
            0.8,
            "It was published long before the claim, on 5 January 2022: it may be out of date.",
        ),
        ("The tax rate is 20%.", None, 1.0, ""),
    ],
)
def test_a_sources_date_is_compared_with_the_claims(claim, published, weighs, reason):
    assert timing(claim, SAID, published) == Timing(weighs, reason)


def test_without_an_articles_date_only_the_dates_in_the_claim_count():
    assert timing("The tax rate is 20%.", None, date(1990, 1, 1)) == Timing()


def test_what_is_of_another_time_weighs_less():
    said = Judgement("supports", 0.92, ("The source says it in nearly the same words.",), "near_verbatim")
    now, old = Weighed(said, reliability="A"), Weighed(said, reliability="A", timely=0.5)
    assert propose([now], origins_wanted=1).rating == "true"
    assert propose([old], origins_wanted=1).rating is None
