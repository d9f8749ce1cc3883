"""SearXNG: a metasearch engine of one's own, asked for JSON (which its operator must have switched on)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from common.fetch import Fetched, FetchError
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
    when,
)

LIMITS = Limits(per_minute=30, seconds=20)


@dataclass(frozen=True)
class SearxNg:
    """`/search?format=json`. The address is that of one's own instance."""

    address: str = ""
    key: str = ""
    name: str = "searxng"
    label: str = "SearXNG"
    needs_key: bool = False
    limits: Limits = LIMITS

    def search(self, question: Question, get: Get) -> Sequence[Found]:
        """The pages that its engines find; they are still to be fetched."""
        answer = json_of(self._get(get, question.terms(8), question.code), self.label)
        found = [
            Found(
                url=url,
                title=words(row.get("title")) or host(url),
                publisher=host(url),
                published=when(row.get("publishedDate")),
            )
            for row in listed(answer, self.label, "results")
            if (url := link(row.get("url")))
        ]
        if not found and answer.get("unresponsive_engines"):
            raise FetchError("None of the engines behind SearXNG answered.", retry=True)
        return found[: self.limits.documents]

    def health(self, get: Get) -> None:
        """One small search."""
        json_of(self._get(get, "news", "en"), self.label)

    def _get(self, get: Get, terms: str, language: str) -> Fetched:
        given: Given = {"q": terms, "format": "json", "language": language, "safesearch": 0}
        try:
            return get(asked(f"{self.address.rstrip('/')}/search", **given), JSON)
        except FetchError as error:
            if error.answered == 403:
                raise FetchError(
                    "This SearXNG gives no JSON. Its operator switches it on in settings.yml, under search: formats.",
                    answered=403,
                ) from None
            raise
