"""Whose word it is in the end: five copies of one wire story are one origin. Pure, over rows that are loaded.

Pieces of evidence share an origin when their sources name the same one (the publisher, or whom it has it from), when
their quotes are nearly the same words, or when one quote names the other's publisher as where it has it from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from sources.models import Evidence

SAME_WORDS = 90  # of 100: quotes as alike as that are one text; two reports of one count stay below
LONG_ENOUGH = 60  # characters of a quote: two short ones are alike by chance
CITES = re.compile(r"\b(?:according to|told|reported by|reports by|citing|first reported)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many independent origins say what, and from how many pieces of evidence."""

    supports: int
    refutes: int
    contexts: int
    origins: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """The earlier piece whose origin a piece shares, and how one sees that."""

    of: Evidence
    why: str

    @property
    def ref(self) -> str:
        """How the earlier piece is cited."""
        return self.of.ref


def repeats(evidence: Sequence[Evidence]) -> dict[int, Repeat]:
    """Which piece (by id) repeats an earlier one of another document. Those set aside are left out."""
    counted = _counted(evidence)
    found: dict[int, Repeat] = {}
    for place, item in enumerate(counted):
        for earlier in counted[:place]:
            if earlier.snapshot.source_id != item.snapshot.source_id and (why := _shared(earlier, item)):
                found[item.pk] = Repeat(earlier, why)
                break
    return found


def tally(evidence: Iterable[Evidence]) -> Tally:
    """Count origins by stance. An origin that says two things counts on both sides, and once in all."""
    counted = _counted(evidence)
    origin = keys(counted)
    by_stance = {
        stance: len({origin[item.pk] for item in counted if item.stance == stance})
        for stance in Evidence.Stance.values
    }
    return Tally(
        supports=by_stance[Evidence.Stance.SUPPORTS],
        refutes=by_stance[Evidence.Stance.REFUTES],
        contexts=by_stance[Evidence.Stance.CONTEXT],
        origins=len(set(origin.values())),
        pieces=len(counted),
    )


def origins(evidence: Iterable[Evidence]) -> int:
    """How many independent origins these pieces have."""
    return len(set(keys(evidence).values()))


def keys(evidence: Iterable[Evidence]) -> dict[int, str]:
    """The origin of each piece by its id: pieces with the same text share one, directly or by way of others."""
    return _joined(evidence)[0]


def links(evidence: Iterable[Evidence]) -> list[str]:
    """Why pieces count as one origin: a phrase for each that repeats an earlier one, as few as join them all."""
    return _joined(evidence)[1]


def _joined(evidence: Iterable[Evidence]) -> tuple[dict[int, str], list[str]]:
    ordered = sorted(evidence, key=lambda item: item.number)
    found: dict[int, str] = {}
    told: list[str] = []
    for place, item in enumerate(ordered):
        found[item.pk] = f"{_origin(item)}/{item.pk}"
        for earlier in ordered[:place]:
            here, there = found[item.pk], found[earlier.pk]
            if here == there or not (why := _shared(earlier, item)):
                continue
            told.append(
                _("%(ref)s repeats %(of)s (%(why)s)") % {"ref": item.ref, "of": earlier.ref, "why": why}
            )
            found = {pk: there if key == here else key for pk, key in found.items()}
    return found, told


def _shared(one: Evidence, other: Evidence) -> str:
    """How one sees that two pieces have one origin; empty when they have not."""
    if one.snapshot.source_id == other.snapshot.source_id:
        return _("the same document")
    if _origin(one) == _origin(other):
        return _("from %(origin)s as well") % {"origin": other.snapshot.source.first_hand}
    if min(len(one.quote), len(other.quote)) >= LONG_ENOUGH and _alike(one, other):
        return _("nearly the same words")
    for this, that in ((one, other), (other, one)):
        publisher = that.snapshot.source.publisher
        if len(publisher) > 3 and publisher.casefold() in this.quote.casefold() and CITES.search(this.quote):
            return _("%(ref)s has it from %(publisher)s") % {"ref": this.ref, "publisher": publisher}
    return ""


def _alike(one: Evidence, other: Evidence) -> bool:
    return fuzz.ratio(_plain(one.quote), _plain(other.quote), score_cutoff=SAME_WORDS) > 0


def _plain(quote: str) -> str:
    return " ".join(quote.casefold().split())


def _counted(evidence: Iterable[Evidence]) -> list[Evidence]:
    return sorted((item for item in evidence if not item.set_aside), key=lambda item: item.number)


def _origin(item: Evidence) -> str:
    return " ".join(item.snapshot.source.first_hand.casefold().split())
