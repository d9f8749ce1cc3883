"""Keep what the machine proposes, beside what it proposed before."""

from __future__ import annotations

from django.utils import timezone

from claims import events
from claims.models import Claim
from reviews.actions import absences
from reviews.models import Rating, Suggestion
from reviews.steps import Weighed


def suggest(claim_id: int, weighed: Weighed) -> list[int]:
    """Store a suggestion, or that the machine abstains, and pass the claim on. Runs in the job's transaction.

    A rating that the newsroom does not use is kept as an abstention: the machine does not stretch the scale.
    """
    claim = Claim.objects.locked(claim_id)
    rating = Rating.objects.filter(slug=weighed.rating, active=True).first() if weighed.rating else None
    claim.suggestions.filter(replaced_at__isnull=True).update(replaced_at=timezone.now())
    made = Suggestion.objects.create(
        claim=claim,
        rating=rating,
        confidence=weighed.confidence if rating else None,
        reasons=list(weighed.reasons),
        would_change=list(weighed.would_change),
        refs=list(weighed.refs),
        model_version=weighed.model_version,
    )
    absences.found_since(claim)
    said = rating.slug if rating else None
    events.tell(None, "verdict.suggested", claim, suggestion=made.pk, rating=said, confidence=made.confidence)
    return [claim_id]
