"""The words of a Word document: the paragraphs of its main part, as they read with every change accepted.

Read by ourselves: mammoth needs half a minute for a megabyte of tags that arrives in two kilobytes.
"""

import io
import zipfile
import zlib
from xml.parsers import expat

from claims.intake.content import Content, headline, joined
from common.errors import Invalid

BROKEN = "This Word document is damaged. Open it in Word, save it again and upload that, or paste the text."
LOCKED = "This document is locked with a password. Save a copy without one, or paste the text."
HUGE = "This document unpacks to more than the desk can read. Submit it in parts, or paste the text."
EMPTY = "There are no words in this document, only pictures or nothing. Paste the text instead."

MAX_XML = 10_000_000  # bytes of a part; a text of 1,000,000 characters takes 2 to 8 MB
MAX_PARTS = 2_000

_CONTENT_TYPES = "[Content_Types].xml"
_ENCRYPTED = 0x1  # a flag of the zip format
_MAIN = ("wordprocessingml.document.main+xml", "ms-word.document.macroEnabled.main+xml")
# Where moved text was, and a drawing once more for readers that cannot show it. Deleted text and field codes are in
# elements of their own, at which nobody looks.
_SKIPPED = frozenset(("moveFrom", "Fallback"))
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class _Broken(Exception):
    """Something that no Word document has."""


def read(data: bytes) -> Content:
    """The text of a .docx. Raises Invalid for one that is damaged, locked, or unpacks to something huge."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package)
            text = joined(_paragraphs(_part(package, _main_part(_part(package, _CONTENT_TYPES)))))
    except (_Broken, zipfile.BadZipFile, expat.ExpatError, zlib.error):
        raise Invalid(BROKEN) from None
    except (OSError, EOFError, ValueError, NotImplementedError):  # what zipfile says of other damage
        raise Invalid(BROKEN) from None
    if not text:
        raise Invalid(EMPTY)
    return Content(text, title=headline(text))


def _check(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Invalid(LOCKED)
    if len(parts) > MAX_PARTS:
        raise Invalid(HUGE)


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    """A part, unpacked. Its size is checked before that: zipfile never gives more than a part declares."""
    try:
        if package.getinfo(name).file_size > MAX_XML:
            raise Invalid(HUGE)
        return package.read(name)
    except KeyError:
        raise _Broken from None


def _main_part(content_types: bytes) -> str:
    """The name of the part with the text: document.xml by habit, another from some programs."""
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if attributes.get("ContentType", "").endswith(_MAIN):
            found.append(attributes.get("PartName", "").lstrip("/"))

    parser = _parser()
    parser.StartElementHandler = start
    parser.Parse(content_types, True)  # noqa: FBT003  expat takes it by position only
    if not found:
        raise _Broken
    return found[0]


def _paragraphs(document: bytes) -> list[str]:
    words = _Words()
    parser = _parser()
    parser.buffer_text = True
    parser.StartElementHandler = words.start
    parser.EndElementHandler = words.end
    parser.CharacterDataHandler = words.characters
    parser.Parse(document, True)  # noqa: FBT003  expat takes it by position only
    return words.paragraphs


def _parser() -> expat.XMLParserType:
    """A parser that knows no entities: a document type, where they would be defined, is refused."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise _Broken

    parser.StartDoctypeDeclHandler = refuse
    return parser


class _Words:
    """Gathers paragraphs while the parser walks. A row of a table is one, its cells apart by a bar."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._current: list[str] = []
        self._in_text = False
        self._rows = 0
        self._skipping = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "t":
            self._in_text = True
        elif name in _SIGNS:
            self._current.append(_SIGNS[name])
        elif name in _SKIPPED:
            self._skipping += 1
        elif name == "tr":
            self._flush()
            self._rows += 1
        elif name == "p" and not self._rows:  # a paragraph in a text box that hangs in another
            self._flush()

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "t":
            self._in_text = False
        elif name in _SKIPPED:
            self._skipping -= 1
        elif name == "tc":
            self._current.append(" | ")
        elif name == "tr":
            self._rows -= 1
            self._flush()
        elif name == "p" and self._rows:
            self._current.append(" ")
        elif name == "p":
            self._flush()

    def characters(self, text: str) -> None:
        if self._in_text and not self._skipping:
            self._current.append(text)

    def _flush(self) -> None:
        if self._current:
            self.paragraphs.append("".join(self._current).strip(" |"))
            self._current = []
