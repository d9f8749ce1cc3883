"""Google's Fact Check Tools API: what fact-checkers have published of a claim. It needs a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any  # Any: JSON as Google writes it

from common.text import words
from sources.connectors.base import (
    JSON,
    Found,
    Get,
    Given,
    Limits,
    Question,
    asked,
    host,
    json_of,
    link,
    listed,
    rows,
    when,
)

PAGE = 10


LIMITS = Limits(per_minute=60)


@dataclass(frozen=True)
class GoogleFactCheck:
    """`claims:search`, as in the discovery document of revision 20230923."""

    address: str = "https://factchecktools.googleapis.com/v1alpha1/claims:search"
    key: str = ""
    name: str = "google_factcheck"
    label: str = "Google Fact Check Tools"
    needs_key: bool = True
    limits: Limits = LIMITS

    def search(self, question: Question, get: Get) -> Sequence[Found]:
        """The published fact-checks of like claims, in the question's language, from at most two pages."""
        found: list[Found] = []
        token = ""
        for _ in range(2):
            answer = self._ask(get, question, token)
            claims = listed(answer, self.label, "claims", may_lack=True)
            found += [one for claim in claims for one in _reviews(claim)]
            token = str(answer.get("nextPageToken") or "")
            if not token or len(found) >= self.limits.documents:
                break
        return found[: self.limits.documents]

    def health(self, get: Get) -> None:
        """One small search."""
        self._ask(get, Question("earth", ("earth",)), "", size=1)

    def _ask(self, get: Get, question: Question, token: str, *, size: int = PAGE) -> dict[str, Any]:
        given: Given = {
            "query": question.claim[:500],
            "languageCode": question.code,
            "pageSize": size,
            "key": self.key,
        }
        if token:
            given["pageToken"] = token
        return json_of(get(asked(self.address, **given), JSON), self.label)


def _reviews(claim: dict[str, Any]) -> list[Found]:
    text, claimant = words(claim.get("text"), 1000), words(claim.get("claimant"))
    found = []
    for review in rows(claim, "claimReview"):
        url = link(review.get("url"))
        rating = words(review.get("textualRating"))
        if not url or not text or not rating:
            continue
        publisher = review.get("publisher")
        by = publisher if isinstance(publisher, dict) else {}
        name = words(by.get("name")) or words(by.get("site")) or host(url)
        said = f"{claimant} said: {text}" if claimant else f"The claim: {text}"
        found.append(
            Found(
                url=url,
                title=words(review.get("title")) or text[:300],
                text=f"{said}\n\n{name} rated it: {rating}.",
                publisher=name,
                kind="fact_check",
                language=words(review.get("languageCode"), 12) or "und",
                published=when(review.get("reviewDate")),
            )
        )
    return found
