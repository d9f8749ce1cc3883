"""Tell the ledger what happened to a claim, and mark the claim with the event: the feed follows these marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from accounts.models import User
from audit import ledger
from claims.models import Claim


def tell(by: User | None, verb: str, claim: Claim, **data: Any) -> int:
    """Record one event of one claim, last in the transaction. `to` in the data is always the status that it left.

    Returns the event's `seq`.
    """
    event = ledger.record(by, verb, "claim", claim.pk, to=claim.status, version=claim.version, **data)
    Claim.objects.filter(pk=claim.pk).update(changed_seq=event.seq)
    claim.changed_seq = event.seq
    return event.seq


def tell_each(by: User | None, verb: str, told: Iterable[tuple[Claim, Mapping[str, Any]]]) -> None:
    """Record one event for each claim, with two queries for any number of them and one mark for all."""
    claims = list(told)
    if not claims:
        return
    data = {claim.pk: {"to": claim.status, "version": claim.version, **more} for claim, more in claims}
    events = ledger.record_each(by, verb, "claim", data)
    Claim.objects.filter(pk__in=data).update(changed_seq=events[-1].seq)
