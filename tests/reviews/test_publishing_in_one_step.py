"""Approving and publishing at once happens wholly or not at all; an order can be cancelled until it is carried out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from claims.lifecycle import Status
from claims.models import Claim
from common.errors import Conflict, Forbidden, Invalid
from jobs.models import Job
from reviews.actions import decisions, publishing
from reviews.models import Publication

pytestmark = pytest.mark.django_db


def test_both_happen_in_one_step(
    claim_in_review: Callable[..., Claim], checker: User, editor: User, nothing_is_wrong: None
) -> None:
    claim = claim_in_review(checker)

    made = publishing.approve_and_publish(claim.pk, by=editor, version=claim.version)

    claim.refresh_from_db()
    assert claim.status == Status.PUBLISHED
    assert made.verdict.state == "approved"


def test_a_rating_that_is_not_for_the_public_leaves_the_verdict_waiting(
    claim_in_review: Callable[..., Claim], checker: User, editor: User
) -> None:
    claim = claim_in_review(checker)
    rating = claim.verdicts.get().rating
    rating.publishable = False
    rating.save()

    with pytest.raises(Invalid, match="is not for the public"):
        publishing.approve_and_publish(claim.pk, by=editor, version=claim.version)

    claim.refresh_from_db()
    assert claim.status == Status.IN_REVIEW
    assert claim.verdicts.get().state == "submitted"
    assert not Publication.objects.exists()


def test_nobody_approves_and_publishes_their_own(claim_in_review: Callable[..., Claim], editor: User) -> None:
    claim = claim_in_review(editor)

    with pytest.raises(Forbidden, match="Four eyes"):
        publishing.approve_and_publish(claim.pk, by=editor, version=claim.version)

    assert not Publication.objects.exists()


def test_a_cancelled_order_publishes_nothing(
    claim_in_review: Callable[..., Claim], checker: User, editor: User
) -> None:
    claim = claim_in_review(checker)
    at = timezone.now() + timedelta(hours=1)
    verdict = decisions.approve(claim.pk, by=editor, version=claim.version, publish_at=at)
    claim.refresh_from_db()

    publishing.cancel_order(claim.pk, by=editor, version=claim.version)

    verdict.refresh_from_db()
    assert (verdict.publish_at, verdict.publish_by) == (None, None)
    assert not Job.objects.filter(step="reviews.publish_due").exists()
    claim.refresh_from_db()
    assert claim.status == Status.APPROVED


def test_without_an_order_there_is_nothing_to_cancel(
    claim_at: Callable[..., Claim], checker: User, editor: User
) -> None:
    claim = claim_at("approved", author=checker, editor=editor)

    with pytest.raises(Conflict, match="Nothing is ordered"):
        publishing.cancel_order(claim.pk, by=editor, version=claim.version)
