"""The slow half of this room's background work: weigh a claim's evidence and propose a verdict, or abstain."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from claims.models import Claim
from sources import independence, stance
from sources.models import Evidence


@dataclass(frozen=True, slots=True)
class Weighed:
    """A proposed rating by its slug (empty: it abstains), with why and what would change it."""

    rating: str
    confidence: float | None
    reasons: tuple[str, ...]
    would_change: tuple[str, ...]
    refs: tuple[str, ...]
    model_version: str


def weigh(claim_id: int) -> Weighed:
    """Weigh what is attached to a claim and not set aside. What a person said of a passage counts as certain."""
    claim = Claim.objects.select_related("revision__article").get(pk=claim_id)
    evidence = list(
        Evidence.objects.filter(claim=claim, set_aside="")
        .select_related("snapshot__source")
        .order_by("number")
    )
    origin = independence.keys(evidence)
    proposal = stance.propose(
        [_weighed(claim, item, origin[item.pk]) for item in evidence],
        claim_type=claim.type,
        as_of=date_format(timezone.now(), "j F Y"),
    )
    spoke = tuple(item.ref for item in evidence if item.stance != Evidence.Stance.CONTEXT)
    return Weighed(
        rating=proposal.rating or "",
        confidence=proposal.confidence if proposal.rating else None,
        reasons=tuple(proposal.reasons),
        would_change=tuple(proposal.would_change),
        refs=spoke,
        model_version=_engines(evidence),
    )


def nothing(_id: int) -> None:
    """For a step that has nothing slow in it: its other half decides all under the lock."""


def _engines(evidence: list[Evidence]) -> str:
    """Who weighed, and who else judged the passages: a language model, where one did."""
    others = {item.model_version for item in evidence if not item.stance_by_id and item.model_version}
    model = sorted(other for other in others if other.endswith(f"({stance.ENGINE} checked)"))
    return model[0] if model else stance.ENGINE


def _weighed(claim: Claim, item: Evidence, origin: str) -> stance.Weighed:
    source = item.snapshot.source
    said = stance.Judgement(
        stance=item.stance,
        score=1.0 if item.stance_by_id else (item.score or 0.0),
        reasons=tuple(item.reasons),
        rule="person" if item.stance_by_id else "machine",
    )
    is_claimant = bool(claim.claimant) and claim.claimant.casefold() in source.publisher.casefold()
    published = source.published_at.date() if source.published_at else None
    return stance.Weighed(
        said,
        origin=origin,
        reliability=source.reliability,
        credibility=source.credibility,
        is_claimant=is_claimant,
        published=published,
        timely=stance.timing(claim.text, claim.said_on, published).weighs,
    )
