"""The page that measures the machine by what people decided."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse

from claims.models import Claim
from common.errors import Forbidden
from reviews import learning
from reviews.actions import decisions, suggestions, verdicts, work
from reviews.models import Rating
from reviews.steps import Weighed
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def decide(scale, proposal, checker, editor):
    """An approved verdict on a claim for which the machine had suggested something."""

    def make(suggested: str, decided: str = "true", *, confidence: float = 0.9, type: str = "event") -> Claim:
        claim = factories.ClaimFactory(type=type)
        said = Weighed(suggested, confidence if suggested else None, ("E1.",), (), ("E1",), "tests/1")
        with transaction.atomic():
            suggestions.suggest(claim.pk, said)
        evidence = factories.EvidenceFactory(claim=claim)
        claim = work.accept(claim.pk, by=checker, version=claim.version)
        claim = work.take(claim.pk, by=checker, version=claim.version)
        given = proposal(evidence, rating=decided)
        verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=given)
        claim.refresh_from_db()
        decisions.approve(claim.pk, by=editor, version=claim.version)
        return claim

    return make


def test_a_verdict_is_held_against_the_suggestion_that_stood_when_it_was_submitted(decide, checker):
    claim = decide("true", "true")
    with transaction.atomic():  # a later thought of the machine changes nothing
        suggestions.suggest(claim.pk, Weighed("false", 0.9, ("E1.",), (), ("E1",), "tests/2"))
    found = learning.learned(checker, days=30)
    assert (found.all.verdicts, found.all.spoke, found.all.agreed) == (1, 1, 1)


def test_what_it_was_silent_on_is_abstention_and_no_error(decide, checker):
    decide("", "false")
    found = learning.learned(checker, days=30)
    assert (found.all.spoke, found.all.abstained, found.all.agreement) == (0, 1.0, None)


def test_groups_of_few_are_left_out_and_larger_ones_shown(decide, checker):
    for n in range(6):
        decide("true", "true" if n < 4 else "false")
    for _ in range(2):
        decide("true", type="casualty")
    found = learning.learned(checker, days=30)
    assert [(group.name, group.verdicts, group.agreed) for group in found.by_type] == [("Event", 6, 4)]
    [one] = found.bins
    assert (one.n, round(one.said, 2), round(one.was, 2)) == (8, 0.9, 0.75)
    assert found.error == pytest.approx(0.15)


def test_the_page_and_its_csv_say_the_same(decide, checker, client):
    for _ in range(5):
        decide("true")
    client.force_login(checker)
    page = client.get(reverse("desk:learning"), {"days": 30}).content.decode()
    assert (
        "5 verdicts were approved. The machine suggested a rating for 5, and people decided so for 5." in page
    )
    assert "5 suggestions of about 0.90: right 1.00." in page
    table = client.get(reverse("desk:learning"), {"days": 30, "as": "csv"})
    assert table["Content-Type"].startswith("text/csv")
    assert table.content.decode().splitlines()[1] == "all,5,5,5"


def test_an_empty_time_says_what_to_do(checker, client):
    client.force_login(checker)
    assert "No verdict was approved in this time." in client.get(reverse("desk:learning")).content.decode()
    assert client.get(reverse("desk:learning"), {"days": "9999999"}).status_code == 200


def test_it_is_for_those_who_work_here(reader, client):
    with pytest.raises(Forbidden):
        learning.learned(reader, days=30)
    client.force_login(reader)
    assert client.get(reverse("desk:learning")).status_code == 403
    assert not Rating.objects.exists()
