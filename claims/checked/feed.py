"""Read a feed of ClaimReview as it comes, row by row: Data Commons' form, ours, a JSON array, or JSON Lines. Pure."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, cast  # Any: JSON as strangers write it

import ijson

from common.text import words

LONGEST_LINE = 2_000_000  # bytes of one row of JSON Lines
GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Row:
    """One ClaimReview, or why it is none (`problem`), with its number in the feed."""

    number: int
    url: str = ""
    claim: str = ""
    claimant: str = ""
    publisher: str = ""
    title: str = ""
    rating: str = ""
    language: str = "und"
    reviewed_on: date | None = None
    claimed_on: date | None = None
    problem: str = ""

    @property
    def digest(self) -> str:
        """What tells it from others: a page may hold several, of different claims."""
        return hashlib.sha256(f"{self.url}\n{self.claim}".encode()).hexdigest()


def rows(stream: IO[bytes]) -> Iterator[Row]:
    """The rows of a feed, gzipped or not, in constant memory. Raises ValueError where the feed itself is broken."""
    buffered = (
        stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
    )
    if buffered.peek(2)[:2] == GZIP:
        buffered = io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=buffered)))
    for number, review in enumerate(_reviews(buffered), start=1):
        yield read(review, number)


def read(review: object, number: int) -> Row:
    """One row. What it lacks is told in `problem`."""
    if not isinstance(review, dict):
        return Row(number, problem="not an object")
    rating = _dict(review.get("reviewRating"))
    claim = _dict(review.get("itemReviewed"))
    author = _dict(review.get("author"))
    url = _link(review.get("url"))
    row = Row(
        number,
        url=url,
        claim=words(review.get("claimReviewed"), 1000) or words(claim.get("text"), 1000),
        claimant=words(_dict(claim.get("author")).get("name"), 200),
        publisher=words(author.get("name"), 200) or _host(url),
        title=words(review.get("name") or review.get("headline"), 300),
        rating=words(rating.get("alternateName"), 200) or _value(rating),
        language=words(review.get("inLanguage"), 12) or "und",
        reviewed_on=_day(review.get("datePublished")),
        claimed_on=_day(claim.get("datePublished")),
    )
    if not row.url:
        return Row(number, problem="no address")
    if not row.claim:
        return Row(number, problem="no claim")
    return row if row.rating else Row(number, problem="no rating")


def _reviews(stream: IO[bytes]) -> Iterator[Any]:
    """The ClaimReviews of whatever kind of feed this is."""
    opening = stream.peek(4096).lstrip()[:1]  # type: ignore[attr-defined]
    if opening == b"[":
        yield from _flat(ijson.items(stream, "item", use_float=True))
    elif opening == b"{" and _is_lines(stream):
        yield from _flat(_lines(stream))
    elif opening == b"{":
        yield from _flat(ijson.items(stream, "dataFeedElement.item", use_float=True))
    else:
        raise ValueError("This is no feed of ClaimReview: it begins with neither { nor [.")


def _is_lines(stream: IO[bytes]) -> bool:
    """Whether the first line is a whole JSON object with another after it, or a ClaimReview alone."""
    line = stream.peek(65_536).split(b"\n", maxsplit=1)[0]  # type: ignore[attr-defined]
    try:
        first = json.loads(line)
    except ValueError:
        return False
    return isinstance(first, dict) and "dataFeedElement" not in first


def _lines(stream: IO[bytes]) -> Iterator[Any]:
    while line := stream.readline(LONGEST_LINE):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield None


def _flat(elements: Iterator[Any]) -> Iterator[Any]:
    """A feed's elements hold one review, several, or are reviews themselves."""
    try:
        for element in elements:
            item = element.get("item", element) if isinstance(element, dict) else element
            yield from item if isinstance(item, list) else [item]
    except ijson.JSONError as error:
        raise ValueError(f"The feed breaks off: {error}") from None


def _dict(value: object) -> dict[str, Any]:
    """An object; of several the first; nothing for anything else."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else {}


def _link(value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    return text if re.match(r"https?://[^\s/]+", text) and len(text) <= 1000 else ""


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].removeprefix("www.")[:200]


def _value(rating: dict[str, Any]) -> str:
    value, best = rating.get("ratingValue"), rating.get("bestRating")
    if value in (None, "", "-1", -1):
        return ""
    return f"{value} of {best}"[:200] if best not in (None, "", "-1", -1) else words(str(value), 200)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
