"""The text of a document for the library: as it was pasted, or as its page says it now."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from claims.intake.documents import Document
from claims.intake.language import detect
from claims.intake.url import read_url
from common.errors import Invalid
from common.text import normalise


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
