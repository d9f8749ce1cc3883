"""Feeds that are watched by beat: their new entries come into the library, and claims in work look again."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from audit import ledger
from claims import workflow
from claims.intake.documents import Document
from claims.intake.url import read_url
from claims.lifecycle import Status
from claims.matching.words import stem, stems
from claims.models import Claim
from common.addresses import AddressRule
from common.errors import Conflict, DeskError, NotFound
from common.fetch import Fetched, fetch
from common.text import normalise
from jobs import queue
from sources import passages
from sources.actions import DOCUMENT_LENGTH
from sources.connecting import keep_document, whole_address
from sources.connectors import Found, robots
from sources.connectors.base import host
from sources.connectors.feed import LIMITS, Feed
from sources.models import FeedEntry, Source, WatchedFeed
from sources.query import query
from sources.turns import NotYet, wait_for_host

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=30)
LONGEST = timedelta(days=1)  # between two looks, however often it failed
NEW_AT_MOST = 20  # entries taken at one look; what is left is taken at the next ones
MOST_AT_ONCE = 50  # feeds, and entries, that one beat wakes
TRIES = 4  # of an entry's page
TRY_AGAIN = timedelta(minutes=15)  # doubled each time
SECONDS = LIMITS.seconds  # for one answer of a feed, or a robots.txt
ROBOTS_FOR = 3600  # seconds that a site's robots.txt is kept
COMPARED = 500  # claims in work that a new document is held against, the newest
CONCERNED = 20  # of these, the most that look again because of one document
SHARED = 3  # telling words that one passage shares with a claim
LENGTH = 100_000  # characters of a document that are held against claims
SETTLE = timedelta(minutes=5)  # what arrives within these is looked through once


@dataclass(frozen=True, slots=True)
class Looked:
    """What a feed gave: its entries and what names this state of it, or why there is nothing."""

    entries: Sequence[Found] = ()
    etag: str = ""
    modified: str = ""
    unchanged: bool = False
    error: str = ""
    wait: float | None = None  # seconds that it asks us to stay away
    not_before: datetime | None = None  # it was not our turn


@dataclass(frozen=True, slots=True)
class Read:
    """An entry's page and the claims that it may concern, or why it could not be read and when it is tried again."""

    document: Document | None = None
    claims: Sequence[int] = ()
    error: str = ""
    again_at: datetime | None = None
    tried: bool = True


def add(*, by: User, address: str, label: str = "") -> WatchedFeed:
    """Put a feed on the list, switched off. Raises Conflict for one that is there."""
    workflow.require_role(by, Role.ADMIN)
    address = whole_address(address.strip())
    with transaction.atomic(durable=True):
        feed, made = WatchedFeed.objects.get_or_create(
            address=address, defaults={"label": label.strip()[:100] or host(address)[:100], "added_by": by}
        )
        if not made:
            raise Conflict(_("This feed is in the list already."), current={"address": address})
        ledger.record(by, "feed.added", "feed", feed.pk, label=feed.label, address=address)
    return feed


def switch(feed_id: int, *, by: User, version: int, on: bool) -> WatchedFeed:
    """Begin to watch a feed, at once, or stop."""
    workflow.require_role(by, Role.ADMIN)
    with transaction.atomic(durable=True):
        feed = WatchedFeed.objects.select_for_update().filter(pk=feed_id).first()
        if feed is None:
            raise NotFound(_("There is no such feed."))
        if feed.version != version:
            raise Conflict(_("Someone changed this meanwhile."), current={"on": feed.on})
        feed.on, feed.version, feed.failures = on, feed.version + 1, 0
        feed.next_at = timezone.now() + EVERY if on else None
        feed.save(update_fields=["on", "version", "failures", "next_at"])
        if on:
            queue.enqueue("sources.watch", feed.pk, again=True)
        verb = "feed.switched_on" if on else "feed.switched_off"
        ledger.record(by, verb, "feed", feed.pk, label=feed.label)
    return feed


def check(feed_id: int, *, by: User) -> str:
    """Whether a feed can be read, asked now and taking nothing: empty, or the reason why not."""
    workflow.require_role(by, Role.ADMIN)
    feed = WatchedFeed.objects.filter(pk=feed_id).first()
    if feed is None:
        raise NotFound(_("There is no such feed."))
    looked, now = _look(feed, {}), timezone.now()
    told = {"last_error": looked.error[:500], "last_error_at": now} if looked.error else {"last_ok_at": now}
    WatchedFeed.objects.filter(pk=feed.pk).update(**told)
    return looked.error


