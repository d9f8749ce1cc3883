"""What everyone reads: published checks and nothing else, safely, with what was corrected on top."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from jsonschema import validate

from accounts.models import User
from claims.models import Claim
from common import guards
from public.claimreview import as_script
from reviews.actions import absence_plans, decisions, publishing, verdicts
from reviews.models import Publication
from reviews.verify import ALL_GUARDS
from sources import actions as sources
from sources import judging
from sources.models import Search
from tests import factories

pytestmark = pytest.mark.django_db

CLAIMREVIEW = {
    "type": "object",
    "required": ["@context", "@type", "url", "claimReviewed", "author", "itemReviewed", "reviewRating"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "ClaimReview"},
        "url": {"type": "string", "pattern": "^https?://"},
        "claimReviewed": {"type": "string", "minLength": 1},
        "author": {"required": ["@type", "name", "url"]},
        "itemReviewed": {"required": ["@type"], "properties": {"@type": {"const": "Claim"}}},
        "reviewRating": {
            "required": ["@type", "alternateName"],
            "dependentRequired": {"ratingValue": ["bestRating", "worstRating"]},
        },
    },
}


@pytest.fixture
def published(claim_at: Callable[..., Claim], checker: User, editor: User) -> Callable[..., Publication]:
    """A publication, from a claim brought there by people."""

    def make(**claim: Any) -> Publication:
        return Publication.objects.get(claim=claim_at("published", author=checker, editor=editor, **claim))

    return make


def _address(publication: Publication) -> str:
    return f"/published/{publication.year}/{publication.slug}/"


def _json_ld(page: str) -> dict[str, Any]:
    written = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    found: dict[str, Any] = json.loads(written)
    return found


def _corrected(claim: Claim, by: User, approver: User, note: str, **proposed: Any) -> None:
    claim.refresh_from_db()
    publishing.correct(claim.pk, by=by, version=claim.version, reason="A later count.")
    claim.refresh_from_db()
    given = verdicts.Proposed(rating="mostly", rationale="24 at first [E1]", **proposed)
    verdicts.submit(claim.pk, by=by, version=claim.version, proposed=given)
    claim.refresh_from_db()
    decisions.approve(claim.pk, by=approver, version=claim.version)
    claim.refresh_from_db()
    publishing.publish(claim.pk, by=approver, version=claim.version, note=note)


def test_a_fact_check_shows_claim_verdict_reasons_and_sources_in_this_order(
    client: Client, published: Callable[..., Publication]
) -> None:
    publication = published()

    page = client.get(_address(publication)).text

    parts = [
        publication.claim_text,
        "Published: </span>",
        "The civil protection office counts 26.",
        "How we know",
    ]
    parts += ['href="#source-1"', 'id="source-1"', "Nadia Rahman checked, Ines Calloway approved."]
    places = [page.index(part, page.index("<main")) for part in parts]
    assert places == sorted(places)


def test_what_is_not_public_cannot_be_read(client: Client, claim_at: Callable[..., Claim]) -> None:
    claim_at("approved", text="A claim that waits")

    assert "A claim that waits" not in client.get("/published/").text
    assert client.get("/published/2026/a-claim-that-waits/").status_code == 404


def test_the_public_needs_no_script_no_cookie_and_may_be_cached(
    client: Client, published: Callable[..., Publication]
) -> None:
    answer = client.get(_address(published()))

    assert "public" in answer.headers["Cache-Control"]
    assert answer.headers["ETag"]
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "<script src" not in answer.text


def test_a_page_that_did_not_change_is_not_sent_again(
    client: Client, published: Callable[..., Publication]
) -> None:
    address = _address(published())
    etag = client.get(address).headers["ETag"]

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_the_claimreview_is_valid_and_says_what_the_page_says(
    client: Client, published: Callable[..., Publication]
) -> None:
    publication = published()

    review = _json_ld(client.get(_address(publication)).text)

    validate(review, CLAIMREVIEW)
    assert review["claimReviewed"] == publication.claim_text
    assert review["reviewRating"]["alternateName"] == "True"
    assert review["reviewRating"]["ratingValue"] == 5
    assert review["itemReviewed"]["author"]["name"] == "Officials"


def test_a_rating_that_is_no_point_between_true_and_false_has_no_number(
    client: Client, published: Callable[..., Publication], scale: list[Any]
) -> None:
    publication = published()
    rating = publication.verdict.rating
    rating.number = None
    rating.save()

    review = _json_ld(client.get(_address(publication)).text)

    assert set(review["reviewRating"]) == {"@type", "alternateName"}


def test_no_text_can_end_the_script_that_carries_the_claimreview() -> None:
    written = as_script({"claimReviewed": "</script><script>alert(1)</script>\u2028"})

    assert "<" not in written
    assert json.loads(written)["claimReviewed"] == "</script><script>alert(1)</script>\u2028"


def test_hostile_text_stays_text_on_the_page(client: Client, published: Callable[..., Publication]) -> None:
    publication = published(text="<script>alert(1)</script> was said", claimant="<b>Someone</b>")

    page = client.get(_address(publication)).text

    assert "<script>alert" not in page
    assert "<b>Someone" not in page


def test_a_correction_stands_above_the_claim_and_in_the_list_and_the_feed(
    client: Client, published: Callable[..., Publication], editor: User, editor2: User
) -> None:
    first = published()
    _corrected(first.claim, editor, editor2, "We changed the verdict.", summary="The office counts 24.")

    page = client.get(_address(first)).text

    assert page.index("We changed the verdict.") < page.index("The office counts 24.", page.index("<main"))
    assert "We changed the verdict." in client.get("/corrections/").text
    assert "We changed the verdict." in client.get("/feeds/corrections.atom").text
    review = _json_ld(page)
    assert review["correction"]["text"] == "We changed the verdict."
    assert review["dateModified"] > review["datePublished"]


def test_the_history_keeps_every_version_and_marks_what_changed(
    client: Client, published: Callable[..., Publication], editor: User, editor2: User
) -> None:
    first = published()
    _corrected(first.claim, editor, editor2, "We changed the verdict.")

    page = client.get(_address(first) + "history/").text

    assert page.index("Version 2") < page.index("Version 1")
    assert "<ins>24 at first</ins>" in page


def test_a_retracted_check_stays_up_says_why_and_leaves_the_feeds(
    client: Client, published: Callable[..., Publication], editor: User
) -> None:
    publication = published()
    claim = publication.claim
    publishing.retract(claim.pk, by=editor, version=claim.version, reason="The count was forged.")

    page = client.get(_address(publication))

    assert page.status_code == 200
    assert "The count was forged." in page.text
    assert "application/ld+json" not in page.text
    assert "The civil protection office counts 26." not in page.text
    assert publication.claim_text not in client.get("/feeds/latest.atom").text
    assert client.get("/feeds/claimreview.json").json()["dataFeedElement"] == []
    assert "The count was forged." in client.get(f"/embed/{claim.pk}/").text


def test_an_absence_is_told_by_its_search(
    client: Client, claim_at: Callable[..., Claim], checker: User, editor: User
) -> None:
    claim = claim_at("in_progress", author=checker)
    search = sources.record_search(
        claim.pk,
        by=checker,
        query="dam failure",
        places="the gazette",
        found=0,
        note="A court record would refute it.",
    )
    given = verdicts.Proposed(rating="unproven", rationale="Nothing that can be checked.", search=search.pk)
    verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=given)
    claim.refresh_from_db()
    made = publishing.approve_and_publish(claim.pk, by=editor, version=claim.version)

    page = client.get(_address(made)).text

    assert "None found as of" in page
    assert "in the gazette." in page
    assert "A court record would refute it." in page


@pytest.fixture
def absent(claim_at: Callable[..., Claim], checker: User, editor: User) -> Callable[..., Publication]:
    """What is public of a verdict that rests on a search with this result."""

    def make(found: int, set_aside: str = "", would_refute: str = "") -> Publication:
        claim = claim_at("in_progress", author=checker)
        planned = absence_plans.Planned(would_refute)
        absence_plans.plan(claim.pk, by=checker, version=0, planned=planned)
        search = sources.record_search(
            claim.pk, by=checker, query="dam", places="the gazette", found=found, set_aside=set_aside, note=""
        )
        given = verdicts.Proposed(rating="unproven", rationale="Nothing to check.", search=search.pk)
        verdicts.submit(claim.pk, by=checker, version=claim.version, proposed=given)
        claim.refresh_from_db()
        return publishing.approve_and_publish(claim.pk, by=editor, version=claim.version)

    return make


def test_an_absence_says_what_would_refute_it_and_when_it_is_searched_for_again(
    client: Client, absent: Callable[..., Publication], checker: User
) -> None:
    made = absent(0, would_refute="A <b>court</b> record.")
    week = timezone.localdate() + timedelta(days=7)
    page = client.get(_address(made)).text

    assert "None found as of" in page
    assert "<strong>What would refute this:</strong> A &lt;b&gt;court&lt;/b&gt; record." in page
    assert f"We search again on {date_format(week, 'j F Y')}." in page

    later = timezone.localdate() + timedelta(days=30)
    planned = absence_plans.Planned("Another thing.", next_on=later)
    absence_plans.plan(made.claim_id, by=checker, version=1, planned=planned)
    page = client.get(_address(made)).text
    assert f"We search again on {date_format(later, 'j F Y')}." in page
    assert "Another thing." not in page  # nobody approved it


def test_a_verdict_on_evidence_says_nothing_of_a_next_search(
    client: Client, claim_at: Callable[..., Claim]
) -> None:
    page = client.get(_address(claim_at("published").publications.get())).text
    assert "We search again" not in page
    assert "What would refute this" not in page


def test_what_was_found_and_does_not_bear_on_the_claim_is_told_as_that(
    client: Client, absent: Callable[..., Publication]
) -> None:
    page = client.get(_address(absent(3, "All three are about another dam."))).text

    assert "None of 3 found bears on the claim as of" in page
    assert "All three are about another dam." in page
    assert "None found" not in page


def test_a_verdict_from_before_the_rule_says_how_many_were_found(
    client: Client, absent: Callable[..., Publication]
) -> None:
    made = absent(0)
    guards.uninstall(ALL_GUARDS, connection)
    Search.objects.update(found=3)
    guards.install(ALL_GUARDS, connection)

    page = client.get(_address(made)).text

    assert "3 found as of" in page
    assert "None found" not in page


def test_what_was_looked_at_and_not_used_is_named_with_the_reason(
    client: Client, claim_at: Callable[..., Claim], checker: User, editor: User
) -> None:
    claim = claim_at("in_review", author=checker)
    for publisher, aside in (("Civil Protection", "A copy"), ("North Line", "It is about another flood.")):
        source = factories.SourceFactory(title=f"From {publisher}", publisher=publisher)
        item = factories.EvidenceFactory(claim=claim, snapshot=factories.SnapshotFactory(source=source))
        judging.set_aside(item.pk, by=checker, reason=aside)
    factories.EvidenceFactory(
        claim=claim, added_by=None, model_version="tests/1", snapshot__source__title="Unread"
    )
    made = publishing.approve_and_publish(claim.pk, by=editor, version=claim.version)

    page = " ".join(client.get(_address(made)).text.split())

    assert "From Civil Protection</a> (repeats source 1)" in page
    assert "From North Line</a> (It is about another flood.)" in page
    assert "Unread" not in page


def test_the_archive_is_searched_by_words_and_rating(
    client: Client, published: Callable[..., Publication]
) -> None:
    published(text="Cats are liquid")
    published(text="Dogs can fly")

    assert "Dogs can fly" not in client.get("/published/", {"q": "liquid"}).text
    assert "No fact-check matches." in client.get("/published/", {"rating": "false"}).text


def test_a_cursor_that_is_not_ours_is_refused_in_words(client: Client) -> None:
    answer = client.get("/published/", {"cursor": "nonsense"})

    assert answer.status_code == 422
    assert "This cursor is not one of ours." in answer.text


def test_the_card_may_be_framed_anywhere_and_pages_nowhere(
    client: Client, published: Callable[..., Publication]
) -> None:
    publication = published()

    card = client.get(f"/embed/{publication.claim_id}/")
    page = client.get(_address(publication))

    assert "frame-ancestors *" in card.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in card.headers
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_the_feeds_carry_what_stands(client: Client, published: Callable[..., Publication]) -> None:
    publication = published()

    atom = client.get("/feeds/latest.atom")
    data = client.get("/feeds/claimreview.json").json()

    assert atom.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert f"True: {publication.claim_text}" in atom.text
    validate(data["dataFeedElement"][0]["item"][0], CLAIMREVIEW)


def test_the_json_feed_carries_what_stands_and_a_correction_as_news(
    client: Client, published: Callable[..., Publication]
) -> None:
    publication = published()

    answer = client.get("/feeds/latest.json")

    feed = answer.json()
    assert answer.headers["Content-Type"] == "application/feed+json"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith("/feeds/latest.json")
    (item,) = feed["items"]
    assert item["url"].endswith(_address(publication))
    assert item["id"] == item["url"] + "#v1"
    assert item["title"] == f"True: {publication.claim_text}"
    assert (item["content_text"], item["tags"]) == (
        publication.verdict.rationale.replace("[E1]", "[1]"),
        ["True"],
    )


def test_strangers_read_the_newest_checks_and_staff_go_to_work(
    client: Client, published: Callable[..., Publication], checker: User
) -> None:
    publication = published()

    assert publication.claim_text in client.get("/").text
    client.force_login(checker)
    assert client.get("/").headers["Location"] == "/queue/"


def test_crawlers_are_kept_out_of_the_desk(client: Client) -> None:
    assert "Disallow: /queue/" in client.get("/robots.txt").text


@pytest.mark.parametrize(
    "path", ["/published/", "/corrections/", "/how-we-check/", "/feeds/latest.atom", "/feeds/latest.json"]
)
def test_an_empty_newsroom_has_pages_too(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 200
