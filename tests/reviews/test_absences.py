"""A published absence is searched for again by itself, and comes back when something is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from audit.models import AuditEvent
from claims.models import Claim
from jobs.models import Job
from reviews import absence as standing
from reviews.actions import absences, decisions, publishing, suggestions, verdicts, work
from reviews.models import Notification
from reviews.steps import Weighed
from sources import actions as library
from sources.models import AbsencePlan, Search
from tests import factories

pytestmark = pytest.mark.django_db

SILENT = Weighed("", None, (), (), (), "tests/1")


@pytest.fixture
def absence(scale, checker, editor) -> Claim:
    """A published “none found”, whose search was made eight days ago."""
    claim = factories.ClaimFactory(type="evidence_status", text="The opposition has presented no evidence.")
    claim = work.accept(claim.pk, by=checker, version=claim.version)
    claim = work.take(claim.pk, by=checker, version=claim.version)
    search = library.record_search(
        claim.pk, by=checker, query="evidence", places="The party's site", found=0, note="",
        made_at=timezone.now() - timedelta(days=8),
    )  # fmt: skip
    given = verdicts.Proposed(
        rating="unproven",
        summary="None found.",
        rationale="None found on the party's site.",
        search=search.pk,
    )
    claim.refresh_from_db()
    verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=given)
    claim.refresh_from_db()
    decisions.approve(claim.pk, by=editor, version=claim.version)
    claim.refresh_from_db()
    publishing.publish(claim.pk, by=editor, version=claim.version)
    claim.refresh_from_db()
    return claim


def test_it_is_searched_for_again_when_the_last_search_is_old(absence):
    assert absences.search_again_due() == 1
    assert Job.objects.get(step="sources.find", subject_id=absence.pk).state == "queued"


def test_a_fresh_search_is_enough(absence):
    Search.objects.create(
        claim=absence, query="evidence", places="Library", model_version="tests/1", made_at=timezone.now()
    )
    assert absences.search_again_due() == 0


def test_what_is_no_absence_is_left_alone(claim_at):
    claim_at("published")
    assert absences.search_again_due() == 0


def test_what_a_later_search_finds_brings_it_back_and_is_told(absence, checker, editor, client):
    Notification.objects.all().delete()
    factories.EvidenceFactory(claim=absence, added_by=None, model_version="tests/1", stance="refutes")
    with transaction.atomic():
        suggestions.suggest(absence.pk, SILENT)
    absence.refresh_from_db()
    assert absence.look_again == "A later search found E1, where the verdict says that nothing was found."
    assert set(Notification.objects.values_list("user__username", flat=True)) == {"nadia", "ines"}
    client.force_login(editor)
    assert "A later search found E1" in client.get(reverse("desk:claim", args=[absence.pk])).content.decode()


def test_context_alone_does_not(absence):
    factories.EvidenceFactory(claim=absence, added_by=None, model_version="tests/1", stance="context")
    with transaction.atomic():
        suggestions.suggest(absence.pk, SILENT)
    absence.refresh_from_db()
    assert absence.look_again == ""


def test_the_page_says_when_it_is_searched_for_again(absence, client, checker):
    client.force_login(checker)
    page = client.get(reverse("desk:claim", args=[absence.pk])).content.decode()
    day = date_format(timezone.localdate() - timedelta(days=1), "j F Y")
    assert f"The machine searches again by itself on {day}." in page


def _search(claim: Claim, ago: int) -> None:
    made = timezone.now() - timedelta(days=ago)
    Search.objects.create(claim=claim, query="q", places="Library", model_version="tests/1", made_at=made)


def _on(claim: Claim, days: int | None) -> None:
    day = None if days is None else timezone.localdate() + timedelta(days=days)
    AbsencePlan.objects.update_or_create(claim=claim, defaults={"next_on": day})


@pytest.mark.parametrize(
    ("planned", "searched", "due"),
    [
        (None, 8, 1),  # no day: a week after the last search
        (None, 6, 0),
        (1, 8, 0),  # a later day than the week holds it back
        (0, 3, 1),  # an earlier one does not wait for the week
        (-2, 3, 1),  # a day that nobody kept
        (0, 0, 0),  # it was searched for on that day
        (-2, 1, 0),  # and the week begins anew
        (-9, 8, 1),
    ],
)
def test_the_day_of_the_plan_goes_before_the_week(absence, planned, searched, due):
    _on(absence, planned)
    if searched != 8:
        _search(absence, searched)

    assert absences.search_again_due() == due

    assert Job.objects.filter(step="sources.find", subject_id=absence.pk, state="queued").exists() == bool(
        due
    )
    repeated = AuditEvent.objects.filter(verb="search.repeated", subject_id=absence.pk)
    assert (repeated.count(), list(repeated.values_list("actor", flat=True))) == (due, [None] * due)


@pytest.mark.parametrize(
    ("status", "due"), [("new", 1), ("in_progress", 1), ("approved", 1), ("dismissed", 0), ("retracted", 0)]
)
def test_a_claim_in_work_is_searched_for_on_the_day_that_a_person_set_and_not_each_week(
    claim_at, status, due
):
    claim = claim_at(status)
    _search(claim, 30)
    assert absences.search_again_due() == 0

    _on(claim, 0)

    assert absences.search_again_due() == due


def test_a_claim_that_was_never_searched_for_is_on_its_day(claim_at):
    claim = claim_at("open")
    _on(claim, 0)
    assert absences.search_again_due() == 1


@pytest.mark.parametrize(
    ("planned", "searched", "expected"), [(None, 3, 4), (2, 3, 2), (20, 3, 20), (-1, 0, 7)]
)
def test_the_next_search_is_told(absence, planned, searched, expected):
    _on(absence, planned)
    _search(absence, searched)
    told = standing.of(absence)
    assert told.next_search == timezone.localdate() + timedelta(days=expected)
    assert (told.searches, told.places) == (2, 2)


def test_what_is_due_costs_one_query_whatever_it_finds(absence, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert list(standing.due(timezone.now())) == [absence]
