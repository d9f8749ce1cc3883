"""Everything that can be done to connections, and what is kept of their answers."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from audit import ledger
from claims import events, workflow
from claims.models import Claim
from common.errors import Conflict, Invalid, NotFound
from common.text import normalise, sha256
from jobs import queue
from sources.actions import DOCUMENT_LENGTH, keep_snapshot
from sources.asking import Answer
from sources.connectors import KINDS, Found
from sources.credit import credited
from sources.grading import at_first
from sources.models import Asking, Connection, Search, Source

DUE_AT_ONCE = 200


def add_connection(
    *, by: User, kind: str, address: str, label: str = "", per_minute: float = 0, per_day: int = 1000
) -> Connection:
    """Set up a service, switched off. Raises Invalid for what cannot be one, Conflict for one that is there."""
    workflow.require_role(by, Role.ADMIN)
    if kind not in KINDS:
        raise Invalid(_("There is no such kind of service."))
    made = KINDS[kind]()
    address = whole_address(address.strip() or made.address)
    with transaction.atomic(durable=True):
        if Connection.objects.filter(kind=kind, address=address).exists():
            raise Conflict(_("This service is in the list already."), current={"address": address})
        connection = Connection.objects.create(
            kind=kind,
            label=label.strip()[:100] or made.label,
            address=address,
            per_minute=per_minute or made.limits.per_minute,
            per_day=per_day,
            added_by=by,
        )
        ledger.record(by, "connection.added", "connection", connection.pk, kind=kind, address=address)
    return connection


def switch(connection_id: int, *, by: User, version: int, on: bool) -> Connection:
    """Begin to ask a service, or stop. Switching on closes the breaker."""
    workflow.require_role(by, Role.ADMIN)
    with transaction.atomic(durable=True):
        connection = Connection.objects.select_for_update().filter(pk=connection_id).first()
        if connection is None:
            raise NotFound(_("There is no such service."))
        if connection.version != version:
            raise Conflict(_("Someone changed this meanwhile."), current={"on": connection.on})
        connection.on, connection.version = on, connection.version + 1
        connection.failures, connection.shut_until = 0, None
        connection.save(update_fields=["on", "version", "failures", "shut_until"])
        verb = "connection.switched_on" if on else "connection.switched_off"
        ledger.record(by, verb, "connection", connection.pk, label=connection.label)
    return connection


def keep_answer(asking_id: int, answer: Answer) -> list[int]:
    """Keep what a service gave: its documents in the library, the search in the log. Runs in the job's transaction.

    Returns the claim, to be looked for again, when there are new texts.
    """
    asking = Asking.objects.select_related("connection").get(pk=asking_id)
    claim = Claim.objects.locked(asking.claim_id)
    now = timezone.now()
    asking.query, asking.asked_at, asking.tries = answer.query[:500], now, asking.tries + 1
    asking.state = Asking.State.FAILED if answer.error else Asking.State.ANSWERED
    asking.error, asking.again_at, asking.found = answer.error[:500], answer.again_at, len(answer.documents)
    asking.save(update_fields=["query", "asked_at", "tries", "state", "error", "again_at", "found"])
    if answer.error:
        events.tell(None, "search.failed", claim, place=asking.connection.label, why=answer.error[:300])
        return []
    new = sum(_keep(asking.connection, document) for document in answer.documents)
    note = ""
    if answer.left_out:
        note = _("%(n)s pages that it named could not be read.") % {"n": answer.left_out}
    Search.objects.create(
        claim=claim,
        query=answer.query[:500] or claim.text[:500],
        places=asking.connection.label,
        found=len(answer.documents),
        note=note,
        model_version=f"connector:{asking.connection.kind}/1",
        made_at=now,
    )
    events.tell(None, "search.answered", claim, place=asking.connection.label, found=len(answer.documents))
    return [claim.pk] if new else []


def ask_again_due() -> int:
    """Put to the services what they could not be asked, where its time has come. Uses index: asking_due."""
    with transaction.atomic():
        due = Asking.objects.filter(
            state=Asking.State.FAILED, again_at__lte=timezone.now(), connection__on=True
        )
        ids = list(due.order_by("again_at").values_list("pk", flat=True)[:DUE_AT_ONCE])
        Asking.objects.filter(pk__in=ids).update(again_at=None)
        queue.enqueue_each("sources.ask", ids, again=True)
    return len(ids)


def keep_document(document: Found, *, place: str, added_by: User) -> tuple[Source, bool]:
    """Take a document that `place` named into the library, in the caller's transaction; whether its text is new there.

    Raises Invalid for one without a text.
    """
    text = normalise(document.text, limit=DOCUMENT_LENGTH)
    source = Source.objects.select_for_update().filter(url=document.url).first()
    if source is None:
        publisher = (document.publisher or place)[:200]
        grade = at_first(publisher)
        source = Source.objects.create(
            title=(document.title or document.url)[:300],
            publisher=publisher,
            reliability=grade.reliability,
            credibility=grade.credibility,
            author=document.author[:200],
            kind=document.kind if document.kind in Source.Kind.values else Source.Kind.NEWS,
            url=document.url,
            language=document.language[:12],
            published_at=document.published,
            origin=credited(text),
            found_by=place,
            added_by=added_by,
        )
    elif source.snapshots.filter(sha256=sha256(text)).exists():
        return source, False
    snapshot = keep_snapshot(source, text, page=document.page)
    ledger.record(None, "source.found", "source", source.pk, snapshot=snapshot.pk, place=place)
    return source, True


def _keep(connection: Connection, document: Found) -> bool:
    """Take a document into the library; True when its text is new there."""
    try:
        return keep_document(document, place=connection.label, added_by=connection.added_by)[1]
    except Invalid:
        return False


def whole_address(address: str) -> str:
    """The address of a service or a feed. Raises Invalid for what is none."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or len(address) > 500:
        raise Invalid(_("Give the whole address, with the https:// at its start."))
    return address
