"""How an absence is checked is written down once for a claim, and goes with the verdict that rests on a search."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from audit.models import AuditEvent
from claims.models import Claim
from common.errors import Conflict, Forbidden, Invalid, NotFound
from reviews import content
from reviews.actions import absence_plans, publishing, verdicts
from reviews.actions.absence_plans import Planned
from reviews.verify import data_findings
from sources import actions as sources
from sources.models import AbsencePlan
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scale")]

ASKED = date(2026, 5, 2)


def days(n: int) -> date:
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def claim(claim_at, checker) -> Claim:
    return claim_at("in_progress", author=checker, type="evidence_status")


def test_a_plan_is_kept_and_told(claim, checker):
    given = Planned(" A court record. ", ASKED, "By mail", "We have it.\r\nAsk the court.", days(20))

    made = absence_plans.plan(claim.pk, by=checker, version=0, planned=given)

    kept = AbsencePlan.objects.get(claim=claim)
    assert kept == made
    assert kept.state() == {
        "would_refute": "A court record.",
        "asked_on": ASKED,
        "asked_how": "By mail",
        "answer": "We have it.\nAsk the court.",
        "next_on": days(20),
        "version": 1,
    }
    event = AuditEvent.objects.get(verb="absence.planned")
    assert (event.actor, event.subject_id, event.data["would_refute"]) == (
        checker,
        claim.pk,
        "A court record.",
    )
    assert (event.data["asked_on"], event.data["next_on"]) == ("2026-05-02", days(20).isoformat())
    before = claim.version
    claim.refresh_from_db()
    assert claim.version == before  # whoever is writing a verdict is not disturbed


def test_who_read_an_older_plan_gets_the_conflict_and_changes_nothing(claim, checker, checker2):
    absence_plans.plan(claim.pk, by=checker, version=0, planned=Planned("A court record."))

    for version in (0, 2):
        with pytest.raises(Conflict, match="Someone changed this plan meanwhile") as refused:
            absence_plans.plan(claim.pk, by=checker2, version=version, planned=Planned("A photograph."))
        assert (refused.value.current["would_refute"], refused.value.current["version"]) == (
            "A court record.",
            1,
        )
    assert AuditEvent.objects.filter(verb="absence.planned").count() == 1

    again = absence_plans.plan(claim.pk, by=checker2, version=1, planned=Planned("A photograph."))
    assert (again.version, AbsencePlan.objects.get().would_refute) == (2, "A photograph.")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"asked_how": "By mail"}, "on which day the claimant was asked"),
        ({"answer": "No."}, "on which day the claimant was asked"),
        ({"asked_on": ASKED, "asked_how": "  "}, "how the claimant was asked"),
        ({"asked_on": date(9999, 1, 1), "asked_how": "By mail"}, "a day that has come"),
        ({"would_refute": "x" * 1001}, "1000 characters at most"),
        ({"asked_on": ASKED, "asked_how": "x" * 301}, "300 characters at most"),
        ({"asked_on": ASKED, "asked_how": "x", "answer": "x" * 2001}, "2000 characters at most"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(claim, checker, given, told):
    with pytest.raises(Invalid, match=told):
        absence_plans.plan(claim.pk, by=checker, version=0, planned=Planned(**given))
    assert not AbsencePlan.objects.exists()


@pytest.mark.parametrize("n", [-1, 0, 367])
def test_the_next_search_is_from_tomorrow_on_within_a_year(claim, checker, n):
    with pytest.raises(Invalid, match="from tomorrow on, within a year"):
        absence_plans.plan(claim.pk, by=checker, version=0, planned=Planned(next_on=days(n)))
    assert not AbsencePlan.objects.exists()
    for version, fine in enumerate((1, 366)):
        made = absence_plans.plan(claim.pk, by=checker, version=version, planned=Planned(next_on=days(fine)))
        assert made.next_on == days(fine)


def test_a_day_that_has_passed_since_does_not_stop_the_rest_from_being_changed(claim, checker):
    AbsencePlan.objects.create(claim=claim, next_on=days(-3))
    given = Planned("A court record.", next_on=days(-3))
    assert absence_plans.plan(claim.pk, by=checker, version=1, planned=given).version == 2


def test_only_who_checks_claims_plans_and_only_for_a_claim_that_is_alive(claim, checker, reader, claim_at):
    with pytest.raises(Forbidden):
        absence_plans.plan(claim.pk, by=reader, version=0, planned=Planned("x"))
    for status in ("dismissed", "retracted"):
        with pytest.raises(Conflict):
            absence_plans.plan(claim_at(status).pk, by=checker, version=0, planned=Planned("x"))
    with pytest.raises(NotFound):
        absence_plans.plan(0, by=checker, version=0, planned=Planned("x"))
    assert not AbsencePlan.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"asked_on": ASKED}, {"asked_how": "By mail"}, {"answer": "No."}, {"asked_on": ASKED, "answer": "No."}]
)  # fmt: skip
def test_the_database_refuses_an_answer_of_nobody_asked(changes):
    with pytest.raises(DatabaseError), transaction.atomic():
        AbsencePlan.objects.create(claim=factories.ClaimFactory(), **changes)


def test_the_database_keeps_one_plan_for_a_claim(claim):
    AbsencePlan.objects.create(claim=claim)
    with pytest.raises(DatabaseError), transaction.atomic():
        AbsencePlan.objects.create(claim=claim)


def test_what_would_refute_it_goes_with_the_verdict_and_stays_as_it_was(
    claim, checker, editor, nothing_is_wrong
):
    absence_plans.plan(claim.pk, by=checker, version=0, planned=Planned("A court record."))
    search = sources.record_search(claim.pk, by=checker, query="dam", places="the gazette", found=0, note="")
    given = verdicts.Proposed(rating="unproven", rationale="None found.", search=search.pk)
    verdict = verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=given)

    absence_plans.plan(claim.pk, by=checker, version=1, planned=Planned("A photograph."))
    claim.refresh_from_db()
    publishing.approve_and_publish(claim.pk, by=editor, version=claim.version)

    verdict.refresh_from_db()
    assert (verdict.would_refute, verdict.approved_hash) == ("A court record.", verdict.content_hash)
    verdict.would_refute = "A photograph."
    assert content.of_verdict(verdict).hash() != verdict.content_hash
    with pytest.raises(DatabaseError), transaction.atomic():
        verdict.save(update_fields=["would_refute"])
    assert data_findings() == []


def test_a_verdict_that_cites_evidence_takes_nothing_of_the_plan(claim, checker, proposal):
    absence_plans.plan(claim.pk, by=checker, version=0, planned=Planned("A court record."))
    given = proposal(factories.EvidenceFactory(claim=claim))
    verdict = verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=given)
    assert verdict.would_refute == ""
