"""Each role, each step, by action, API and page: the whole matrix, written out apart from the code that decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts import tokens
from accounts.models import User
from accounts.roles import Role
from claims.lifecycle import ABILITIES, STEPS, Status
from claims.models import Claim
from common.errors import DeskError, Forbidden
from reviews.actions import decisions, publishing, verdicts, work
from sources.models import AbsencePlan
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scale")]

NOBODY: frozenset[str] = frozenset()
CHECKERS = frozenset({"fact_checker", "editor", "admin"})
EDITORS = frozenset({"editor", "admin"})
ROLES = [role.name.lower() for role in Role]

CORRECTED = "in_correction"  # in progress, and its fact-check is public
# step, status it starts from, who the acting person is to the claim → the roles that may
MATRIX = [
    ("accept", "new", "stranger", CHECKERS),
    ("dismiss", "new", "stranger", CHECKERS),
    ("dismiss", "open", "stranger", CHECKERS),
    ("take", "open", "stranger", CHECKERS),
    ("assign", "open", "stranger", EDITORS),
    ("assign", "in_progress", "stranger", EDITORS),
    ("release", "in_progress", "stranger", NOBODY),
    ("release", "in_progress", "holder", CHECKERS),
    ("submit", "in_progress", "stranger", NOBODY),
    ("submit", "in_progress", "holder", CHECKERS),
    ("withdraw", "in_review", "stranger", NOBODY),
    ("withdraw", "in_review", "holder", CHECKERS),
    ("approve", "in_review", "stranger", EDITORS),
    ("approve", "in_review", "holder", NOBODY),
    ("return", "in_review", "stranger", EDITORS),
    ("return", "in_review", "holder", NOBODY),
    ("return", "approved", "stranger", EDITORS),
    ("return", "approved", "holder", NOBODY),
    ("publish", "approved", "stranger", EDITORS),
    ("correct", "published", "stranger", EDITORS),
    ("drop", CORRECTED, "stranger", NOBODY),
    ("drop", CORRECTED, "holder", EDITORS),
    ("retract", "published", "stranger", EDITORS),
    ("retract", "open_correction", "stranger", EDITORS),
    ("retract", CORRECTED, "stranger", EDITORS),
    ("retract", CORRECTED, "holder", EDITORS),
    ("retract", "in_review_correction", "stranger", EDITORS),
    ("retract", "approved_correction", "stranger", EDITORS),
    ("reopen", "dismissed", "stranger", CHECKERS),
    ("reopen", "retracted", "stranger", EDITORS),
    ("restore", "dismissed", "stranger", CHECKERS),
]
CASES = [
    pytest.param(step, status, relation, role, role in allowed, id=f"{role}-{relation}-{step}-{status}")
    for step, status, relation, allowed in MATRIX
    for role in ROLES
    if relation == "stranger" or role != "reader"  # a reader never holds a claim
]


def _body(step: str, claim: Claim) -> dict[str, Any]:
    evidence = claim.evidence.order_by("number").values_list("pk", flat=True).first()
    waiting = claim.verdicts.filter(state="submitted").values_list("content_hash", flat=True).first()
    return {
        "approve": {"content_hash": waiting or "0" * 64},
        "dismiss": {"reason": "opinion"},
        "assign": {"to": "helper"},
        "submit": {"rating": "true", "rationale": "It is so.", "cites": [evidence]},
        "return": {"reason": "Another source."},
        "correct": {"reason": "The count rose."},
        "retract": {"reason": "A forgery."},
    }.get(step, {})


def _typed(step: str) -> dict[str, Any]:
    """What the page's form sends where it differs from the API."""
    return {
        "approve": {"then": "approve"},
        "submit": {"rationale": "It is so [E1]."},
        "return": {"return-reason": "Another source."},
        "correct": {"correct-reason": "The count rose."},
        "retract": {"retract-reason": "A forgery."},
    }.get(step, {})


def _act(step: str, claim: Claim, by: User, body: dict[str, Any]) -> object:
    deeds: dict[str, Callable[..., object]] = {
        "accept": work.accept,
        "dismiss": work.dismiss,
        "take": work.take,
        "assign": lambda pk, **kw: work.assign(pk, by=kw["by"], version=kw["version"], to=_helper()),
        "release": work.release,
        "submit": lambda pk, by, version, **kw: verdicts.submit(
            pk, by=by, version=version, proposed=verdicts.Proposed(**kw)
        ),
        "withdraw": verdicts.withdraw,
        "approve": decisions.approve,
        "return": decisions.return_verdict,
        "publish": publishing.publish,
        "correct": publishing.correct,
        "drop": publishing.drop,
        "reopen": work.reopen,
        "restore": work.restore,
        "retract": publishing.retract,
    }
    return deeds[step](claim.pk, by=by, version=claim.version, **body)


def _status(begun: str) -> str:
    return "in_progress" if begun == CORRECTED else begun.removesuffix("_correction")


