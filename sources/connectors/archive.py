"""A newsroom's own archive: the pages of its sitemap, or of a list of addresses, whose names share a claim's words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from claims.matching.words import stem, stems
from common.fetch import FetchError
from sources.connectors import robots, sitemap
from sources.connectors.base import Found, Get, Limits, Question, host
from sources.connectors.sitemap import Entry

ANYTHING = ("*/*",)  # sites name a packed sitemap by all sorts of types
MOST_MAPS = 40  # of an index, the newest first
MOST_PAGES = 200_000  # in all: three to four seconds of work and 45 MB
MOST_TRIED = 12  # pages for which robots.txt is asked
SHARED = 2  # telling words that a page's name must share with the claim
_WORD = re.compile(r"[^\W\d_]{2,}")

LIMITS = Limits(per_minute=120, max_bytes=20_000_000)


@dataclass(frozen=True)
class Archive:
    """The address is that of a sitemap, of an index of sitemaps, or of a text with an address in each line.

    Only names are compared: headlines where a news sitemap gives them, else the words in addresses. The pages are
    still to be fetched; what robots.txt keeps from us is left out.
    """

    address: str = ""
    key: str = ""
    name: str = "archive"
    label: str = "Archive of a newsroom"
    needs_key: bool = False
    limits: Limits = LIMITS

    def search(self, question: Question, get: Get) -> Sequence[Found]:
        """The pages whose names share most with the claim, rare words first, then the newest."""
        best = ranked(question, self._pages(get))[:MOST_TRIED]
        may = robots.may_fetch(get)
        found: list[Found] = []
        barred: list[Found] = []
        for entry in best:
            if len(found) == self.limits.documents:
                break
            one = Found(url=entry.url, title=entry.title, publisher=self.label, published=entry.published)
            if may(entry.url):
                found.append(one)
            else:
                barred.append(replace(one, barred=True))
        return [*found, *barred]

    def health(self, get: Get) -> None:
        """Read the first map."""
        self._map(get, self.address)

    def _pages(self, get: Get) -> list[Entry]:
        first = self._map(get, self.address)
        pages = list(first.pages)
        own = [entry for entry in first.maps if host(entry.url) == host(self.address)]
        for entry in sorted(own, key=lambda one: one.changed, reverse=True)[:MOST_MAPS]:
            if len(pages) >= MOST_PAGES:
                break
            try:
                pages += self._map(get, entry.url).pages
            except FetchError as error:
                if error.answered not in (404, 410):  # a map that was taken away is missed by nobody
                    raise
        return pages[:MOST_PAGES]

    def _map(self, get: Get, url: str) -> sitemap.Sitemap:
        try:
            return sitemap.read(get(url, ANYTHING).body)
        except sitemap.NoSitemap:
            raise FetchError(
                f"{host(url)} gives no sitemap that can be read, nor a list of addresses.", retry=True
            ) from None


def ranked(question: Question, pages: Sequence[Entry]) -> list[Entry]:
    """The pages whose names share enough words with the question, best first. Words that few names have weigh more."""
    asked = {one for word in question.words for one in stems(word)}
    named = [(entry, asked & _name(entry)) for entry in pages]
    often = Counter(word for _, shared in named for word in shared)
    rated = [
        (sum(math.log((len(named) + 1) / often[word]) for word in shared), entry)
        for entry, shared in named
        if len(shared) >= min(SHARED, len(asked) or SHARED)
    ]
    rated.sort(key=lambda one: (one[0], one[1].changed), reverse=True)
    return list(dict.fromkeys(entry for _, entry in rated))


def _name(entry: Entry) -> frozenset[str]:
    """The stems of a headline and of an address, there without numbers: those are days and keys."""
    slug = _WORD.findall(unquote(urlsplit(entry.url).path).casefold())
    return frozenset((*stems(entry.title), *(stem(word) for word in slug)))
