"""Services outside, from the switch to the evidence: their faults delay nothing, are told of, and pass."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from claims.actions import intake, machine
from claims.extraction import Candidate
from claims.models import Claim
from common.errors import Conflict, Forbidden, Invalid
from jobs import progress, queue
from jobs.models import Job
from sources import actions, asking, connecting
from sources.models import Asking, Connection, Evidence, Search, Source
from tests import factories
from tests.common.servers import answer
from tests.sources.connectors.test_services import PAGE, liar, serve, wiki

pytestmark = pytest.mark.django_db

TEXT = "The flood in Norvale killed 26 people, the mayor said."


@pytest.fixture
def claim(checker) -> Claim:
    revision = intake.submit_article(by=checker, text=TEXT).revision
    assert revision is not None
    found = Candidate(
        text="The flood in Norvale killed 26 people.", quote=TEXT[:37], start=0, end=37, type="casualty",
        claimant="the mayor", check_worthiness=0.9,
    )  # fmt: skip
    [pk] = machine.store_candidates(revision.pk, [found])
    Job.objects.filter(step="claims.extract").update(state="done")
    return Claim.objects.get(pk=pk)


def work() -> None:
    """Do all background work that is due."""
    for _ in range(40):
        job = Job.objects.filter(state="queued", run_after__lte=timezone.now()).order_by("pk").first()
        if job is None:
            return
        queue.run(job.pk)


def look(claim: Claim, checker) -> None:
    actions.look_again(claim.pk, by=checker)
    work()


def test_what_a_service_names_becomes_a_source_and_its_passage_evidence(claim, checker, connect, site):
    serve(site, "/w/api.php", wiki)
    connection = connect("wikipedia", "/w/api.php")
    look(claim, checker)

    source = Source.objects.get()
    assert (source.url, source.publisher, source.found_by) == (PAGE["canonicalurl"], "Wikipedia", "Wikipedia")
    assert source.added_by == connection.added_by
    evidence = Evidence.objects.get()
    assert evidence.quote in PAGE["extract"]
    assert evidence.claim == claim
    made = Asking.objects.get()
    assert (made.state, made.found, made.error) == ("answered", 1, "")
    logged = Search.objects.get(places="Wikipedia")
    assert (logged.found, logged.model_version) == (1, "connector:wikipedia/1")


def test_the_same_answer_again_adds_nothing(claim, checker, connect, site):
    serve(site, "/w/api.php", wiki)
    connect("wikipedia", "/w/api.php")
    look(claim, checker)
    look(claim, checker)

    assert (Source.objects.count(), Evidence.objects.count(), Asking.objects.count()) == (1, 1, 1)


def test_an_answer_that_is_kept_is_not_asked_for_again(claim, checker, connect, site):
    asked = serve(site, "/w/api.php", wiki)
    connect("wikipedia", "/w/api.php")
    look(claim, checker)
    before = len(asked)
    look(claim, checker)
    assert len(asked) == before


def test_no_service_is_asked_while_it_is_off_or_about_a_claim_of_little_worth(claim, checker, connect):
    connect("wikipedia", "/w/api.php", on=False)
    look(claim, checker)
    assert not Asking.objects.exists()

    connect("gdelt", "/doc")
    Claim.objects.filter(pk=claim.pk).update(check_worthiness=0.2)
    queue_find(claim)
    work()
    assert not Asking.objects.exists()


def queue_find(claim: Claim) -> None:
    from django.db import transaction  # noqa: PLC0415 a test's own

    with transaction.atomic():
        queue.enqueue("sources.find", claim.pk, group=claim.revision.article.group, again=True)


JSON_TYPE = {"Content-Type": "application/json"}
FAULTS = {
    "down": answer(503, "down"),
    "limit": answer(429, "slow down", {"Retry-After": "120"}),
    **{lie: liar(lie) for lie in ("html", "huge", "encoding", "picture")},
    "shape": answer(200, '{"query": []}', {"Content-Type": "application/json"}),
    "bomb": answer(200, gzip.compress(b" " * 20_000_000), {**JSON_TYPE, "Content-Encoding": "gzip"}),
    "circle": answer(302, "", {"Location": "/w/api.php"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_is_wrong_the_article_is_done_the_page_tells_and_it_is_asked_again(
    claim, checker, connect, site, client, fault
):
    serve(site, "/w/api.php", lambda _: FAULTS[fault])
    connect("wikipedia", "/w/api.php")
    look(claim, checker)

    article = claim.revision.article
    assert progress.of([article.group])[article.group].state == "done"
    made = Asking.objects.get()
    assert made.state == "failed"
    assert made.again_at is not None
    client.force_login(checker)
    page = client.get(reverse("desk:article", args=[article.pk])).content.decode()
    assert "Wikipedia could not be asked about 1 claim." in page
    assert "It is asked again" in page
    assert "could not be asked." in client.get(reverse("desk:claim", args=[claim.pk])).content.decode()

    serve(site, "/w/api.php", wiki)
    Connection.objects.update(shut_until=None)
    Asking.objects.update(again_at=timezone.now())
    assert connecting.ask_again_due() == 1
    work()
    assert Asking.objects.get().state == "answered"
    assert Evidence.objects.count() == 1
    page = client.get(reverse("desk:article", args=[article.pk])).content.decode()
    assert "could not be asked" not in page


def test_an_answer_on_which_a_connector_breaks_is_told_and_asked_for_again(
    claim, checker, connect, site, monkeypatch
):
    serve(site, "/w/api.php", wiki)
    connect("wikipedia", "/w/api.php")
    monkeypatch.setattr("sources.connectors.mediawiki.LONGEST", "not a number")
    look(claim, checker)
    made = Asking.objects.get()
    assert (made.state, made.error) == ("failed", "Wikipedia answered with something that we cannot read.")
    assert made.again_at is not None
    assert not Search.objects.filter(places="Wikipedia").exists()


def test_a_search_of_many_requests_ends_in_its_time(claim, checker, connect, site, monkeypatch):
    asked = serve(site, "/w/api.php", wiki)
    connect("wikipedia", "/w/api.php")
    monkeypatch.setattr(asking, "IN_ALL", 0.0)
    look(claim, checker)
    assert asked == []
    assert "took longer than 0 seconds in all" in Asking.objects.get().error


def test_a_newsrooms_archive_gives_pages_and_tells_how_many_robots_txt_keeps(claim, checker, connect, site):
    page = site.put(
        "/flood-in-norvale",
        "<html><body><article><p>"
        + "The flood in Norvale killed 26 people. " * 12
        + "</p></article></body></html>",
    )
    site.put("/robots.txt", "User-agent: *\nDisallow: /paid/", "text/plain")
    site.put("/list.txt", f"{page}\n{site.url('/paid/flood-in-norvale')}", "text/plain")
    connection = connect("archive", "/list.txt")
    look(claim, checker)

    source = Source.objects.get()
    assert (source.url, source.publisher) == (page, connection.label)
    assert "1 pages" in Search.objects.get(places=connection.label).note
    assert Evidence.objects.get().snapshot.source == source
    connection.refresh_from_db()
    assert connection.failures == 0
    assert connection.asked_today == 3  # the list, robots.txt, and the page on its own host


def test_a_service_that_is_slow_is_left_in_its_time(claim, checker, connect, site, monkeypatch):
    site.drip("/w/api.php", b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{")
    slow = site.pages["/w/api.php"]
    serve(site, "/w/api.php", lambda _: slow)
    connect("wikipedia", "/w/api.php")
    quick = asking.connector(Connection.objects.get()).limits.__class__(seconds=0.5)
    monkeypatch.setattr("sources.connectors.mediawiki.MediaWiki.limits", quick)
    monkeypatch.setattr(
        "sources.connectors.mediawiki.MediaWiki.__init__",
        lambda self, address="", key="": object.__setattr__(self, "address", address),
    )
    look(claim, checker)
    assert "took longer than 0.5 seconds" in Asking.objects.get().error


def test_after_three_failures_a_service_is_left_alone_and_asked_nothing(claim, checker, connect, site):
    asked = serve(site, "/w/api.php", lambda _: answer(503, "down"))
    connection = connect("wikipedia", "/w/api.php")
    for _ in range(3):
        look(claim, checker)
    connection.refresh_from_db()
    assert connection.failures == 3
    assert connection.shut_until > timezone.now() + timedelta(minutes=4)
    before = len(asked)
    look(claim, checker)
    assert len(asked) == before
    assert "left alone for a while" in Asking.objects.get().error


def test_a_wait_that_the_service_asks_for_is_kept(claim, checker, connect, site):
    serve(site, "/w/api.php", lambda _: answer(429, "", {"Retry-After": "600"}))
    connection = connect("wikipedia", "/w/api.php")
    look(claim, checker)
    connection.refresh_from_db()
    assert connection.shut_until > timezone.now() + timedelta(minutes=9)
    assert Asking.objects.get().again_at >= connection.shut_until


def test_past_the_days_requests_nothing_leaves_until_tomorrow(claim, checker, connect, site):
    asked = serve(site, "/w/api.php", wiki)
    connection = connect("wikipedia", "/w/api.php")
    today = timezone.now().date()
    Connection.objects.update(per_day=5, asked_today=5, asked_on=today)
    look(claim, checker)
    assert asked == []
    assert "5 requests to Wikipedia for today are used up" in Asking.objects.get().error
    assert Asking.objects.get().again_at.date() == today + timedelta(days=1)
    connection.refresh_from_db()
    assert connection.failures == 0


def test_pages_that_are_named_and_cannot_be_read_are_counted_in_the_log(claim, checker, connect, site):
    good = site.put(
        "/good",
        "<html><body><article><p>"
        + "The flood in Norvale killed 26 people. " * 12
        + "</p></article></body></html>",
    )
    rows = [
        {"url": good, "title": "Good"},
        {"url": site.url("/missing"), "title": "Gone"},
        {"url": "http://169.254.169.254/latest/meta-data/", "title": "Metadata"},
    ]
    serve(site, "/doc", lambda _: {"articles": rows})
    connect("gdelt", "/doc")
    look(claim, checker)
    assert [source.url for source in Source.objects.all()] == [good]
    assert "2 pages" in Search.objects.get(places="GDELT").note


def test_an_articles_own_page_is_no_evidence_for_it(claim, checker, connect, site):
    article = claim.revision.article
    article.url = site.put("/own", "<p>" + TEXT * 20 + "</p>")
    article.save(update_fields=["url"])
    serve(site, "/doc", lambda _: {"articles": [{"url": article.url, "title": "Own"}]})
    connect("gdelt", "/doc")
    look(claim, checker)
    assert not Source.objects.exists()


def test_a_hostile_page_is_text(claim, checker, connect, site, client):
    hostile = {
        **PAGE,
        "title": "<script>alert(1)</script>",
        "extract": "The flood in Norvale killed 26 people. <img src=x onerror=alert(1)> \u202e\u2066",
    }
    serve(
        site,
        "/w/api.php",
        lambda given: {"query": {"pages": [hostile]}} if "pageids" in given else wiki(given),
    )
    connect("wikipedia", "/w/api.php")
    look(claim, checker)
    client.force_login(checker)
    page = client.get(reverse("desk:claim", args=[claim.pk])).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_keys_are_neither_stored_nor_told(claim, checker, connect, site):
    serve(
        site, "/claims:search", lambda _: answer(403, json.dumps({"error": {"message": "API key not valid"}}))
    )
    connect("google_factcheck", "/claims:search")
    look(claim, checker)
    kept = [
        *Connection.objects.values_list("last_error", "address"),
        *Asking.objects.values_list("error", "query"),
    ]
    assert "secret-key" not in str(kept)
    serve(site, "/claims:search", lambda _: {})
    Connection.objects.update(shut_until=None, failures=0)
    look(claim, checker)
    assert Asking.objects.get().state == "answered"
    assert cache._cache  # type: ignore[attr-defined]  # the answer is kept
    assert not any(b"secret-key" in kept for kept in cache._cache.values())  # type: ignore[attr-defined]
    assert "secret-key" not in str(list(AuditEvent.objects.values_list("data", flat=True)))


def test_a_connection_is_set_up_once_with_a_whole_address_by_admins(admin, editor, site):
    made = connecting.add_connection(by=admin, kind="feed", address=site.url("/feed"), label="Courier")
    assert (made.on, made.label) == (False, "Courier")
    with pytest.raises(Conflict, match="already"):
        connecting.add_connection(by=admin, kind="feed", address=site.url("/feed"))
    with pytest.raises(Invalid, match="whole address"):
        connecting.add_connection(by=admin, kind="feed", address="javascript:alert(1)")
    with pytest.raises(Invalid, match="no such kind"):
        connecting.add_connection(by=admin, kind="telepathy", address="")
    with pytest.raises(Forbidden):
        connecting.add_connection(by=editor, kind="gdelt", address="")
    with pytest.raises(Conflict, match="meanwhile"):
        connecting.switch(made.pk, by=admin, version=9, on=True)
    assert Connection.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "status"), [("reader", 403), ("checker", 403), ("editor", 403), ("admin", 200)]
)
def test_the_page_is_for_admins(request, client, role, status):
    client.force_login(request.getfixturevalue(role))
    assert client.get(reverse("desk:connections")).status_code == status


def test_an_admin_sets_up_switches_and_checks_a_service(client, admin, site, settings):
    settings.CLAIMDESK_FETCH_ALLOW = frozenset([site.place])
    client.force_login(admin)
    given = {"kind": "wikipedia", "address": site.url("/w/api.php"), "per_day": 10}
    client.post(reverse("desk:connections"), given)
    row = Connection.objects.get()
    client.post(reverse("desk:switch_connection", args=[row.pk]), {"version": 1, "on": "1"})
    answered = client.post(reverse("desk:check_connection", args=[row.pk]), follow=True).content.decode()
    assert "Wikipedia does not work" in answered
    row.refresh_from_db()
    assert (row.on, row.failures) == (True, 1)

    serve(site, "/w/api.php", wiki)
    answered = client.post(reverse("desk:check_connection", args=[row.pk]), follow=True).content.decode()
    assert "Wikipedia works." in answered
    row.refresh_from_db()
    assert row.failures == 0
    assert list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True)) == [
        "connection.added",
        "connection.switched_on",
    ]


def test_the_form_keeps_what_was_typed_when_it_is_refused(client, admin):
    client.force_login(admin)
    answered = client.post(
        reverse("desk:connections"), {"kind": "feed", "address": "no address", "per_day": 10}
    )
    assert answered.status_code == 422
    assert 'value="no address"' in answered.content.decode()


def test_many_connections_cost_as_many_queries_as_one(client, admin, django_assert_max_num_queries):
    client.force_login(admin)
    for n in range(10):
        connecting.add_connection(by=admin, kind="feed", address=f"https://feed.example/{n}")
    with django_assert_max_num_queries(9):
        client.get(reverse("desk:connections"))


def test_each_verb_has_its_sentence_in_the_history(claim, checker, connect, site, client):
    serve(site, "/w/api.php", lambda _: answer(503, "down"))
    connect("wikipedia", "/w/api.php")
    look(claim, checker)
    client.force_login(checker)
    page = client.get(reverse("desk:claim", args=[claim.pk])).content.decode()
    assert "could not ask Wikipedia" in page


def test_factories_are_untouched_by_services():
    assert factories.SourceFactory().found_by == ""
