"""The text of a document for the library: as it was pasted, or as its page says it now."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from claims.intake.documents import MAX_BYTES, Document, read_document
from claims.intake.language import detect
from claims.intake.url import read_url
from common.errors import Invalid
from common.text import normalise
from sources.tables import read_csv


def read_file(name: str, data: bytes, *, content_type: str = "") -> Document:
    """What a file holds: pdf, docx, html, txt, or a table as csv. Raises Invalid with what to do."""
    if not name.lower().endswith(".csv") and content_type != "text/csv":
        return read_document(name, data, content_type=content_type)
    if len(data) > MAX_BYTES:
        raise Invalid(_("%(name)s is larger than 10 MB. Give the part that matters.") % {"name": name})
    text = normalise(read_csv(data, name))
    return Document(text=text, kind="csv", language=detect(text))


def read(url: str, *, pasted: str) -> Document:
    """What was pasted, or else what the address gives. Never inside a transaction: a page may take seconds.

    Raises Invalid, and what fetching raises, as sentences.
    """
    if pasted.strip():
        text = normalise(pasted)
        return Document(text=text, kind="text", language=detect(text))
    if not url:
        raise Invalid(_("Paste the text of the source, or give its address."))
    return read_url(url, allow=settings.CLAIMDESK_FETCH_ALLOW)
