"""Wikipedia, or any other wiki that runs MediaWiki: full-text search, and the plain text of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any  # Any: JSON as the wiki writes it

from common.fetch import FetchError
from common.text import words
from sources.connectors.base import (
    JSON,
    Found,
    Get,
    Given,
    Limits,
    Question,
    asked,
    json_of,
    link,
    listed,
    when,
)

LONGEST = 60_000  # characters of a page that are kept
PASSING = frozenset(("maxlag", "ratelimited", "readonly"))  # refusals that may pass


LIMITS = Limits(per_minute=60)


@dataclass(frozen=True)
class MediaWiki:
    """The action API: `list=search`, then `prop=extracts|info` of each page."""

    address: str = "https://en.wikipedia.org/w/api.php"
    key: str = ""
    name: str = "wikipedia"
    label: str = "Wikipedia"
    needs_key: bool = False
    limits: Limits = LIMITS

    def search(self, question: Question, get: Get) -> Sequence[Found]:
        """The pages that full-text search finds, each with its text."""
        terms = question.terms(8)
        given: Given = {
            "list": "search",
            "srsearch": terms,
            "srlimit": self.limits.documents,
            "srprop": "timestamp",
        }
        hits = self._search(get, given)
        if not hits and len(question.words) > 4:  # a wiki wants every word: ask with the telling ones alone
            hits = self._search(get, given | {"srsearch": question.terms(4)})
        pages = [self._page(get, hit) for hit in hits[: self.limits.documents]]
        return [page for page in pages if page is not None]

    def health(self, get: Get) -> None:
        """What the wiki says of itself."""
        self._ask(get, meta="siteinfo")

    def _search(self, get: Get, given: Given) -> list[dict[str, Any]]:
        return listed(self._ask(get, **given), self.label, "query", "search")

    def _page(self, get: Get, hit: dict[str, Any]) -> Found | None:
        given: Given = {
            "prop": "extracts|info",
            "explaintext": 1,
            "inprop": "url",
            "pageids": str(hit.get("pageid")),
        }
        for page in listed(self._ask(get, **given), self.label, "query", "pages"):
            text, url = page.get("extract"), link(page.get("canonicalurl") or page.get("fullurl"))
            if isinstance(text, str) and text.strip() and url:
                return Found(
                    url=url,
                    title=words(page.get("title")),
                    text=text[:LONGEST],
                    publisher=self.label,
                    kind="report",
                    language=words(page.get("pagelanguage"), 12) or "und",
                    published=when(page.get("touched")),
                )
        return None

    def _ask(self, get: Get, **given: str | int) -> dict[str, Any]:
        whole: Given = {"action": "query", "format": "json", "formatversion": 2, "maxlag": 5, **given}
        return granted(json_of(get(asked(self.address, **whole), JSON), self.label), self.label)


def granted(answer: dict[str, Any], label: str) -> dict[str, Any]:
    """The answer, unless it is a refusal: a wiki sends those with status 200. Raises FetchError with its words."""
    error = answer.get("error")
    if not isinstance(error, dict):
        return answer
    code = words(error.get("code"), 60)
    raise FetchError(
        f"{label} says: {words(error.get('info'), 200) or code}",
        retry=code in PASSING or code.startswith("internal_api_error"),
        wait=5.0 if code == "maxlag" else None,
    )
