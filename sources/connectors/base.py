"""What a connector is: it turns a claim's words into a request, and an answer into documents. It knows no Django."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol  # Any: JSON as a stranger writes it
from urllib.parse import urlencode, urlsplit

from common.fetch import Fetched, FetchError

JSON = ("application/json", "text/json", "text/javascript", "text/plain")

Given = dict[str, str | int]
"""The parameters of a request."""

Get = Callable[[str, tuple[str, ...]], Fetched]
"""Fetches an address for a connector: (address, media types wanted). It waits its turn and raises FetchError."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the claim's wording, its telling words and names, best first, and a language (BCP 47 or "und")."""

    claim: str
    words: tuple[str, ...]
    names: tuple[str, ...] = ()
    language: str = "en"

    def terms(self, most: int) -> str:
        """The telling words, no more than a service takes well."""
        return " ".join(self.words[:most])

    @property
    def code(self) -> str:
        """The language by its first subtag; English where it is not known."""
        code = self.language.split("-", maxsplit=1)[0].lower()
        return "en" if code in ("", "und") else code


@dataclass(frozen=True, slots=True)
class Found:
    """A document that a service named. Without `text` its page is still to be fetched."""

    url: str
    title: str
    text: str = ""
    publisher: str = ""
    author: str = ""
    kind: str = "news"
    language: str = "und"
    published: datetime | None = None
    barred: bool = False  # its site keeps it from programs like ours: told of and not fetched
    page: Fetched | None = None  # what came over the wire, of a page that was fetched for it


@dataclass(frozen=True, slots=True)
class Limits:
    """How a service is treated: requests a minute, seconds for one, bytes of an answer, documents taken from it."""

    per_minute: float = 30.0
    seconds: float = 15.0
    max_bytes: int = 5_000_000
    documents: int = 3


class Connector(Protocol):
    """One outside service. `search` and `health` raise FetchError; `health` asks the least that proves it works."""

    @property
    def name(self) -> str:
        """The kind, as in KINDS."""
        ...

    @property
    def label(self) -> str:
        """What people call it."""
        ...

    @property
    def address(self) -> str:
        """Where it is."""
        ...

    @property
    def needs_key(self) -> bool:
        """Whether it cannot be asked without one."""
        ...

    @property
    def limits(self) -> Limits:
        """How it is treated."""
        ...

    def search(self, question: Question, get: Get) -> Sequence[Found]:
        """The documents that the service has for a question, best first."""
        ...

    def health(self, get: Get) -> None:
        """Raises FetchError when the service cannot be used."""
        ...


def asked(address: str, **parameters: str | int) -> str:
    """An address with its parameters."""
    return f"{address}?{urlencode(parameters)}"


def json_of(page: Fetched, label: str) -> dict[str, Any]:
    """The JSON object of an answer. Raises FetchError for anything else, in words that name the service."""
    try:
        found = json.loads(page.body)
    except (ValueError, RecursionError):
        opening = page.body[:200].decode("utf-8", "replace").strip()
        plain = "" if opening.startswith(("<", "{", "[")) else f" It says: “{opening[:120]}”"
        raise FetchError(f"{label} answered with something that is not JSON.{plain}", retry=True) from None
    if not isinstance(found, dict):
        raise FetchError(f"{label} answered in a form that we do not know.", retry=True)
    return found


def rows(found: dict[str, Any], *path: str) -> list[dict[str, Any]]:
    """The list of objects at a path of an answer; empty where there is none, whatever stands there."""
    here: Any = found
    for name in path:
        here = here.get(name) if isinstance(here, dict) else None
    return [row for row in here if isinstance(row, dict)] if isinstance(here, list) else []


def listed(found: dict[str, Any], label: str, *path: str, may_lack: bool = False) -> list[dict[str, Any]]:
    """The list of objects on which an answer stands. Raises FetchError where something else is in its place.

    An answer that we do not understand is not one that found nothing: a published absence may rest on that.
    `may_lack` is for services that leave the list out when it is empty.
    """
    here: Any = found
    for name in path:
        if isinstance(here, dict) and name not in here and may_lack:
            return []
        here = here.get(name) if isinstance(here, dict) else None
    if not isinstance(here, list):
        raise FetchError(f"{label} answered in a form that we do not know.", retry=True)
    return [row for row in here if isinstance(row, dict)]


def link(value: object) -> str:
    """An address of an answer, if it is one that a page may link to; else nothing."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    sound = text.isprintable() and len(text) <= 1000  # so no NUL and no half of a character
    return text if sound and parts.scheme in ("http", "https") and parts.hostname else ""


def host(url: str) -> str:
    """Whose address it is, without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def when(value: object) -> datetime | None:
    """A moment of an answer: ISO 8601, or GDELT's 20250422T101500Z; UTC where it names no zone. None for all else."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):  # the last hour of the year 9999 is in no other zone
        return None