def look(feed_id: int) -> Looked:
    """Read a feed, unless it says that nothing changed. Never raises what the feed causes."""
    feed = WatchedFeed.objects.get(pk=feed_id)
    if not feed.on:
        return Looked(unchanged=True)
    known = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
    return _look(feed, {name: value for name, value in known.items() if value})


def keep_look(feed_id: int, looked: Looked) -> list[int]:
    """Note how a look went and write its new entries down. Runs in the job's transaction; returns entries to read."""
    feed = WatchedFeed.objects.select_for_update().get(pk=feed_id)
    if not feed.on:
        return []
    now = timezone.now()
    if looked.not_before is not None:
        feed.next_at = looked.not_before
        feed.save(update_fields=["next_at"])
        return []
    feed.looked_at = now
    if looked.error:
        feed.failures += 1
        feed.last_error, feed.last_error_at = looked.error[:500], now
        feed.next_at = now + _pause(feed.failures, looked.wait)
        feed.save(update_fields=["looked_at", "failures", "last_error", "last_error_at", "next_at"])
        return []
    new = _new(looked.entries)
    feed.failures, feed.last_ok_at, feed.next_at = 0, now, now + EVERY
    if not looked.unchanged:  # with entries left, it is asked for again as if we had not read it
        left = len(new) > NEW_AT_MOST
        feed.etag, feed.modified = ("", "") if left else (looked.etag, looked.modified)
    feed.save(update_fields=["looked_at", "failures", "last_ok_at", "next_at", "etag", "modified"])
    made = [
        FeedEntry(
            feed=feed,
            url=found.url,
            title=found.title[:300],
            author=found.author[:200],
            published_at=found.published,
        )
        for found in new[:NEW_AT_MOST]
    ]
    FeedEntry.objects.bulk_create(made, ignore_conflicts=True)
    rows = FeedEntry.objects.filter(feed=feed, url__in=[entry.url for entry in made])
    return list(rows.order_by("pk").values_list("pk", flat=True))


def read(entry_id: int) -> Read:
    """Read the page of an entry, where its site lets us. Never raises what the page causes."""
    entry = FeedEntry.objects.get(pk=entry_id)
    try:
        if not _may_fetch(entry.url):
            return Read(error=_("The robots.txt of its site keeps this page from us."))
        wait_for_host(entry.url)
        page = read_url(entry.url, allow=settings.CLAIMDESK_FETCH_ALLOW)
        page = replace(page, text=normalise(page.text, limit=DOCUMENT_LENGTH))
    except NotYet as error:
        return Read(error=str(error), again_at=error.until, tried=False)
    except DeskError as error:
        again = getattr(error, "retry", False) and entry.tries + 1 < TRIES
        return Read(error=str(error), again_at=timezone.now() + TRY_AGAIN * 2**entry.tries if again else None)
    except DatabaseError:
        raise
    except Exception:  # a stranger may write anything
        log.exception("a page broke its reader", extra={"entry": entry.pk})
        return Read(error=_("We cannot read what its page gives."))
    return Read(document=page, claims=concerned(page.text))


def keep_entry(entry_id: int, read: Read) -> list[int]:
    """Take an entry's page into the library, and let the claims that it may concern look again, a little later.

    Runs in the job's transaction. Safe to repeat: an entry is kept once.
    """
    entry = (
        FeedEntry.objects.select_for_update(of=("self",)).select_related("feed__added_by").get(pk=entry_id)
    )
    page, feed = read.document, entry.feed
    if entry.state == FeedEntry.State.KEPT:
        return []
    entry.tries += read.tried
    if page is None:
        entry.state = FeedEntry.State.WAITING if read.again_at else FeedEntry.State.REFUSED
        entry.error, entry.again_at = read.error[:300], read.again_at
        entry.save(update_fields=["state", "error", "again_at", "tries"])
        return []
    found = Found(
        url=entry.url,
        title=entry.title or page.title,
        text=page.text,
        publisher=feed.label,
        author=entry.author or page.byline,
        language=page.language,
        published=entry.published_at or page.published_at,
        page=page.page,
    )
    entry.source, new = keep_document(found, place=feed.label, added_by=feed.added_by)
    entry.state, entry.error, entry.again_at = FeedEntry.State.KEPT, "", None
    entry.save(update_fields=["state", "source", "error", "again_at", "tries"])
    if new:
        queue.enqueue_each("sources.find", read.claims, run_after=timezone.now() + SETTLE, again=True)
    return []


