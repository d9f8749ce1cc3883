"""What exactly an approval approves: one hash over wording, rating, rationale and evidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reviews.models import Rating, Verdict
from sources.models import Evidence, Search, Source


@dataclass(frozen=True, slots=True)
class Content:
    """All that a reader would see of a verdict, and that the editor decides on."""

    claim_text: str
    rating: Rating
    summary: str
    rationale: str
    as_of: date
    cited: tuple[Evidence, ...]
    nothing_found: Search | None
    expires_on: date | None = None
    single_source: str = ""
    would_refute: str = ""  # where nothing was found

    def hash(self) -> str:
        """SHA-256 in hex over everything here; any change gives another."""
        cited = sorted(
            [item.pk, item.quote, item.stance, item.snapshot.sha256, *_grade(item.snapshot.source)]
            for item in self.cited
        )
        body: dict[str, object] = {
            "claim": self.claim_text,
            "rating": self.rating.slug,
            "summary": self.summary,
            "rationale": self.rationale,
            "as_of": self.as_of.isoformat(),
            "expires_on": self.expires_on.isoformat() if self.expires_on else None,
            "evidence": cited,
            "search": _searched(self.nothing_found) if self.nothing_found else None,
        }
        if self.single_source:  # without one the hash is what it was before there were any
            body["single_source"] = self.single_source
        if self.would_refute:  # older hashes know nothing of it
            body["would_refute"] = self.would_refute
        return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _searched(search: Search) -> list[object]:
    """A search as the hash holds it. What was not said is not in it, so that older hashes stay what they were."""
    said = [search.set_aside] if search.set_aside else []
    return [search.pk, search.query, search.places, search.found, *said]


def of_verdict(verdict: Verdict) -> Content:
    """The content of a verdict as the database holds it now, its claim's wording of today included."""
    return Content(
        claim_text=verdict.claim.text,
        rating=verdict.rating,
        summary=verdict.summary,
        rationale=verdict.rationale,
        as_of=verdict.as_of,
        cited=evidence_of(verdict.cited.all()),
        nothing_found=verdict.nothing_found,
        expires_on=verdict.expires_on,
        single_source=verdict.single_source,
        would_refute=verdict.would_refute,
    )


def _grade(source: Source) -> list[object]:
    """A digit that says nothing is left out: the hash is what it was before there were any."""
    if source.credibility == Source.Credibility.NOT_JUDGED:
        return [source.reliability]
    return [source.reliability, source.credibility]


def evidence_of(cited: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Evidence in the order of its numbers."""
    return tuple(sorted(cited, key=lambda item: item.number))
