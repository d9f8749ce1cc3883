"""What was just done comes with its way back, and the way back takes back that and nothing newer."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.urls import reverse

from claims.actions import editing
from claims.lifecycle import Priority, Status
from claims.models import Claim
from reviews.actions import verdicts, work
from sources import judging
from tests import factories

pytestmark = pytest.mark.django_db
FORM = re.compile(
    r'<div class="toast" data-toast>(?:(?!data-close).)*<form method="post" action="([^"]+)">(.*?)</form>',
    re.DOTALL,
)
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def claims(db):
    revision = factories.RevisionFactory()
    return [
        factories.ClaimFactory(
            revision=revision, start=n, end=n + 20, text=f"Claim number {n}.", status="open"
        )
        for n in range(3)
    ]


def way_back(answer: Any, browser: Any) -> tuple[str, dict[str, list[str]]]:
    """The form that the toast of the next page carries: where it goes, and its fields."""
    page = browser.get(answer.url).content.decode()
    found = FORM.search(page)
    assert found, page
    fields: dict[str, list[str]] = {}
    for name, value in FIELD.findall(found[2]):
        fields.setdefault(name, []).append(html.unescape(value))
    return found[1], fields


def undo(answer: Any, browser: Any) -> Any:
    """Press the button of the toast."""
    return browser.post(*way_back(answer, browser))


def test_taking_is_taken_back_and_giving_back_too(client, checker, press, claims):
    answer = undo(press(checker, "take", claims[0].pk, version=1), client)
    claims[0].refresh_from_db()
    assert (claims[0].status, claims[0].assignee) == (Status.OPEN, None)

    undo(answer, client)
    claims[0].refresh_from_db()
    assert (claims[0].status, claims[0].assignee) == (Status.IN_PROGRESS, checker)


def test_dismissing_is_taken_back(client, checker, press, claims):
    undo(press(checker, "dismiss", claims[0].pk, version=1, reason="opinion"), client)
    claims[0].refresh_from_db()
    assert claims[0].status == Status.OPEN


@pytest.fixture
def new(claims):
    return factories.ClaimFactory(revision=claims[0].revision, start=60, end=80, text="A new one.")


def test_a_new_claim_that_was_dismissed_is_new_again(client, checker, press, new):
    undo(press(checker, "dismiss", new.pk, version=1, reason="prediction"), client)
    new.refresh_from_db()
    assert (new.status, new.dismissal) == (Status.NEW, "")
    assert "A new one." in client.get("/queue/?view=triage").content.decode()


def test_each_of_many_that_were_dismissed_goes_back_to_where_it_was(client, checker, press, claims, new):
    chosen = [claims[0], new]
    versions = {f"version-{claim.pk}": 1 for claim in chosen}
    sent = {"deed": "dismiss", "reason": "opinion", "claim": [claim.pk for claim in chosen]}
    undo(press(checker, "bulk", **sent, **versions), client)
    statuses = [Claim.objects.get(pk=claim.pk).status for claim in chosen]
    assert statuses == [Status.OPEN, Status.NEW]


def test_merged_new_claims_come_apart_as_new_ones(client, checker, press, claims, new):
    versions = {f"version-{claim.pk}": 1 for claim in (claims[0], new)}
    answer = press(
        checker,
        "merge",
        new.revision.article_id,
        claim=[claims[0].pk, new.pk],
        keep=claims[0].pk,
        **versions,
    )
    undo(answer, client)
    new.refresh_from_db()
    assert (new.status, new.duplicate_of) == (Status.NEW, None)


def test_a_plan_is_taken_back_to_the_one_before(client, checker, press, claims):
    press(checker, "plan", claims[0].pk, version=1, priority=Priority.HIGH, due_at="2030-05-03T16:00")
    client.get("/queue/")
    claims[0].refresh_from_db()
    before = (claims[0].priority, claims[0].due_at)

    undo(press(checker, "plan", claims[0].pk, version=2, priority=Priority.LOW, due_at=""), client)

    claims[0].refresh_from_db()
    assert (claims[0].priority, claims[0].due_at) == before


def test_a_wording_is_taken_back(client, checker, press, claims):
    before = (claims[0].text, claims[0].type, claims[0].claimant)
    changed = {"text": "Something <else> & “more”.", "type": "denial", "claimant": "The mayor"}

    undo(press(checker, "reword", claims[0].pk, version=1, **changed), client)

    claims[0].refresh_from_db()
    assert (claims[0].text, claims[0].type, claims[0].claimant) == before


def test_a_claim_that_was_given_to_another_goes_back_to_who_had_it(
    client, checker, checker2, editor, press, claims
):
    work.take(claims[0].pk, by=checker, version=1)
    undo(press(editor, "assign", claims[0].pk, version=2, to=checker2.username), client)
    claims[0].refresh_from_db()
    assert claims[0].assignee == checker


def test_merged_claims_come_apart_again(client, checker, press, claims):
    versions = {f"version-{claim.pk}": 1 for claim in claims}
    kept, *others = (claim.pk for claim in claims)
    answer = press(
        checker, "merge", claims[0].revision.article_id, claim=[kept, *others], keep=kept, **versions
    )
    assert Claim.objects.filter(duplicate_of=kept).count() == 2

    undo(answer, client)

    assert Claim.objects.filter(status=Status.OPEN, duplicate_of=None).count() == 3


@pytest.mark.parametrize(("deed", "more"), [("take", {}), ("dismiss", {"reason": "opinion"})])
def test_what_was_done_to_many_is_taken_back_from_those_that_changed(
    client, checker, checker2, press, claims, deed, more
):
    work.take(claims[2].pk, by=checker2, version=1)
    versions = {f"version-{claim.pk}": 1 for claim in claims}

    undo(press(checker, "bulk", deed=deed, claim=[claim.pk for claim in claims], **versions, **more), client)

    assert list(Claim.objects.order_by("pk").values_list("status", "assignee")) == [
        (Status.OPEN, None),
        (Status.OPEN, None),
        (Status.IN_PROGRESS, checker2.pk),
    ]


def test_a_verdict_that_was_submitted_is_taken_back_as_the_draft(client, checker, claim_at, press):
    claim = claim_at("in_progress", author=checker)
    factories.EvidenceFactory(claim=claim)
    typed = {"rating": "true", "summary": "It holds.", "rationale": "The office counts 26 [E1].", "as_of": ""}

    undo(press(checker, "submit", claim.pk, version=claim.version, **typed), client)

    claim.refresh_from_db()
    assert claim.status == Status.IN_PROGRESS
    assert claim.drafts.get(user=checker).fields["rationale"] == typed["rationale"]


def test_nothing_newer_is_taken_back(client, checker, press, claims):
    address, fields = way_back(press(checker, "take", claims[0].pk, version=1), client)
    editing.reword(claims[0].pk, by=checker, version=2, text="Newer.")

    answer = client.post(address, fields)

    assert answer.status_code == 409
    claims[0].refresh_from_db()
    assert (claims[0].status, claims[0].text) == (Status.IN_PROGRESS, "Newer.")


def test_what_cannot_be_taken_back_says_only_what_was_done(client, checker, press, claims):
    answer = press(checker, "accept", factories.ClaimFactory(start=60, end=80).pk, version=1)
    page = client.get(answer.url).content.decode()
    assert "Accepted. It waits for someone to take it." in page
    assert not FORM.search(page)


def test_an_editor_who_publishes_corrects_or_retracts_is_told_so(client, checker, editor, claim_at, press):
    claim = claim_at("approved", author=checker, editor=editor)
    told = {
        "publish": ({}, "It is public now."),
        "retract": ({"retract-reason": "The count was wrong."}, "Retracted. The page stays and says why."),
    }
    for step, (fields, sentence) in told.items():
        claim.refresh_from_db()
        answer = press(editor, step, claim.pk, version=claim.version, **fields)
        assert sentence in client.get(answer.url).content.decode()
    assert reverse("desk:claim", args=[claim.pk]) in answer.url


def test_a_word_on_evidence_is_taken_back_to_what_stood_before_and_whose_it_was(
    client, checker, checker2, press, claim_at
):
    claim = claim_at("in_progress", author=checker)
    item = factories.EvidenceFactory(claim=claim, added_by=None, model_version="tests/1", stance="supports")

    client.force_login(checker)
    undo(press(checker, "judge", item.pk, stance="refutes"), client)
    item.refresh_from_db()
    assert (item.stance, item.stance_by) == ("supports", None)

    judging.judge(item.pk, by=checker2, stance="context")
    answer = undo(press(checker, "judge", item.pk, stance="refutes"), client)
    item.refresh_from_db()
    assert (item.stance, item.stance_by) == ("context", checker2)
    page = client.get(answer.url).text
    assert "E1 is as it was." in page
    assert "took their word on E1 back: “context” again" in page


def test_only_ones_own_newest_word_on_evidence_is_taken_back(client, checker, checker2, press, claim_at):
    item = factories.EvidenceFactory(claim=claim_at("in_progress", author=checker))
    client.force_login(checker)
    url, first = way_back(press(checker, "judge", item.pk, stance="refutes"), client)
    _url, second = way_back(press(checker, "judge", item.pk, stance="context"), client)

    assert client.post(url, first).status_code == 409
    client.force_login(checker2)
    assert client.post(url, second).status_code == 409
    client.force_login(checker)
    assert client.post(url, {"event": ""}).status_code == 409
    item.refresh_from_db()
    assert (item.stance, item.stance_by) == ("context", checker)

    assert client.post(url, second).status_code == 302
    refused = client.post(url, second)
    item.refresh_from_db()
    assert (refused.status_code, item.stance, item.stance_by) == (409, "refutes", checker)
    assert "E1 was judged again since, so nothing was taken back." in refused.text


def test_a_word_on_evidence_that_a_verdict_counts_on_by_now_stays(client, checker, press, claim_at, proposal):
    claim = claim_at("in_progress", author=checker)
    item = factories.EvidenceFactory(claim=claim)
    client.force_login(checker)
    url, fields = way_back(press(checker, "judge", item.pk, stance="supports"), client)
    verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=proposal(item))

    assert client.post(url, fields).status_code == 409
    item.refresh_from_db()
    assert (item.stance, item.stance_by) == ("supports", checker)
