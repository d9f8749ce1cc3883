"""What the background steps write: fetched texts, found claims, likely matches. Each runs in the job's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any  # columns of several types

from audit import ledger
from claims import anchoring, events
from claims.actions.intake import hold_text, locked_article, revise
from claims.earlier import Compared, Likeness
from claims.extraction import ENGINE, Candidate, Outcome
from claims.intake.documents import Document
from claims.lifecycle import ClaimType
from claims.models import Article, CheckMatch, Claim, Match, Revision
from common.text import normalise, sha256


def store_document(article_id: int, document: Document) -> list[int]:
    """Keep what the article's page said as a revision. A text that the desk has under another article is only noted."""
    article = locked_article(article_id)
    text = normalise(document.text)
    hold_text(text)
    twin = Revision.objects.filter(text_sha256=sha256(text)).exclude(article=article).order_by("pk").first()
    if twin and not article.revisions.exists():
        Article.objects.filter(pk=article.pk).update(
            same_as=twin.article_id, title=article.title or document.title
        )
        ledger.record(None, "article.recognised", "article", article.pk, same_as=twin.article_id)
        return []
    known = {
        "title": article.title or document.title[:300],
        "byline": article.byline or document.byline[:200],
        "language": document.language if article.language == "und" else article.language,
        "published_at": article.published_at or document.published_at,
    }
    Article.objects.filter(pk=article.pk).update(**known)
    revised = revise(article, text, by=None)
    if revised.revision is not None and revised.revision.number == 1:
        ledger.record(None, "article.fetched", "article", article.pk, sha256=sha256(text))
    return []  # `revise` has enqueued the reading itself


def store_reading(revision_id: int, read: Outcome) -> list[int]:
    """Keep what an engine found in a revision, and which one it was. Returns the ids of the claims that are new."""
    Revision.objects.filter(pk=revision_id).update(engine=read.engine[:120], engine_note=read.note[:300])
    return store_candidates(revision_id, read.candidates, engine=read.engine)


def store_candidates(revision_id: int, found: Sequence[Candidate], *, engine: str = ENGINE) -> list[int]:
    """Keep the claims that the extractor found, and return the ids of those that are new.

    Safe to repeat: a place holds a claim once, and claims that moved along from an earlier revision stay.
    """
    revision = Revision.objects.select_for_update().get(pk=revision_id)
    taken = set(revision.claims.values_list("start", "end", "nth"))
    made = []
    for (start, end), same_place in groupby(sorted(found, key=_place), key=_place):
        for nth, candidate in enumerate(same_place):
            if (start, end, nth) not in taken:
                made.append(_claim(revision, candidate, nth, engine))
    Claim.objects.bulk_create(made)
    events.tell_each(None, "claim.found", [(claim, {"extractor": claim.extractor}) for claim in made])
    ledger.record(
        None, "article.read", "article", revision.article_id, revision=revision.number, claims=len(made)
    )
    return [claim.pk for claim in made]


def store_compared(claim_id: int, compared: Compared) -> list[int]:
    """Keep the earlier claims and the fact-checks of others that may be the same, and pass the claim on.

    What people decided stays.
    """
    claim = Claim.objects.locked(claim_id)
    _store_matches(claim, compared.claims)
    _store_check_matches(claim, compared.checks)
    return [claim_id]


def _store_matches(claim: Claim, found: Sequence[Likeness]) -> None:
    known = set(claim.matches.values_list("earlier_id", flat=True))
    fresh = [item for item in found if item.id not in known]
    Match.objects.bulk_create(Match(claim=claim, earlier_id=item.id, **_suggested(item)) for item in fresh)
    if fresh:
        events.tell(None, "claim.matched", claim, earlier=[item.id for item in fresh])


def _store_check_matches(claim: Claim, found: Sequence[Likeness]) -> None:
    known = set(claim.check_matches.values_list("fact_check_id", flat=True))
    fresh = [item for item in found if item.id not in known]
    CheckMatch.objects.bulk_create(
        CheckMatch(claim=claim, fact_check_id=item.id, **_suggested(item)) for item in fresh
    )
    if fresh:
        events.tell(None, "claim.checked_elsewhere", claim, checks=[item.id for item in fresh])


def _suggested(item: Likeness) -> dict[str, Any]:
    """The columns in which a likeness is kept."""
    return {"score": item.score, "method": item.method, "kind": item.kind, "compared": dict(item.compared)}


def _place(candidate: Candidate) -> tuple[int, int]:
    return candidate.start, candidate.end


def _claim(revision: Revision, found: Candidate, nth: int, engine: str) -> Claim:
    place = anchoring.place(revision.text, found.start, found.end)
    return Claim(
        revision=revision,
        text=found.text[:1000],
        quote=place.quote,
        start=place.start,
        end=place.end,
        nth=nth,
        prefix=place.prefix,
        suffix=place.suffix,
        type=found.type if found.type in ClaimType.values else ClaimType.OTHER,
        claimant=found.claimant[:200],
        check_worthiness=found.check_worthiness,
        origin=Claim.Origin.MACHINE,
        extractor=engine[:60],
        details=details(found),
    )


def details(found: Candidate) -> dict[str, object]:
    """What an extracted claim tells about itself, for the page that explains it."""
    return {
        "rules": list(found.rules),
        "reasons": list(found.reasons),
        "added": [list(span) for span in found.added],
        "alternatives": list(found.alternatives),
        "needs_wording": found.needs_wording,
        "quantities": [asdict(quantity) for quantity in found.quantities],
    }
