"""The checks say what stops a verdict and what deserves a look, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from reviews.absence import Absence
from reviews.checks import Level, Written, before_submit, of_absence
from reviews.drafting import filled
from sources import independence
from sources.models import AbsencePlan, Evidence, Search
from tests import factories

pytestmark = pytest.mark.django_db


def _texts(written: Written, evidence: list[Evidence], level: Level, claim_type: str = "") -> list[str]:
    return [
        check.text
        for check in before_submit(written, evidence, claim_type=claim_type)
        if check.level == level
    ]


def _evidence(**more: object) -> list[Evidence]:
    return [factories.EvidenceFactory(**more)]


def test_an_empty_draft_is_told_all_that_stops_it() -> None:
    assert _texts(Written(), [], Level.STOP) == [
        "Choose a verdict.",
        "Say why: readers see your reasons.",
        "Cite a piece of evidence, or choose the search that found nothing.",
    ]


def test_a_citation_of_nothing_and_one_set_aside_stop_a_verdict() -> None:
    evidence = _evidence(set_aside="Another flood.")

    told = _texts(Written(rating="true", rationale="So [E1] and [E7]"), evidence, Level.STOP)

    assert told == [
        "E7 is not there. Cite another piece.",
        "E1 was set aside. Bring it back or do not cite it.",
    ]


def test_a_figure_that_no_cited_quote_has_deserves_a_look() -> None:
    evidence = _evidence()
    written = Written(rating="true", summary="1,200 died, not 26.", rationale="[E1]")

    assert "The figure 1200 of the summary is in no cited quote." in _texts(written, evidence, Level.LOOK)


@pytest.mark.parametrize(
    "summary", ["26 died.", "2,000 fled.", "Between 4 and 6 are missing.", "As of 3.5.2025."]
)
def test_a_figure_that_a_cited_quote_gives_in_words_is_there(summary: str) -> None:
    text = (
        "Twenty-six people were killed on 3.5.2025. Some two thousand people fled; 4 to 6 people are missing."
    )
    snapshot = factories.SnapshotFactory(text=text)
    evidence = _evidence(snapshot=snapshot, end=len(text))

    told = _texts(Written(rating="true", summary=summary, rationale="[E1]"), evidence, Level.LOOK)

    assert not [text for text in told if "figure" in text]


def test_contradicting_evidence_that_is_not_mentioned_deserves_a_look() -> None:
    claim = factories.ClaimFactory()
    evidence = [factories.EvidenceFactory(claim=claim, stance=stance) for stance in ("supports", "refutes")]

    told = _texts(Written(rating="true", summary="So.", rationale="[E1]"), evidence, Level.LOOK)

    assert "E2 contradicts and is not mentioned." in told
    assert "All that is cited comes from one origin." in told


def test_an_absence_without_a_search_deserves_a_look_and_with_one_does_not() -> None:
    evidence, hint = (
        _evidence(),
        "Nothing says where was looked. Record a search and let the verdict rest on it.",
    )

    without = _texts(Written(rating="unproven", summary="So.", rationale="[E1]"), evidence, Level.LOOK)
    rested = Written(rating="unproven", summary="So.", rationale="[E1]", search=7)

    assert hint in without
    assert hint not in _texts(rested, evidence, Level.LOOK, "evidence_status")


def test_resting_on_a_search_that_found_something_stops_a_verdict_until_it_is_set_aside() -> None:
    search = Search(pk=7, found=3)
    written = Written(rating="unproven", summary="So.", rationale="None.", search=7)
    told = "The search that it rests on found something. Cite it, or say at the search why none of it bears."

    assert next(check.text for check in before_submit(written, [], searches=[search])) == told
    search.set_aside = "Another dam."
    assert told not in [check.text for check in before_submit(written, [], searches=[search])]


def _absence(last: datetime | None = None, next_search: date | None = None, **plan: Any) -> Absence:
    return Absence(AbsencePlan(**plan), 2, 2, last, next_search)


def test_an_absence_is_told_as_a_check_list() -> None:
    bare = of_absence(_absence())
    last = datetime(2026, 5, 3, 12, tzinfo=UTC)
    asked = {"asked_on": date(2026, 5, 2), "asked_how": "by mail"}
    done = of_absence(_absence(last, date(2026, 5, 10), would_refute="A court record.", **asked))
    answered = of_absence(_absence(last, answer="Ask the court.", **asked))

    again = "Once it is public it is searched for again by itself, a week after the last search."
    assert [(check.level, check.text) for check in bare] == [
        (Level.LOOK, "No search is recorded yet."),
        (Level.LOOK, "Nothing says what would refute the claim."),
        (Level.LOOK, "The claimant was not asked yet."),
        (Level.OK, again),
    ]
    assert [(check.level, check.text) for check in done] == [
        (Level.OK, "Searched in 2 places, last on 3 May 2026."),
        (Level.OK, "What would refute it: A court record."),
        (Level.OK, "The claimant was asked on 2 May 2026 (by mail). No answer so far."),
        (Level.OK, "The machine searches again by itself on 10 May 2026."),
    ]
    assert answered[2].text == "The claimant was asked on 2 May 2026 (by mail) and answered: Ask the court."


def test_what_an_absence_lacks_deserves_a_look_before_its_verdict_is_submitted() -> None:
    written = Written(rating="unproven", summary="So.", rationale="None.", search=7)
    told = before_submit(written, [], absence=_absence())
    assert [check.text for check in told if check.level == Level.LOOK] == [
        "Nothing says what would refute the claim.",
        "The claimant was not asked yet.",
    ]


def test_two_origins_and_exact_quotes_are_fine() -> None:
    claim = factories.ClaimFactory()
    evidence = []
    for publisher in ("Civil Protection", "North Line"):
        source = factories.SourceFactory(publisher=publisher)
        snapshot = factories.SnapshotFactory(source=source)
        evidence.append(factories.EvidenceFactory(claim=claim, snapshot=snapshot))

    told = _texts(Written(rating="true", summary="26.", rationale="[E1] [E2]"), evidence, Level.OK)

    assert told == ["Every cited quote is in our copy of its source.", "At least two independent origins."]


def test_five_copies_of_one_story_are_one_origin() -> None:
    claim = factories.ClaimFactory()
    for n in range(5):
        source = factories.SourceFactory(publisher=f"Paper {n}", origin="North Line ")
        factories.EvidenceFactory(claim=claim, snapshot=factories.SnapshotFactory(source=source))
    evidence = list(claim.evidence.select_related("snapshot__source"))

    tally = independence.tally(evidence)

    assert (tally.origins, tally.supports, tally.pieces) == (1, 1, 5)
    assert {later.number: first.number for later, first in _repeats(evidence)} == {2: 1, 3: 1, 4: 1, 5: 1}


def test_what_is_set_aside_counts_for_nothing() -> None:
    assert independence.tally(_evidence(set_aside="Another flood.")).origins == 0


def test_nothing_is_filled_in_where_the_machine_abstains() -> None:
    assert filled({"rationale": "Mine"}, None) == {"rationale": "Mine"}


def _repeats(evidence: list[Evidence]) -> list[tuple[Evidence, Evidence]]:
    by_id = {item.pk: item for item in evidence}
    return [(by_id[pk], first.of) for pk, first in independence.repeats(evidence).items()]
