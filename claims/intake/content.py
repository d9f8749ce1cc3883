"""What every converter gives: the words of a document, and what it tells about itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

TITLE_LENGTH = 300
HEADLINE_LENGTH = 200  # a first line longer than this is a paragraph

_SENTENCE_ENDS = re.compile(r"""[.!…。！।۔]["”’»)\]]*$""")
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a document as its file has them, not yet normalised."""

    text: str
    title: str = ""
    byline: str = ""
    outlet: str = ""
    published_at: datetime | None = None


def one_line(text: str, *, length: int = TITLE_LENGTH) -> str:
    """The text with every run of white space as one space, cut at `length`."""
    return " ".join(text.split())[:length]


def joined(paragraphs: Iterable[str]) -> str:
    """The paragraphs that have something in them, a blank line between each two."""
    tidy = (_SPACES.sub(" ", paragraph).strip() for paragraph in paragraphs)
    return "\n\n".join(paragraph for paragraph in tidy if paragraph)


def headline(text: str) -> str:
    """The first line, if it can be a headline; else empty.

    A sentence is none: as the headline it would be no part of the text, and no claim would be found in it.
    """
    first = one_line(text.strip().partition("\n")[0], length=HEADLINE_LENGTH + 1)
    return "" if len(first) > HEADLINE_LENGTH or _SENTENCE_ENDS.search(first) else first
