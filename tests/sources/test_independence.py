"""Who has it from whom: credits, the same words, and citing one another make one origin."""

from __future__ import annotations

import pytest

from sources import independence
from sources.credit import credited
from tests import factories

STORY = "At least 26 people were killed when the river flooded the lower town of Norvale on Sunday night."


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("LOWFEN (Reuters) – A fire killed four people.", "Reuters"),
        ("A fire killed four people.\n\n— AFP", "AFP"),
        ("A fire killed four people.\n\nSource: dpa", "dpa"),
        ("PARIS (AP) - A fire killed four people.", "AP"),
        ("By The Associated Press\n\nA fire killed four people.", "AP"),
        ("A spokesman told Reuters that a fire killed four people.", ""),
        ("The PA system failed.", ""),
        ("", ""),
    ],
)
def test_an_agency_is_credited_where_agencies_are_and_not_where_it_is_mentioned(text, agency):
    assert credited(text) == agency


@pytest.fixture
def piece(db):
    claim = factories.ClaimFactory()

    def make(quote: str, publisher: str, **source: object):
        copy = factories.SnapshotFactory(
            text=quote, source__publisher=publisher, **{f"source__{k}": v for k, v in source.items()}
        )
        return factories.EvidenceFactory(claim=claim, snapshot=copy, quote=quote, start=0, end=len(quote))

    return make


def test_papers_that_credit_one_agency_are_one_origin(piece):
    both = [
        piece("Twenty-six died.", "Courier", origin="Reuters"),
        piece("26 dead in flood.", "Gazette", origin="Reuters"),
    ]
    assert independence.origins(both) == 1
    assert independence.repeats(both)[both[1].pk].why == "from Reuters as well"


def test_nearly_the_same_words_are_one_origin_and_another_report_is_not(piece):
    one, copy = piece(STORY, "Courier"), piece(STORY.replace("Sunday night", "Sunday"), "Gazette")
    other = piece(
        "The hospital of Norvale counted 26 dead and 40 injured by Monday noon, its director said.", "Herald"
    )
    assert independence.origins([one, copy, other]) == 2
    assert independence.repeats([one, copy, other])[copy.pk].why == "nearly the same words"


def test_a_piece_that_says_whom_it_has_it_from_is_no_second_origin(piece):
    one = piece("The office counts 26 dead.", "Herald Daily")
    two = piece("According to Herald Daily, 26 people died.", "Gazette")
    assert independence.origins([one, two]) == 1
    assert "has it from Herald Daily" in independence.repeats([one, two])[two.pk].why


def test_a_piece_may_join_two_that_seemed_apart(piece):
    one, two = piece(STORY, "Courier"), piece("The count is 26.", "Herald", origin="AFP")
    both = piece(STORY, "Gazette", origin="AFP")
    assert independence.origins([one, two]) == 2
    assert independence.origins([one, two, both]) == 1
