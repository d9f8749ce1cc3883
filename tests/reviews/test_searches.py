"""A verdict that says “none found” rests on a search that found nothing, or nothing that bears on the claim."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import User
from audit.models import AuditEvent
from claims.models import Claim
from common.errors import Conflict, Forbidden, Invalid, NotFound
from reviews import content
from reviews.actions import decisions, publishing, searches, verdicts
from reviews.models import Verdict
from sources import actions as sources
from sources.models import Search
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scale")]

REASON = "All three are about the dam of 1973."


@pytest.fixture
def claim(claim_at: Callable[..., Claim], checker: User) -> Claim:
    return claim_at("in_progress", author=checker)


def _search(claim: Claim, checker: User, found: int, **more: str) -> Search:
    return sources.record_search(
        claim.pk, by=checker, query="dam", places="the gazette", found=found, note="", **more
    )


def _submit(claim: Claim, checker: User, search: Search) -> Verdict:
    given = verdicts.Proposed(rating="unproven", rationale="None found.", search=search.pk)
    return verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=given)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (1, "That search found 1 document: cite it, or say at the search why it does not bear on the claim."),
        (3, "That search found 3 documents: cite one of them, or say at the search why none bears on the claim."),
    ],
)  # fmt: skip
def test_a_verdict_does_not_rest_on_a_search_that_found_something(claim, checker, found, told):
    search = _search(claim, checker, found)

    with pytest.raises(Invalid) as refused:
        _submit(claim, checker, search)

    assert str(refused.value) == told
    claim.refresh_from_db()
    assert claim.status == "in_progress"
    assert not Verdict.objects.exists()


def test_citing_evidence_beside_it_does_not_help(claim, checker, proposal):
    search = _search(claim, checker, 3)
    proposed = proposal(factories.EvidenceFactory(claim=claim), search=search.pk)
    with pytest.raises(Invalid, match="That search found 3 documents"):
        verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=proposed)


@pytest.mark.parametrize("when", ["recorded", "later"])
def test_a_verdict_rests_on_what_was_found_and_set_aside_with_a_reason(
    claim, checker, editor, when, nothing_is_wrong
):
    if when == "recorded":
        search = _search(claim, checker, 3, set_aside=REASON)
    else:
        search = searches.set_aside(_search(claim, checker, 3).pk, by=checker, reason=f" {REASON} ")
        event = AuditEvent.objects.get(verb="search.set_aside")
        assert (event.actor, event.data["reason"], event.data["search"]) == (checker, REASON, search.pk)

    verdict = _submit(claim, checker, search)
    claim.refresh_from_db()
    assert claim.version == 4  # setting a search aside disturbs nobody who is writing
    publishing.approve_and_publish(claim.pk, by=editor, version=claim.version)

    assert (verdict.nothing_found, search.set_aside) == (search, REASON)


def test_the_reason_is_part_of_what_is_approved(claim, checker):
    search = _search(claim, checker, 3, set_aside=REASON)
    verdict = _submit(claim, checker, search)
    verdict.nothing_found.set_aside = "Another reason."
    assert content.of_verdict(verdict).hash() != verdict.content_hash


def test_a_search_under_a_verdict_stays_as_it_is_until_that_is_returned(claim, checker, editor):
    search = _search(claim, checker, 3, set_aside=REASON)
    _submit(claim, checker, search)

    with pytest.raises(Conflict, match="A verdict rests on this search as it is"):
        searches.set_aside(search.pk, by=checker, reason="")
    search.refresh_from_db()
    assert search.set_aside == REASON

    claim.refresh_from_db()
    decisions.return_verdict(
        claim.pk, by=editor, version=claim.version, reason="One of them does bear on it."
    )
    assert searches.set_aside(search.pk, by=checker, reason="").set_aside == ""
    assert AuditEvent.objects.filter(verb="search.brought_back").count() == 1


def test_what_cannot_be_set_aside_is_refused(claim, checker, reader):
    nothing, something = _search(claim, checker, 0), _search(claim, checker, 2)
    with pytest.raises(Invalid, match="found nothing"):
        searches.set_aside(nothing.pk, by=checker, reason=REASON)
    with pytest.raises(Invalid, match="nothing to set aside"):
        _search(claim, checker, 0, set_aside=REASON)
    with pytest.raises(Invalid, match="300 characters at most"):
        searches.set_aside(something.pk, by=checker, reason="x" * 301)
    with pytest.raises(Forbidden):
        searches.set_aside(something.pk, by=reader, reason=REASON)
    with pytest.raises(NotFound):
        searches.set_aside(0, by=checker, reason=REASON)
    assert not Search.objects.exclude(set_aside="").exists()
    assert not AuditEvent.objects.filter(verb="search.set_aside").exists()


@pytest.mark.parametrize(
    ("found", "set_aside", "result", "shows"),
    [
        (0, "", "None found", True),
        (1, "", "1 found", False),
        (3, "", "3 found", False),
        (1, REASON, "The one found does not bear on the claim", True),
        (3, REASON, "None of 3 found bears on the claim", True),
    ],
)
def test_a_search_says_what_it_gave(found, set_aside, result, shows):
    search = Search(found=found, set_aside=set_aside)
    assert (search.result, search.shows_absence) == (result, shows)
