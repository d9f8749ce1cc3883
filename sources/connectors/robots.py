"""What a site's robots.txt keeps from us, as RFC 9309 has it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from common.addresses import AddressRefused
from common.fetch import FetchError
from sources.connectors.base import Get

ANYTHING = ("*/*",)  # sites name a missing robots.txt by all sorts of types
ROBOT = "Claimdesk"
MOST_BYTES = 512_000  # RFC 9309, 2.5: at least 500 kibibytes are read


def site(url: str) -> str:
    """The site of an address: its scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def read(get: Get, of: str) -> bytes:
    """The robots.txt of a site; empty where it has none.

    Raises FetchError when it is out of reach: everything is kept from us for now.
    """
    try:
        return get(f"{of}/robots.txt", ANYTHING).body[:MOST_BYTES]
    except FetchError as error:
        if error.answered is None or not 400 <= error.answered < 500 or error.answered == 429:
            raise
        return b""


def rules(body: bytes) -> Protego:
    """A robots.txt, understood."""
    return Protego.parse(body.decode("utf-8", "replace"))


def may_fetch(get: Get) -> Callable[[str], bool]:
    """Whether a page may be fetched, each site's robots.txt read once."""
    known: dict[str, Protego] = {}

    def may(url: str) -> bool:
        of = site(url)
        try:
            if of not in known:
                known[of] = rules(read(get, of))
        except AddressRefused:  # a list may name anything
            return False
        return bool(known[of].can_fetch(url, ROBOT))

    return may
