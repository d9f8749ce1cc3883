"""Tell the ledger what happened to a claim, and mark the claim with the event: the feed follows these marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import OuterRef, Subquery

from accounts.models import User
from audit import ledger
from audit.models import AuditEvent
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
    """Record one event for each claim, and give each the mark of its own. Same number of queries for any number.

    No two claims ever bear the same mark, so a reader of the feed may go on from any claim's mark.
    """
    claims = list(told)
    if not claims:
        return
    data = {claim.pk: {"to": claim.status, "version": claim.version, **more} for claim, more in claims}
    ledger.record_each(by, verb, "claim", data)
    newest = AuditEvent.objects.filter(subject_type="claim", subject_id=OuterRef("pk")).order_by("-seq")
    Claim.objects.filter(pk__in=data).update(changed_seq=Subquery(newest.values("seq")[:1]))
