"""Sitemaps as sitemaps.org describes them: the pages or further maps that one lists, as XML or as lines. Pure."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.parsers import expat

from common.text import words
from sources.connectors.base import link, when

MOST_BYTES = 52_428_800  # unpacked, the protocol's own limit
MOST_ENTRIES = 50_000  # the same
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


class NoSitemap(ValueError):
    """What is there is no sitemap, or one that no honest site has."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page or a further map: when it last changed, and of a news sitemap its headline and day."""

    url: str
    changed: datetime = _LONG_AGO
    title: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one file lists: pages, or maps where it is an index."""

    pages: tuple[Entry, ...] = ()
    maps: tuple[Entry, ...] = ()


def read(body: bytes) -> Sitemap:
    """The sitemap in a file, gzipped or not. Raises NoSitemap."""
    data = _unpacked(body)
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"<"):
        return _xml(data)
    lines = text.decode("utf-8", "replace").split("\n", MOST_ENTRIES)[:MOST_ENTRIES]
    pages = tuple(Entry(url) for line in lines if (url := link(line)))
    if lines != [""] and not pages:
        raise NoSitemap
    return Sitemap(pages)


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    inflate = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        data = inflate.decompress(body, MOST_BYTES)
    except zlib.error:
        raise NoSitemap from None
    if not inflate.eof:  # cut short, or larger than any sitemap may be
        raise NoSitemap
    return data


def _xml(data: bytes) -> Sitemap:
    walker = _Walker()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.characters
    parser.StartDoctypeDeclHandler = walker.refuse  # where entities would be defined
    try:
        parser.Parse(data, True)  # noqa: FBT003  expat takes it by position only
    except (expat.ExpatError, ValueError, LookupError):  # the others: an encoding that nobody has
        raise NoSitemap from None
    if walker.root not in ("urlset", "sitemapindex"):
        raise NoSitemap
    return Sitemap(tuple(walker.pages), tuple(walker.maps))


@dataclass
class _Walker:
    """Gathers entries while the parser walks. Where an element stands tells `loc` from the `loc` of a picture."""

    root: str = ""
    pages: list[Entry] = field(default_factory=list)
    maps: list[Entry] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)
    _said: dict[str, str] = field(default_factory=dict)

    def start(self, tag: str, _: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self.root = self.root or name
        self._path.append(name)
        if len(self._path) == 2:
            self._said = {}
        if len(self._path) > 20:
            raise NoSitemap

    def characters(self, text: str) -> None:
        if len(self._path) in (3, 4):
            name = "/".join(self._path[2:])
            self._said[name] = (self._said.get(name, "") + text)[:2000]

    def end(self, _: str) -> None:
        kind = self._path.pop()
        if len(self._path) != 1 or kind not in ("url", "sitemap"):
            return
        url = link(self._said.get("loc"))
        gathered = self.maps if kind == "sitemap" else self.pages
        if url and len(gathered) < MOST_ENTRIES:
            gathered.append(
                Entry(
                    url=url,
                    changed=when(self._said.get("lastmod")) or _LONG_AGO,
                    title=words(self._said.get("news/title")),
                    published=when(self._said.get("news/publication_date")),
                )
            )

    def refuse(self, *_: object) -> None:
        raise NoSitemap
