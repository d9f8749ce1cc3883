"""GDELT's DOC 2.0 API: news articles of the last three months in many languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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

LIMITS = Limits(per_minute=12)


@dataclass(frozen=True)
class Gdelt:
    """`mode=artlist`. It refuses in plain text with status 200, and asks for one request every five seconds."""

    address: str = "https://api.gdeltproject.org/api/v2/doc/doc"
    key: str = ""
    name: str = "gdelt"
    label: str = "GDELT"
    needs_key: bool = False
    limits: Limits = LIMITS

    def search(self, question: Question, get: Get) -> Sequence[Found]:
        """The articles that name most of what the claim names; their pages are still to be fetched."""
        words_asked = [word for word in question.words if len(word) > 2][:5]
        if not words_asked:
            return []
        given: Given = {
            "query": " ".join(words_asked),
            "mode": "artlist",
            "format": "json",
            "sort": "hybridrel",
        }
        answer = json_of(get(asked(self.address, maxrecords=10, **given), JSON), self.label)
        found = [
            Found(
                url=url,
                title=words(row.get("title")),
                publisher=words(row.get("domain")) or host(url),
                published=when(row.get("seendate")),
            )
            for row in listed(answer, self.label, "articles", may_lack=True)
            if (url := link(row.get("url"))) and words(row.get("title"))
        ]
        return found[: self.limits.documents]

    def health(self, get: Get) -> None:
        """One small search."""
        given: Given = {"query": "earthquake", "mode": "artlist", "format": "json"}
        json_of(get(asked(self.address, maxrecords=1, **given), JSON), self.label)
