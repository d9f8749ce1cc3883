"""Cited pages are looked at again: what became of each quote, who is told, and what comes back to the queue."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from claims.models import Claim
from common.errors import Conflict, Forbidden, Invalid
from jobs import queue
from jobs.models import Job
from reviews.actions import recalls
from reviews.models import Notification
from sources import rechecking
from sources.models import Evidence, QuoteCheck, Snapshot, Source
from tests import factories
from tests.common.servers import answer, site

__all__ = ["site"]
pytestmark = pytest.mark.django_db

PARAGRAPH = "The civil protection office said on Monday that {} people were killed in the flood in Norvale."
OTHER = "Rain fell for three days. The river rose by four metres, and the dam held. Schools stay closed."


def page(count: str = "26", before: str = "") -> str:
    told = "".join(f"<p>{words}</p>" for words in (before, PARAGRAPH.format(count), OTHER) if words)
    return f"<html><body><article><h1>Flood</h1>{told}</article></body></html>"


@pytest.fixture
def public(claim_at, editor, site, settings) -> Claim:
    """A published claim with a piece of evidence from a page on a local server."""
    settings.CLAIMDESK_FETCH_ALLOW = frozenset([site.place])
    claim = claim_at("published", editor=editor)
    source = factories.SourceFactory(url=site.put("/flood", page()))
    text, quote = rechecking.look(source.pk).text, PARAGRAPH.format("26")
    copy = factories.SnapshotFactory(source=source, text=text)
    start = text.index(quote)
    factories.EvidenceFactory(claim=claim, snapshot=copy, quote=quote, start=start, end=start + len(quote))
    return claim


def cited(claim: Claim) -> Evidence:
    return claim.evidence.order_by("-number")[0]


def recheck(claim: Claim) -> None:
    source = cited(claim).snapshot.source_id
    with transaction.atomic():
        rechecking.check_now(source)
    for _ in range(10):
        job = Job.objects.filter(state="queued", step__in=["sources.recheck", "reviews.alert"]).first()
        if job is None:
            return
        queue.run(job.pk)


def test_words_that_are_still_there_are_verified_and_nobody_is_told(public):
    Notification.objects.all().delete()
    recheck(public)
    assert cited(public).check_up.state == "verified"
    assert not Notification.objects.exists()
    assert Snapshot.objects.filter(source=cited(public).snapshot.source).count() == 1


def test_words_that_stand_elsewhere_now_have_moved(public, site):
    site.put(
        "/flood", page(before="An update was added to this page on Tuesday by the editors of the office.")
    )
    recheck(public)
    assert cited(public).check_up.state == "moved"


def test_words_that_changed_tell_what_they_became_and_bring_the_claim_back(public, site, editor, client):
    Notification.objects.all().delete()
    site.put("/flood", page("31"))
    recheck(public)

    check = cited(public).check_up
    assert check.state == "changed"
    assert "31 people were killed" in check.became
    assert check.snapshot.text != cited(public).snapshot.text
    client.force_login(editor)
    shown = client.get(reverse("desk:claim", args=[public.pk])).content.decode()
    assert "Its page now says:" in shown
    assert "31 people were killed" in shown


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_takes_its_quotes_along_and_our_copy_stays(public, site, status):
    site.pages["/flood"] = answer(status, "gone")
    recheck(public)
    assert cited(public).check_up.state == "gone"
    assert "26 people" in cited(public).snapshot.text


def test_a_page_that_does_not_answer_is_gone_only_after_three_looks(public, site):
    site.pages["/flood"] = answer(503, "down")
    recheck(public)
    recheck(public)
    assert not QuoteCheck.objects.filter(evidence=cited(public)).exists()
    recheck(public)
    assert cited(public).check_up.state == "gone"
    source = cited(public).snapshot.source
    assert source.misses == 3
    assert source.look_at > timezone.now() + timedelta(hours=20)


def test_the_same_bad_news_is_told_once(public, site):
    site.put("/flood", page("31"))
    recheck(public)
    events = AuditEvent.objects.filter(verb="evidence.rechecked").count()
    recheck(public)
    assert AuditEvent.objects.filter(verb="evidence.rechecked").count() == events


def test_a_cited_page_is_looked_at_by_the_schedule(claim_at):
    claim = claim_at("published")
    source = claim.evidence.get().snapshot.source
    Source.objects.filter(pk=source.pk).update(url="https://office.example/count")
    assert rechecking.enqueue_due() == 0
    source.refresh_from_db()
    assert source.look_at is not None
    Source.objects.filter(pk=source.pk).update(look_at=timezone.now())
    assert rechecking.enqueue_due() == 1
    assert Job.objects.filter(step="sources.recheck", subject_id=source.pk).exists()


def test_a_page_that_nobody_cites_is_left_alone():
    factories.SourceFactory(url="https://office.example/count", look_at=timezone.now())
    assert rechecking.enqueue_due() == 0


def change(claim: Claim) -> None:
    """A cited quote is found changed."""
    now = timezone.now()
    evidence = claim.verdicts.get(state="approved").cited.get()
    QuoteCheck.objects.create(evidence=evidence, state="changed", became="31", looked_at=now, since=now)
    with transaction.atomic():
        recalls.alert(claim.pk, None)


def test_what_is_public_and_cites_what_changed_comes_back_and_says_so(
    claim_at, editor, client, nothing_is_wrong
):
    claim = claim_at("published", editor=editor)
    change(claim)
    claim.refresh_from_db()
    assert claim.status == "published"
    assert "not on its page as it was" in claim.look_again
    author = claim.verdicts.get().author
    told = Notification.objects.filter(kind="recalled")
    assert {notice.user for notice in told} == {author, editor}
    client.force_login(editor)
    assert claim.text in client.get(reverse("desk:queue"), {"view": "again"}).content.decode()
    publication = claim.publications.get(current=True)
    address = reverse("public:page", args=[publication.year, publication.slug])
    assert "We are looking at it again." in client.get(address).content.decode()


def test_an_editor_says_that_it_still_holds_with_a_reason(claim_at, editor, checker, client):
    claim = claim_at("published", editor=editor)
    change(claim)
    claim.refresh_from_db()
    with pytest.raises(Forbidden):
        recalls.still_holds(claim.pk, by=checker, version=claim.version, reason="Looked.")
    with pytest.raises(Invalid, match="Say what you looked at"):
        recalls.still_holds(claim.pk, by=editor, version=claim.version, reason=" ")
    client.force_login(editor)
    given = {"version": claim.version, "reason": "The office corrected a typing error."}
    client.post(reverse("desk:still_holds", args=[claim.pk]), given)
    claim.refresh_from_db()
    assert claim.look_again == ""
    with pytest.raises(Conflict, match="not due"):
        recalls.still_holds(claim.pk, by=editor, version=claim.version, reason="Again.")


def test_a_correction_takes_the_claim_out_of_the_list(claim_at, editor):
    from reviews.actions import publishing  # noqa: PLC0415 beside its one use

    claim = claim_at("published", editor=editor)
    change(claim)
    claim.refresh_from_db()
    publishing.correct(claim.pk, by=editor, version=claim.version, reason="The count rose.")
    claim.refresh_from_db()
    assert (claim.status, claim.look_again) == ("in_progress", "")


def test_a_verdict_comes_back_on_its_day_and_not_before(claim_at, proposal, monkeypatch):
    expires = date.today() + timedelta(days=3)  # noqa: DTZ011 a day, as a person gives it
    made = claim_at("published")
    verdict = made.verdicts.get()
    job = Job.objects.filter(step="reviews.recall")
    assert not job.exists()

    verdict.expires_on = expires
    with transaction.atomic():
        recalls.order(verdict)
    assert job.get().run_after.date() == expires
    assert queue.run(job.get().pk) is None
    made.refresh_from_db()
    assert made.look_again == ""
