"""Get a page from an address that a person typed or a page named: public ones, in limits of size and time.

It knows no Django, so that every engine may use it; what the operator allows beside public addresses is an
argument.
"""

import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType

import httpx

from common.addresses import AddressRefused, AddressRule
from common.transport import FetchError, PublicTransport

__all__ = ["AddressRefused", "AddressRule", "FetchError", "Fetched", "fetch"]

USER_AGENT = "Mozilla/5.0 (compatible; Claimdesk/1.0; fact-checking desk)"
MAX_BYTES = 10_000_000
TIMEOUT = 20.0  # seconds for everything together, redirects included
MAX_REDIRECTS = 5
NO_ADDRESS = "That is not a web address. Copy it whole from the browser, with the https:// at its start."
MAX_URL = 1_000  # characters, as many as an article's address may have
PUBLIC = AddressRule()

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_MAY_PASS = frozenset((408, 425, 429, 500, 502, 503, 504))
_REASONS = {
    401: "asks for a login",
    402: "asks for payment",
    403: "refused us",
    404: "has no such page",
    408: "took too long to answer",
    410: "has taken this page away",
    425: "asks to try again later",
    429: "asks us to slow down",
    451: "may not show this page for legal reasons",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave, decompressed and otherwise as it came. `encoding` is the declared charset."""

    url: str
    final_url: str
    status: int
    content_type: str
    encoding: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    fetched_at: datetime
    redirects: tuple[str, ...] = ()


def fetch(
    url: str,
    *,
    max_bytes: int = MAX_BYTES,
    timeout: float = TIMEOUT,
    accept: tuple[str, ...] = (),
    rule: AddressRule = PUBLIC,
    tls: ssl.SSLContext | None = None,
    also: Mapping[str, str] = MappingProxyType({}),
) -> Fetched:
    """GET `url` and follow its redirects, each checked like the first address.

    `accept` lists the media types wanted ("text/html", "text/*"); empty takes any. `timeout` is seconds for
    all of it, `max_bytes` counts the decompressed body. A redirect from https to http is refused: what
    comes back may become evidence, and on an open line anybody can change it. `also` are more request headers.

    Raises AddressRefused for an address that the rule does not allow, FetchError for everything else.
    """
    transport = PublicTransport(rule=rule, seconds=timeout, tls=tls)
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": ", ".join((*accept, "*/*;q=0.1")),
        "Accept-Encoding": "gzip",
        **also,
    }
    here = _checked(url, rule)
    passed: list[str] = []
    with httpx.Client(transport=transport, headers=headers, trust_env=False, timeout=timeout) as client:
        while True:
            with _stream(client, here) as response:
                if response.status_code not in _REDIRECTS:
                    return _taken(url, response, accept=accept, max_bytes=max_bytes, redirects=tuple(passed))
                onward = _onward(response, rule)
            passed.append(str(here))
            if len(passed) > MAX_REDIRECTS:
                raise FetchError(f"{here.host} sends us on without end. Paste the text instead.")
            here = onward


@contextmanager
def _stream(client: httpx.Client, here: httpx.URL) -> Iterator[httpx.Response]:
    try:
        with client.stream("GET", here) as response:
            yield response
    except (
        httpx.InvalidURL,
        httpx.RemoteProtocolError,
    ):  # httpx parses a redirect that it is not asked to follow
        raise FetchError(f"{here.host} sends us on to what is no web address. Paste the text.") from None


def _checked(url: str | httpx.URL, rule: AddressRule) -> httpx.URL:
    try:
        parsed = httpx.URL(url.strip() if isinstance(url, str) else url)
    except httpx.InvalidURL:
        raise FetchError(NO_ADDRESS) from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise FetchError(NO_ADDRESS)
    if parsed.userinfo:
        raise AddressRefused("This address has a name or password in it. Take out what stands before the @.")
    if len(str(parsed)) > MAX_URL:
        raise FetchError(f"This address is longer than {MAX_URL:,} characters. Paste the text instead.")
    usual = 443 if parsed.scheme == "https" else 80
    rule.check_port(parsed.host, usual if parsed.port is None else parsed.port)
    return parsed.copy_with(fragment=None)


def _onward(response: httpx.Response, rule: AddressRule) -> httpx.URL:
    here = response.request.url
    try:
        onward = _checked(here.join(response.headers.get("location", "")), rule)
    except (httpx.InvalidURL, FetchError):
        raise FetchError(f"{here.host} sends us on to what is no web address. Paste the text.") from None
    if here.scheme == "https" and onward.scheme == "http":
        raise AddressRefused(
            f"{here.host} sends us from a secure address to an open one ({onward.host}), where anybody could "
            "change the text on its way. Open the page yourself and paste the text."
        )
    return onward


def _taken(
    url: str, response: httpx.Response, *, accept: tuple[str, ...], max_bytes: int, redirects: tuple[str, ...]
) -> Fetched:
    here = response.request.url
    if not response.is_success:
        status = response.status_code
        reason = _REASONS.get(status, "has a fault" if status >= 500 else "did not give us the page")
        advice = "Try again later" if status in _MAY_PASS else "Check the address"
        raise FetchError(
            f"{here.host} {reason} ({status}). {advice}, or paste the text.",
            retry=status in _MAY_PASS,
            answered=status,
            wait=_wait(response.headers.get("retry-after", "")),
        )
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type and not _wanted(content_type, accept):
        raise FetchError(
            f"That address gives {content_type}, which the desk cannot read. Paste the text instead."
        )
    return Fetched(
        url=url,
        final_url=str(here),
        status=response.status_code,
        content_type=content_type,
        encoding=response.charset_encoding or "",
        body=_body(response, max_bytes),
        headers=dict(response.headers),
        fetched_at=datetime.fromtimestamp(time.time(), tz=UTC),
        redirects=redirects,
    )


def _wait(said: str) -> float | None:
    """Seconds from a Retry-After header, which gives them or a date; None where it gives neither."""
    if said.strip().isdecimal():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def _wanted(content_type: str, accept: Iterable[str]) -> bool:
    kinds = set(accept) or {"*/*"}
    return not kinds.isdisjoint((content_type, content_type.partition("/")[0] + "/*", "*/*"))


def _body(response: httpx.Response, max_bytes: int) -> bytes:
    """The body, inflated by ourselves: httpx inflates a whole chunk before one can look, 64 kB to 64 MB."""
    host = response.request.url.host
    too_much = FetchError(
        f"That page is larger than {max_bytes / 1e6:g} MB. Paste the part that matters instead."
    )
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(
            f"{host} packs its page in a way that the desk cannot read ({coding}). Paste the text."
        )
    inflate = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16) if coding.endswith("gzip") else None
    declared = response.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > max_bytes:
        raise too_much
    body, received = bytearray(), 0
    try:
        for chunk in response.iter_raw():
            received += len(chunk)
            body += inflate.decompress(chunk, max_bytes + 1 - len(body)) if inflate else chunk
            if max(received, len(body)) > max_bytes:
                raise too_much
    except zlib.error:
        raise FetchError(f"The page of {host} arrived damaged. Try again later.", retry=True) from None
    if inflate and received and not inflate.eof:
        raise FetchError(f"The page of {host} arrived incomplete. Try again later.", retry=True)
    return bytes(body)
