"""Ask a service outside about a claim: in its turn, within its quota, answers kept a while, gently when it fails.

This is the slow half; `sources.connecting` writes what comes of it. Whatever a service does, an answer comes back.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.intake.documents import Document
from claims.intake.url import read_url
from claims.models import Claim
from common.addresses import AddressRule
from common.errors import DeskError
from common.fetch import Fetched, FetchError, fetch
from sources import turns
from sources.connectors import KINDS, Connector, Found, Question
from sources.connectors.base import host
from sources.models import Asking, Connection
from sources.query import query
from sources.turns import NotYet

log = logging.getLogger(__name__)
T = TypeVar("T")

IN_ALL = (
    120.0  # seconds for every request of one search; a task has four minutes, and pages are still to be read
)
KEPT_FOR = 3600  # seconds that an answer is kept
KEPT_BYTES = 2_000_000  # of one answer; a larger one is asked for again
FAILURES = 3  # in a row, after which a service is left alone
SHUT_FIRST, SHUT_MOST = timedelta(minutes=5), timedelta(hours=6)
REFUSED_FOR = timedelta(hours=6)  # a wrong key or a wrong address does not mend itself in minutes
MOST_TRIES = 8
NAMED_BY_ADMINS = frozenset(("feed", "archive"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service gave: documents with their texts, or why it could not be asked and when it may be again."""

    query: str
    documents: Sequence[Found] = ()
    error: str = ""
    again_at: datetime | None = None
    left_out: int = 0  # pages that it named and that could not be read


def connector(connection: Connection) -> Connector:
    """The connector of a row, with its key from the environment."""
    made = KINDS[connection.kind](
        address=connection.address, key=settings.CLAIMDESK_KEYS.get(connection.kind, "")
    )
    return replace(made, label=connection.label) if connection.kind in NAMED_BY_ADMINS else made


def ask(asking_id: int) -> Answer:
    """Put a claim to a service. Never raises what the service causes."""
    asking = Asking.objects.select_related("connection", "claim__revision__article").get(pk=asking_id)
    question = _question(asking.claim)
    connection = asking.connection
    if not connection.on:
        return Answer(question.terms(8), error=_("It has been switched off."))
    get = Getter(connection)
    try:
        found = _understood(connection, lambda: connector(connection).search(question, get))
    except DeskError as error:
        return Answer(
            question.terms(8), error=str(error), again_at=failed(connection, error, tries=asking.tries)
        )
    get.keep()
    worked(connection)
    try:
        return _with_texts(question.terms(8), found, connection, asking.claim)
    except NotYet as error:  # the host of a page: what the service said is kept until then
        return Answer(question.terms(8), error=str(error), again_at=error.until)


def check(connection_id: int) -> str:
    """Whether a service can be used, asked now: empty, or the reason why not."""
    connection = Connection.objects.get(pk=connection_id)
    try:
        getter = Getter(connection, fresh=True)
        _understood(connection, lambda: connector(connection).health(getter))
    except DeskError as error:
        failed(connection, error, tries=0)
        return str(error)
    worked(connection)
    return ""


def without_key(connections: Sequence[Connection]) -> set[int]:
    """The rows whose service wants a key that the environment does not give."""
    return {
        row.pk
        for row in connections
        if connector(row).needs_key and not settings.CLAIMDESK_KEYS.get(row.kind)
    }


class Getter:
    """Fetches for a connector: from what is kept, or in its turn. `fresh` passes over both that and the breaker.

    `keep` is called once the connector has understood the answers: one that makes no sense is asked for again.
    """

    def __init__(self, connection: Connection, *, fresh: bool = False) -> None:
        self._connection, self._fresh = connection, fresh
        self._limits = connector(connection).limits
        self._rule = AddressRule.allowing(settings.CLAIMDESK_FETCH_ALLOW)
        self._pages: dict[str, Fetched] = {}
        self._end = time.monotonic() + IN_ALL

    def __call__(self, url: str, accept: tuple[str, ...]) -> Fetched:
        """The page at an address."""
        name = f"asked:{hashlib.sha256(url.encode()).hexdigest()}"
        kept: Fetched | None = None if self._fresh else cache.get(name)
        if kept is not None:
            return kept
        _wait_for_turn(self._connection.pk, fresh=self._fresh)
        left = self._end - time.monotonic()
        if left <= 0:
            told = {"label": self._connection.label, "n": f"{IN_ALL:g}"}
            raise FetchError(_("%(label)s took longer than %(n)s seconds in all.") % told, retry=True)
        limits, seconds = self._limits, min(self._limits.seconds, left)
        page = fetch(url, max_bytes=limits.max_bytes, timeout=seconds, accept=accept, rule=self._rule)
        self._pages[name] = page
        return page

    def keep(self) -> None:
        """Keep what was fetched, for whoever asks the same soon: without addresses, which may hold a key."""
        small = {name: page for name, page in self._pages.items() if len(page.body) <= KEPT_BYTES}
        bare = {name: replace(page, url="", final_url="", redirects=()) for name, page in small.items()}
        cache.set_many(bare, KEPT_FOR)


