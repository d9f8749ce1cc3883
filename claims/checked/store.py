"""Keep fact-checks of others, and find those that may be of the same claim."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import ledger
from claims import matching, meaning
from claims.checked import index
from claims.checked.feed import Row
from claims.matching.postings import Common
from claims.matching.words import stems
from claims.models import FactCheck
from common import locks

BATCH = 1_000
IN_MEMORY = 20_000  # fact-checks that a worker holds itself: 30 MB
POOL = 60  # fact-checks that are compared closely
SAMPLE = 10_000  # fact-checks that tell which words are rare among all: 10 MB, two seconds, once in a process
EXAMPLES = 5  # rows that are named for each reason to leave them out
CHANGES = ("title", "rating", "publisher", "claimant", "language", "reviewed_on", "claimed_on", "imported_at")


@dataclass(slots=True)
class _Memory:
    """The fact-checks up to one id, in this process."""

    seen: int = 0
    index: matching.Index = field(default_factory=matching.Index)
    sampled: int = 0
    rarity: tuple[Common, Common] | None = None


_memory = _Memory()
_lock = threading.Lock()


@dataclass(slots=True)
class Imported:
    """What came of a feed: rows read, new, known before, left out with the reasons and some numbers of rows."""

    read: int = 0
    new: int = 0
    known: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[int]] = field(default_factory=dict)


def take_in(
    rows: Iterable[Row], *, by: User | None, feed: str, progress: Callable[[Imported], None] = lambda _: None
) -> Imported:
    """Keep the rows of a feed, batch by batch, each in a transaction of its own. Repeating it changes what changed."""
    told = Imported()
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        told.read += len(batch)
        good = {row.digest: row for row in batch if not row.problem}
        for row in batch:
            if row.problem:
                told.left_out[row.problem] = told.left_out.get(row.problem, 0) + 1
                examples = told.examples.setdefault(row.problem, [])
                if len(examples) < EXAMPLES:
                    examples.append(row.number)
        with transaction.atomic():
            locks.hold(
                "fact-checks"
            )  # rows are kept in the order of their feed, which is not that of another
            new = _keep(good)
        told.new += new
        told.known += len(good) - new
        progress(told)
    with transaction.atomic():
        ledger.record(by, "factchecks.imported", "feed", 0, feed=feed, read=told.read, new=told.new)
    return told


def like(text: str, *, limit: int = 5, floor: float = 0.0) -> list[tuple[FactCheck, matching.Hit]]:
    """The fact-checks that are most likely of the same claim, likeliest first.

    A few are held in memory, which is quicker and finds a little more; of many, the database finds candidates first.
    Four queries at most, for any number of rows; a few more the first time.
    """
    newest = FactCheck.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if newest <= IN_MEMORY:
        with _lock:
            _catch_up(newest)
            hits = _memory.index.search(text, limit=limit, floor=floor, near=meaning.near)
        rows = FactCheck.objects.in_bulk([int(hit.id) for hit in hits])
        return [(rows[int(hit.id)], hit) for hit in hits if int(hit.id) in rows]
    with _lock:
        _sample(newest)
    ids = index.candidates(stems(matching.cleaned(text)), size=newest, limit=POOL)
    found = FactCheck.objects.in_bulk(ids)
    pool = matching.Index(((pk, _said(found[pk])) for pk in ids if pk in found), rarity=_memory.rarity)
    return [
        (found[int(hit.id)], hit) for hit in pool.search(text, limit=limit, floor=floor, near=meaning.near)
    ]


def forget() -> None:
    """Begin anew: for tests, whose databases go back in time."""
    _memory.seen, _memory.index = 0, matching.Index()
    _memory.sampled, _memory.rarity = 0, None


def _catch_up(newest: int) -> None:
    if newest <= _memory.seen:
        return
    for check in FactCheck.objects.filter(pk__gt=_memory.seen).order_by("pk").iterator(chunk_size=2000):
        _memory.index.add(check.pk, _said(check))
    _memory.seen = newest


def _sample(newest: int) -> None:
    """Learn which words are rare, from rows spread over all; anew when there are twice as many."""
    if _memory.rarity is not None and newest <= 2 * _memory.sampled:
        return
    spread = {newest * place // SAMPLE + 1 for place in range(SAMPLE)}
    _memory.rarity = matching.rarity_in(
        [_said(check) for check in FactCheck.objects.in_bulk(list(spread)).values()]
    )
    _memory.sampled = newest


def _said(check: FactCheck) -> str:
    return f"{check.claim_text}\n{check.title}" if check.title else check.claim_text


def _keep(rows: dict[str, Row]) -> int:
    now = timezone.now()
    known = set(FactCheck.objects.filter(digest__in=list(rows)).values_list("digest", flat=True))
    made = [
        FactCheck(
            digest=digest,
            url=row.url,
            claim_text=row.claim,
            claimant=row.claimant,
            publisher=row.publisher,
            title=row.title,
            rating=row.rating,
            language=row.language,
            reviewed_on=row.reviewed_on,
            claimed_on=row.claimed_on,
            stems=index.joined(stems(f"{row.claim} {row.title}")),
            imported_at=now,
        )
        for digest, row in rows.items()
    ]
    FactCheck.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["digest"], update_fields=list(CHANGES)
    )
    fresh = [digest for digest in rows if digest not in known]
    index.add(list(FactCheck.objects.filter(digest__in=fresh).order_by("pk").values_list("pk", "stems")))
    return len(fresh)
