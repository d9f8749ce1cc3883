"""Read the article at an address."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from claims.intake.documents import MAX_BYTES, Document, read_document
from common.addresses import AddressRule
from common.fetch import fetch

READABLE = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/octet-stream",  # what a careless server says of a PDF; its bytes tell
)
SECONDS = 30.0


def read_url(url: str, *, allow: Iterable[str] = (), rule: AddressRule | None = None) -> Document:
    """The document at a public address, or at one of the "host:port" in `allow`.

    Raises AddressRefused, FetchError (whose `retry` says whether it may work later), or Invalid for what is there.
    """
    page = fetch(
        url,
        max_bytes=MAX_BYTES,
        timeout=SECONDS,
        accept=READABLE,
        rule=rule or AddressRule.allowing(allow),
    )
    document = read_document(
        PurePosixPath(unquote(urlsplit(page.final_url).path)).name,
        page.body,
        content_type=f"{page.content_type}; charset={page.encoding}" if page.encoding else page.content_type,
        url=page.final_url,
    )
    return replace(document, page=page)
