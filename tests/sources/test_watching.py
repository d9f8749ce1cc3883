"""Watched feeds: new entries come into the library, once; what a feed does wrong delays itself and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEvent
from claims.lifecycle import Status
from common.addresses import AddressRule
from common.errors import Conflict, Forbidden, Invalid, NotFound
from common.fetch import FetchError, fetch
from jobs import queue
from jobs.models import Job
from sources import actions, grading, watching
from sources.models import Evidence, FeedEntry, Host, Snapshot, Source, WatchedFeed
from tests import factories
from tests.common.servers import Site, answer

pytestmark = pytest.mark.django_db
STORY = "Officials in Norvale said that 26 people were killed in the flood on Tuesday. Nine are missing."
RSS = "application/rss+xml"


@pytest.fixture
def watched(admin: User, site: Site, settings: Any) -> WatchedFeed:
    """A feed on a local server that is watched, with nothing enqueued."""
    settings.CLAIMDESK_FETCH_ALLOW = frozenset([site.place])
    settings.CLAIMDESK_PAGES_PER_MINUTE = 60_000
    cache.clear()
    feed = watching.add(by=admin, address=site.url("/feed"), label="The Wire")
    feed = watching.switch(feed.pk, by=admin, version=feed.version, on=True)
    Job.objects.all().delete()
    return feed


def story(site: Site, path: str, text: str = STORY) -> str:
    """Put a page there that reads like an article; gives its address."""
    rest = "".join(
        f"<p>On day {n} the gauge at the mill stood at {n} metres, the office wrote.</p>" for n in range(9)
    )
    return site.put(path, f"<html><body><article><h1>Flood</h1><p>{text}</p>{rest}</article></body></html>")


def feed_of(*links: str, title: str = "Flood in Norvale") -> str:
    items = "".join(f"<item><title>{title}</title><link>{link}</link></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'


def work() -> None:
    """Do all background work that is due."""
    for _ in range(60):
        job = Job.objects.filter(state="queued", run_after__lte=timezone.now()).order_by("pk").first()
        if job is None:
            return
        queue.run(job.pk)


def beat() -> None:
    """What the scheduler does when everything is due, and the work that follows."""
    now = timezone.now()
    WatchedFeed.objects.filter(on=True).update(next_at=now)
    FeedEntry.objects.filter(state="waiting", again_at__isnull=False).update(again_at=now)
    watching.enqueue_due()
    work()


def asked(site: Site, path: str) -> int:
    return [one for one, _headers in site.asked].count(path)


def test_a_new_entry_becomes_a_document_of_the_library_with_its_copy(watched, site, editor):
    grading.set_default(
        by=editor, publisher="The Wire", version=0, reliability="B", credibility=2, reason="An agency."
    )
    address = story(site, "/1")
    site.put("/feed", feed_of(address), RSS)
    beat()
    source = Source.objects.get()
    assert (source.url, source.title, source.publisher) == (address, "Flood in Norvale", "The Wire")
    assert (source.found_by, source.added_by, source.grade) == ("The Wire", watched.added_by, "B2")
    copy = Snapshot.objects.get()
    assert (STORY in copy.text, bool(copy.record), copy.passages.exists()) == (True, True, True)
    entry = FeedEntry.objects.get()
    assert (entry.state, entry.source, entry.tries) == ("kept", source, 1)
    watched.refresh_from_db()
    assert (watched.failures, watched.last_error) == (0, "")
    assert watched.next_at > timezone.now() + timedelta(minutes=29)
    assert AuditEvent.objects.filter(verb="source.found", subject_id=source.pk).count() == 1


def test_the_same_entry_again_and_in_another_feed_is_one_document(watched, site, admin):
    body = feed_of(story(site, "/1"))
    site.put("/feed", body, RSS)
    site.put("/other", body, RSS)
    other = watching.add(by=admin, address=site.url("/other"))
    watching.switch(other.pk, by=admin, version=other.version, on=True)
    beat()
    beat()
    assert (FeedEntry.objects.count(), Source.objects.count(), Snapshot.objects.count()) == (1, 1, 1)
    assert asked(site, "/1") == 1


def test_what_a_person_has_in_the_library_already_is_left_as_it_is(watched, site, checker):
    address = story(site, "/1")
    actions.add_source(
        by=checker, about=actions.About(title="Mine", publisher="Me", url=address), text="As I copied it."
    )
    site.put("/feed", feed_of(address), RSS)
    beat()
    assert not FeedEntry.objects.exists()
    assert (Source.objects.get().title, asked(site, "/1")) == ("Mine", 0)


def test_both_halves_may_be_stored_twice_with_one_effect(watched, site):
    site.put("/feed", feed_of(story(site, "/1")), RSS)
    looked = watching.look(watched.pk)
    with transaction.atomic():
        first = watching.keep_look(watched.pk, looked)
        assert watching.keep_look(watched.pk, looked) == []
    read = watching.read(first[0])
    for _ in range(2):
        with transaction.atomic():
            assert watching.keep_entry(first[0], read) == []
    assert (FeedEntry.objects.get().tries, Source.objects.count(), Snapshot.objects.count()) == (1, 1, 1)


def test_a_long_feed_is_taken_in_parts_and_asked_for_whole_until_all_is_read(watched, site, monkeypatch):
    monkeypatch.setattr(watching, "NEW_AT_MOST", 2)
    links = [story(site, f"/{n}", f"{STORY} Part {n}.") for n in range(5)]
    site.put("/feed", feed_of(*links), RSS, ETag='"1"')
    counts, etags = [], []
    for _ in range(3):
        beat()
        counts.append(Source.objects.count())
        etags.append(WatchedFeed.objects.get().etag)
    assert (counts, etags) == ([2, 4, 5], ["", "", '"1"'])
    assert FeedEntry.objects.order_by("pk").first().url == links[0]


def test_an_unchanged_feed_is_not_sent_again(watched, site):
    def page(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == '"v1"'
        marks = {"ETag": '"v1"', "Last-Modified": "Tue, 03 Nov 2026 10:00:00 GMT", "Content-Type": RSS}
        answer(304)(handler) if known else answer(200, feed_of(), marks)(handler)

    site.pages["/feed"] = page
    beat()
    beat()
    watched.refresh_from_db()
    assert (watched.etag, watched.failures, watched.last_error) == ('"v1"', 0, "")
    sent = site.asked[-1][1]
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"v1"', "Tue, 03 Nov 2026 10:00:00 GMT")


def test_a_mark_that_may_not_be_sent_back_is_left_out(watched, site):
    site.put("/feed", feed_of(), RSS, ETag='"' + "x" * 400 + '"')
    beat()
    watched.refresh_from_db()
    assert (watched.etag, watched.failures) == ("", 0)


def slow(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss>")
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def huge(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss>")
    for _ in range(100):
        handler.wfile.write(b" " * 1_000_000)


FAULTS: dict[str, tuple[Callable[[BaseHTTPRequestHandler], None], str]] = {
    "down": (answer(503, "down"), "has a fault (503)"),
    "gone": (answer(410, "gone"), "has taken this page away"),
    "slow": (slow, "took longer than 1 seconds"),
    "html": (answer(200, "<p>Welcome", {"Content-Type": "text/html"}), "gives no feed that can be read"),
    "picture": (answer(200, b"\x89PNG", {"Content-Type": "image/png"}), "which the desk cannot read"),
    "100 MB": (huge, "larger than 5 MB"),
    "100 MB, told": (
        answer(200, b"", {"Content-Type": RSS, "Content-Length": "100000000"}),
        "larger than 5 MB",
    ),
    "encoding": (
        answer(200, b"\xff\xfe\x00<rss\xd8\x00", {"Content-Type": f"{RSS}; charset=klingon"}),
        "gives no feed that can be read",
    ),
    "circle": (answer(302, "", {"Location": "/feed"}), "sends us on without end"),
    "inside": (answer(302, "", {"Location": "http://127.0.0.2:1/"}), "127.0.0.2"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_feed_is_told_and_it_is_looked_at_again_later_and_later(
    watched, site, monkeypatch, fault
):
    page, told = FAULTS[fault]
    monkeypatch.setattr(watching, "SECONDS", 1.0)
    site.pages["/feed"] = page
    pauses = []
    for _ in range(2):
        beat()
        watched.refresh_from_db()
        pauses.append(round((watched.next_at - timezone.now()).total_seconds() / 60))
    assert told in watched.last_error
    assert (watched.failures, pauses) == (2, [60, 120])
    assert set(Job.objects.filter(step="sources.watch").values_list("state", flat=True)) == {"done"}
    assert not FeedEntry.objects.exists()
    site.put("/feed", feed_of(story(site, "/1")), RSS)
    beat()
    watched.refresh_from_db()
    assert (watched.failures, Source.objects.count()) == (0, 1)


def test_a_feed_that_names_a_time_is_left_alone_that_long(watched, site):
    site.pages["/feed"] = answer(429, "slow down", {"Retry-After": "20000"})
    beat()
    watched.refresh_from_db()
    assert watched.next_at > timezone.now() + timedelta(seconds=19_900)
    site.pages["/feed"] = answer(429, "slow down", {"Retry-After": "99999999"})
    beat()
    watched.refresh_from_db()
    assert watched.next_at < timezone.now() + timedelta(days=1, minutes=1)


def test_the_pauses_end_at_a_day(watched, site):
    site.pages["/feed"] = answer(503, "down")
    WatchedFeed.objects.update(failures=50)
    beat()
    watched.refresh_from_db()
    assert watched.next_at < timezone.now() + timedelta(days=1, minutes=1)


def test_a_feed_whose_host_has_no_turn_left_is_no_failure(watched, site):
    later = timezone.now() + timedelta(minutes=9)
    Host.objects.update_or_create(name="127.0.0.1", defaults={"next_at": later})
    beat()
    watched.refresh_from_db()
    assert (watched.next_at, watched.failures, site.asked) == (later, 0, [])


def test_a_page_that_robots_txt_keeps_from_us_is_not_fetched(watched, site):
    site.put("/robots.txt", "User-agent: Claimdesk\nDisallow: /private/", "text/plain")
    links = [story(site, "/private/1"), story(site, "/2")]
    site.put("/feed", feed_of(*links), RSS)
    beat()
    refused, kept = FeedEntry.objects.order_by("pk")
    assert (refused.state, kept.state) == ("refused", "kept")
    assert "robots.txt" in refused.error
    assert (asked(site, "/private/1"), asked(site, "/robots.txt")) == (0, 1)


def test_a_page_that_is_down_is_tried_again_and_given_up_after_a_few_times(watched, site):
    site.pages["/1"] = answer(503, "down")
    site.put("/feed", feed_of(site.url("/1")), RSS)
    states = []
    for _ in range(5):
        beat()
        states.append(FeedEntry.objects.get().state)
    assert states == ["waiting", "waiting", "waiting", "refused", "refused"]
    assert (asked(site, "/1"), "has a fault" in FeedEntry.objects.get().error) == (4, True)


def test_a_page_that_comes_back_is_kept(watched, site):
    site.pages["/1"] = answer(503, "down")
    site.put("/feed", feed_of(site.url("/1")), RSS)
    beat()
    story(site, "/1")
    beat()
    entry = FeedEntry.objects.get()
    assert (entry.state, entry.error, entry.tries) == ("kept", "", 2)


def test_a_claim_in_work_that_it_may_concern_looks_again_a_little_later_and_once(watched, site, claim_at):
    open_one = claim_at("open")
    factories.ClaimFactory(text="The bridge in Tarn was closed in 1990.", status=Status.OPEN)
    claim_at("published")
    type(open_one).objects.filter(pk=open_one.pk).update(
        text="The flood in Norvale killed 26 people on Tuesday."
    )
    Job.objects.all().delete()
    links = [story(site, f"/{n}", f"{STORY} Report {n}.") for n in range(3)]
    site.put("/feed", feed_of(*links), RSS)
    beat()
    job = Job.objects.get(step="sources.find")
    assert (job.subject_id, job.state) == (open_one.pk, "queued")
    assert job.run_after > timezone.now() + timedelta(minutes=4)
    Job.objects.update(run_after=timezone.now())
    work()
    assert "26 people were killed in the flood" in Evidence.objects.filter(claim=open_one)[0].quote


def test_no_more_than_a_few_claims_look_again_for_one_document(claim_at, monkeypatch):
    monkeypatch.setattr(watching, "CONCERNED", 2)
    claims = [
        factories.ClaimFactory(text="The flood in Norvale killed 26 people.", status=Status.OPEN)
        for _ in range(4)
    ]
    assert watching.concerned(STORY) == [claims[3].pk, claims[2].pk]
    assert watching.concerned("Nothing of it.") == []


def test_a_feed_that_is_off_is_not_asked(watched, site, admin):
    site.put("/feed", feed_of(story(site, "/1")), RSS)
    watching.switch(watched.pk, by=admin, version=watched.version, on=False)
    beat()
    with transaction.atomic():
        assert watching.keep_look(watched.pk, watching.look(watched.pk)) == []
    assert site.asked == []


def test_switching_on_looks_at_once(admin, site, settings):
    settings.CLAIMDESK_FETCH_ALLOW = frozenset([site.place])
    settings.CLAIMDESK_PAGES_PER_MINUTE = 60_000
    site.put("/feed", feed_of(story(site, "/1")), RSS)
    feed = watching.add(by=admin, address=site.url("/feed"))
    assert (feed.on, feed.label) == (False, "127.0.0.1")
    watching.switch(feed.pk, by=admin, version=1, on=True)
    work()
    assert Source.objects.count() == 1
    verbs = AuditEvent.objects.filter(subject_type="feed").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["feed.added", "feed.switched_on"]


def test_a_check_tells_whether_it_works_and_takes_nothing(watched, site, admin):
    site.put("/feed", feed_of(story(site, "/1")), RSS)
    assert watching.check(watched.pk, by=admin) == ""
    site.pages["/feed"] = answer(404, "")
    assert "has no such page" in watching.check(watched.pk, by=admin)
    watched.refresh_from_db()
    assert (watched.last_ok_at is None, "404" in watched.last_error) == (False, True)
    assert not FeedEntry.objects.exists()


def test_what_cannot_be_is_refused(watched, admin, editor):
    with pytest.raises(Forbidden):
        watching.add(by=editor, address="https://x.example/feed")
    with pytest.raises(Forbidden):
        watching.switch(watched.pk, by=editor, version=watched.version, on=False)
    with pytest.raises(Forbidden):
        watching.check(watched.pk, by=editor)
    with pytest.raises(Conflict, match="already"):
        watching.add(by=admin, address=watched.address)
    with pytest.raises(Conflict, match="meanwhile"):
        watching.switch(watched.pk, by=admin, version=1, on=False)
    with pytest.raises(Invalid, match="whole address"):
        watching.add(by=admin, address="x.example/feed")
    with pytest.raises(NotFound):
        watching.switch(999, by=admin, version=1, on=True)
    assert WatchedFeed.objects.get().on


@pytest.mark.parametrize("changes", [{"state": "kept"}, {"state": "refused"}, {"state": "nonsense"}])
def test_the_database_knows_what_an_entry_can_be(watched, changes):
    FeedEntry.objects.create(feed=watched, url="https://x.example/1")
    with pytest.raises(DatabaseError), transaction.atomic():
        FeedEntry.objects.update(**changes)


def test_the_page_adds_switches_and_checks(site, admin, checker, settings, client: Client):
    settings.CLAIMDESK_FETCH_ALLOW = frozenset([site.place])
    settings.CLAIMDESK_PAGES_PER_MINUTE = 60_000
    site.put("/feed", feed_of(story(site, "/1")), RSS)
    client.force_login(checker)
    given = {"feed-address": site.url("/feed"), "feed-label": "The Wire"}
    assert client.post("/settings/sources/feeds/", given).status_code == 403
    client.force_login(admin)
    assert client.post("/settings/sources/feeds/", given).status_code == 302
    again = client.post("/settings/sources/feeds/", given)
    assert (again.status_code, "This feed is in the list already." in again.text) == (409, True)
    assert f'value="{site.url("/feed")}"' in again.text
    assert client.post("/settings/sources/feeds/", {"feed-address": "x"}).status_code == 422
    feed = WatchedFeed.objects.get()
    checked = client.post(f"/settings/sources/feeds/{feed.pk}/check/", follow=True)
    assert "The feed works." in checked.text
    client.post(f"/settings/sources/feeds/{feed.pk}/switch/", {"version": 1, "on": "1"})
    work()
    assert "1 document" in client.get("/settings/sources/").text


def test_a_fetch_sends_more_headers_and_a_page_that_did_not_change_is_told_as_such(site, settings):
    site.pages["/"] = answer(304)
    with pytest.raises(FetchError) as caught:
        fetch(site.url("/"), rule=AddressRule.allowing([site.place]), also={"If-None-Match": '"v1"'})
    assert (caught.value.answered, site.asked[0][1]["If-None-Match"]) == (304, '"v1"')
