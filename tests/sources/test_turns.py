"""Pages of one host leave one after another, whoever named them, in a schedule that all workers share."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from sources import asking, rechecking, turns
from sources.models import Host, Source
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_host_is_asked_in_its_turn_and_others_meanwhile(settings):
    settings.CLAIMDESK_PAGES_PER_MINUTE = 120  # one in half a second
    began = time.monotonic()
    for url in ("https://www.one.example/a", "https://two.example/a", "https://one.example/b"):
        turns.wait_for_host(url)
    assert 0.45 < time.monotonic() - began < 5
    assert set(Host.objects.values_list("name", flat=True)) == {"one.example", "two.example"}


def test_what_would_wait_too_long_is_put_off_until_its_turn(settings):
    settings.CLAIMDESK_PAGES_PER_MINUTE = 1
    turns.wait_for_host("https://one.example/a")
    with pytest.raises(turns.NotYet, match=r"one\.example wants fewer requests") as caught:
        turns.wait_for_host("https://one.example/b")
    assert caught.value.until == Host.objects.get().next_at


def test_an_address_without_a_host_waits_for_nobody():
    turns.wait_for_host("nonsense")
    assert not Host.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_workers_share_the_schedule(settings):
    settings.CLAIMDESK_PAGES_PER_MINUTE = 240  # one in a quarter of a second
    left: list[float] = []

    def worker() -> None:
        turns.wait_for_host("https://one.example/")
        left.append(time.monotonic())
        connection.close()

    workers = [threading.Thread(target=worker) for _ in range(4)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    gaps = [later - earlier for earlier, later in zip(sorted(left), sorted(left)[1:], strict=False)]
    assert len(left) == 4
    assert sum(gaps) > 0.6


def test_a_page_whose_host_has_no_turn_left_puts_the_answer_off(connect, checker, site, settings):
    later = timezone.now() + timedelta(minutes=5)
    Host.objects.create(name="127.0.0.1", next_at=later)
    told = "".join(
        f"<p>On day {n} the office counted {n} more dead in the flooded north.</p>" for n in range(9)
    )
    found = site.put("/page", f"<html><body><article><h1>Count</h1>{told}</article></body></html>")
    site.put("/feed", _feed(found), "application/rss+xml")
    service = connect("feed", "/feed")
    claim = factories.ClaimFactory(text="The flood killed 26 people.")
    asked = asking.ask(claim.askings.create(connection=service).pk)
    assert (asked.documents, asked.again_at) == ((), later)
    assert "wants fewer requests" in asked.error
    service.refresh_from_db()
    assert service.failures == 0  # the service did nothing wrong
    Host.objects.update(next_at=timezone.now())
    assert [document.url for document in asking.ask(claim.askings.get().pk).documents] == [found]
    assert [path for path, _headers in site.asked].count("/feed") == 1  # what it had said was kept


def _feed(link: str) -> str:
    item = f"<item><title>Flood killed people</title><link>{link}</link></item>"
    return f'<rss version="2.0"><channel><title>Wire</title>{item}</channel></rss>'


def test_a_second_look_that_has_no_turn_is_no_miss(settings):
    later = timezone.now() + timedelta(minutes=5)
    source = factories.SnapshotFactory(source__url="https://one.example/a").source
    Host.objects.create(name="one.example", next_at=later)
    seen = rechecking.look(source.pk)
    assert rechecking.keep(source.pk, seen) == []
    kept = Source.objects.get(pk=source.pk)
    assert (kept.look_at, kept.misses) == (later, 0)
