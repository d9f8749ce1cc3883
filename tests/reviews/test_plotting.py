"""The drawing of a number: where its marks are and which of them have room for a label."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from reviews import plotting
from sources.models import Figure


def _figure(value: str, day: int, **more) -> Figure:
    upper = more.pop("upper", None)
    return Figure(
        value=Decimal(value), as_of=date(2025, 4, day), upper=Decimal(upper) if upper else None, **more
    )


def test_fewer_than_two_values_are_not_drawn():
    assert plotting.plot([_figure("26", 22)]) is None


def test_values_stand_by_their_days_and_the_larger_the_higher():
    drawn = plotting.plot([_figure("20", 1, stated=True), _figure("30", 2), _figure("40", 11)])
    assert [mark.x for mark in drawn.marks] == [plotting.LEFT, 46, plotting.RIGHT]
    assert [mark.y for mark in drawn.marks] == [plotting.BOTTOM, 71, plotting.TOP]
    assert drawn.levels == [plotting.BOTTOM]
    assert (drawn.first, drawn.last) == (date(2025, 4, 1), date(2025, 4, 11))


def test_a_value_too_near_to_the_next_has_no_label():
    drawn = plotting.plot([_figure("20", 1), _figure("30", 2), _figure("40", 11)])
    assert [mark.label for mark in drawn.marks] == ["", "30", "40"]


def test_hours_of_one_day_are_told_apart():
    drawn = plotting.plot(
        [_figure("20", 1, at=time(6)), _figure("30", 1, at=time(12)), _figure("40", 1, at=time(18))]
    )
    assert [mark.x for mark in drawn.marks] == [plotting.LEFT, 160, plotting.RIGHT]


def test_equal_values_of_one_day_are_drawn_in_the_middle():
    drawn = plotting.plot([_figure("26", 1), _figure("26", 1)])
    assert {(mark.x, mark.y) for mark in drawn.marks} == {(160, 71)}


def test_bounds_are_drawn_as_open_sides_and_a_range_as_its_span():
    drawn = plotting.plot(
        [
            _figure("20", 1, bound="at_least"),
            _figure("40", 11, bound="less_than"),
            _figure("20", 21, bound="between", upper="40"),
        ]
    )
    up, down, span = drawn.marks
    assert (up.path, up.label_y > up.y) == ("M18 112v-14m-4 4l4 -4l4 4", True)
    assert down.path.startswith("M160 30v14")
    assert (span.path, span.y, span.label) == ("M298 112h8M302 112V30M298 30h8", 71, "20–40")
