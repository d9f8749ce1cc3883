"""Passages by what they mean: the vectors of one model in this process, which follow the table. Exact, no index."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from django.db.models import QuerySet

from claims.embedding import Floats, Packed, unpack
from sources.models import PassageVector, SentenceModel

# Passages that one process holds, the newest: 100 MB at 384 numbers, searched in 0.1 to 0.3 s on one core. Older ones
# are still compared where their words find them.
IN_MEMORY = 250_000
AT_ONCE = 2_000  # rows of one read
OVERLAP = (
    5_000  # rows before the last one seen that are looked at again: a later number may be committed first
)

_lock = threading.Lock()


class _Memory:
    """The vectors of one model up to one row."""

    def __init__(self, model: SentenceModel) -> None:
        self.model = model
        self.seen = 0
        self.near = set[int]()  # rows among the last OVERLAP numbers that are in
        self.vectors = Packed(model.dimensions, most=IN_MEMORY)

    def catch_up(self) -> None:
        """Read what came since. One query for the numbers, and one for each AT_ONCE rows."""
        rows = PassageVector.objects.filter(model=self.model)
        if not self.seen:
            beyond = rows.order_by("-pk").values_list("pk", flat=True)[IN_MEMORY : IN_MEMORY + 1]
            self.seen = next(iter(beyond), 0)
        from_here = max(self.seen - OVERLAP, 0) if self.near else self.seen
        new = [pk for pk in self._numbers(rows, from_here) if pk not in self.near]
        for start in range(0, len(new), AT_ONCE):
            batch = rows.filter(pk__in=new[start : start + AT_ONCE]).order_by("pk")
            read = list(batch.values_list("passage_id", "vector"))
            self.vectors.add([passage for passage, _ in read], [bytes(vector) for _, vector in read])
        self.seen = max([self.seen, *new])
        self.near = {pk for pk in self.near.union(new) if pk > self.seen - OVERLAP}

    def _numbers(self, rows: QuerySet[PassageVector], after: int) -> Iterable[int]:
        """Uses index: passage_vector_newest."""
        return rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)


_held: list[_Memory] = []  # of the model in use, one at most


def nearest(vector: Floats, model: SentenceModel, *, limit: int) -> list[tuple[int, float]]:
    """The passages nearest to a vector of `model`, as (id, cosine), nearest first."""
    with _lock:
        if not _held or _held[0].model.pk != model.pk:
            _held[:] = [_Memory(model)]
        _held[0].catch_up()
        return _held[0].vectors.nearest(vector, limit)


def cosines(vector: Floats, model: SentenceModel, passages: Iterable[int]) -> dict[int, float]:
    """The cosines of the passages that have a vector by `model`. One query. Uses index: passage_vector_once."""
    rows = list(
        PassageVector.objects.filter(model=model, passage__in=list(passages)).values_list(
            "passage_id", "vector"
        )
    )
    if not rows:
        return {}
    near = unpack([bytes(packed) for _, packed in rows]) @ vector
    return {passage: float(cosine) for (passage, _), cosine in zip(rows, near, strict=True)}


def forget() -> None:
    """Begin anew: for tests, whose databases go back in time."""
    with _lock:
        _held.clear()
