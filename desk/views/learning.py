"""How well the machine's suggestions stood up to what people decided."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.numbers import whole
from desk.http import DeskRequest, desk_page
from reviews import learning

SIDE, EDGE = 200, 24  # of the drawing, in its own units


@dataclass(frozen=True, slots=True)
class Dot:
    """A bin as a dot of the drawing: further right was said more confidently, higher was right more often."""

    x: float
    y: float
    r: float
    bin: learning.Bin


@require_safe
@desk_page
def learned(request: DeskRequest) -> HttpResponse:
    """Agreement, calibration and abstention of one period; as a page, or as CSV."""
    asked = whole(request.GET.get("days", ""))
    days = asked if asked in learning.PERIODS else learning.PERIODS[1]
    found = learning.learned(request.user, days=days)
    if request.GET.get("as") == "csv":
        return _csv(found, days)
    shown = {
        "found": found,
        "days": days,
        "periods": learning.PERIODS,
        "dots": _dots(found.bins),
        "least": learning.SMALLEST,
    }
    return render(request, "desk/learning.html", shown)


def _dots(bins: Sequence[learning.Bin]) -> list[Dot]:
    most = max((one.n for one in bins), default=1)
    return [
        Dot(EDGE + one.said * SIDE, EDGE + (1 - one.was) * SIDE, 3 + 6 * (one.n / most) ** 0.5, one)
        for one in bins
    ]


def _csv(found: learning.Learned, days: int) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="suggestions-{days}-days.csv"'
    rows = csv.writer(answer)
    rows.writerow([_("claim type"), _("verdicts"), _("the machine spoke"), _("people decided so")])
    for group in (found.all, *found.by_type):
        rows.writerow([group.name or _("all"), group.verdicts, group.spoke, group.agreed])
    return answer
