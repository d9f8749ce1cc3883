"""How long the lists take among many claims; run by bench_lists.py."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Role
from bench.fill import fill
from common.paging import page
from reviews import published, queries
from reviews.queries import FEED_ORDER, QUEUE_ORDER, TRIAGE_ORDER, Filters

CLAIMS = 50_000
PAGE, FAR, LOOKED_UP = 50, 1_000, 1_000
TIMES = 7
BY_ID = ("pk",)


def measure() -> dict[str, float]:
    """Milliseconds of each list: the median of some runs."""
    editor = User.objects.create(username="bench", role=Role.EDITOR)
    ids = fill(editor, CLAIMS)
    claims = partial(queries.claims_for, editor)
    far = f"{ids[(FAR - 1) * PAGE - 1]}"
    many, one = random.Random(7).sample(ids, LOOKED_UP), [ids[len(ids) // 2]]
    everything, last = Filters(), CLAIMS - PAGE
    lists = {
        "triage": _page(claims(Filters(statuses=("new",))), TRIAGE_ORDER),
        "unassigned": _page(claims(Filters(statuses=("open",))), QUEUE_ORDER),
        "your turn": _page(queries.your_turn(editor, everything), QUEUE_ORDER),
        "overdue": _page(claims(Filters(overdue=True)), QUEUE_ORDER),
        "all": _page(claims(everything), QUEUE_ORDER),
        "all with a word": _page(claims(Filters(q="bridge")), QUEUE_ORDER),
        "all with a rare word": _page(claims(Filters(q="harvests")), QUEUE_ORDER),
        "numbers in the bar": partial(queries.turn_counts, editor),
        "articles": _page(queries.articles_for(editor), ("-pk",)),
        "claims, page 1": _page(claims(everything), BY_ID),
        "claims, page 1,000": _page(claims(everything).filter(pk__gt=far), BY_ID),
        "status of 1": partial(queries.statuses, editor, one),
        "status of 1,000": partial(queries.statuses, editor, many),
        "changes from the beginning": _page(claims(Filters(updated_since=0)), FEED_ORDER),
        "changes at the end": _page(claims(Filters(updated_since=last)), FEED_ORDER),
        "published": _page(published.newest(), published.NEWEST_FIRST),
        "published with a word": _page(published.newest(q="bridge"), published.NEWEST_FIRST),
    }
    return {name: _median(ask) for name, ask in lists.items()}


def _page(rows: QuerySet[Any], order: tuple[str, ...]) -> Callable[[], object]:
    return lambda: page(rows.all(), order=order, size=PAGE)


def _median(ask: Callable[[], object]) -> float:
    """Milliseconds. The first run warms and does not count."""
    took = []
    for _ in range(TIMES + 1):
        start = time.perf_counter()
        ask()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took[1:])
