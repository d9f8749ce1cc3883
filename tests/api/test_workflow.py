"""The steps of a claim's life by API: each with its success, its refusals, and what a refusal leaves as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from api.v1.workflow import STEP_VIEWS
from audit.models import AuditEvent
from claims.lifecycle import STEPS
from claims.models import Claim
from reviews.models import Publication, Rating, Verdict
from tests import factories

CLAIMS = "/api/v1/claims/"
BODIES = {
    "dismiss": {"reason": "opinion"},
    "assign": {"to": "tomas"},
    "submit": {"rating": "true", "rationale": "The office counts 26 [E1]."},
    "approve": {"content_hash": "0" * 64},
    "return": {"reason": "Name the count."},
    "correct": {"reason": "The count rose."},
    "retract": {"reason": "A count was wrong."},
}
FROM = {step: rule.sources[0] for step, rule in STEPS.items()}


def step(client, claim, name, **more):
    if name == "approve" and "content_hash" not in more:
        waits = claim.verdicts.filter(state="submitted").values_list("content_hash", flat=True).first()
        more |= {"content_hash": waits} if waits else {}
    return client.post(
        f"{CLAIMS}{claim.pk}/{name}/", {**BODIES.get(name, {}), "version": claim.version, **more}
    )


@pytest.fixture
def at_start(claim_at, checker2):
    """A claim where a step starts, with evidence to cite and a colleague to assign it to."""

    def make(name, **people):
        claim = claim_at("in_correction" if name == "drop" else FROM.get(name, "new"), **people)
        if not claim.evidence.exists():
            factories.EvidenceFactory(claim=claim)
        return claim

    return make


def test_every_step_has_its_address():
    assert set(STEPS) <= set(STEP_VIEWS)


@pytest.mark.parametrize("name", STEPS)
def test_each_step_leads_where_the_table_says(name, as_checker, as_editor, checker, editor, at_start):
    rule = STEPS[name]
    claim = at_start(name, author=editor if rule.role == Role.EDITOR and rule.holder_only else checker)
    client = as_editor if rule.role == Role.EDITOR else as_checker

    response = step(client, claim, name)

    assert response.status_code == 200, response.content
    assert response.data["status"] == STEPS[name].target == Claim.objects.get(pk=claim.pk).status
    assert response.data["version"] == claim.version + 1
    assert response["ETag"] == f'"{claim.version + 1}.{response.data["changed_seq"]}"'


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", STEPS)
def test_each_step_is_for_the_roles_of_the_table(name, role, caller, at_start):
    person = factories.UserFactory(role=role)
    rule = STEPS[name]
    held = role >= rule.role and rule.holder_only
    claim = at_start(name, author=person if held else None)

    response = step(caller(person), claim, name)

    if role >= rule.role:
        assert response.status_code == 200, response.content
    else:
        assert response.status_code == 403
        assert Claim.objects.get(pk=claim.pk).status == FROM[name]
        assert AuditEvent.objects.filter(actor=person).count() == 0


@pytest.mark.parametrize("name", STEPS)
def test_a_step_from_where_it_does_not_start_is_a_conflict(name, as_editor, checker2, claim_at):
    elsewhere = "retracted" if FROM[name] != "dismissed" else "open"
    claim = claim_at(elsewhere)

    response = step(as_editor, claim, name)

    assert response.status_code == 409
    assert response.data["type"] == "/api/problems/conflict/"
    assert response.data["current"] == {
        "status": elsewhere, "version": claim.version, "text": claim.text, "assignee": None
    }  # fmt: skip


@pytest.mark.parametrize("name", STEP_VIEWS)
def test_no_step_is_taken_on_a_version_that_moved_on(name, as_editor, at_start):
    claim = at_start(name)
    body = {"plan": {"priority": 2, "due_at": None}, "merge": {"claims": [{"id": 10**9, "version": 1}]}}.get(
        name, {}
    )
    claim.version += 1

    response = step(as_editor, claim, name, **body)

    assert response.status_code == 409, response.content
    assert Claim.objects.get(pk=claim.pk).version == claim.version - 1


@pytest.mark.parametrize("name", STEP_VIEWS)
def test_no_step_is_taken_without_a_version(name, as_editor, claim_at):
    claim = claim_at(FROM.get(name, "new"))
    body = {"plan": {"priority": 2, "due_at": None}, "merge": {"claims": [{"id": 10**9, "version": 1}]}}.get(
        name, {}
    )

    response = as_editor.post(f"{CLAIMS}{claim.pk}/{name}/", {**BODIES.get(name, {}), **body})

    assert response.status_code == 428
    assert response["Content-Type"] == "application/problem+json"
    assert response.data["type"] == "/api/problems/version-required/"
    assert response.data["detail"].startswith("Say which version of the claim you read")
    assert Claim.objects.get(pk=claim.pk).version == claim.version


@pytest.mark.parametrize("header", ['"{etag}"', "{etag}", 'W/"{etag}"', '"{version}"', "{version}"])
def test_the_version_may_come_as_if_match(as_checker, header):
    claim = factories.ClaimFactory()
    value = header.format(etag=f"{claim.version}.{claim.changed_seq}", version=claim.version)

    response = as_checker.post(f"{CLAIMS}{claim.pk}/accept/", headers={"If-Match": value})

    assert (response.status_code, response.data["status"]) == (200, "open")


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"If-Match": '"7.0"'}, {}, 409),
        ({"If-Match": "*"}, {}, 428),
        ({"If-Match": '"abc"'}, {}, 400),
        ({"If-Match": '"1.0", "2.0"'}, {}, 400),
        ({"If-Match": '"1.0"'}, {"version": 2}, 422),
        ({"If-Match": '"1.0"'}, {"version": 1}, 200),
    ],
)
def test_if_match_is_taken_at_its_word(as_checker, headers, body, status):
    claim = factories.ClaimFactory()

    response = as_checker.post(f"{CLAIMS}{claim.pk}/accept/", body, headers=headers)

    assert response.status_code == status
    assert Claim.objects.get(pk=claim.pk).status == ("open" if status == 200 else "new")


def test_the_loser_of_two_sees_what_the_winner_did(as_checker, as_editor, claim_at):
    claim = claim_at("open")

    assert step(as_editor, claim, "take").status_code == 200
    response = step(as_checker, claim, "take")

    assert response.status_code == 409
    assert response.data["detail"] == "Someone changed this claim meanwhile. Nothing of yours is lost."
    assert response.data["current"] == {
        "status": "in_progress", "version": claim.version + 1, "text": claim.text, "assignee": "ines"
    }  # fmt: skip


def test_nobody_approves_their_own_verdict(as_editor, editor, claim_at):
    claim = claim_at("in_review", author=editor)

    response = step(as_editor, claim, "approve")

    assert response.status_code == 403
    assert response.data["detail"].startswith("Four eyes:")
    assert Verdict.objects.get().state == "submitted"
    assert not AuditEvent.objects.filter(verb="verdict.approved").exists()


def test_an_approval_is_of_what_was_read(as_editor, claim_at):
    claim = claim_at("in_review")

    response = step(as_editor, claim, "approve", content_hash="0" * 64)

    assert response.status_code == 409
    assert response.data["current"]["content_hash"] == Verdict.objects.get().content_hash
    assert (
        step(as_editor, claim, "approve", content_hash=Verdict.objects.get().content_hash).status_code == 200
    )


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (
            {"rating": "perhaps"},
            "Choose a rating: true, mostly, misleading, disputed, false, unproven, none.",
        ),
        (
            {"rationale": "Because."},
            "Cite at least one piece of evidence, or name the recorded search that found nothing.",
        ),
        ({"rationale": "See [E7]."}, "The rationale cites E7, which is not there."),
        ({"cites": [99]}, "A cited piece of evidence does not belong to this claim."),
        ({"search": 99}, "That search does not belong to this claim."),
        ({"rationale": " "}, "rationale: This field may not be blank."),
        ({"as_of": "2999-01-01"}, "A verdict is true as of a day that has come."),
    ],
)
def test_a_verdict_that_lacks_something_is_not_submitted(as_checker, checker, claim_at, body, detail):
    claim = claim_at("in_progress", author=checker)
    factories.EvidenceFactory(claim=claim)

    response = step(as_checker, claim, "submit", **body)

    assert (response.status_code, response.data["detail"]) == (422, detail)
    assert Claim.objects.get(pk=claim.pk).status == "in_progress"
    assert not Verdict.objects.exists()


def test_a_verdict_may_rest_on_a_search_that_found_nothing(as_checker, checker, claim_at):
    claim = claim_at("in_progress", author=checker)
    search = as_checker.post(
        f"{CLAIMS}{claim.pk}/searches/", {"query": "evidence", "places": "the ministry's site", "found": 0}
    ).data

    response = step(
        as_checker, claim, "submit", rating="unproven", rationale="None found.", search=search["id"]
    )

    assert response.status_code == 200
    [verdict] = as_checker.get(f"{CLAIMS}{claim.pk}/verdicts/").data["results"]
    assert (verdict["search"], verdict["cites"]) == (search["id"], [])


def test_a_verdict_does_not_rest_on_a_search_that_found_something(
    as_checker, as_reader, as_editor, checker, claim_at
):
    claim = claim_at("in_progress", author=checker)
    search = as_checker.post(
        f"{CLAIMS}{claim.pk}/searches/", {"query": "evidence", "places": "the ministry's site", "found": 3}
    ).data
    verdict = {"rating": "unproven", "rationale": "None found.", "search": search["id"]}

    refused = step(as_checker, claim, "submit", **verdict)
    as_checker.post(f"/api/v1/searches/{search['id']}/set-aside/", {"reason": "Another dam."})
    submitted = step(as_checker, claim, "submit", **verdict)

    assert refused.status_code == 422
    assert refused.data["detail"].startswith("That search found 3 documents: cite one of them")
    assert submitted.status_code == 200
    late = as_checker.post(f"/api/v1/searches/{search['id']}/set-aside/", {"reason": ""})
    assert (late.status_code, late.data["current"]["status"]) == (409, "in_review")
    claim.refresh_from_db()
    step(as_editor, claim, "approve")
    claim.refresh_from_db()
    step(as_editor, claim, "publish")
    body = as_reader.get(f"{CLAIMS}{claim.pk}/").data
    public, week = body["search"], timezone.localdate() + timedelta(days=7)
    assert (body["would_refute"], body["next_search"]) == ("", week)
    assert {name: public[name] for name in ("places", "query", "found", "set_aside")} == {
        "places": "the ministry's site", "query": "evidence", "found": 3, "set_aside": "Another dam."
    }  # fmt: skip


def test_a_claim_is_assigned_to_those_who_check_claims_only(as_editor, reader, claim_at):
    claim = claim_at("open")

    for to, detail in [("nobody", "There is nobody of the name “nobody” here."), ("consumer", "Pat Doe")]:
        response = step(as_editor, claim, "assign", to=to)
        assert response.status_code == 422
        assert response.data["detail"].startswith(detail)
    assert Claim.objects.get(pk=claim.pk).assignee is None


def test_a_duplicate_names_the_other(as_checker):
    claim, other = factories.ClaimFactory(), factories.ClaimFactory()

    assert step(as_checker, claim, "dismiss", reason="duplicate").status_code == 422
    assert step(as_checker, claim, "dismiss", reason="split").status_code == 422
    response = step(as_checker, claim, "dismiss", reason="duplicate", duplicate_of=other.pk)

    assert (response.status_code, response.data["duplicate_of"]) == (200, other.pk)


def test_an_order_to_publish_later_waits(as_editor, claim_at):
    claim = claim_at("approved")
    at = timezone.now() + timedelta(hours=2)

    response = step(as_editor, claim, "publish", at=at.isoformat())

    assert (response.status_code, response.data["status"]) == (200, "approved")
    assert response.data["verdict"]["publish_at"] is not None
    assert not Publication.objects.exists()

    now = step(as_editor, Claim.objects.get(pk=claim.pk), "publish")
    assert now.status_code == 422
    assert now.data["detail"].startswith("The embargo of")


def test_a_correction_becomes_a_new_version_with_a_note(
    as_checker, as_editor, checker, editor, editor2, caller, claim_at
):
    claim = claim_at("published", author=checker, editor=editor)

    body = step(as_editor, claim, "correct").data
    body = as_editor.post(
        f"{CLAIMS}{claim.pk}/submit/",
        {"rating": "mostly", "rationale": "The office counts 27 [E1].", "version": body["version"]},
    ).data
    as_second = caller(editor2)
    read = {"version": body["version"], "content_hash": body["verdict"]["content_hash"]}
    body = as_second.post(f"{CLAIMS}{claim.pk}/approve/", read).data
    refused = as_second.post(f"{CLAIMS}{claim.pk}/publish/", {"version": body["version"]})
    assert (refused.status_code, refused.data["detail"]) == (
        422, "Say what changed: the public page shows the correction."
    )  # fmt: skip
    body = as_second.post(
        f"{CLAIMS}{claim.pk}/publish/", {"version": body["version"], "note": "One more died."}
    ).data

    assert (body["public"]["number"], body["public"]["note"]) == (2, "One more died.")
    assert body["public"]["rating"]["slug"] == "mostly"


def test_a_single_source_is_asked_why_and_the_reason_is_told_to_everyone(
    as_checker, as_reader, as_editor, at_start, checker, settings
):
    settings.CLAIMDESK_TWO_ORIGINS = "ask"
    claim = at_start("submit", author=checker)
    Rating.objects.filter(slug="true").update(needs_two_origins=True)
    refused = step(as_checker, claim, "submit")
    assert (refused.status_code, "Only E1 is cited." in refused.data["detail"]) == (422, True)
    reason = "Nobody else counts them."
    submitted = step(as_checker, claim, "submit", single_source=reason).data
    assert (submitted["verdict"]["origins"], submitted["verdict"]["single_source"]) == (1, reason)
    for name in ("approve", "publish"):
        assert step(as_editor, Claim.objects.get(pk=claim.pk), name).status_code == 200
    public = as_reader.get(f"{CLAIMS}{claim.pk}/").data["public"]
    assert public["single_source"] == reason
