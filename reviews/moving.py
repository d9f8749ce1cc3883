"""A number that may move: what a wording says of it, what a later passage says of the same, whether both hold. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from claims.extraction.quantities import quantities
from claims.matching.agreement import agree
from claims.matching.numerals import slack_of
from claims.matching.quantities import Quantity, read_quantities
from reviews.contradictions import NOT_COMPARED, can_both_hold, measures_the_same

DIGITS = 15  # that a value may have: as many as every database keeps
PLACES = 3
LARGEST = Decimal(10) ** 14
BOUNDS = {"exact": "exactly", "range": "between"}  # the extractor's words for them, where they differ
HEDGES = {"": "exactly", "nearly": "about"}  # those of the comparison
NUMERAL = re.compile(r"\d[\d.,\u00a0\u202f ]*")


@dataclass(frozen=True, slots=True)
class Value:
    """A value in its series' own unit, bound as `sources.models.Figure.Bound` names it; `upper` where it is between."""

    value: Decimal
    bound: str = "exactly"
    upper: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """The number of a wording: its value and unit as written, what happened to what is counted, and how it compares."""

    value: Value
    unit: str
    scope: str
    factor: float  # from the unit as written to the one in which quantities are compared
    text: str
    quantity: Quantity


def claimed(text: str) -> Claimed | None:
    """The first number of a wording that is an amount and may move; None where there is none."""
    measured = [one for one in read_quantities(text) if one.kind not in NOT_COMPARED]
    for said in quantities(text):
        one = next((one for one in measured if one.start < said.end and said.start < one.end), None)
        value = _value(said.value, BOUNDS.get(said.bound, said.bound), said.high)
        if one is not None and value is not None:
            factor = one.value / said.value if said.value else 1.0
            unit = said.unit or _counted(text[said.end :], said.counted)
            return Claimed(value, unit, one.role, factor, text, one)
    return None


def later(given: Claimed, passage: str) -> Value | None:
    """The one value in a passage that measures what the claim's number does, in its unit; None when it is not one."""
    same = [
        one for one in read_quantities(passage) if measures_the_same(given.text, given.quantity, passage, one)
    ]
    if len({(one.value, one.high) for one in same}) != 1:
        return None
    one, factor = same[0], given.factor
    high = one.high / factor if one.high > one.value else None
    return _value(one.value / factor, "between" if high else HEDGES.get(one.bound, one.bound), high)


def can_hold(one: Value, other: Value) -> bool:
    """Whether bounds, hedges and rounding leave room for both values; they are in one unit."""
    return can_both_hold(_quantity(one), _quantity(other))


def fits(said: Value, given: Value) -> bool:
    """Whether a given value bears a said one out: not merely leaves room for it."""
    return agree(_quantity(said), _quantity(given)).verdict == "agrees"


def shows(quote: str, value: Value) -> bool:
    """Whether a quote has the number in it, in digits of any script or in English words."""
    there = _numbers(quote)
    return value.value in there and (value.upper is None or value.upper in there)


def is_readable(value: Decimal) -> bool:
    """Whether a value has few enough digits to be kept as it is."""
    if abs(value) >= LARGEST or value != round(value, PLACES):
        return False
    return len(str(int(abs(value) * 10**PLACES)).rstrip("0")) <= DIGITS


def _quantity(value: Value) -> Quantity:
    bound = "" if value.bound in ("exactly", "between") else value.bound
    high = value.upper if value.upper is not None else value.value
    slack = slack_of(format(abs(value.value.normalize()), "f"))
    return Quantity(
        float(value.value), float(high), slack, bound, "count", "", (), "", frozenset(), "", 0, 0
    )  # fmt: skip


def _value(value: float, bound: str, high: float | None) -> Value | None:
    read, upper = Decimal(str(round(value, PLACES))), None
    if high is not None:
        upper = Decimal(str(round(high, PLACES)))
    if not all(is_readable(number) for number in (read, upper) if number is not None):
        return None
    return Value(read, bound, upper)


def _counted(after: str, counted: str) -> str:
    """What stands behind a number, as the wording has it, up to the last word of what it counts."""
    if not counted:
        return ""
    last = counted.rsplit(" ", 1)[-1]
    return " ".join(after[: after.find(last) + len(last)].split())[:60]


def _numbers(text: str) -> set[Decimal]:
    found = {number for piece in NUMERAL.findall(text) for number in _written(piece)}
    read = [one.value for one in quantities(text)] + [one.high for one in quantities(text) if one.high]
    return found | {Decimal(str(round(value, PLACES))) for value in read}


def _written(piece: str) -> set[Decimal]:
    """What a numeral may mean: "1,842" and "5,1" are written alike in different languages."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", piece).rstrip(".,")
    tries = {bare, bare.replace(",", ""), bare.replace(".", "").replace(",", ".")}
    tries |= set(piece.rstrip(".,").split())
    found = set()
    for one in tries:
        try:
            found.add(Decimal(one))
        except InvalidOperation:
            continue
    return found
