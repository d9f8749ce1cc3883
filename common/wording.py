"""What changed between two texts, word by word. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
MOST_PIECES = (
    6_000  # about 3,000 words: beyond that comparing takes seconds, so the whole text is shown twice
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, went or came."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The runs of words, in reading order, that turn `before` into `after`."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if len(old) + len(new) > 2 * MOST_PIECES:
        return _pieces((GONE, before), (NEW, after))
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += _pieces((SAME, "".join(old[a:b])))
        else:
            found += _pieces((GONE, "".join(old[a:b])), (NEW, "".join(new[c:d])))
    return found


def changed_words(before: str, after: str) -> int:
    """How many words are new in `after` or gone from `before`, the larger of the two."""
    pieces = differences(before, after)
    counts = [sum(len(piece.text.split()) for piece in pieces if piece.kind == kind) for kind in (GONE, NEW)]
    return max(counts)


def _pieces(*given: tuple[str, str]) -> list[Piece]:
    return [Piece(kind, text) for kind, text in given if text]