def enqueue_due() -> int:
    """Wake the feeds and the entries whose time has come. Uses indexes: watched_feed_due, feed_entry_due."""
    now = timezone.now()
    with transaction.atomic():
        due = WatchedFeed.objects.filter(on=True, next_at__lte=now).order_by("next_at")
        feeds = list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])
        WatchedFeed.objects.filter(pk__in=feeds).update(next_at=now + EVERY)  # what comes of it says better
        queue.enqueue_each("sources.watch", feeds, again=True)
        waiting = FeedEntry.objects.filter(state=FeedEntry.State.WAITING, again_at__lte=now).order_by(
            "again_at"
        )
        entries = list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE])
        FeedEntry.objects.filter(pk__in=entries).update(again_at=None)
        queue.enqueue_each("sources.take", entries, again=True)
    return len(feeds) + len(entries)


def concerned(text: str) -> list[int]:
    """The claims in work that share enough telling words with one passage of a text: the best first, a few."""
    start = text[:LENGTH]
    there = [frozenset(stems(start[a:b])) for a, b in passages.cut(start)]
    working = Claim.objects.filter(status__in=(Status.OPEN, Status.IN_PROGRESS)).order_by("-pk")
    rated = []
    for pk, wording in working.values_list("pk", "text")[:COMPARED]:
        asked = {stem(term.casefold()) for term in query(wording).terms}
        shared = max((len(asked & passage) for passage in there), default=0)
        if asked and shared >= min(SHARED, len(asked)):
            rated.append((shared / len(asked), pk))
    return [pk for _share, pk in sorted(rated, reverse=True)[:CONCERNED]]


def _look(feed: WatchedFeed, known: dict[str, str]) -> Looked:
    got: list[Fetched] = []

    def get(url: str, accept: tuple[str, ...]) -> Fetched:
        got.append(_get(url, accept, known))
        return got[-1]

    try:
        wait_for_host(feed.address)
        entries = Feed(feed.address).newest(get)
    except NotYet as error:
        return Looked(error=str(error), not_before=error.until)
    except DeskError as error:
        if getattr(error, "answered", None) == 304:
            return Looked(unchanged=True)
        return Looked(error=str(error), wait=getattr(error, "wait", None))
    except DatabaseError:
        raise
    except Exception:  # a stranger may write anything
        log.exception("a feed broke its reader", extra={"feed": feed.pk})
        return Looked(error=_("It gives something that we cannot read."))
    headers = got[-1].headers
    return Looked(
        entries=entries,
        etag=_sound(headers.get("etag", ""), 300),
        modified=_sound(headers.get("last-modified", ""), 100),
    )


def _get(url: str, accept: tuple[str, ...], also: dict[str, str]) -> Fetched:
    rule = AddressRule.allowing(settings.CLAIMDESK_FETCH_ALLOW)
    return fetch(url, max_bytes=LIMITS.max_bytes, timeout=SECONDS, accept=accept, rule=rule, also=also)


def _sound(value: str, most: int) -> str:
    """A header that may be sent back as it came; a stranger's that may not is left out."""
    return value if len(value) <= most and value.isascii() and value.isprintable() else ""


def _pause(failures: int, wait: float | None) -> timedelta:
    doubled: timedelta = min(EVERY * 2 ** min(failures, 10), LONGEST)
    return max(doubled, timedelta(seconds=min(wait or 0, LONGEST.total_seconds())))


def _new(entries: Sequence[Found]) -> list[Found]:
    """The entries whose addresses neither a feed nor a person has brought before, each once."""
    by_url = {found.url: found for found in reversed(entries)}
    there = set(FeedEntry.objects.filter(url__in=by_url).values_list("url", flat=True))
    there |= set(Source.objects.filter(url__in=by_url).values_list("url", flat=True))
    return [by_url[url] for url in dict.fromkeys(found.url for found in entries) if url not in there]


def _may_fetch(url: str) -> bool:
    site = robots.site(url)
    name = f"robots:{hashlib.sha256(site.encode()).hexdigest()}"
    body: bytes | None = cache.get(name)
    if body is None:
        body = robots.read(lambda url, accept: _get(url, accept, {}), site)
        cache.set(name, body, ROBOTS_FOR)
    return bool(robots.rules(body).can_fetch(url, robots.ROBOT))
