"""What the database refuses, also to code that goes round the actions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from audit import ledger
from audit.models import AuditEvent
from claims.lifecycle import HELD, MOVES, Status
from claims.models import Claim, Match, Revision
from common import guards
from reviews.models import Alert, Citation, Publication, Suggestion, Verdict
from reviews.verify import ALL_GUARDS
from sources.models import Evidence, Figure, Search, Snapshot
from tests import factories

pytestmark = pytest.mark.django_db


def refuses(change: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_every_guard_is_in_place():
    assert guards.missing(ALL_GUARDS, connection) == []


@pytest.mark.django_db(transaction=True)
def test_a_desk_with_work_in_it_is_migrated_down_and_up_again_and_guarded_after(claim_at, checker, editor):
    claim = claim_at("published", author=checker, editor=editor)

    for app in ("claims", "sources", "reviews"):
        call_command("migrate", app, "0001_initial", verbosity=0)
    call_command("migrate", verbosity=0)

    kept = Claim.objects.get(pk=claim.pk)
    assert (kept.quote, kept.version) == (claim.quote, claim.version)
    assert guards.missing(ALL_GUARDS, connection) == []


def test_an_author_cannot_be_written_in_as_the_approver(claim_in_review, checker):
    claim = claim_in_review(author=checker)
    now = timezone.now()
    refuses(
        lambda: claim.verdicts.update(
            state="approved", decided_by=checker, decided_at=now, approved_hash="x" * 64
        )
    )


def test_an_approval_that_names_other_content_is_refused(claim_in_review, checker, editor):
    claim = claim_in_review(author=checker)
    now = timezone.now()
    refuses(
        lambda: claim.verdicts.update(
            state="approved", decided_by=editor, decided_at=now, approved_hash="0" * 64
        )
    )


def test_a_return_without_a_reason_is_refused(claim_in_review, checker, editor):
    claim = claim_in_review(author=checker)
    refuses(lambda: claim.verdicts.update(state="returned", decided_by=editor, decided_at=timezone.now()))


@pytest.mark.parametrize(
    "changes", [{"rationale": "other"}, {"summary": "other"}, {"content_hash": "1" * 64}]
)
def test_a_submitted_verdict_does_not_change(claim_in_review, checker, changes):
    claim = claim_in_review(author=checker)
    refuses(lambda: claim.verdicts.update(**changes))


def test_a_decided_verdict_is_not_decided_again(claim_at):
    claim = claim_at("approved")
    refuses(
        lambda: claim.verdicts.update(state="submitted", decided_by=None, decided_at=None, approved_hash="")
    )


def test_only_one_verdict_waits(claim_in_review, checker, editor):
    claim = claim_in_review(author=checker)
    rating = factories.RatingFactory()
    refuses(
        lambda: Verdict.objects.create(
            claim=claim,
            number=2,
            author=editor,
            rating=rating,
            rationale="x",
            citations=1,
            as_of="2026-05-03",
        )
    )


def test_a_verdict_without_evidence_or_search_is_refused(checker):
    claim = factories.ClaimFactory()
    rating = factories.RatingFactory()
    refuses(
        lambda: Verdict.objects.create(
            claim=claim, number=1, author=checker, rating=rating, rationale="x", as_of="2026-05-03"
        )
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "nonsense"},
        {"type": "nonsense"},
        {"check_worthiness": 1.5},
        {"end": 36},
        {"start": 1, "end": 51},
        {"quote": "Officials said 62 people were killed in the flood."},
        {"status": "in_progress"},
        {"status": "dismissed"},
        {"dismissal": "opinion"},
        {"text": ""},
        {"extractor": ""},
    ],
)
def test_a_claim_that_makes_no_sense_is_refused(changes):
    claim = factories.ClaimFactory(status=Status.OPEN)
    refuses(lambda: Claim.objects.filter(pk=claim.pk).update(**changes))


@pytest.mark.parametrize("to", Status.values)
@pytest.mark.parametrize("at", Status.values)
def test_a_claim_moves_only_by_the_steps_of_the_table(at, to, checker):
    def columns(status):
        kept = to == "retracted" and status not in (
            "new",
            "dismissed",
            "retracted",
        )  # else there is none to retract
        return {
            "assignee": checker if status in HELD else None,
            "is_public": status == "published" or kept,
            "dismissal": "opinion" if status == "dismissed" else "",
        }

    claim = factories.ClaimFactory(status=at, **columns(at))

    def change():
        return Claim.objects.filter(pk=claim.pk).update(status=to, **columns(to))

    if at == to or (Status(at), Status(to)) in MOVES:
        assert change() == 1
    else:
        refuses(change)


def test_only_what_is_public_is_retracted():
    claim = factories.ClaimFactory(status="open")
    refuses(lambda: Claim.objects.filter(pk=claim.pk).update(status="retracted"))


def test_the_wording_under_review_is_final(claim_in_review, checker):
    claim = claim_in_review(author=checker)
    refuses(lambda: Claim.objects.filter(pk=claim.pk).update(text="Something else entirely."))


def test_evidence_under_review_is_final(claim_in_review, checker):
    claim = claim_in_review(author=checker)
    refuses(lambda: claim.evidence.update(stance="refutes"))
    refuses(lambda: claim.evidence.update(set_aside="no"))


@pytest.mark.parametrize("changes", [{"quote": "other", "end": 5}, {"number": 9}])
def test_the_words_of_evidence_never_change(changes):
    evidence = factories.EvidenceFactory()
    refuses(lambda: Evidence.objects.filter(pk=evidence.pk).update(**changes))


def test_evidence_that_is_not_in_its_snapshot_is_refused():
    refuses(lambda: factories.EvidenceFactory(quote="x" * 48))


def test_a_revision_never_changes():
    revision = factories.RevisionFactory()
    refuses(lambda: Revision.objects.filter(pk=revision.pk).update(text="other"))
    refuses(lambda: Revision.objects.filter(pk=revision.pk).delete())


def test_a_snapshot_never_changes():
    snapshot = factories.SnapshotFactory()
    refuses(lambda: Snapshot.objects.filter(pk=snapshot.pk).update(text="other"))


def test_a_recorded_search_never_changes(checker):
    claim = factories.ClaimFactory()
    search = Search.objects.create(
        claim=claim, query="q", places="p", made_by=checker, made_at=timezone.now()
    )
    refuses(lambda: Search.objects.filter(pk=search.pk).update(found=3))
    refuses(lambda: Search.objects.filter(pk=search.pk).update(set_aside="Nothing was found."))
    refuses(lambda: Search.objects.filter(pk=search.pk).delete())


def test_a_verdict_on_a_search_that_found_something_is_refused(checker):
    claim, rating = factories.ClaimFactory(), factories.RatingFactory()
    search = Search.objects.create(
        claim=claim, query="q", places="p", found=3, made_by=checker, made_at=timezone.now()
    )

    def submit() -> Verdict:
        return Verdict.objects.create(
            claim=claim, number=1, author=checker, rating=rating, rationale="x", as_of="2026-05-03",
            nothing_found=search,
        )  # fmt: skip

    refuses(submit)
    Search.objects.filter(pk=search.pk).update(set_aside="Another dam.")
    assert submit().pk
    refuses(lambda: Search.objects.filter(pk=search.pk).update(set_aside=""))


def test_a_publication_never_changes(claim_at):
    claim = claim_at("published")
    refuses(lambda: claim.publications.update(claim_text="other"))
    refuses(lambda: Publication.objects.all().delete())
    refuses(lambda: Citation.objects.all().delete())


def test_a_match_needs_two_claims_and_a_person_to_decide(checker):
    one, other = factories.ClaimFactory(), factories.ClaimFactory()
    refuses(lambda: Match.objects.create(claim=one, earlier=one, score=0.5, method="x"))
    refuses(lambda: Match.objects.create(claim=one, earlier=other, score=0.5, method="x", state="confirmed"))


def _alert(**changes):
    one, other = factories.ClaimFactory(), factories.ClaimFactory()
    given = {"claim": other, "other": one, "kind": "values", "one_says": "26", "other_says": "31"}
    return {**given, "raised_at": timezone.now(), **changes}


def test_an_alert_is_of_two_claims_and_raised_once_for_each_kind():
    given = _alert()
    Alert.objects.create(**given)
    refuses(lambda: Alert.objects.create(**given))
    refuses(lambda: Alert.objects.create(**{**given, "claim": given["other"], "other": given["claim"]}))
    refuses(lambda: Alert.objects.create(**{**given, "kind": "verdicts", "other": given["claim"]}))


@pytest.mark.parametrize("changes", [{"kind": "mood"}, {"one_says": ""}, {"note": "Both."}])
def test_an_alert_that_makes_no_sense_is_refused(changes):
    refuses(lambda: Alert.objects.create(**_alert(**changes)))


def test_an_alert_is_settled_by_a_person_with_a_note(checker):
    alert, now = Alert.objects.create(**_alert()), timezone.now()
    rows = Alert.objects.filter(pk=alert.pk)
    refuses(lambda: rows.update(state="settled", settled_at=now, note="Both."))
    refuses(lambda: rows.update(state="settled", settled_at=now, settled_by=checker))
    assert rows.update(state="settled", settled_at=now, settled_by=checker, note="Both.") == 1


def test_a_suggestion_is_confident_or_silent():
    claim = factories.ClaimFactory()
    refuses(lambda: Suggestion.objects.create(claim=claim, confidence=0.9, model_version="x"))


def test_audit_events_cannot_be_changed_or_removed(checker):
    with transaction.atomic():
        event = ledger.record(checker, "x", "claim", 1, n=1)
        ledger.record(checker, "y", "claim", 1)
    refuses(lambda: AuditEvent.objects.filter(pk=event.pk).update(verb="z"))
    refuses(lambda: AuditEvent.objects.filter(pk=event.pk).delete())
    assert ledger.first_broken() is None


def test_code_points_count_alike_in_python_and_the_database():
    text = "In Köln 26 👩‍🚒 died. في اليوم التالي\n\nZwei."
    revision = factories.RevisionFactory(text=text)
    claim = factories.ClaimFactory(revision=revision, start=3, end=text.index("\n"))
    assert revision.text[claim.start : claim.end] == claim.quote


@pytest.fixture
def figure(checker) -> Figure:
    """A value that a person added by hand."""
    return Figure.objects.create(
        claim=factories.ClaimFactory(), value=28, unit="people", according_to="The office", as_of="2026-05-03",
        reason="By telephone.", added_by=checker, state="accepted", decided_by=checker, decided_at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"value": 29},
        {"unit": "homes"},
        {"as_of": "2026-05-04"},
        {"according_to": "Nobody"},
        {"reason": "Because."},
        {"state": "proposed", "decided_by": None, "decided_at": None},
        {"state": "removed"},
        {"state": "dismissed"},
        {"note": "", "state": "replaced"},
    ],
)
def test_a_value_is_final_and_its_fate_is_told(figure, changes):
    refuses(lambda: Figure.objects.filter(pk=figure.pk).update(**changes))


def test_a_value_is_taken_out_and_never_deleted(figure):
    refuses(figure.delete)
    assert Figure.objects.filter(pk=figure.pk).update(state="removed", note="Misheard.") == 1


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"bound": "between"},
        {"bound": "between", "upper": 20},
        {"upper": 30},
        {"bound": "nearly"},
        {"according_to": ""},
        {"reason": ""},
        {"added_by": None},
        {"model_version": "tests/1"},
        {"decided_by": None, "decided_at": None},
        {"state": "nonsense"},
    ],
)
def test_a_value_that_makes_no_sense_is_refused(figure, changes):
    """Without changes it is the same value once more."""
    columns = {
        name: getattr(figure, name)
        for name in "claim value unit according_to as_of reason added_by state decided_by decided_at".split()
    }
    day = {"as_of": "2026-05-04"} if changes else {}
    refuses(lambda: Figure.objects.create(**{**columns, **day, **changes}))


def test_a_claim_says_one_number_at_a_time(figure, checker):
    said = {
        "claim": figure.claim,
        "stated": True,
        "value": 26,
        "according_to": "Officials",
        "as_of": "2026-05-03",
    }
    Figure.objects.create(**said, added_by=checker, state="accepted")
    refuses(lambda: Figure.objects.create(**said, model_version="tests/1", state="accepted"))
