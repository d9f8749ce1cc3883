"""A published absence is searched for again by itself, and comes back when something is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from claims.models import Claim
from jobs.models import Job
from reviews.actions import absences, decisions, publishing, suggestions, verdicts, work
from reviews.models import Notification
from reviews.steps import Weighed
from sources import actions as library
from sources.models import Search
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
    assert "The machine searches again by itself" in page
