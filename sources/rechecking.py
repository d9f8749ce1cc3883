"""Look at cited pages again: whether each quote is still there, has moved, has changed or is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from rapidfuzz import fuzz

from audit import ledger
from claims import anchoring, events
from claims.intake.url import read_url
from claims.models import Claim
from common.errors import DeskError, Invalid
from common.fetch import Fetched
from common.text import normalise, sha256
from jobs import queue
from sources.actions import DOCUMENT_LENGTH, keep_snapshot
from sources.models import Evidence, QuoteCheck, Source
from sources.turns import NotYet, wait_for_host

EVERY, EVERY_PUBLIC = timedelta(days=7), timedelta(days=1)
AFTER_A_MISS = timedelta(hours=6)  # doubled with each further one, to EVERY at most
GONE_AFTER = 3  # looks in a row that gave nothing for a reason that may pass
GONE = frozenset((404, 410, 451))
ALIKE = 75  # of 100: how like a passage must be to be what a quote became
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page says now: its text, or why it could not be had and whether it is gone for good."""

    text: str = ""
    error: str = ""
    gone: bool = False
    page: Fetched | None = None
    not_before: datetime | None = None  # it was not our turn: nothing is known, and it is looked at then


def look(source_id: int) -> Seen:
    """Fetch a source's page once more. Never raises what the page causes."""
    source = Source.objects.get(pk=source_id)
    try:
        wait_for_host(source.url)
        page = read_url(source.url, allow=settings.CLAIMDESK_FETCH_ALLOW)
    except NotYet as error:
        return Seen(error=str(error), not_before=error.until)
    except DeskError as error:
        return Seen(error=str(error), gone=getattr(error, "answered", None) in GONE)
    try:
        return Seen(text=normalise(page.text, limit=DOCUMENT_LENGTH), page=page.page)
    except Invalid as error:
        return Seen(error=str(error))


def keep(source_id: int, seen: Seen) -> list[int]:
    """Keep a changed text as a snapshot, and say of each quote what became of it. Runs in the job's transaction.

    Returns the claims whose evidence is not what it was.
    """
    source = Source.objects.select_for_update().get(pk=source_id)
    now = timezone.now()
    if seen.not_before is not None:
        source.look_at = seen.not_before
        source.save(update_fields=["look_at"])
        return []
    if not seen.text:
        source.misses += 1
        source.look_at = now + min(AFTER_A_MISS * 2 ** (source.misses - 1), EVERY)
        source.save(update_fields=["misses", "look_at"])
        if not seen.gone and source.misses < GONE_AFTER:
            return []
    else:
        source.misses, source.look_at = 0, now + (EVERY_PUBLIC if _is_cited(source, "approved") else EVERY)
        source.save(update_fields=["misses", "look_at"])
    new = seen.text and not source.snapshots.filter(sha256=sha256(seen.text)).exists()
    snapshot = keep_snapshot(source, seen.text, page=seen.page) if seen.text else None
    if new and snapshot is not None:
        ledger.record(None, "source.seen", "source", source.pk, snapshot=snapshot.pk, sha256=snapshot.sha256)
    changed: set[int] = set()
    for evidence in Evidence.objects.filter(snapshot__source=source, set_aside="").order_by("claim_id", "pk"):
        state, became = judge(evidence, seen.text)
        if _note(evidence, state, became, snapshot_id=snapshot.pk if snapshot else None):
            changed.add(evidence.claim_id)
    return sorted(changed)


def judge(evidence: Evidence, text: str) -> tuple[str, str]:
    """What became of a quote in a page's text of now, and the words that it became."""
    states = QuoteCheck.State
    if not text:
        return states.GONE, ""
    if text[evidence.start : evidence.end] == evidence.quote:
        return states.VERIFIED, ""
    if anchoring.locate(text, evidence.quote) is not None:
        return states.MOVED, ""
    found = fuzz.partial_ratio_alignment(evidence.quote, text)
    if found is None or found.score < ALIKE:
        return states.GONE, ""
    return states.CHANGED, _whole_words(text, found.dest_start, found.dest_end)


def enqueue_due() -> int:
    """Look again at the cited pages whose time has come."""
    now = timezone.now()
    with transaction.atomic():
        cited = Evidence.objects.filter(snapshot__source=OuterRef("pk"), cited_by__isnull=False)
        rows = Source.objects.exclude(url="").filter(Exists(cited))
        fresh = list(
            rows.filter(look_at__isnull=True).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE]
        )
        Source.objects.filter(pk__in=fresh).update(look_at=now + EVERY_PUBLIC)  # cited for the first time
        due = list(
            rows.filter(look_at__lte=now).order_by("look_at").values_list("pk", flat=True)[:MOST_AT_ONCE]
        )
        queue.enqueue_each("sources.recheck", due, again=True)
    return len(due)


def check_now(source_id: int) -> None:
    """Look at a page again, in the caller's transaction."""
    queue.enqueue("sources.recheck", source_id, again=True)


def _is_cited(source: Source, state: str) -> bool:
    return Evidence.objects.filter(snapshot__source=source, cited_by__state=state).exists()


def _note(evidence: Evidence, state: str, became: str, *, snapshot_id: int | None) -> bool:
    """Write what was found. True when it is news, and bad news."""
    now = timezone.now()
    known = QuoteCheck.objects.filter(evidence=evidence).first()
    same = known is not None and (known.state, known.became) == (state, became)
    QuoteCheck.objects.update_or_create(
        evidence=evidence,
        defaults={
            "state": state,
            "became": became,
            "snapshot_id": snapshot_id,
            "looked_at": now,
            "since": known.since if known is not None and same else now,
        },
    )
    if same or (known is None and state == QuoteCheck.State.VERIFIED):
        return False
    claim = Claim.objects.locked(evidence.claim_id)
    events.tell(None, "evidence.rechecked", claim, evidence=evidence.pk, ref=evidence.ref, state=state)
    return state in (QuoteCheck.State.CHANGED, QuoteCheck.State.GONE)


def _whole_words(text: str, start: int, end: int) -> str:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return " ".join(text[start:end].split())
