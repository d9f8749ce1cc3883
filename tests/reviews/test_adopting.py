"""The verdict on an earlier, same claim begins a draft, and nothing more."""

from __future__ import annotations

import pytest
from django.urls import reverse

from claims.models import Claim, Match
from common.errors import Conflict, Forbidden
from reviews.actions import adopting, verdicts, work
from reviews.models import Draft, Verdict
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def match(claim_at, checker, editor) -> Match:
    """A claim that `checker` holds, and an earlier one with a public verdict that cites one piece of evidence."""
    earlier = claim_at("published", editor=editor)
    claim = factories.ClaimFactory()
    factories.EvidenceFactory(claim=claim)
    claim = work.accept(claim.pk, by=checker, version=claim.version)
    claim = work.take(claim.pk, by=checker, version=claim.version)
    return Match.objects.create(claim=claim, earlier=earlier, score=0.9, method="tests/1", kind="same")


def test_the_draft_has_rating_reasons_and_evidence_under_the_names_that_it_has_here(match, checker):
    draft = adopting.adopt(match.pk, by=checker)
    assert draft.fields["rating"] == "true"
    assert draft.fields["rationale"] == "The office counts 26 [E2]"
    copied = match.claim.evidence.get(number=2)
    original = match.earlier.evidence.get()
    assert (copied.snapshot, copied.quote, copied.added_by) == (original.snapshot, original.quote, checker)
    match.refresh_from_db()
    assert (match.state, match.decided_by) == ("confirmed", checker)
    assert not Verdict.objects.filter(claim=match.claim).exists()


def test_evidence_that_is_here_already_is_not_attached_twice(match, checker):
    original = match.earlier.evidence.get()
    factories.EvidenceFactory(
        claim=match.claim,
        snapshot=original.snapshot,
        quote=original.quote,
        start=original.start,
        end=original.end,
    )
    draft = adopting.adopt(match.pk, by=checker)
    assert match.claim.evidence.count() == 2
    assert draft.fields["rationale"] == "The office counts 26 [E2]"


def test_what_one_has_written_is_not_overwritten(match, checker):
    verdicts.save_draft(match.claim_id, by=checker, base_version=3, fields={"rationale": "Mine."})
    with pytest.raises(Conflict, match="nothing of yours is overwritten"):
        adopting.adopt(match.pk, by=checker)
    assert Draft.objects.get().fields == {"rationale": "Mine."}
    assert match.claim.evidence.count() == 1


def test_only_who_holds_the_claim_may(match, checker2):
    with pytest.raises(Forbidden):
        adopting.adopt(match.pk, by=checker2)


def test_a_verdict_that_is_not_public_is_not_taken_over(match, checker, claim_at):
    Match.objects.filter(pk=match.pk).update(earlier=claim_at("approved"))
    with pytest.raises(Conflict, match="no public verdict"):
        adopting.adopt(match.pk, by=checker)


def test_one_click_on_the_page(match, client, checker):
    client.force_login(checker)
    page = client.get(reverse("desk:claim", args=[match.claim_id])).content.decode()
    assert "Use its verdict as a draft" in page
    client.post(reverse("desk:match", args=[match.pk]), {"adopt": "1"})
    page = client.get(reverse("desk:claim", args=[match.claim_id])).content.decode()
    assert "The office counts 26 [E2]</textarea>" in page
    assert Claim.objects.get(pk=match.claim_id).status == "in_progress"
