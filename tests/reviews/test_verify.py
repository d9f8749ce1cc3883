"""The two checks find nothing where nothing is wrong, and each kind of planted damage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection

from audit import ledger
from audit.guards import GUARDS as AUDIT_GUARDS
from common import guards
from reviews import verify
from reviews.actions import figures, verdicts
from reviews.actions.figures import Given
from reviews.verify import ALL_GUARDS, audit_findings, data_findings
from sources import actions as sources
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def _unguarded(db):
    """Whoever tampers has lifted the guards and the checks before."""
    guards.uninstall(ALL_GUARDS, connection)
    yield
    guards.install(ALL_GUARDS, connection)


def rules(findings):
    return {finding.rule for finding in findings}


def damage(sql, *values):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(sql, values)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.fixture
def published(claim_at):
    """A claim whose whole life is told by the ledger."""
    return claim_at("published")


def test_nothing_is_found_where_nothing_is_wrong(published, capsys):
    call_command("verify_audit")
    call_command("verify_data")
    assert capsys.readouterr().out.splitlines() == ["The ledger is whole.", "Nothing contradicts itself."]


def test_a_missing_guard_is_found(published):
    guards.uninstall(AUDIT_GUARDS[:1], connection)
    assert "the guards are in place" in rules(audit_findings())
    guards.install(AUDIT_GUARDS[:1], connection)


@pytest.mark.usefixtures("_unguarded")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditevent SET verb = 'claim.forged' WHERE seq = 2",
        "UPDATE audit_auditevent SET actor_id = NULL WHERE seq = 2",
        "UPDATE audit_auditevent SET subject_id = subject_id + 1 WHERE seq = 2",
        "UPDATE audit_auditevent SET at = '2020-01-01 00:00:00+00:00' WHERE seq = 2",
        "UPDATE audit_auditevent SET request_id = 'forged' WHERE seq = 2",
        "UPDATE audit_auditevent SET digest = 'forged' WHERE seq = 2",
        "DELETE FROM audit_auditevent WHERE seq = 2",
    ],
)
def test_an_altered_or_missing_event_is_found(published, sql):
    damage(sql)
    broken = ledger.first_broken()
    assert broken is not None
    assert broken.seq == 2


@pytest.mark.usefixtures("_unguarded")
def test_a_cut_tail_is_found(published):
    last = ledger.newest_seq()
    damage("DELETE FROM audit_auditevent WHERE seq = %s", last)
    broken = ledger.first_broken()
    assert broken is not None
    assert "its head says" in broken.why


@pytest.mark.usefixtures("_unguarded")
def test_a_status_changed_round_the_actions_is_found(published):
    damage("UPDATE claims_claim SET status = 'retracted', is_public = false WHERE id = %s", published.pk)
    assert verify.Finding("a claim is where the ledger left it", f"claim:{published.pk}") in audit_findings()


@pytest.mark.usefixtures("_unguarded")
def test_the_command_exits_with_one_and_names_the_first_broken_event(published, capsys):
    damage("UPDATE audit_auditevent SET verb = 'x' WHERE seq = 3")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1
    assert "event:3" in capsys.readouterr().err


NONE_FOUND = "a verdict that says none found rests on a search that found none"
DAMAGE = {
    "a claim in review has a verdict that waits": (
        "in_review",
        "UPDATE reviews_verdict SET state = 'withdrawn'",
    ),
    "a verdict waits only on a claim in review": (
        "in_review",
        "UPDATE claims_claim SET status = 'open', assignee_id = NULL",
    ),
    "who wrote the waiting verdict holds the claim": (
        "in_review",
        "UPDATE claims_claim SET assignee_id = (SELECT max(id) FROM accounts_user)",
    ),
    "an approved or published claim has a verdict that stands": (
        "approved",
        "UPDATE reviews_verdict SET state = 'superseded'",
    ),
    "a published claim has a publication": ("published", "UPDATE reviews_publication SET current = false"),
    "a claim is called public while its fact-check stands": (
        "in_correction",
        "UPDATE claims_claim SET is_public = false",
    ),
    "a retracted claim has a retraction": (
        "published",
        "UPDATE claims_claim SET status = 'retracted', is_public = false",
    ),
    "every publication has an approved verdict": (
        "published",
        "UPDATE reviews_verdict SET approved_hash = 'forged', state = 'superseded'",
    ),
    "a publication says what the verdict judged": (
        "published",
        "UPDATE reviews_publication SET claim_text = 'other'",
    ),
    "a verdict counts its citations": ("approved", "UPDATE reviews_verdict SET citations = 9"),
    "a verdict cites the origins that it asks for, or says why not": (
        "approved",
        "UPDATE reviews_verdict SET origins_wanted = 2, origins = 2",
    ),
    "an approval names what is there": ("approved", "UPDATE claims_claim SET text = 'Other words.'"),
    "a claim's quote is in its article": (
        "new",
        "UPDATE claims_revision SET text = 'Other words altogether.'",
    ),
    "evidence is verbatim in its snapshot": ("approved", "UPDATE sources_snapshot SET text = 'Other words.'"),
}


@pytest.mark.usefixtures("_unguarded")
@pytest.mark.parametrize("rule", DAMAGE)
def test_each_kind_of_planted_damage_is_found(claim_at, rule):
    status, sql = DAMAGE[rule]
    claim_at(status, author=factories.UserFactory(), editor=factories.UserFactory(editor=True))
    factories.UserFactory()
    assert data_findings() == []
    damage(sql)
    assert rule in rules(data_findings())


@pytest.mark.usefixtures("_unguarded")
def test_evidence_and_publications_of_another_claim_are_found(claim_at):
    one, other = claim_at("published"), claim_at("published")
    damage("UPDATE sources_evidence SET claim_id = %s, number = 9 WHERE claim_id = %s", other.pk, one.pk)
    assert "a verdict cites evidence of its own claim" in rules(data_findings())
    damage(
        "UPDATE reviews_publication SET claim_id = %s, number = 9, current = false, note = 'n' WHERE claim_id = %s",
        other.pk,
        one.pk,
    )
    assert "a publication shows a verdict of its own claim" in rules(data_findings())


@pytest.mark.usefixtures("_unguarded")
def test_a_verdict_that_says_none_found_of_a_search_that_found_is_named(claim_at, checker):
    claim = claim_at("in_progress", author=checker)
    search = sources.record_search(claim.pk, by=checker, query="q", places="p", found=0, note="")
    given = verdicts.Proposed(rating="unproven", rationale="None found.", search=search.pk)
    verdict = verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=given)
    assert data_findings() == []
    damage("UPDATE sources_search SET found = 3")
    assert data_findings() == [verify.Finding(NONE_FOUND, f"verdict:{verdict.pk}")]


FIGURES = {
    "a value is shown by evidence of its own claim": "UPDATE sources_evidence SET claim_id = {other}, number = 9",
    "the values of a claim are in one unit": "UPDATE sources_figure SET unit = 'homes' WHERE stated = false",
    "a value stands in the quote that shows it": "UPDATE sources_figure SET value = 31 WHERE stated = false",
}


@pytest.mark.usefixtures("_unguarded")
@pytest.mark.parametrize("rule", FIGURES)
def test_a_value_that_its_claim_or_its_quote_does_not_bear_is_found(checker, rule):
    claim, other = factories.ClaimFactory(status="open"), factories.ClaimFactory()
    shown = factories.EvidenceFactory(claim=claim)
    given = Given(Decimal(26), date(2025, 4, 22), "Officials", unit="people")
    figures.state(claim.pk, by=checker, version=claim.version, given=given)
    figures.add(claim.pk, by=checker, given=replace(given, evidence=shown.pk))
    assert data_findings() == []
    damage(FIGURES[rule].format(other=other.pk))
    assert rule in rules(data_findings())


def test_every_rule_has_its_damage():
    others = {
        "a verdict cites evidence of its own claim",
        "a publication shows a verdict of its own claim",
        NONE_FOUND,
        *FIGURES,
    }
    assert set(verify.RULES) == set(DAMAGE) | others
