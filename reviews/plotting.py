"""The values of a claim's number as a small drawing: places in its own units, 320 wide and 150 high. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal

from common import amounts
from sources.models import Figure

WIDE, LEFT, RIGHT, TOP, BOTTOM = 320, 18, 302, 30, 112
APART = 44  # between two labels, so that they stay readable
UPWARD = (Figure.Bound.AT_LEAST, Figure.Bound.MORE_THAN)
DOWNWARD = (Figure.Bound.AT_MOST, Figure.Bound.LESS_THAN)
Height = Callable[[Decimal], int]


@dataclass(frozen=True, slots=True)
class Mark:
    """One value: where it is, its span or open side as an SVG path, and its label where there is room."""

    x: int
    y: int
    path: str
    label: str
    label_y: int
    anchor: str
    stated: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """The drawing: its marks by time, the line through them, and at which height what the claim says lies."""

    marks: list[Mark]
    line: str
    levels: list[int]
    first: date
    last: date


def plot(figures: Sequence[Figure]) -> Plot | None:
    """The drawing of values in the order of their days; None where there are fewer than two."""
    if len(figures) < 2:
        return None
    numbers = [number for one in figures for number in (one.value, one.upper) if number is not None]
    moments = [_moment(one) for one in figures]
    xs = [_scaled(moment, min(moments), max(moments), LEFT, RIGHT) for moment in moments]
    low, high = float(min(numbers)), float(max(numbers))

    def height(number: Decimal) -> int:
        return _scaled(float(number), low, high, BOTTOM, TOP)

    marks = [_mark(one, x, height) for one, x in zip(figures, xs, strict=True)]
    levels = [
        height(number)
        for one in figures
        if one.stated
        for number in (one.value, one.upper)
        if number is not None
    ]
    line = " ".join(f"{mark.x},{mark.y}" for mark in marks)
    return Plot(_labelled(marks), line, levels, figures[0].as_of, figures[-1].as_of)


def _mark(figure: Figure, x: int, height: Height) -> Mark:
    y, path = height(figure.value), ""
    label = amounts.number(figure.value)
    if figure.upper is not None:
        label = f"{label}–{amounts.number(figure.upper)}"
        top = height(figure.upper)
        path, y = f"M{x - 4} {y}h8M{x} {y}V{top}M{x - 4} {top}h8", (y + top) // 2
    elif figure.bound in UPWARD:
        path = f"M{x} {y}v-14m-4 4l4 -4l4 4"
    elif figure.bound in DOWNWARD:
        path = f"M{x} {y}v14m-4 -4l4 4l4 -4"
    below = bool(figure.bound in UPWARD)
    anchor = "start" if x < LEFT + APART // 2 else "end" if x > RIGHT - APART // 2 else "middle"
    label_y = y + 17 if below else min(y - 9, height(figure.upper) - 7 if figure.upper is not None else y)
    return Mark(x, y, path, label, label_y, anchor, figure.stated)


def _labelled(marks: Sequence[Mark]) -> list[Mark]:
    """The last value keeps its label, and before it each that is far enough from the next one that has one."""
    kept: list[Mark] = []
    taken = WIDE + APART
    for mark in reversed(marks):
        if taken - mark.x < APART:
            kept.append(replace(mark, label=""))
        else:
            kept.append(mark)
            taken = mark.x
    return kept[::-1]


def _moment(figure: Figure) -> float:
    return figure.as_of.toordinal() + ((figure.at or time()).hour * 60 + (figure.at or time()).minute) / 1440


def _scaled(number: float, low: float, high: float, start: int, end: int) -> int:
    share = (number - low) / (high - low) if high > low else 0.5
    return round(start + share * (end - start))
