"""Fact-checks of others: read from any feed, kept once, found by their rarest words, decided by people."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from audit.models import AuditEvent
from claims import steps
from claims.actions import machine
from claims.checked import index, store
from claims.checked.feed import Row, rows
from claims.matching.words import stems
from claims.models import CheckMatch, FactCheck, StemCount
from reviews.actions import work
from sources.models import Evidence, Source
from tests import factories
from tests.common.servers import site

__all__ = ["site"]
pytestmark = pytest.mark.django_db

REVIEW = {
    "@context": "http://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example/flood",
    "claimReviewed": "The flood in Norvale killed 40 people.",
    "datePublished": "2026-05-09",
    "author": {"@type": "Organization", "name": "Checks", "url": "https://checks.example"},
    "itemReviewed": {"@type": "Claim", "author": {"name": "A <b>post</b>"}, "datePublished": "2026-05-05"},
    "reviewRating": {"ratingValue": 1, "bestRating": 5, "alternateName": "False"},
}
CLAIM = "The flood in Norvale killed 26 people."


def feed(*reviews: object) -> dict[str, object]:
    elements = [{"@type": "DataFeedItem", "dateCreated": "2026", "item": [review]} for review in reviews]
    return {"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": elements}


def read(content: object) -> list[Row]:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return list(rows(io.BytesIO(raw)))


FORMS = {
    "data commons": json.dumps(feed(REVIEW)).encode(),
    "one item each": json.dumps({"@type": "DataFeed", "dataFeedElement": [{"item": REVIEW}]}).encode(),
    "bare": json.dumps({"@type": "DataFeed", "dataFeedElement": [REVIEW]}, indent=1).encode(),
    "array": json.dumps([REVIEW]).encode(),
    "lines": json.dumps(REVIEW).encode() + b"\n",
    "gzip": gzip.compress(json.dumps(feed(REVIEW)).encode()),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_of_any_form_gives_its_rows(form):
    [row] = read(FORMS[form])
    assert (row.url, row.claim, row.rating) == (REVIEW["url"], REVIEW["claimReviewed"], "False")
    assert (row.publisher, row.claimant) == ("Checks", "A post")
    assert (str(row.reviewed_on), str(row.claimed_on)) == ("2026-05-09", "2026-05-05")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"url": "javascript:alert(1)"}, "no address"),
        ({"claimReviewed": " "}, "no claim"),
        ({"reviewRating": {}}, "no rating"),
        ({"reviewRating": "x"}, "no rating"),
    ],
)
def test_a_row_that_lacks_something_is_told_and_the_next_is_read(change, problem):
    bad, good = read(feed({**REVIEW, **change}, REVIEW))
    assert (bad.problem, bad.number, good.problem) == (problem, 1, "")


def test_a_rating_without_a_word_is_its_number():
    [row] = read(feed({**REVIEW, "reviewRating": {"ratingValue": 2, "bestRating": 5}}))
    assert row.rating == "2 of 5"


@pytest.mark.parametrize(
    "content", [b"<html>", b"", b"3", b'{"@type": "DataFeed", "dataFeedElement": [{"item"']
)
def test_what_is_no_feed_or_breaks_off_is_said(content):
    with pytest.raises(ValueError, match=r"no feed|breaks off"):
        read(content)


def test_rows_are_kept_once_and_a_changed_rating_is_taken_over():
    first = store.take_in(read(feed(REVIEW)), by=None, feed="test")
    changed = {**REVIEW, "reviewRating": {"alternateName": "Misleading"}}
    again = store.take_in(read(feed(changed)), by=None, feed="test")

    assert (first.new, again.new, again.known) == (1, 0, 1)
    assert FactCheck.objects.get().rating == "Misleading"
    assert StemCount.objects.get(stem="norval").n == 1
    assert AuditEvent.objects.filter(verb="factchecks.imported").count() == 2


def test_several_claims_of_one_page_are_several_fact_checks():
    other = {**REVIEW, "claimReviewed": "The dam in Norvale broke."}
    store.take_in(read(feed(REVIEW, other, REVIEW)), by=None, feed="test")
    assert FactCheck.objects.count() == 2


def test_the_right_one_is_found_among_others_by_its_rarest_words(monkeypatch):
    monkeypatch.setattr(index, "ENOUGH", 3)
    monkeypatch.setattr(store, "IN_MEMORY", 0)
    others = [
        {
            **REVIEW,
            "url": f"https://checks.example/{n}",
            "claimReviewed": f"A flood killed people in Town{n}ton.",
        }
        for n in range(30)
    ]
    store.take_in(read(feed(*others, REVIEW)), by=None, feed="test")
    found = store.like(CLAIM)
    assert found[0][0].url == REVIEW["url"]
    assert store.like("Cheese is made of milk.") == []


def test_of_rows_with_the_same_rare_words_the_one_that_shares_the_others_is_looked_at(monkeypatch):
    monkeypatch.setattr(index, "ENOUGH", 6)
    long = " ".join(f"Word{n}" for n in range(40))
    others = [
        {**REVIEW, "url": f"https://checks.example/{n}", "claimReviewed": f"Zorvath {long}."}
        for n in range(5)
    ]
    right = {**REVIEW, "claimReviewed": "Zorvath sold the old harbour to a friend."}
    common = [
        {**REVIEW, "url": f"https://checks.example/c{n}", "claimReviewed": f"They sold harbour {n}."}
        for n in range(9)
    ]
    store.take_in(read(feed(*others, right, *common)), by=None, feed="test")
    asked = stems("#Zorvath sold the harbour https://t.co/abc")
    [found] = FactCheck.objects.filter(pk__in=index.candidates(asked, size=15, limit=1))
    assert found.url == REVIEW["url"]


def test_a_hashtag_is_read_as_its_words_whether_many_are_known_or_few(monkeypatch):
    others = [
        {**REVIEW, "url": f"https://checks.example/{n}", "claimReviewed": f"Town{n} has a new harbour."}
        for n in range(30)
    ]
    right = {**REVIEW, "claimReviewed": "Governor Zorvath sold the harbour."}
    store.take_in(read(feed(*others, right)), by=None, feed="test")
    for in_memory in (20_000, 0):
        monkeypatch.setattr(store, "IN_MEMORY", in_memory)
        store.forget()
        assert store.like("Look: #GovernorZorvath")[0][0].url == REVIEW["url"]


def test_copies_of_one_claim_come_in_the_order_of_their_feed(monkeypatch):
    urls = [f"https://checks.example/{n}" for n in range(12)]
    store.take_in(read(feed(*({**REVIEW, "url": url} for url in urls))), by=None, feed="test")
    for in_memory in (20_000, 0):
        monkeypatch.setattr(store, "IN_MEMORY", in_memory)
        store.forget()
        assert [found.url for found, _ in store.like(CLAIM, limit=12)] == urls


@pytest.mark.parametrize(("in_memory", "queries"), [(0, 4), (20_000, 2)])
def test_finding_costs_a_few_queries(django_assert_num_queries, monkeypatch, in_memory, queries):
    monkeypatch.setattr(store, "IN_MEMORY", in_memory)
    store.take_in(read(feed(REVIEW)), by=None, feed="test")
    store.like(CLAIM)
    with django_assert_num_queries(queries):
        [(found, _)] = store.like(CLAIM)
    assert found.url == REVIEW["url"]


@pytest.fixture
def match(checker) -> CheckMatch:
    store.take_in(read(feed(REVIEW)), by=None, feed="test")
    claim = factories.ClaimFactory(text=CLAIM)
    assert machine.store_compared(claim.pk, steps.compare(claim.pk)) == [claim.pk]
    assert machine.store_compared(claim.pk, steps.compare(claim.pk)) == [claim.pk]
    return CheckMatch.objects.get()


def test_another_number_is_a_near_duplicate_and_only_suggested(match):
    assert (match.kind, match.state) == ("near_duplicate", "suggested")
    assert match.compared["differs"] == ["number"]


def test_the_page_shows_it_and_a_person_decides(match, client, checker):
    client.force_login(checker)
    page = client.get(reverse("desk:claim", args=[match.claim_id])).content.decode()
    assert "Checked by Checks:" in page
    assert "One says 26, the other 40." in page

    client.post(reverse("desk:check_match", args=[match.pk]), {"same": "no"})
    match.refresh_from_db()
    assert (match.state, match.decided_by) == ("rejected", checker)
    page = client.get(reverse("desk:claim", args=[match.claim_id])).content.decode()
    assert "Checked by Checks:" not in page


def test_it_is_used_as_evidence_and_settles_nothing(match, client, checker):
    claim = work.accept(match.claim_id, by=checker, version=1)
    work.take(claim.pk, by=checker, version=claim.version)
    client.force_login(checker)
    client.post(reverse("desk:check_match", args=[match.pk]), {"use": "1"})

    evidence = Evidence.objects.get()
    assert (evidence.stance, evidence.added_by) == ("context", checker)
    assert evidence.quote.endswith("Checks rated it: False.")
    assert Source.objects.get().kind == "fact_check"


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("checker", 302), ("editor", 302)])
def test_who_may_decide(match, client, request, role, status):
    client.force_login(request.getfixturevalue(role))
    assert client.post(reverse("desk:check_match", args=[match.pk]), {"same": "yes"}).status_code == status


def test_the_command_reads_a_file_and_an_address_and_says_what_it_left_out(tmp_path, site, settings, capsys):
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(feed(REVIEW, {**REVIEW, "url": ""})))
    call_command("import_claimreview", str(path))
    told = capsys.readouterr().out
    assert "1 new, 0 known before" in told
    assert "1 left out: no address (rows 2 …)" in told

    settings.CLAIMDESK_FETCH_ALLOW = frozenset([site.place])
    address = site.put("/feed.json", json.dumps(feed(REVIEW)), "application/json")
    call_command("import_claimreview", address)
    assert "0 new, 1 known before" in capsys.readouterr().out


def test_a_feed_that_breaks_off_keeps_what_came_before(tmp_path):
    path = tmp_path / "feed.json"
    whole = json.dumps(feed(*({**REVIEW, "url": f"https://checks.example/{n}"} for n in range(1500))))
    path.write_text(whole[:-200])
    with pytest.raises(CommandError, match="can be repeated"):
        call_command("import_claimreview", str(path))
    assert FactCheck.objects.count() >= 1000


def test_a_file_that_is_not_there_is_said():
    with pytest.raises(CommandError, match="no file"):
        call_command("import_claimreview", "nowhere.json")
