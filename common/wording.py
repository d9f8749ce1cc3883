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
    runs: list[tuple[str, str]] = []  # what stood there and what stands there now
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        run = ("".join(old[a:b]), "".join(new[c:d]))
        gap = tag == "equal" and not run[0].strip() and d < len(new) and b < len(old)
        if runs and runs[-1][0] != runs[-1][1] and (gap or tag != "equal"):
            runs[-1] = (
                runs[-1][0] + run[0],
                runs[-1][1] + run[1],
            )  # a mere space between changes is no anchor
        else:
            runs.append(run)
    return [piece for was, now in runs for piece in _run(was, now)]


def changed_words(before: str, after: str) -> int:
    """How many words are new in `after` or gone from `before`, the larger of the two."""
    pieces = differences(before, after)
    counts = [sum(len(piece.text.split()) for piece in pieces if piece.kind == kind) for kind in (GONE, NEW)]
    return max(counts)


def _run(was: str, now: str) -> list[Piece]:
    return _pieces((SAME, was)) if was == now else _pieces((GONE, was), (NEW, now))


def _pieces(*given: tuple[str, str]) -> list[Piece]:
    return [Piece(kind, text) for kind, text in given if text]
