"""The article in a web page, without its menus, its footer and what else to read."""

import functools
import importlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from claims.intake import plain
from claims.intake.content import Content, joined, one_line
from common.errors import Invalid

NO_ARTICLE = (
    "We found no article on that page; it may need a login, or show its text only by script. "
    "Paste the text instead."
)

INTRICATE = "This page has too many parts to find the article among them. Paste the text instead."

# Prose is a paragraph of some length with the end of a sentence in it. Menus, headlines and links to other articles
# have none; the notice of a login or of cookies has up to 120 bytes, an agency's flash of two sentences 180. Counted
# in bytes of UTF-8, for a character of Chinese or Arabic says more than a Latin one.
PROSE_NEEDED = 150
_PARAGRAPH_NEEDED = 60
_SENTENCE_END = re.compile(r"[.!?…。！？؟।]")

MAX_TAGS = 30_000  # a long article's page has 3,000 to 8,000; 1,000 of them take 0.1 to 0.2 s to weigh

_TAG = re.compile(r"<[a-z]", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_CHARSET_WITHIN = 2_048  # bytes; browsers look into the first 1,024

# Of a page that a person has chosen and handed in, this many bytes in sentences are enough, of whatever length each.
UPLOAD_NEEDED = 60
_NO_PROSE = frozenset("aside button footer nav noscript script select style svg template".split())

# What begins a paragraph: in a page's own words, and in those to which trafilatura maps them.
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "head"))
_LISTS = frozenset(("ul", "ol", "li", "list", "item", "table", "tr", "row"))
_BLOCKS = frozenset(("p", "div", "blockquote", "pre", "quote")) | _HEADINGS | _LISTS
_ROWS = frozenset(("tr", "row"))
_BREAKS = frozenset(("br", "lb"))


def read(data: bytes, *, charset: str = "", url: str = "") -> Content:
    """The article in a page. Raises Invalid when there is none to be seen.

    A page without `url` was handed in by a person: where no article stands out, it is all that its body says.
    """
    page = plain.decode(data, charset=charset or _declared(data))
    if sum(1 for _ in _TAG.finditer(page)) > MAX_TAGS:
        raise Invalid(INTRICATE)
    found = _trafilatura().bare_extraction(
        page,
        url=url or None,
        with_metadata=True,
        include_comments=False,
        # Only a date that the page states about itself: a guessed one would be taken for the day a claim was made.
        date_extraction_params={
            "extensive_search": False,
            "original_date": True,
            "outputformat": "%Y-%m-%dT%H:%M:%S%z",
        },
    )
    text = joined(paragraphs(found.body)) if found is not None and found.body is not None else ""
    if _prose(text, _PARAGRAPH_NEEDED) < PROSE_NEEDED:
        text = "" if url else _body(page)
        if _prose(text) < UPLOAD_NEEDED:
            raise Invalid(NO_ARTICLE)
    if found is None:
        return Content(text)
    return Content(
        text,
        title=one_line(found.title or ""),
        byline=one_line(found.author or "", length=200),
        outlet=one_line(found.sitename or "", length=200),
        published_at=_moment(found.date),
    )


def _prose(text: str, least: int = 1) -> int:
    """The bytes in paragraphs that hold the end of a sentence and have `least` of them."""
    lengths = (len(paragraph.encode()) for paragraph in text.split("\n\n") if _SENTENCE_END.search(paragraph))
    return sum(length for length in lengths if length >= least)


def _body(page: str) -> str:
    """All that a page says outside its menus and its footer."""
    tree = _trafilatura().load_html(page)
    body = None if tree is None else tree.find(".//body")
    return "" if body is None else joined(paragraphs(body))


def paragraphs(element: Any) -> Iterator[str]:  # Any: an element of lxml, which has no types
    """The text under an element, block by block; a row of a table is one block."""
    current: list[str] = []
    for piece in _pieces(element):
        if piece is None:
            yield "".join(current)
            current = []
        else:
            current.append(piece)
    yield "".join(current)


def _pieces(element: Any) -> Iterator[str | None]:  # Any: an element of lxml
    """Runs of text, with None wherever a paragraph ends."""
    if not isinstance(element.tag, str) or element.tag in _NO_PROSE:  # no text: a comment
        return
    block = element.tag in _BLOCKS
    if block:
        yield None
    if element.tag in _ROWS:
        yield " | ".join(one_line("".join(cell.itertext())) for cell in element)
    else:
        yield "\n" if element.tag in _BREAKS else _flat(element.text)
        for child in element:
            yield from _pieces(child)
            yield _flat(child.tail)
    if block:
        yield None


def _flat(text: str | None) -> str:
    """White space in markup says nothing about lines."""
    return re.sub(r"\s+", " ", text or "")


def _declared(data: bytes) -> str:
    found = _META_CHARSET.search(data[:_CHARSET_WITHIN])
    return found[1].decode("ascii", errors="ignore") if found else ""


def _moment(stated: str | None) -> datetime | None:
    """What a page says of its date, in UTC where it names no zone."""
    try:
        moment = datetime.fromisoformat(stated or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@functools.cache
def _trafilatura() -> Any:  # Any: the module itself
    # Loaded at the first page: it takes a second and brings lxml and a date parser, and a web process may never
    # need them.
    return importlib.import_module("trafilatura")
