"""Read any document that a person may hand in: what it is comes from its bytes, not from its name."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import datetime

from claims.intake import docx, html, pdf, plain
from claims.intake.content import Content
from claims.intake.language import detect
from common.errors import Invalid
from common.fetch import Fetched
from common.text import normalise

MAX_BYTES = 10_000_000

ADVICE = "Upload a PDF, a Word document (.docx), an HTML page or plain text, or paste the text."

_PDF_WITHIN = 1_024  # bytes before the %PDF mark that readers forgive
# What may stand before the first tag is matched without going back, or a page of comments would take for ever.
_HTML = re.compile(
    r"\s*+(?>(?:<\?xml[^>]*>|<!--(?>.*?-->))\s*+)*+"
    r"<(?:!doctype\s+html|(?:html|head|body|article|main|div|p|h1|meta|title)\b)",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
# First bytes of what people take for an article by mistake.
_KINDS = (
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"BM", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"RIFF", "an image, a sound or a film"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording or a film"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc), or one with a password"),
    (b"{\\rtf", "a Rich Text document"),
    (b"%!PS", "a PostScript document"),
    (b"\x1f\x8b", "an archive"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"Rar!\x1a", "an archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the desk keeps it: `text` is normalised, a blank line between its paragraphs."""

    text: str
    kind: str
    title: str = ""
    byline: str = ""
    outlet: str = ""
    published_at: datetime | None = None
    language: str = "und"
    page: Fetched | None = field(
        default=None, repr=False, compare=False
    )  # what came over the wire, if it did


def read_document(name: str, data: bytes, *, content_type: str = "", url: str = "") -> Document:
    """The words of a file. `name` and `content_type` decide only between HTML and plain text, which look alike.

    Raises Invalid with what to do for a file that is empty, too large, damaged, locked, without words, or of a kind
    that the desk does not read.
    """
    if not data.strip():
        raise Invalid(f"{name or 'This file'} is empty. Choose another file, or paste the text.")
    if len(data) > MAX_BYTES:
        raise Invalid(
            f"{name or 'This file'} is larger than {MAX_BYTES / 1e6:g} MB. "
            "Upload only the part with the article, or paste the text."
        )
    kind = _kind(name, data, content_type)
    content = _content(kind, data, charset=_charset(content_type), url=url)
    text = normalise(content.text)
    return Document(
        text=text,
        kind=kind,
        title=content.title,
        byline=content.byline,
        outlet=content.outlet,
        published_at=content.published_at,
        language=detect(text),
    )


def _content(kind: str, data: bytes, *, charset: str, url: str) -> Content:
    if kind == "pdf":
        return pdf.read(data)
    if kind == "docx":
        return docx.read(data)
    if kind == "html":
        return html.read(data, charset=charset, url=url)
    return plain.read(data, charset=charset)


def _kind(name: str, data: bytes, content_type: str) -> str:
    """ "pdf", "docx", "html" or "text". Raises Invalid for anything else."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _packed(name, data)
    for mark, what in _KINDS:
        if data.startswith(mark) and (len(mark) > 2 or b"\0" in data[:1_000]):
            raise Invalid(f"{name or 'This file'} is {what}, which the desk cannot read. {ADVICE}")
    if b"ftyp" in data[4:8]:
        raise Invalid(f"{name or 'This file'} is a film or an image, which the desk cannot read. {ADVICE}")
    declared = content_type.partition(";")[0].strip().lower() in ("text/html", "application/xhtml+xml")
    named = name.lower().endswith((".html", ".htm", ".xhtml"))
    beginning = plain.decode(data, charset=_charset(content_type))[:4_000]
    tagged = _HTML.match(beginning) or (
        (declared or named) and re.search(r"</?[a-z]", beginning, re.IGNORECASE)
    )
    return "html" if tagged else "text"


def _packed(name: str, data: bytes) -> str:
    """What a zip file is. Word, its cousins and plain archives begin alike."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Invalid(docx.BROKEN) from None
    if any(part.startswith("word/") for part in parts):
        return "docx"
    raise Invalid(f"{name or 'This file'} is an archive or another kind of Office document. {ADVICE}")


def _charset(content_type: str) -> str:
    found = _CHARSET.search(content_type)
    return found[1] if found else ""
