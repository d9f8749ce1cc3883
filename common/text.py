"""Bring text that came from outside into the one form in which the desk keeps it."""

import hashlib
import re
import unicodedata
from html import unescape

from common.errors import Invalid

MAX_TEXT = 1_000_000  # code points; a long book chapter has 50,000

# What ends a line somewhere in the world: CRLF, CR, vertical tab, form feed, NEL, line separator.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
# Characters that show nothing and do harm: C0 and C1 controls, BOM, soft hyphen, and the bidi embeddings,
# overrides and isolates that can make a text read otherwise than it is. RLM, LRM and the joiners stay:
# Arabic, Persian and emoji need them.
_HARMFUL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f\xad\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: no database and no hash takes it
_LINE_TAIL = re.compile(r"[^\S\n]+(?=\n|\Z)")
_TAG = re.compile(r"<[^>]{0,500}>")
_BLANK_LINES = re.compile(r"\n{3,}")
_INVISIBLE = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))  # Unicode's general categories


def normalise(text: str, *, limit: int = MAX_TEXT) -> str:
    """The text in NFC, with newlines as the only line ends and at most one blank line in a row.

    Normalising twice changes nothing more, so offsets into the result (code points) hold for good.
    Raises Invalid for a text with NUL, without anything to see, or longer than `limit` code points.
    """
    if "\0" in text:
        raise Invalid(
            "This text has NUL characters in it, so it is probably a binary file. "
            "Paste the words themselves, or upload the original document."
        )
    text = visible(text)
    text = _LINE_TAIL.sub("", unicodedata.normalize("NFC", text))
    text = _BLANK_LINES.sub("\n\n", text).strip()
    if all(unicodedata.category(character) in _INVISIBLE for character in text):
        raise Invalid("There is no text here. Paste the article, or choose a file that has words in it.")
    if len(text) > limit:
        raise Invalid(
            f"This text has {len(text):,} characters; the desk takes up to {limit:,}. "
            "Submit it in parts, or only the part with the claims."
        )
    return text


def visible(text: str) -> str:
    """The text without characters that show nothing and do harm, and with newlines as the only line ends.

    A NUL stays: whoever takes the text in refuses it.
    """
    text = _LINE_END.sub("\n", text).replace("\u2029", "\n\n")
    return _SURROGATE.sub("\ufffd", _HARMFUL.sub("", text))


def lines(text: str) -> str:
    """What a person wrote in a form, without NUL and with newlines as line ends (a browser sends CRLF)."""
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """What a person wrote in a form, without NUL and on one line, with single spaces."""
    return " ".join(text.replace("\0", "").split())


def words(value: object, most: int = 300) -> str:
    """The text in a value of a stranger's data: no markup, no control characters, one line; empty for what is none."""
    text = value if isinstance(value, str) else ""
    if "<" in text or "&" in text:
        text = unescape(_TAG.sub(" ", text))
    if not text.isprintable():  # most are: this is in the way of millions
        text = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(text.split())[:most]


def sha256(text: str) -> str:
    """The hash by which the same text is recognised, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
