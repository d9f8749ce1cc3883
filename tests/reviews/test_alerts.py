"""Contradictions between the desk's own claims: raised once, shown on both, settled by a person."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse

from audit.models import AuditEvent
from claims.actions import editing
from claims.models import Claim, Match
from common.errors import Conflict, Forbidden, Invalid, NotFound
from jobs.models import Job
from reviews import queries
from reviews.actions import alerts, verdicts
from reviews.models import Alert, Notification
from tests import factories

pytestmark = pytest.mark.django_db

OLDER = "Officials said 26 people were killed in the flood."


def _pair(newer: str, *, older: str = OLDER, **more) -> tuple[Claim, Claim]:
    first = factories.ClaimFactory(text=older)
    second = factories.ClaimFactory(text=newer, **more)
    Match.objects.create(claim=second, earlier=first, score=0.9, method="tests/1", kind="near_duplicate")
    return first, second


def _run(claim: Claim) -> None:
    found = alerts.compare(claim.pk)
    with transaction.atomic():
        assert alerts.keep(claim.pk, found) == []


@pytest.fixture
def alert(editor) -> Alert:
    _older, newer = _pair("Officials said 31 people were killed in the flood.")
    _run(newer)
    return Alert.objects.get()


def test_other_figures_raise_an_alert_that_both_claims_tell_of(alert, editor):
    assert (alert.kind, alert.one_says, alert.other_says) == ("values", "31 people", "26 people")
    assert alert.other_id < alert.claim_id
    told = AuditEvent.objects.filter(verb="alert.raised").values_list("subject_id", flat=True)
    assert sorted(told) == [alert.other_id, alert.claim_id]
    notice = Notification.objects.get()
    assert (notice.user, notice.kind) == (editor, "alert")
    assert notice.text == (
        f"Another figure. Claim {alert.claim_id}: 31 people. Claim {alert.other_id}: 26 people."
    )


def test_another_date_is_called_one_on_the_page_in_the_notice_and_in_the_history(client, checker, editor):
    older, newer = _pair("The Talvik dam was built in 1971.", older="The Talvik dam was built in 1962.")
    _run(newer)
    assert Alert.objects.get().kind == "dates"
    told = f"Another date. Claim {newer.pk}: 1971. Claim {older.pk}: 1962."
    assert Notification.objects.get().text == told
    client.force_login(checker)
    page = client.get(reverse("desk:claim", args=[older.pk])).text
    assert "The desk has another date elsewhere." in page
    assert f"found another date in claim {newer.pk}" in page
    history = client.get(f"/api/v1/claims/{older.pk}/history/").json()["results"]
    raised = next(event for event in history if event["verb"] == "alert.raised")
    assert (raised["data"]["kind"], raised["data"]["against"]) == ("dates", newer.pk)


def test_dates_that_were_told_as_figures_become_dates(alert):
    migration = import_module("reviews.migrations.0009_alert_dates")
    before = Alert.objects.create(
        claim=factories.ClaimFactory(), other=alert.other, kind="values", one_says="2 July", other_says="1962",
        raised_at=alert.raised_at,
    )  # fmt: skip
    migration.call_dates_dates(apps, None)
    before.refresh_from_db()
    alert.refresh_from_db()
    assert (before.kind, alert.kind) == ("dates", "values")


def test_it_is_raised_once_from_whichever_side_it_is_seen(alert):
    _run(alert.claim)
    _run(alert.other)
    assert Alert.objects.count() == 1
    assert Notification.objects.count() == 1


def test_a_bound_that_the_other_figure_meets_raises_nothing(editor):
    _older, newer = _pair("Officials said at least 20 people were killed in the flood.")
    _run(newer)
    assert not Alert.objects.exists()


def test_a_match_that_a_person_rejected_raises_nothing(checker):
    _older, newer = _pair("Officials said 31 people were killed in the flood.")
    Match.objects.update(state="rejected", decided_by=checker)
    _run(newer)
    assert not Alert.objects.exists()


def test_a_dismissed_claim_contradicts_nothing():
    _older, newer = _pair(
        "Officials said 31 people were killed in the flood.", status="dismissed", dismissal="opinion"
    )
    _run(newer)
    assert not Alert.objects.exists()


def test_true_here_and_false_there_raises_an_alert_and_tells_the_authors(
    claim_at, checker, checker2, editor, proposal, client
):
    public = claim_at("published", author=checker, editor=editor, text=OLDER)
    held = claim_at("in_progress", author=checker2, text=OLDER)
    Match.objects.create(claim=held, earlier=public, score=0.9, method="tests/1", kind="same")
    given = proposal(factories.EvidenceFactory(claim=held, stance="refutes"), rating="false")
    Notification.objects.all().delete()
    verdicts.submit(held.pk, by=checker2, version=held.version, proposed=given)

    assert Job.objects.get(step="reviews.compare", subject_id=held.pk).state == "queued"
    _run(held)

    alert = Alert.objects.get()
    assert (alert.kind, alert.one_says, alert.other_says) == ("verdicts", "False", "True")
    told = Notification.objects.filter(kind="alert")
    assert set(told.values_list("user", flat=True)) == {checker.pk, checker2.pk}
    assert {notice.text[: notice.text.index(".")] for notice in told} == {"Opposite verdicts"}
    client.force_login(checker)
    page = client.get(reverse("desk:claim", args=[held.pk])).text
    assert "The desk decided the opposite elsewhere." in page
    assert f"found the opposite verdict on claim {public.pk}" in page


def test_a_confirmed_match_is_compared(checker):
    _older, newer = _pair("Officials said 31 people were killed in the flood.")
    editing.decide_match(Match.objects.get().pk, by=checker, same=True)
    assert Job.objects.get(step="reviews.compare").subject_id == newer.pk


def test_who_settles_it_says_why_and_neither_claim_moves(alert, checker):
    before = list(Claim.objects.order_by("pk").values_list("pk", "status", "version", "text"))
    settled = alerts.settle(alert.pk, by=checker, note=" The office corrected its count. ")
    assert (settled.state, settled.settled_by, settled.note) == (
        "settled",
        checker,
        "The office corrected its count.",
    )
    assert list(Claim.objects.order_by("pk").values_list("pk", "status", "version", "text")) == before
    assert AuditEvent.objects.filter(verb="alert.settled", actor=checker).count() == 2
    with pytest.raises(Conflict):
        alerts.settle(alert.pk, by=checker, note="Again.")


def test_settling_wants_a_note_and_someone_who_works_here(alert, checker, reader):
    with pytest.raises(Invalid):
        alerts.settle(alert.pk, by=checker, note="  ")
    with pytest.raises(Forbidden):
        alerts.settle(alert.pk, by=reader, note="Both.")
    with pytest.raises(NotFound):
        alerts.settle(alert.pk + 1, by=checker, note="Both.")
    alert.refresh_from_db()
    assert alert.state == "open"


def test_what_was_settled_stays_so_until_something_else_is_said(alert, checker):
    alerts.settle(alert.pk, by=checker, note="A day apart.")
    _run(alert.claim)
    alert.refresh_from_db()
    assert alert.state == "settled"
    Claim.objects.filter(pk=alert.claim_id).update(text="Officials said 44 people were killed in the flood.")
    _run(alert.claim)
    alert.refresh_from_db()
    assert (alert.state, alert.one_says, alert.note, alert.settled_by) == ("open", "44 people", "", None)


def test_it_is_shown_on_both_claims_in_the_queue_and_settled_from_there(alert, client, checker):
    client.force_login(checker)
    for claim_id, here in ((alert.claim_id, "31 people"), (alert.other_id, "26 people")):
        page = client.get(reverse("desk:claim", args=[claim_id])).content.decode()
        assert f"Here: {here}." in page
    queue = client.get(reverse("desk:queue") + "?view=contradicted").content.decode()
    assert queue.count("Contradicts another claim") == 2
    assert queries.turn_counts(checker)["contradicted"] == 2
    to = reverse("desk:claim", args=[alert.other_id])
    answer = client.post(reverse("desk:settle", args=[alert.pk]), {"note": "Both days.", "next": to})
    assert (answer.status_code, answer["Location"]) == (302, to)
    page = client.get(to).content.decode()
    assert "Settled by Nadia Rahman" in page
    assert "settled the contradiction with claim" in page
    assert queries.turn_counts(checker)["contradicted"] == 0


def test_an_editor_sees_an_open_one_beside_the_proposal(claim_at, checker, editor, client):
    older = claim_at("published", text=OLDER)
    waiting = claim_at("in_review", author=checker, text="Officials said 31 people were killed in the flood.")
    Match.objects.create(claim=waiting, earlier=older, score=0.9, method="tests/1", kind="near_duplicate")
    _run(waiting)
    client.force_login(editor)
    page = client.get(reverse("desk:decision", args=[waiting.pk])).content.decode()
    assert "The desk has another figure elsewhere." in page
    assert "Contradicts another claim" in client.get(reverse("desk:review")).content.decode()


def test_a_reader_cannot_settle(alert, client, reader):
    client.force_login(reader)
    assert client.post(reverse("desk:settle", args=[alert.pk]), {"note": "Both."}).status_code == 403
    alert.refresh_from_db()
    assert alert.state == "open"
