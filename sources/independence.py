"""Whose word it is in the end: five copies of one wire story are one origin. Pure, over rows that are loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sources.models import Evidence


@dataclass(frozen=True, slots=True)
class Tally:
    """How many independent origins say what, and from how many pieces of evidence."""

    supports: int
    refutes: int
    context: int
    origins: int
    pieces: int


def repeats(evidence: Sequence[Evidence]) -> dict[int, Evidence]:
    """Which piece (by id) repeats an earlier one: the same origin in another document. Those set aside are left out."""
    first: dict[str, Evidence] = {}
    found: dict[int, Evidence] = {}
    for item in _counted(evidence):
        source = item.snapshot.source
        earlier = first.setdefault(_origin(item), item)
        if earlier.snapshot.source_id != source.pk:
            found[item.pk] = earlier
    return found


def tally(evidence: Iterable[Evidence]) -> Tally:
    """Count origins by stance. An origin that says two things counts on both sides, and once in all."""
    counted = _counted(evidence)
    by_stance = {
        stance: len({_origin(item) for item in counted if item.stance == stance})
        for stance in Evidence.Stance.values
    }
    return Tally(
        supports=by_stance[Evidence.Stance.SUPPORTS],
        refutes=by_stance[Evidence.Stance.REFUTES],
        context=by_stance[Evidence.Stance.CONTEXT],
        origins=len({_origin(item) for item in counted}),
        pieces=len(counted),
    )


def origins(evidence: Iterable[Evidence]) -> int:
    """How many independent origins these pieces have."""
    return len({_origin(item) for item in evidence})


def _counted(evidence: Iterable[Evidence]) -> list[Evidence]:
    return sorted((item for item in evidence if not item.set_aside), key=lambda item: item.number)


def _origin(item: Evidence) -> str:
    return " ".join(item.snapshot.source.first_hand.casefold().split())
