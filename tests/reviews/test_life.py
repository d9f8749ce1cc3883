"""A claim's life walked at random: any person tries any step, and what happens is what the table says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import User
from accounts.roles import Role
from audit import ledger
from audit.models import AuditEvent
from claims import workflow
from claims.lifecycle import HELD, STEPS, Status
from claims.models import Claim
from common.errors import Conflict, DeskError, Forbidden
from reviews.actions import decisions, publishing, verdicts, work
from reviews.models import Draft, Notification, Publication, Verdict
from reviews.verify import audit_findings, data_findings
from tests import factories

PEOPLE = ("reader", "checker", "checker2", "editor", "editor2", "admin")
PROPOSED = verdicts.Proposed(rating="true", rationale="The office counts 26 [E1].", summary="It counts 26.")
DEEDS: dict[str, Callable[..., object]] = {
    "accept": work.accept,
    "dismiss": lambda pk, **given: work.dismiss(pk, reason="opinion", **given),
    "take": work.take,
    "assign": lambda pk, **given: work.assign(pk, to=User.objects.get(username="checker2"), **given),
    "release": work.release,
    "submit": lambda pk, **given: verdicts.submit(pk, proposed=PROPOSED, **given),
    "withdraw": verdicts.withdraw,
    "approve": decisions.approve,
    "return": lambda pk, **given: decisions.return_verdict(pk, reason="Another source.", **given),
    "publish": lambda pk, **given: publishing.publish(pk, note="The count rose.", **given),
    "correct": lambda pk, **given: publishing.correct(pk, reason="The count rose.", **given),
    "retract": lambda pk, **given: publishing.retract(pk, reason="A forgery.", **given),
    "drop": publishing.drop,
    "reopen": work.reopen,
    "restore": work.restore,
}


class Life(RuleBasedStateMachine):
    """One claim and six people. Examples share a database: each walks a claim of its own."""

    @initialize()
    def begin(self) -> None:
        """A new claim with a piece of evidence."""
        self.people = {person.username: person for person in User.objects.filter(username__in=PEOPLE)}
        self.pk = factories.ClaimFactory().pk
        factories.EvidenceFactory(claim=self.claim)

    @rule(step=st.sampled_from(sorted(STEPS)), who=st.sampled_from(PEOPLE))
    def try_anything(self, step: str, who: str) -> None:
        """Most of these are refused."""
        self.attempt(step, self.people[who])

    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """A step that is open to someone: these lead through the whole life."""
        claim = self.claim
        ways = [
            (step, who)
            for who in PEOPLE
            for step in STEPS
            if step in workflow.open_to(claim, self.people[who])
        ]
        step, who = data.draw(st.sampled_from(ways))
        self.attempt(step, self.people[who])

    @rule(step=st.sampled_from(sorted(STEPS)), who=st.sampled_from(PEOPLE))
    def try_from_an_old_page(self, step: str, who: str) -> None:
        """Whoever looks at an earlier version is told so, whatever the step."""
        claim, before = self.claim, self.all_that_is_there()
        with pytest.raises(Conflict):
            DEEDS[step](claim.pk, by=self.people[who], version=claim.version - 1)
        assert self.all_that_is_there() == before

    @invariant()
    def held_exactly_while_in_work(self) -> None:
        """The status and the holder agree, also as the ledger tells it."""
        claim = self.claim
        assert (claim.assignee_id is not None) == (claim.status in HELD)
        told = AuditEvent.objects.filter(subject_type="claim", subject_id=claim.pk).order_by("-seq").first()
        assert (told.data["to"] if told else Status.NEW) == claim.status

    def attempt(self, step: str, by: User) -> None:
        """Do it, and compare what happened with what the workflow said before."""
        claim, before, seq = self.claim, self.all_that_is_there(), ledger.newest_seq()
        expected = self.expected(claim, step, by)
        refused = _refusal(lambda: DEEDS[step](claim.pk, by=by, version=claim.version))
        assert (type(refused) if refused else None) is expected, f"{by} {step} {claim.status}: {refused!r}"
        if refused:
            assert self.all_that_is_there() == before
            return
        assert self.claim.status == STEPS[step].target
        assert self.claim.version > claim.version
        assert ledger.newest_seq() > seq

    def expected(self, claim: Claim, step: str, by: User) -> type[DeskError] | None:
        """What should refuse this step, by the workflow, and by four eyes where only the verdict knows its author."""
        rule = STEPS[step]
        if claim.status not in rule.sources or rule.public not in (None, claim.is_public):
            return Conflict
        if workflow.why_not(claim, step, by):
            return Forbidden
        decided_on = claim.verdicts.filter(state__in=[Verdict.State.SUBMITTED, Verdict.State.APPROVED])
        if step in ("approve", "return") and decided_on.filter(author=by).order_by("-number").exists():
            waits = decided_on.order_by("-number")[0]
            return Forbidden if waits.author_id == by.pk else None
        return None

    @property
    def claim(self) -> Claim:
        """The claim as it is now."""
        return Claim.objects.select_related("assignee").get(pk=self.pk)

    def all_that_is_there(self) -> list[Any]:
        """Everything that a refused step must leave as it was."""
        parts = (Verdict, Publication, Draft, Notification)
        return [
            Claim.objects.filter(pk=self.pk).values().get(),
            ledger.newest_seq(),
            *(list(part.objects.filter(claim=self.pk).order_by("pk").values()) for part in parts),
        ]

    def teardown(self) -> None:
        """After every walk no rule that crosses tables is broken."""
        assert data_findings() == []


@pytest.mark.usefixtures("scale")
def test_any_walk_through_a_claims_life_goes_as_the_table_says():
    for name in PEOPLE:
        factories.UserFactory(username=name, role=Role[_role(name)])
    walks = settings(
        max_examples=12,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Life, settings=walks)
    assert ledger.first_broken() is None
    assert {finding.rule for finding in audit_findings()} <= {"a claim is where the ledger left it"}


def _refusal(deed: Callable[[], object]) -> DeskError | None:
    try:
        deed()
    except DeskError as error:
        return error
    return None


def _role(name: str) -> str:
    return "FACT_CHECKER" if name.startswith("checker") else name.rstrip("2").upper()
