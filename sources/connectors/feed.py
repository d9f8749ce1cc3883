"""Any RSS or Atom feed: its newest entries that share a claim's telling words."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any  # Any: feedparser has no types

import feedparser

from common.fetch import FetchError
from common.text import words
from sources.connectors.base import Found, Get, Limits, Question, host, link

FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/xml",
    "text/xml",
    "text/html",
    "text/plain",
)
SHARED = 2  # telling words that an entry must share with the claim
MOST_ENTRIES = 500


LIMITS = Limits(per_minute=6)


@dataclass(frozen=True)
class Feed:
    """Read as it is, entry by entry; what an entry leaves out is on its page."""

    address: str = ""
    key: str = ""
    name: str = "feed"
    label: str = "RSS or Atom feed"
    needs_key: bool = False
    limits: Limits = LIMITS

    def search(self, question: Question, get: Get) -> Sequence[Found]:
        """The entries that share most words with the claim, the best first."""
        asked = {word.casefold() for word in question.words}
        feed = self.read(get)
        publisher = words(feed.feed.get("title")) or host(self.address)
        rated = []
        for entry in feed.entries[:MOST_ENTRIES]:
            there = f"{words(entry.get('title'))} {words(entry.get('summary'), 5000)}".casefold()
            shared = sum(word in there for word in asked)
            url = link(entry.get("link"))
            if url and shared >= min(SHARED, len(asked) or SHARED):
                rated.append((shared, _found(entry, url, publisher)))
        rated.sort(key=lambda one: -one[0])
        return [found for _, found in rated[: self.limits.documents]]

    def newest(self, get: Get) -> list[Found]:
        """Its entries that have an address, in its own order, which begins with the newest as a rule."""
        feed = self.read(get)
        publisher = words(feed.feed.get("title")) or host(self.address)
        linked = ((entry, link(entry.get("link"))) for entry in feed.entries[:MOST_ENTRIES])
        return [_found(entry, url, publisher) for entry, url in linked if url]

    def health(self, get: Get) -> None:
        """Read it."""
        self.read(get)

    def read(self, get: Get) -> Any:  # Any: feedparser has no types
        """The feed. Raises FetchError when it is none."""
        page = get(self.address, FEEDS)
        feed = feedparser.parse(page.body, response_headers={"content-type": page.content_type})
        if not feed.entries and (feed.bozo or not feed.version):
            raise FetchError(f"{host(self.address)} gives no feed that can be read.", retry=True)
        return feed


def _found(entry: Mapping[str, Any], url: str, publisher: str) -> Found:
    content = entry.get("content") or [{}]
    whole = words(content[0].get("value"), 50_000) if isinstance(content[0], Mapping) else ""
    # the library warns where `updated` is asked for and only `published` is there
    dated = (
        "updated_parsed"
        if "published_parsed" not in entry and "updated_parsed" in entry
        else "published_parsed"
    )
    return Found(
        url=url,
        title=words(entry.get("title")) or url,
        text=whole if len(whole) > 400 else "",
        publisher=publisher,
        author=words(entry.get("author"), 200),
        published=_moment(entry.get(dated)),
    )


def _moment(parsed: Any) -> datetime | None:  # Any: feedparser has no types
    try:
        return datetime.fromtimestamp(timegm(parsed), tz=UTC) if parsed else None
    except (ValueError, OverflowError, OSError):  # the year 0, or one that no clock knows
        return None