def _begun(step: str) -> str:
    return CORRECTED if STEPS[step].public else STEPS[step].sources[0]


def _helper() -> User:
    return User.objects.get(username="helper")


@pytest.fixture
def scene(claim_at: Callable[..., Claim]) -> Callable[[str, str, str], tuple[Claim, User]]:
    """A claim at a status and a person of a role who is its holder or author, or a stranger to it."""

    def make(status: str, relation: str, role: str) -> tuple[Claim, User]:
        factories.UserFactory(username="helper")
        person = factories.UserFactory(role=Role[role.upper()])
        claim = claim_at(status, author=person if relation == "holder" else None)
        if claim.status == Status.IN_PROGRESS:
            factories.EvidenceFactory(claim=claim)
        return claim, person

    return make


def test_the_matrix_covers_every_step_from_every_status_it_starts_from():
    assert {(step, _status(status)) for step, status, _relation, _allowed in MATRIX} == {
        (name, status) for name, step in STEPS.items() for status in step.sources
    }


@pytest.mark.parametrize(("step", "status", "relation", "role", "allowed"), CASES)
def test_the_action_lets_in_whom_the_matrix_names(scene, step, status, relation, role, allowed):
    claim, person = scene(status, relation, role)
    if allowed:
        _act(step, claim, person, _body(step, claim))
        claim.refresh_from_db()
        assert claim.status == STEPS[step].target
    else:
        with pytest.raises(Forbidden):
            _act(step, claim, person, _body(step, claim))
        claim.refresh_from_db()
        assert claim.status == _status(status)


@pytest.mark.parametrize(("step", "status", "relation", "role", "allowed"), CASES)
def test_the_api_lets_in_whom_the_matrix_names(scene, step, status, relation, role, allowed):
    claim, person = scene(status, relation, role)
    secret, _token = tokens.issue(person)
    client = APIClient(headers={"Authorization": f"Token {secret}"})
    answer = client.post(
        f"/api/v1/claims/{claim.pk}/{step}/", {**_body(step, claim), "version": claim.version}, format="json"
    )
    claim.refresh_from_db()
    if allowed:
        assert answer.status_code in (200, 201), answer.content
        assert claim.status == STEPS[step].target
    else:
        assert answer.status_code == 403, answer.content
        assert answer["Content-Type"] == "application/problem+json"
        assert claim.status == _status(status)


@pytest.mark.parametrize(("step", "status", "relation", "role", "allowed"), CASES)
def test_the_page_lets_in_whom_the_matrix_names(scene, client, step, status, relation, role, allowed):
    claim, person = scene(status, relation, role)
    client.force_login(person)
    given = {**_body(step, claim), "version": claim.version, **_typed(step)}
    answer = client.post(reverse(f"desk:{step}", args=[claim.pk]), given)
    claim.refresh_from_db()
    if allowed:
        assert answer.status_code == 302, answer.content.decode()
        assert claim.status == STEPS[step].target
    else:
        assert answer.status_code == 403, answer.content.decode()
        assert claim.status == _status(status)


@pytest.mark.parametrize("step", STEPS)
def test_the_page_asks_who_is_there(scene, client, step):
    claim, _person = scene(_begun(step), "stranger", "editor")
    answer = client.post(reverse(f"desk:{step}", args=[claim.pk]), {"version": claim.version})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


@pytest.mark.parametrize("step", STEPS)
def test_nobody_gets_in_without_a_token(scene, step):
    claim, _person = scene(_begun(step), "stranger", "editor")
    answer = APIClient().post(f"/api/v1/claims/{claim.pk}/{step}/", {"version": claim.version}, format="json")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", Status.values)
def test_who_may_plan_an_absence_and_where(scene, client, status, role):
    claim, person = scene(status, "stranger", role)
    planned = {"would_refute": "A record.", "asked_on": None, "asked_how": "", "answer": "", "next_on": None}
    told = 200 if role in CHECKERS else 403
    if status not in ABILITIES["plan_absence"].statuses:
        told = 403 if role not in CHECKERS else 409
    secret, _token = tokens.issue(person)
    program = APIClient(headers={"Authorization": f"Token {secret}"})
    client.force_login(person)

    answer = program.post(
        f"/api/v1/claims/{claim.pk}/plan-absence/", {**planned, "version": 0}, format="json"
    )
    page = client.post(
        reverse("desk:plan_absence", args=[claim.pk]),
        {"version": 1 if told == 200 else 0, "absence-would_refute": "A photograph."},
    )

    assert (answer.status_code, page.status_code) == (told, 302 if told == 200 else told)
    kept = AbsencePlan.objects.filter(claim=claim).values_list("would_refute", flat=True)
    assert list(kept) == (["A photograph."] if told == 200 else [])


def test_a_refusal_is_one_of_the_errors_that_doors_can_say():
    assert issubclass(Forbidden, DeskError)