def _understood(connection: Connection, call: Callable[[], T]) -> T:
    """What a connector makes of a service. Nonsense on which it breaks is the service's fault, told and passing."""
    try:
        return call()
    except (DeskError, DatabaseError):
        raise
    except Exception as error:  # a stranger may write anything
        log.exception("an answer broke its connector", extra={"connection": connection.pk})
        told = _("%(label)s answered with something that we cannot read.") % {"label": connection.label}
        raise FetchError(told, retry=True) from error


def worked(connection: Connection) -> None:
    """Note that a service answered: the breaker closes."""
    Connection.objects.filter(pk=connection.pk).update(failures=0, shut_until=None, last_ok_at=timezone.now())


def failed(connection: Connection, error: DeskError, *, tries: int) -> datetime | None:
    """Note why a service could not be used, open the breaker where that is due, and say when to ask again."""
    now = timezone.now()
    if isinstance(error, NotYet):
        return error.until
    again = now + _pause(error, tries)
    Connection.objects.filter(pk=connection.pk).update(
        failures=F("failures") + 1, last_error=str(error)[:500], last_error_at=now
    )
    failures = Connection.objects.values_list("failures", flat=True).get(pk=connection.pk)
    wait = getattr(error, "wait", None)
    if wait is not None or failures >= FAILURES:
        doubled = SHUT_FIRST * 2 ** min(8, max(0, failures - FAILURES))
        shut = now + (timedelta(seconds=min(wait, 86_400)) if wait is not None else min(doubled, SHUT_MOST))
        Connection.objects.filter(pk=connection.pk).update(shut_until=shut)
        again = max(again, shut)
    return again if tries < MOST_TRIES else None


def _pause(error: DeskError, tries: int) -> timedelta:
    if not getattr(error, "retry", False):
        return REFUSED_FOR
    return min(timedelta(minutes=2 ** min(tries, 8)), SHUT_MOST)


def _wait_for_turn(connection_id: int, *, fresh: bool) -> None:
    """Take the next place in the row's schedule, shared by all workers. Raises NotYet when it is too far away."""

    def take(now: datetime) -> datetime | None:
        row = Connection.objects.select_for_update().get(pk=connection_id)
        _may_ask(row, now, fresh=fresh)
        if row.next_at is not None and row.next_at > now:
            return row.next_at
        row.next_at = now + timedelta(seconds=60 / row.per_minute)
        row.asked_today = row.asked_today + 1 if row.asked_on == now.date() else 1
        row.asked_on = now.date()
        row.save(update_fields=["next_at", "asked_today", "asked_on"])
        return None

    turns.wait(take, who=Connection.objects.values_list("label", flat=True).get(pk=connection_id))


def _may_ask(row: Connection, now: datetime, *, fresh: bool) -> None:
    if row.shut_until and row.shut_until > now and not fresh:
        told = {"label": row.label, "error": row.last_error}
        raise NotYet(_("%(label)s is left alone for a while: %(error)s") % told, until=row.shut_until)
    if row.asked_on == now.date() and row.asked_today >= row.per_day:
        tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        told_label = {"label": row.label, "n": row.per_day}
        raise NotYet(_("The %(n)s requests to %(label)s for today are used up.") % told_label, until=tomorrow)


def _question(claim: Claim) -> Question:
    asked = query(claim.text)
    return Question(claim.text, asked.terms, asked.names, claim.revision.article.language)


def _with_texts(terms: str, found: Sequence[Found], connection: Connection, claim: Claim) -> Answer:
    """Fetch the pages whose texts are not in the answer. An article is no evidence for itself and left out."""
    documents, left_out = [], sum(document.barred for document in found)
    own = claim.revision.article.url
    open_to_us = [document for document in found if not document.barred]
    for document in open_to_us[: connector(connection).limits.documents]:
        if document.url == own:
            continue
        if document.text.strip():
            documents.append(document)
            continue
        page = _page(document.url, connection)
        if page is None:
            left_out += 1
            continue
        documents.append(
            replace(
                document,
                text=page.text,
                title=document.title or page.title,
                author=document.author or page.byline,
                language=page.language,
                published=document.published or page.published_at,
                page=page.page,
            )
        )
    return Answer(terms, documents, left_out=left_out)


def _page(url: str, connection: Connection) -> Document | None:
    """The page at an address that a service named; None where it cannot be read. Raises NotYet for its host.

    One on the service's own host waits for the service's turn as well.
    """
    turns.wait_for_host(url)
    try:
        if host(url) == host(connection.address):
            _wait_for_turn(connection.pk, fresh=False)
        return read_url(url, allow=settings.CLAIMDESK_FETCH_ALLOW)
    except DatabaseError:
        raise
    except DeskError:
        return None
    except Exception:  # a stranger may write anything
        log.exception("a page broke its reader", extra={"connection": connection.pk})
        return None
