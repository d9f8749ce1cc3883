"""The words of a PDF, its printed lines joined into paragraphs again."""

import io
import re
import statistics
import time
import zlib
from collections import Counter

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from claims.intake.content import Content, headline, joined, one_line
from common.errors import Invalid

BROKEN = "This PDF is damaged. Print it to a new PDF and upload that, or paste the text."
LOCKED = "This PDF is locked with a password. Save a copy without one, or paste the text."
SCANNED = "This PDF holds pictures of pages and no text. Run text recognition (OCR) on it, or paste the text."
LONG = "This PDF has more than {pages} pages. Upload only the pages with the article, or paste the text."
SLOW = "This PDF is too intricate to read in {seconds} seconds. Upload only the pages that matter, or paste the text."

MAX_PAGES = 200
MAX_SECONDS = 20
LETTERS_NEEDED = 30  # on all pages together; a scanner leaves its name or a date, at most a line

# A heading or a last line is shorter than the usual line by at least a fifth: in justified text the others differ by
# less, in ragged text a longer word may hang over, and joining two paragraphs costs less than breaking a sentence.
_SHORT = 0.8
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_BULLET = re.compile(r"(?:[•▪◦‣·*–-]|\d{1,2}[.)])\s")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\W*\d{1,4}\W*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


def read(data: bytes) -> Content:
    """The text of a PDF. Raises Invalid for one that is damaged, locked, scanned or too long."""
    try:
        title, pages = _pages(data)
    # pypdf reads what it can of a damaged file, so that damage shows itself as almost anything.
    except (
        PyPdfError,
        DependencyError,
        zlib.error,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
    ):
        raise Invalid(BROKEN) from None
    except (ArithmeticError, AssertionError, NotImplementedError, RecursionError):
        raise Invalid(BROKEN) from None
    text = joined(_paragraphs(_lines(pages)))
    if sum(map(str.isalpha, text)) < LETTERS_NEEDED:
        raise Invalid(SCANNED)
    return Content(text, title=title or headline(text))


def _pages(data: bytes) -> tuple[str, list[list[str]]]:
    """The title that the file states, and the printed lines of each page."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):  # many are locked against changes only
        raise Invalid(LOCKED)
    if len(reader.pages) > MAX_PAGES:
        raise Invalid(LONG.format(pages=MAX_PAGES))
    end = time.monotonic() + MAX_SECONDS

    def watch_the_clock(*_: object) -> None:
        if time.monotonic() > end:
            raise Invalid(SLOW.format(seconds=MAX_SECONDS))

    pages = []
    for page in reader.pages:
        # Called at every operator: the time that pypdf takes for a page grows with the square of its length.
        text = page.extract_text(visitor_operand_before=watch_the_clock).translate(_LIGATURES)
        pages.append([" ".join(line.split()) for line in text.strip().split("\n")])
    return _stated_title(reader), pages


def _stated_title(reader: PdfReader) -> str:
    """The title in the file's properties, unless a program put its own words there."""
    stated = one_line(str(reader.metadata.title or "")) if reader.metadata else ""
    by_program = re.match(r"microsoft word|untitled|document\d*$|slide \d", stated, re.IGNORECASE)
    is_name = re.search(r"\.\w{2,5}$", stated)
    return "" if by_program or is_name else stated


def _lines(pages: list[list[str]]) -> list[str]:
    """All lines, without page numbers and without what stands at the top or bottom of most pages."""
    edges = Counter(_unnumbered(line) for page in pages for line in {*page[:2], *page[-2:]} if line)
    often = {line for line, count in edges.items() if count >= max(3, len(pages) / 2)}
    kept = []
    for page in pages:
        last = len(page) - 1
        for number, line in enumerate(page):
            edge = number < 2 or number > last - 2
            if not (edge and (_unnumbered(line) in often or (line and _PAGE_NUMBER.fullmatch(line)))):
                kept.append(line)
    return kept


def _unnumbered(line: str) -> str:
    return re.sub(r"^\d{1,4}\s+|\s+\d{1,4}$", "#", line)


def _paragraphs(lines: list[str]) -> list[str]:
    usual = _usual_length(lines)
    paragraphs: list[list[str]] = []
    before = ""
    for line in lines:
        if before and line and not _new_paragraph(before, line, usual):
            paragraphs[-1][-1] = _open_end(before, line)
            paragraphs[-1].append(line)
        elif line:
            paragraphs.append([line])
        before = line
    return ["".join(paragraph) for paragraph in paragraphs]


def _usual_length(lines: list[str]) -> float:
    """How long a full line is: the upper quartile, for last lines and headings are short."""
    lengths = [len(line) for line in lines if line]
    return statistics.quantiles(lengths, n=4)[2] if len(lengths) > 1 else 0


def _new_paragraph(before: str, line: str, usual: float) -> bool:
    if _BULLET.match(line):
        return True
    if len(before) >= _SHORT * usual or _goes_on(line):
        return False
    return bool(_SENTENCE_END.search(before)) or len(before) < _SHORT * _SHORT * usual


def _goes_on(line: str) -> bool:
    return next((character for character in line if character.isalnum()), "").islower()


def _open_end(line: str, following: str) -> str:
    """The line as it stands before the one that follows in the same paragraph."""
    if line.endswith("\u00ad") or (re.search(r"\w-$", line) and following[0].islower()):
        return line[:-1]
    return f"{line} "
