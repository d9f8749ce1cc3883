"""What people can do, what is refused, in which words, and what then has not changed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.roles import Role
from audit.models import AuditEvent
from claims.actions import editing
from claims.lifecycle import Status
from claims.models import Claim
from common.errors import Conflict, Forbidden, Invalid
from jobs import queue
from jobs.models import Job
from reviews.actions import comments, decisions, publishing, verdicts, work
from reviews.models import Draft, Notification, Publication, Verdict
from sources import actions as sources
from sources import grading, judging
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scale")]


def verbs(claim: Claim) -> list[str]:
    events = AuditEvent.objects.filter(subject_type="claim", subject_id=claim.pk).order_by("seq")
    return list(events.values_list("verb", flat=True))


def test_a_claim_goes_from_found_to_published(claim_at, checker, editor, nothing_is_wrong):
    claim = claim_at("published", author=checker, editor=editor)
    assert (claim.status, claim.assignee) == (Status.PUBLISHED, None)
    assert verbs(claim) == [
        "claim.accepted",
        "claim.taken",
        "verdict.submitted",
        "verdict.approved",
        "publication.published",
    ]
    publication = claim.publications.get()
    assert (publication.number, publication.current, publication.published_by) == (1, True, editor)
    assert publication.claim_text == claim.text


def test_an_editor_cannot_approve_their_own_verdict(claim_in_review, editor):
    claim = claim_in_review(author=editor)
    with pytest.raises(Forbidden, match="Four eyes"):
        decisions.approve(claim.pk, by=editor, version=claim.version)
    claim.refresh_from_db()
    assert claim.status == Status.IN_REVIEW
    assert claim.verdicts.get().state == Verdict.State.SUBMITTED
    assert "verdict.approved" not in verbs(claim)


def test_a_stale_version_is_a_conflict_that_shows_the_current_state(claim_in_review, checker, editor):
    claim = claim_in_review(author=checker)
    with pytest.raises(Conflict) as caught:
        decisions.approve(claim.pk, by=editor, version=claim.version - 1)
    assert caught.value.current == claim.state()
    assert claim.verdicts.get().state == Verdict.State.SUBMITTED


def test_an_approval_of_something_else_than_what_waits_is_a_conflict(claim_in_review, checker, editor):
    claim = claim_in_review(author=checker)
    with pytest.raises(Conflict, match="has changed"):
        decisions.approve(claim.pk, by=editor, version=claim.version, content_hash="0" * 64)
    assert claim.verdicts.get().state == Verdict.State.SUBMITTED


def test_a_grade_changed_after_the_approval_voids_it(claim_at, editor):
    claim = claim_at("approved", editor=editor)
    source = claim.evidence.get().snapshot.source
    grading.grade(source.pk, by=editor, version=1, reliability="E", reason="Its figures were made up.")
    with pytest.raises(Conflict, match="has changed since"):
        publishing.publish(claim.pk, by=editor, version=claim.version)
    assert not Publication.objects.exists()
    returned = decisions.return_verdict(claim.pk, by=editor, version=claim.version, reason="The source fell.")
    assert returned.status == Status.IN_PROGRESS


def test_a_verdict_cannot_cite_evidence_of_another_claim(claim_at, checker, proposal):
    claim = claim_at("in_progress", author=checker)
    other = factories.EvidenceFactory()
    with pytest.raises(Invalid, match="does not belong"):
        verdicts.submit(
            claim.pk,
            by=checker,
            version=claim.version,
            proposed=proposal(cites=[other.pk], rationale="See there."),
        )
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rationale": " "}, "needs a rationale"),
        ({"rationale": "Because."}, "Cite at least one"),
        ({"rationale": "See [E9]."}, "E9, which is not there"),
        ({"rating": "perhaps"}, "Choose a rating: true, mostly"),
        ({"summary": "x" * 201}, "too long"),
        ({"as_of": timezone.localdate() + timedelta(days=1)}, "a day that has come"),
        ({"as_of": date(1, 1, 1)}, "a day since 1900"),
        ({"expires_on": date(9999, 12, 31)}, "at the latest"),
        ({"search": 77}, "search does not belong"),
    ],
)
def test_a_verdict_that_lacks_something_is_refused(claim_at, checker, proposal, changes, message):
    claim = claim_at("in_progress", author=checker)
    with pytest.raises(Invalid, match=message):
        verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=proposal(**changes))
    claim.refresh_from_db()
    assert claim.status == Status.IN_PROGRESS
    assert not Verdict.objects.exists()


def test_evidence_that_was_set_aside_cannot_be_cited(claim_at, checker, proposal):
    claim = claim_at("in_progress", author=checker)
    evidence = factories.EvidenceFactory(claim=claim)
    judging.set_aside(evidence.pk, by=checker, reason="A copy of a copy.")
    with pytest.raises(Invalid, match="E1 was set aside"):
        verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=proposal(evidence))


def test_an_absence_is_settled_by_a_recorded_search(claim_at, checker, proposal):
    claim = claim_at("in_progress", author=checker)
    search = sources.record_search(
        claim.pk,
        by=checker,
        query="dam report",
        places="Ministry site",
        found=0,
        note="A report would refute it.",
    )
    proposed = proposal(
        rating="unproven", rationale="None found as of today on the ministry's site.", search=search.pk
    )
    verdict = verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=proposed)
    assert (verdict.citations, verdict.nothing_found) == (0, search)


def test_a_withdrawn_verdict_becomes_the_draft_again(claim_in_review, checker):
    claim = claim_in_review(author=checker)
    verdicts.withdraw(claim.pk, by=checker, version=claim.version)
    draft = Draft.objects.get(user=checker, claim=claim)
    assert draft.fields["rationale"] == claim.verdicts.get().rationale
    assert claim.verdicts.get().state == Verdict.State.WITHDRAWN


def test_a_returned_verdict_goes_to_its_author_with_the_reason(claim_in_review, checker, editor):
    claim = claim_in_review(author=checker)
    with pytest.raises(Invalid, match="Say why"):
        decisions.return_verdict(claim.pk, by=editor, version=claim.version, reason=" ")
    claim = decisions.return_verdict(
        claim.pk, by=editor, version=claim.version, reason="Another source, please."
    )
    assert (claim.status, claim.assignee) == (Status.IN_PROGRESS, checker)
    notice = Notification.objects.get(user=checker, kind="returned")
    assert notice.text == "Another source, please."


def test_a_draft_is_kept_also_when_the_claim_moved_on(claim_in_review, checker, checker2):
    claim = claim_in_review(author=checker)
    verdicts.save_draft(claim.pk, by=checker2, base_version=1, fields={"rationale": "mine", "evil": 1})
    assert Draft.objects.get(user=checker2, claim=claim).fields == {"rationale": "mine"}


def test_a_correction_is_a_new_version_with_a_note_while_the_old_one_stays(
    claim_at, checker, editor, editor2, proposal, nothing_is_wrong
):
    claim = claim_at("published", author=checker, editor=editor)
    claim = publishing.correct(claim.pk, by=editor, version=claim.version, reason="The count rose.")
    assert claim.publications.get(current=True).number == 1
    corrected = proposal(claim.evidence.get(), rating="mostly", as_of=timezone.now().date())
    verdicts.submit(claim.pk, by=editor, version=claim.version, proposed=corrected)
    claim.refresh_from_db()
    decisions.approve(claim.pk, by=editor2, version=claim.version)
    claim.refresh_from_db()
    with pytest.raises(Invalid, match="Say what changed"):
        publishing.publish(claim.pk, by=editor2, version=claim.version)
    second = publishing.publish(claim.pk, by=editor2, version=claim.version, note="The rating was too high.")
    first = claim.publications.get(number=1)
    assert second is not None
    assert (second.number, second.slug, first.current) == (2, first.slug, False)
    assert second.first_published_at == first.published_at


@pytest.mark.parametrize(
    "put_aside",
    [
        lambda claim, other, given: work.dismiss(claim.pk, reason="opinion", **given),
        lambda claim, other, given: editing.split(claim.pk, wordings=["One part.", "Another part."], **given),
        lambda claim, other, given: editing.merge(
            other.pk,
            by=given["by"],
            versions={other.pk: other.version, claim.pk: given["version"]},
        ),
    ],
    ids=["dismiss", "split", "merge"],
)
def test_what_is_public_is_not_put_aside_while_its_correction_waits(
    claim_at, checker, put_aside, nothing_is_wrong
):
    claim = claim_at("in_correction", author=checker)
    claim = work.release(claim.pk, by=checker, version=claim.version)
    assert (claim.status, claim.is_public) == (Status.OPEN, True)
    with pytest.raises(Conflict, match="Its fact-check is public"):
        put_aside(claim, claim_at("open"), {"by": checker, "version": claim.version})


def test_the_database_holds_that_too(claim_at, checker):
    claim = claim_at("in_correction", author=checker)
    claim = work.release(claim.pk, by=checker, version=claim.version)
    with pytest.raises(IntegrityError, match="claim_put_aside_is_not_public"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(status="dismissed", dismissal="opinion")
    published = claim_at("published")
    with pytest.raises(IntegrityError, match="claim_public_while_published"), transaction.atomic():
        Claim.objects.filter(pk=published.pk).update(is_public=False)


def test_a_correction_can_be_dropped_and_what_is_public_stays(claim_at, editor, nothing_is_wrong):
    claim = claim_at("in_correction", author=editor, editor=factories.UserFactory(editor=True))
    drafts = Draft.objects.filter(claim=claim).count()
    public = claim.publications.get()
    claim = editing.reword(claim.pk, by=editor, version=claim.version, text="Other words.")
    claim = publishing.drop(claim.pk, by=editor, version=claim.version)
    assert (claim.status, claim.assignee, claim.text) == (Status.PUBLISHED, None, public.claim_text)
    assert list(claim.publications.standing()) == [public]
    assert Draft.objects.filter(claim=claim).count() == drafts == 1
    publishing.retract(claim.pk, by=editor, version=claim.version, reason="A forgery.")


def test_no_correction_no_dropping_it(claim_at, editor):
    claim = claim_at("in_progress", author=editor)
    with pytest.raises(Conflict, match="Nothing of this claim is public"):
        publishing.drop(claim.pk, by=editor, version=claim.version)


def test_a_retraction_keeps_the_page_and_says_why(claim_at, editor, nothing_is_wrong):
    claim = claim_at("published", editor=editor)
    with pytest.raises(Invalid, match="Say why"):
        publishing.retract(claim.pk, by=editor, version=claim.version, reason="")
    publication = publishing.retract(
        claim.pk, by=editor, version=claim.version, reason="The report was forged."
    )
    assert publication.current
    assert publication.retraction == "The report was forged."
    claim.refresh_from_db()
    assert claim.status == Status.RETRACTED


@pytest.mark.parametrize(
    ("status", "left"),
    [
        ("open_correction", []),
        ("in_correction", []),
        ("in_review_correction", ["withdrawn"]),
        ("approved_correction", ["returned"]),
    ],
)
def test_what_is_public_is_retracted_at_once_also_while_its_correction_is_in_work(
    claim_at, checker, editor, nothing_is_wrong, status, left
):
    claim = claim_at(status, author=checker)
    public = claim.publications.get()

    publishing.retract(claim.pk, by=editor, version=claim.version, reason="The report was forged.")

    claim.refresh_from_db()
    assert (claim.status, claim.is_public, claim.assignee) == (Status.RETRACTED, False, None)
    assert claim.publications.get().retraction == "The report was forged."
    assert list(claim.verdicts.exclude(pk=public.verdict_id).values_list("state", flat=True)) == left
    drafts = Draft.objects.filter(claim=claim)
    assert [draft.fields["rating"] for draft in drafts.filter(user=checker)] == ["mostly"] * len(left)
    assert [draft.fields["rating"] for draft in drafts.exclude(user=checker)] == ["true"]
    told = AuditEvent.objects.filter(actor=editor, subject_type="claim").order_by("seq")
    assert [event.verb for event in told] == ["publication.correction_ended", "publication.retracted"]
    assert Notification.objects.filter(user=checker, kind="retracted", claim=claim).count() == 1
    assert not Notification.objects.filter(kind="submitted", claim=claim, read_at=None).exists()


def test_a_retraction_takes_back_the_order_to_publish_a_correction_and_the_words_of_its_claim(
    claim_at, checker, editor, nothing_is_wrong
):
    claim = claim_at("in_correction", author=checker)
    public = claim.publications.get()
    claim = editing.reword(claim.pk, by=checker, version=claim.version, text="Other words.")
    verdict = verdicts.submit(
        claim.pk,
        by=checker,
        version=claim.version,
        proposed=verdicts.Proposed(rating="true", rationale="The office counts 26 [E1]."),
    )
    at = timezone.now() + timedelta(hours=2)
    decisions.approve(claim.pk, by=editor, version=claim.version + 1, publish_at=at, note="More exact.")
    claim.refresh_from_db()

    publishing.retract(claim.pk, by=editor, version=claim.version, reason="A forgery.")

    claim.refresh_from_db()
    assert (claim.status, claim.text) == (Status.RETRACTED, public.claim_text)
    assert not Job.objects.filter(step="reviews.publish_due").exists()
    verdict.refresh_from_db()
    assert (verdict.state, verdict.decided_by, verdict.decision_note) == ("returned", editor, "A forgery.")


def test_nothing_public_nothing_to_retract(claim_at, editor):
    claim = claim_at("in_review")
    with pytest.raises(Conflict, match="Nothing of this claim is public"):
        publishing.retract(claim.pk, by=editor, version=claim.version, reason="A forgery.")


def test_an_embargo_holds_until_its_time_and_is_then_carried_out(
    claim_in_review, checker, editor, time_machine
):
    claim = claim_in_review(author=checker)
    at = timezone.now() + timedelta(hours=2)
    decisions.approve(claim.pk, by=editor, version=claim.version, publish_at=at)
    claim.refresh_from_db()
    with pytest.raises(Invalid, match="The embargo of"):
        publishing.publish(claim.pk, by=editor, version=claim.version)
    job = Job.objects.get(step="reviews.publish_due")
    queue.run(job.pk)
    assert not Publication.objects.exists()
    time_machine.move_to(at + timedelta(minutes=1))
    queue.run(job.pk)
    assert Publication.objects.get().published_by == editor
    claim.refresh_from_db()
    assert claim.status == Status.PUBLISHED


def test_an_embargo_is_lifted_by_saying_so(claim_in_review, checker, editor):
    claim = claim_in_review(author=checker)
    at = timezone.now() + timedelta(hours=2)
    decisions.approve(claim.pk, by=editor, version=claim.version, publish_at=at)
    claim.refresh_from_db()
    assert publishing.publish(claim.pk, by=editor, version=claim.version, lift_embargo=True)


def test_a_time_that_has_passed_is_no_order(claim_in_review, claim_at, checker, editor):
    waiting, approved = claim_in_review(author=checker), claim_at("approved")
    past = timezone.now() - timedelta(minutes=1)
    with pytest.raises(Invalid, match="That time has passed"):
        decisions.approve(waiting.pk, by=editor, version=waiting.version, publish_at=past)
    with pytest.raises(Invalid, match="That time has passed"):
        publishing.publish(approved.pk, by=editor, version=approved.version, at=past)
    assert not Publication.objects.exists()


def test_what_a_verdict_counts_on_is_judged_anew_only_in_a_correction(claim_at, checker, editor):
    for status in ("in_review", "approved", "published"):
        item = claim_at(status).evidence.get()
        with pytest.raises(Conflict, match="The verdict cites E1"):
            judging.judge(item.pk, by=checker, stance="refutes")
        with pytest.raises(Conflict, match="The verdict cites E1"):
            judging.set_aside(item.pk, by=checker, reason="It was withdrawn.")
    item = claim_at("in_correction", author=checker).evidence.get()
    assert judging.judge(item.pk, by=checker, stance="refutes").stance == "refutes"
    assert judging.set_aside(item.pk, by=checker, reason="It was withdrawn.").set_aside
    assert item.citation_set.get().stance == "supports"  # what is public says what it said


def test_an_approval_is_void_when_a_cited_source_gets_another_grade(
    claim_at, checker, editor, editor2, nothing_is_wrong
):
    claim = claim_at("approved", author=checker, editor=editor)
    source = claim.evidence.get().snapshot.source
    grading.grade(source.pk, by=editor2, version=1, reliability="E", reason="Its figures were made up.")
    queue.run(Job.objects.get(step="reviews.void").pk)
    claim.refresh_from_db()
    assert (claim.status, claim.assignee) == (Status.IN_PROGRESS, checker)
    assert set(Notification.objects.filter(kind="returned").values_list("user", flat=True)) == {
        checker.pk,
        editor.pk,
    }
    assert "the approval is void" in claim.verdicts.get().decision_note


def test_an_order_whose_approval_is_void_goes_back_instead_of_failing(
    claim_in_review, checker, editor, time_machine
):
    claim = claim_in_review(author=checker)
    at = timezone.now() + timedelta(hours=2)
    decisions.approve(claim.pk, by=editor, version=claim.version, publish_at=at)
    source = claim.evidence.get().snapshot.source
    grading.grade(source.pk, by=editor, version=1, reliability="E", reason="Its figures were made up.")
    job = Job.objects.get(step="reviews.publish_due")
    time_machine.move_to(at + timedelta(minutes=1))
    queue.run(job.pk)
    claim.refresh_from_db()
    assert (claim.status, Publication.objects.count()) == (Status.IN_PROGRESS, 0)


def test_an_order_to_publish_ends_with_a_return(claim_in_review, checker, editor, time_machine):
    claim = claim_in_review(author=checker)
    at = timezone.now() + timedelta(hours=2)
    decisions.approve(claim.pk, by=editor, version=claim.version, publish_at=at)
    claim.refresh_from_db()
    decisions.return_verdict(claim.pk, by=editor, version=claim.version, reason="Wait.")
    assert not Job.objects.filter(step="reviews.publish_due").exists()


def test_a_rating_that_is_not_for_the_public_is_not_published(claim_at, checker, editor, proposal):
    claim = claim_at("in_progress", author=checker)
    evidence = factories.EvidenceFactory(claim=claim)
    verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=proposal(evidence, rating="none"))
    claim.refresh_from_db()
    decisions.approve(claim.pk, by=editor, version=claim.version)
    claim.refresh_from_db()
    with pytest.raises(Invalid, match="not for the public"):
        publishing.publish(claim.pk, by=editor, version=claim.version)


def test_a_duplicate_names_the_claim_that_it_repeats(checker):
    one, other = factories.ClaimFactory(), factories.ClaimFactory()
    with pytest.raises(Invalid, match="names the claim"):
        work.dismiss(one.pk, by=checker, version=1, reason="duplicate")
    dismissed = work.dismiss(one.pk, by=checker, version=1, reason="duplicate", duplicate_of=other.pk)
    assert dismissed.duplicate_of == other
    reopened = work.reopen(one.pk, by=checker, version=dismissed.version)
    assert (reopened.status, reopened.dismissal, reopened.duplicate_of) == (Status.OPEN, "", None)


def test_a_claim_is_given_only_to_those_who_check_here(claim_at, editor, reader, checker2):
    claim = claim_at("open")
    with pytest.raises(Invalid, match="does not check claims"):
        work.assign(claim.pk, by=editor, version=claim.version, to=reader)
    claim = work.assign(claim.pk, by=editor, version=claim.version, to=checker2)
    assert claim.assignee == checker2
    assert Notification.objects.get().user == checker2


def test_those_who_are_named_in_a_comment_are_told(
    checker, checker2, mailoutbox, django_capture_on_commit_callbacks
):
    claim = factories.ClaimFactory()
    with django_capture_on_commit_callbacks(execute=True):
        comments.comment(claim.pk, by=checker, text="What do you say, @tomas? @nobody @nadia")
    notice = Notification.objects.get()
    assert (notice.user, notice.kind) == (checker2, "mentioned")
    assert [mail.to for mail in mailoutbox] == [["tomas@example.org"]]
    notice.refresh_from_db()
    assert notice.mailed_at is not None


@pytest.mark.parametrize(
    ("text", "told", "nobody"),
    [
        ("@Tomas, look", ["tomas"], []),
        ("@tomas oyelaran: look. And you, @INES.", ["tomas", "ines"], []),
        ("@Tomas  Oyelaran @tomas", ["tomas"], []),
        ("@Sam please", [], ["Sam"]),  # there are two
        ("@Sam Reed please", ["reed"], []),
        ("@Tomasz and @ines.c, or mail tomas@tomas.example", [], ["Tomasz", "ines.c"]),
        ("@nadia myself", [], []),
        ("what @ noon", [], []),
    ],
)
def test_colleagues_are_named_as_the_pages_show_them(checker, checker2, editor, text, told, nobody):
    factories.UserFactory(username="reed", first_name="Sam", last_name="Reed")
    factories.UserFactory(username="sam2", first_name="Sam", last_name="Hill")
    said = comments.comment(factories.ClaimFactory().pk, by=checker, text=text)
    assert [person.username for person in said.told] == told
    assert said.nobody == nobody
    assert list(Notification.objects.order_by("pk").values_list("user__username", flat=True)) == told


@pytest.mark.parametrize("deed", ["approve", "return", "withdraw"])
def test_nobody_is_told_of_a_verdict_that_no_longer_waits(claim_at, checker, editor, editor2, deed):
    claim = claim_at("in_review", author=checker, editor=editor)
    other = claim_at("in_review", author=checker, editor=editor)
    by = checker if deed == "withdraw" else editor
    acts = {
        "approve": decisions.approve,
        "return": partial(decisions.return_verdict, reason="Another source."),
        "withdraw": verdicts.withdraw,
    }
    acts[deed](claim.pk, by=by, version=claim.version)
    waiting = Notification.objects.filter(kind="submitted", read_at__isnull=True)
    told = set(waiting.values_list("user__username", "claim"))
    assert told == {("ines", other.pk), ("karim", other.pk)}


def test_a_person_who_left_can_do_nothing(checker):
    claim = factories.ClaimFactory()
    checker.is_active = False
    checker.save()
    with pytest.raises(Forbidden):
        work.accept(claim.pk, by=checker, version=1)
    assert checker.role == Role.FACT_CHECKER
