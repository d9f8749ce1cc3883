"""Write to and check the audit trail."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEvent, AuditHead
from common import request_id

EXPONENT_FROM = 1e16  # from here on Python writes floats with an exponent


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold, and why."""

    seq: int
    why: str


def record(by: User | None, verb: str, subject_type: str, subject_id: int, **data: Any) -> AuditEvent:
    """Append one event in the caller's transaction; the last thing that an action does.

    It holds the chain's head until the commit, so `seq` is the order of the commits and
    a reader that follows it misses nothing. `by` is None for what the machine did.
    """
    return record_each(by, verb, subject_type, {subject_id: data})[0]


def record_each(
    by: User | None, verb: str, subject_type: str, subjects: Mapping[int, Mapping[str, Any]]
) -> list[AuditEvent]:
    """Append one event for each subject, in the order given, as one step of the chain's head."""
    if not connection.in_atomic_block:
        raise RuntimeError("an audit event belongs to the transaction of what it tells about")
    head, _made = AuditHead.objects.select_for_update().get_or_create(pk=1)
    events, seq, previous, now = [], head.seq, head.digest, timezone.now()
    for subject_id, data in subjects.items():
        seq += 1
        event = AuditEvent(
            seq=seq,
            subject_type=subject_type,
            subject_id=subject_id,
            verb=verb,
            actor=by,
            at=now,
            data=_as_kept(data),
            request_id=request_id.current(),
            previous=previous,
        )
        event.digest = previous = digest(event)
        events.append(event)
    AuditEvent.objects.bulk_create(events)
    AuditHead.objects.filter(pk=1).update(seq=seq, digest=previous)
    return events


def _as_kept(data: Mapping[str, Any]) -> Any:
    """The data as every database gives it back: the digest must fit what is read later."""
    return json.loads(json.dumps(data, cls=DjangoJSONEncoder), parse_float=_number)


def _number(written: str) -> float | int:
    """PostgreSQL keeps numbers as decimals: it knows no minus zero, and no exponent in a whole number."""
    value = float(written)
    return int(value) if abs(value) >= EXPONENT_FROM else value + 0.0


def digest(event: AuditEvent) -> str:
    """SHA-256 over every column but the digest itself."""
    body = [
        event.seq,
        event.subject_type,
        event.subject_id,
        event.verb,
        event.actor_id,
        event.at.isoformat(),
        event.data,
        event.request_id,
        event.previous,
    ]
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def first_broken() -> Break | None:
    """The first event that was altered, is missing or was added behind the head; None when all hold.

    Streams the whole ledger in constant memory.
    """
    previous, expected = "", 1
    for event in AuditEvent.objects.order_by("seq").iterator(chunk_size=2000):
        if event.seq != expected:
            return Break(expected, f"event {expected} is missing")
        if event.previous != previous:
            return Break(expected, f"event {expected} does not continue event {expected - 1}")
        if event.digest != digest(event):
            return Break(expected, f"event {expected} was altered")
        previous, expected = event.digest, expected + 1
    head = AuditHead.objects.filter(pk=1).first()
    known = (head.seq, head.digest) if head else (0, "")
    if known != (expected - 1, previous):
        return Break(expected, f"the ledger ends at event {expected - 1}, its head says {known[0]}")
    return None


def newest_seq() -> int:
    """The `seq` of the newest event, 0 when there is none."""
    return AuditHead.objects.filter(pk=1).values_list("seq", flat=True).first() or 0


def history(subject_type: str, subject_id: int) -> QuerySet[AuditEvent]:
    """All that happened to one subject, oldest first. Uses index: audit_subject_seq."""
    return (
        AuditEvent.objects.filter(subject_type=subject_type, subject_id=subject_id)
        .select_related("actor")
        .order_by("seq")
    )
