"""Plain text, in whatever encoding it comes."""

import codecs

from charset_normalizer import from_bytes

from claims.intake.content import Content, headline
from claims.intake.language import detect
from common.errors import Invalid

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = frozenset(
    (
        "ca",
        "da",
        "de",
        "en",
        "es",
        "eu",
        "fi",
        "fr",
        "ga",
        "gl",
        "is",
        "it",
        "nb",
        "nl",
        "nn",
        "no",
        "pt",
        "sv",
    )
)
_GUESSED_FROM = 100_000  # bytes; more makes the guess slower, not better


def read(data: bytes, *, charset: str = "") -> Content:
    """The text of a file without format. Raises Invalid for bytes that are no text."""
    text = decode(data, charset=charset)
    return Content(text, title=headline(text))


def decode(data: bytes, *, charset: str = "") -> str:
    """The characters: by byte order mark, by the `charset` that was declared, as UTF-8, or by the likeliest guess."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding) or _refuse()
    if b"\0" in data:
        return _refuse()
    for encoding in (charset, "utf-8"):
        text = _decoded(data, encoding) if encoding else None
        if text is not None:
            return text
    return _guessed(data)


def _guessed(data: bytes) -> str:
    """Windows-1252 where that reads as a language it was made for: the guess by statistics takes ø for ř."""
    western = data.decode("cp1252", errors="replace")
    if detect(western) in _WESTERN:
        return western
    guess = from_bytes(data[:_GUESSED_FROM]).best()
    return (_decoded(data, guess.encoding) if guess else None) or western


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError):  # an encoding that nobody knows, or not this one
        return None


def _refuse() -> str:
    raise Invalid(
        "This file is not text, whatever its name says. Upload the original (PDF, Word, HTML, or text saved as "
        "UTF-8), or paste the words."
    )
