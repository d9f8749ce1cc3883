"""Reads shares in words: nine in ten, two out of three, a third of, four fifths of, half of."""

from collections.abc import Iterator
from dataclasses import dataclass

from claims.matching.numerals import ORDINAL_WORDS, SCALES, UNITS
from claims.matching.units import CURRENCY_WORDS, MEASURES
from claims.matching.words import Word

PARTS = {
    "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6,
    "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
WHOLES = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000})
IN = (
    ("in", "every"),
    ("out", "of"),
    ("of", "every"),
    ("in",),
)  # "nine of ten" counts; "nine in ten" is a share
POINTS, OF_IT = 3.0, 0.15  # how far off a share in words may be: percentage points, and at most a share of it


@dataclass(frozen=True, slots=True)
class Share:
    """A share as percent, how far off it may be, and the tokens it takes."""

    value: float
    first: int
    after: int

    @property
    def slack(self) -> float:
        """What a share in words leaves open: nobody says "nine in ten" of 85 per cent, but of 88."""
        return min(POINTS, OF_IT * self.value)


def shares(tokens: tuple[Word, ...]) -> list[Share]:
    """All shares of a token list, left to right."""
    found: list[Share] = []
    for at in range(len(tokens)):
        if found and at < found[-1].after:
            continue
        found.extend(_at(tokens, at))
    return found


def _at(tokens: tuple[Word, ...], at: int) -> Iterator[Share]:
    word = tokens[at].lower
    if word == "half":
        before = _lower(tokens, at - 1) if at else ""
        if (
            _lower(tokens, at + 1) == "of"
            and before not in ORDINAL_WORDS
            and before not in ("other", "latter")
        ):
            yield from _measured(tokens, Share(50.0, at, at + 1))
        return
    part = 1 if word == "a" else _small(word)
    if not part:
        return
    whole = PARTS.get(_lower(tokens, at + 1), 0)
    if whole > part and _lower(tokens, at + 2) == "of":
        yield from _measured(tokens, Share(100.0 * part / whole, at, at + 2))
    elif word != "a":
        yield from _in(tokens, at, part)


def _in(tokens: tuple[Word, ...], at: int, part: int) -> Iterator[Share]:
    """Nine in ten, but not nine in ten days or nine in 2019."""
    for joint in IN:
        end = at + 1 + len(joint)
        whole = _small(_lower(tokens, end))
        if tuple(_lower(tokens, place) for place in range(at + 1, end)) != joint:
            continue
        following = _lower(tokens, end + 1)
        measure = following in MEASURES or following in CURRENCY_WORDS or following in SCALES
        if part < whole and whole in WHOLES and not measure and following not in ("per", "percent"):
            yield Share(100.0 * part / whole, at, end + 1)
        return


def _measured(tokens: tuple[Word, ...], share: Share) -> Iterator[Share]:
    """Not "a quarter of a million", which is a number."""
    if not {_lower(tokens, share.after + 1), _lower(tokens, share.after + 2)} & SCALES.keys():
        yield share


def _small(word: str) -> int:
    return UNITS.get(word, 0) or (int(word) if word.isdecimal() and len(word) <= 4 else 0)


def _lower(tokens: tuple[Word, ...], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""
