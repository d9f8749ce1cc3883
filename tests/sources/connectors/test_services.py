"""Each connector against a local server that answers in the real service's format, refusals and nonsense included."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

import pytest

from common.addresses import AddressRule
from common.fetch import FetchError, fetch
from sources.connectors import KINDS, Question
from tests.common.servers import Site, answer, site

__all__ = ["site"]

QUESTION = Question(
    claim="The flood in Norvale killed 26 people on 3 May.",
    words=("Norvale", "flood", "killed", "people", "26"),
    names=("Norvale",),
)


@pytest.fixture
def get(site: Site) -> Callable:
    rule = AddressRule.allowing([site.place])
    return lambda url, accept: fetch(url, accept=accept, rule=rule, timeout=3, max_bytes=200_000)


def serve(site: Site, path: str, respond: Callable[[dict[str, str]], object]) -> list[dict[str, str]]:
    """Answer every request below a path with JSON made from its parameters; gives the requests."""
    asked: list[dict[str, str]] = []

    class Pages(dict):
        def get(self, given, default=None):
            parts = urlsplit(given)
            if parts.path != path:
                return super().get(given, default)
            parameters = {name: values[0] for name, values in parse_qs(parts.query).items()}
            asked.append(parameters)
            said = respond(parameters)
            if callable(said):
                return said
            body = said if isinstance(said, str) else json.dumps(said)
            return answer(200, body, {"Content-Type": "application/json; charset=utf-8"})

    site.pages = Pages(site.pages)
    return asked


# Google Fact Check Tools

REVIEW = {
    "publisher": {"name": "Awesome Checks", "site": "awesome.example"},
    "url": "https://awesome.example/flood",
    "title": "Did the flood kill 26?",
    "reviewDate": "2026-01-09T00:00:00Z",
    "textualRating": "Mostly false",
    "languageCode": "en",
}


def test_google_gives_the_claim_its_claimant_and_the_rating_as_a_text(site, get):
    claim = {"text": "26 people died in Norvale.", "claimant": "John Doe", "claimReview": [REVIEW]}
    asked = serve(site, "/claims:search", lambda _: {"claims": [claim]})
    [found] = KINDS["google_factcheck"](address=site.url("/claims:search"), key="k").search(QUESTION, get)

    assert found.text == "John Doe said: 26 people died in Norvale.\n\nAwesome Checks rated it: Mostly false."
    assert (found.kind, found.publisher, found.url) == ("fact_check", "Awesome Checks", REVIEW["url"])
    assert found.published.isoformat() == "2026-01-09T00:00:00+00:00"
    assert asked[0] == {"query": QUESTION.claim, "languageCode": "en", "pageSize": "10", "key": "k"}


def test_google_is_asked_for_its_second_page_with_the_same_words(site, get):
    def respond(given):
        if "pageToken" in given:
            return {
                "claims": [{"text": "Second.", "claimReview": [{**REVIEW, "url": "https://b.example/2"}]}]
            }
        return {"claims": [{"text": "First.", "claimReview": [REVIEW]}], "nextPageToken": "CAo"}

    asked = serve(site, "/claims:search", respond)
    found = KINDS["google_factcheck"](address=site.url("/claims:search"), key="k").search(QUESTION, get)

    assert [one.url for one in found] == [REVIEW["url"], "https://b.example/2"]
    assert [given.get("pageToken") for given in asked] == [None, "CAo"]


def test_a_review_without_rating_address_or_claim_is_left_out(site, get):
    broken = [
        {"text": "No address.", "claimReview": [{**REVIEW, "url": "javascript:alert(1)"}]},
        {"text": "No rating.", "claimReview": [{**REVIEW, "textualRating": ""}]},
        {"claimReview": [REVIEW]},
        {"text": "Not a list.", "claimReview": "x"},
        "not an object",
    ]
    serve(site, "/claims:search", lambda _: {"claims": broken})
    assert KINDS["google_factcheck"](address=site.url("/claims:search"), key="k").search(QUESTION, get) == []


# MediaWiki

PAGE = {
    "pageid": 7,
    "title": "Norvale flood",
    "extract": "The flood killed 26 people.\n\n\n== Aftermath ==\nAn inquiry began.",
    "canonicalurl": "https://en.wikipedia.org/wiki/Norvale_flood",
    "pagelanguage": "en",
    "touched": "2026-02-03T04:05:06Z",
}


def wiki(given):
    if given.get("list") == "search":
        return {"query": {"search": [{"title": "Norvale flood", "pageid": 7}]}, "continue": {"sroffset": 3}}
    if given.get("pageids") == "7":
        return {"query": {"pages": [PAGE]}}
    return {"query": {"general": {"sitename": "Wikipedia"}}}


def test_a_wiki_gives_the_pages_that_search_finds_with_their_plain_text(site, get):
    asked = serve(site, "/w/api.php", wiki)
    connector = KINDS["wikipedia"](address=site.url("/w/api.php"))
    [found] = connector.search(QUESTION, get)
    connector.health(get)

    assert found.text == PAGE["extract"]
    assert (found.url, found.title, found.language) == (PAGE["canonicalurl"], "Norvale flood", "en")
    assert asked[0]["srsearch"] == "Norvale flood killed people 26"
    assert asked[1]["explaintext"] == "1"


def test_a_wiki_that_finds_nothing_is_asked_with_fewer_words(site, get):
    asked = serve(site, "/w/api.php", lambda _: {"query": {"search": []}})
    assert KINDS["wikipedia"](address=site.url("/w/api.php")).search(QUESTION, get) == []
    assert [given["srsearch"] for given in asked] == [
        "Norvale flood killed people 26",
        "Norvale flood killed people",
    ]


def test_a_wiki_that_lags_says_so_with_status_200_and_is_asked_later(site, get):
    serve(
        site, "/w/api.php", lambda _: {"error": {"code": "maxlag", "info": "Waiting for a database server"}}
    )
    with pytest.raises(FetchError, match="Waiting for a database server") as caught:
        KINDS["wikipedia"](address=site.url("/w/api.php")).search(QUESTION, get)
    assert (caught.value.retry, caught.value.wait) == (True, 5.0)


# Wikidata


def wikidata(given):
    if given["action"] == "wbsearchentities":
        return {"search": [{"id": "Q5", "label": "Norvale"}]}
    if given["ids"] == "Q5":
        people = {
            "mainsnak": {"datavalue": {"type": "quantity", "value": {"amount": "+12400", "unit": "1"}}},
            "qualifiers": {
                "P585": [
                    {
                        "datavalue": {
                            "type": "time",
                            "value": {"time": "+2021-00-00T00:00:00Z", "precision": 9},
                        }
                    }
                ]
            },
            "rank": "normal",
        }
        country = {
            "mainsnak": {"datavalue": {"value": {"entity-type": "item", "id": "Q9"}}},
            "rank": "normal",
        }
        wrong = {"mainsnak": {"datavalue": {"value": {"amount": "+9"}}}, "rank": "deprecated"}
        named = {"labels": {"en": {"value": "Norvale"}}, "descriptions": {"en": {"value": "town"}}}
        return {"entities": {"Q5": {**named, "claims": {"P1082": [people, wrong], "P17": [country]}}}}
    labels = {"P1082": "population", "P17": "country", "Q9": "Orrland"}
    return {"entities": {one: {"labels": {"en": {"value": labels[one]}}} for one in given["ids"].split("|")}}


def test_wikidata_gives_the_statements_of_a_name_in_sentences_with_their_day(site, get):
    serve(site, "/w/api.php", wikidata)
    [found] = KINDS["wikidata"](address=site.url("/w/api.php")).search(QUESTION, get)

    assert found.text.split("\n\n") == [
        "Norvale: town.",
        "Norvale: population is 12,400 (as of 2021).",
        "Norvale: country is Orrland.",
    ]
    assert (found.url, found.kind) == ("https://www.wikidata.org/wiki/Q5", "data")


@pytest.mark.parametrize(
    ("code", "retry"), [("ratelimited", True), ("internal_api_error_X", True), ("badtoken", False)]
)
def test_wikidata_refuses_with_status_200_and_that_is_no_search_without_a_find(site, get, code, retry):
    serve(site, "/w/api.php", lambda _: {"error": {"code": code, "info": "Not now."}})
    with pytest.raises(FetchError, match="Wikidata says: Not now") as caught:
        KINDS["wikidata"](address=site.url("/w/api.php")).search(QUESTION, get)
    assert caught.value.retry is retry


def test_wikidata_that_names_no_item_or_an_endless_number_is_not_believed(site, get):
    serve(site, "/w/api.php", lambda _: {"search": [{"id": "Q5|../x" + "y" * 1200}]})
    assert KINDS["wikidata"](address=site.url("/w/api.php")).search(QUESTION, get) == []

    endless = {"mainsnak": {"datavalue": {"value": {"amount": "+" + "9" * 5000}}}}

    def respond(given):
        if given["action"] == "wbgetentities":
            return {"entities": {"Q5": {"labels": {"en": {"value": "Norvale"}}, "claims": {"P1": [endless]}}}}
        return wikidata(given)

    serve(site, "/w/api.php", respond)
    [found] = KINDS["wikidata"](address=site.url("/w/api.php")).search(QUESTION, get)
    assert found.text == "Norvale."


# GDELT


def test_gdelt_gives_articles_whose_pages_are_still_to_be_fetched(site, get):
    row = {
        "url": "https://courier.example/flood",
        "url_mobile": "",
        "title": "Flood kills 26 in Norvale",
        "seendate": "20260504T101500Z",
        "domain": "courier.example",
        "language": "English",
        "sourcecountry": "United Kingdom",
    }
    asked = serve(site, "/doc", lambda _: {"articles": [row, {"title": "No address"}]})
    [found] = KINDS["gdelt"](address=site.url("/doc")).search(QUESTION, get)

    assert (found.url, found.text, found.publisher) == (row["url"], "", "courier.example")
    assert found.published.isoformat() == "2026-05-04T10:15:00+00:00"
    assert (asked[0]["mode"], asked[0]["format"]) == ("artlist", "json")


def test_gdelt_refuses_in_plain_text_and_its_words_are_told(site, get):
    site.put("/doc?", "", "text/html")
    serve(site, "/doc", lambda _: "Please limit requests to one every 5 seconds or contact us.\n")
    with pytest.raises(FetchError, match="one every 5 seconds") as caught:
        KINDS["gdelt"](address=site.url("/doc")).search(QUESTION, get)
    assert caught.value.retry


# SearXNG


def test_searxng_gives_the_pages_of_its_engines(site, get):
    results = [
        {
            "url": "https://a.example/1",
            "title": "A <b>flood</b>",
            "content": "…",
            "publishedDate": "2026-05-04T00:00:00",
        },
        {"url": "ftp://a.example/2", "title": "Not a page"},
    ]
    asked = serve(site, "/search", lambda _: {"query": "x", "results": results, "unresponsive_engines": []})
    [found] = KINDS["searxng"](address=site.url("/")).search(QUESTION, get)
    assert (found.url, found.title, found.text) == ("https://a.example/1", "A flood", "")
    assert asked[0]["format"] == "json"


def test_searxng_without_json_tells_how_to_switch_it_on(site, get):
    serve(site, "/search", lambda _: answer(403, "Forbidden"))
    with pytest.raises(FetchError, match=r"settings\.yml"):
        KINDS["searxng"](address=site.url("/")).search(QUESTION, get)


def test_searxng_whose_engines_are_all_silent_is_asked_later(site, get):
    said = {"results": [], "unresponsive_engines": [["bing", "timeout"]]}
    serve(site, "/search", lambda _: said)
    with pytest.raises(FetchError, match="None of the engines") as caught:
        KINDS["searxng"](address=site.url("/")).search(QUESTION, get)
    assert caught.value.retry


# Feeds

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Courier</title>
<item><title>Flood in Norvale kills 26</title><link>https://courier.example/flood</link>
<description>People were killed.</description><pubDate>Mon, 04 May 2026 10:15:00 GMT</pubDate></item>
<item><title>Cheese prices</title><link>https://courier.example/cheese</link></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry>
<title>Norvale flood: people killed</title><link href="https://wire.example/1"/><updated>2026-05-04T10:15:00Z</updated>
<author><name>Ann Lee</name></author></entry></feed>"""


@pytest.mark.parametrize(("body", "publisher"), [(RSS, "The Courier"), (ATOM, "Wire")], ids=["rss", "atom"])
def test_a_feed_gives_the_entries_that_share_the_claims_words(site, get, body, publisher):
    site.put("/feed", body, "application/xml")
    [found] = KINDS["feed"](address=site.url("/feed")).search(QUESTION, get)
    assert found.publisher == publisher
    assert found.published.isoformat() == "2026-05-04T10:15:00+00:00"


def test_a_page_that_is_no_feed_is_told_of(site, get):
    site.put("/feed", "<html><p>Not found</p></html>")
    with pytest.raises(FetchError, match="no feed"):
        KINDS["feed"](address=site.url("/feed")).health(get)


# All of them

JSON_SERVICES = ["google_factcheck", "wikipedia", "wikidata", "gdelt", "searxng"]


def liar(kind: str) -> Callable[[BaseHTTPRequestHandler], None]:
    bodies = {
        "html": (b"<html><script>alert(1)</script>", "application/json"),
        "list": (b"[1, 2]", "application/json"),
        "encoding": (b'{"a": "\xff\xfe"}', "application/json"),
        "deep": (b'{"a":' + b"[" * 100_000, "application/json"),
        "empty": (b"", "application/json"),
        "picture": (b"\x89PNG", "image/png"),
        "huge": (b" " * 300_000, "application/json"),
    }
    body, content_type = bodies[kind]
    return answer(200, body, {"Content-Type": content_type})


@pytest.mark.parametrize("service", JSON_SERVICES)
@pytest.mark.parametrize("lie", ["html", "list", "encoding", "deep", "empty", "picture", "huge"])
def test_an_answer_that_lies_is_a_sentence_and_no_crash(site, get, service, lie):
    path = "/search" if service == "searxng" else "/api"
    serve(site, path, lambda _: liar(lie))
    with pytest.raises(FetchError) as caught:
        KINDS[service](address=site.url("/" if service == "searxng" else path), key="k").search(QUESTION, get)
    assert "<script>" not in str(caught.value)


@pytest.mark.parametrize("service", JSON_SERVICES)
def test_too_many_requests_tell_how_long_to_stay_away(site, get, service):
    path = "/search" if service == "searxng" else "/api"
    serve(site, path, lambda _: answer(429, "slow down", {"Retry-After": "120"}))
    with pytest.raises(FetchError) as caught:
        KINDS[service](address=site.url("/" if service == "searxng" else path), key="k").search(QUESTION, get)
    assert (caught.value.answered, caught.value.wait, caught.value.retry) == (429, 120.0, True)


@pytest.mark.parametrize("service", JSON_SERVICES)
def test_an_answer_of_the_wrong_shape_is_not_one_that_found_nothing(site, get, service):
    shapes = {"claims": 3, "query": [], "search": {"a": 1}, "articles": "x", "results": None, "entities": 5}
    path = "/search" if service == "searxng" else "/api"
    serve(site, path, lambda _: shapes)
    connector = KINDS[service](address=site.url("/" if service == "searxng" else path), key="k")
    with pytest.raises(FetchError, match="a form that we do not know") as caught:
        connector.search(QUESTION, get)
    assert caught.value.retry


@pytest.mark.parametrize(
    ("service", "nothing"),
    [
        ("google_factcheck", {}),  # both leave the list out
        ("gdelt", {}),
        ("wikipedia", {"batchcomplete": True, "query": {"searchinfo": {"totalhits": 0}, "search": []}}),
        ("wikidata", {"searchinfo": {"search": "Norvale"}, "search": [], "success": 1}),
        ("searxng", {"results": [], "unresponsive_engines": []}),
    ],
)
def test_each_services_own_way_to_say_that_there_is_nothing_is_understood(site, get, service, nothing):
    path = "/search" if service == "searxng" else "/api"
    serve(site, path, lambda _: nothing)
    connector = KINDS[service](address=site.url("/" if service == "searxng" else path), key="k")
    assert list(connector.search(QUESTION, get)) == []


@pytest.mark.parametrize(
    "day", ["0001-01-01T00:00:00", "9999-12-31T23:59:59-23:59", "0000-00-00", "x" * 9999]
)
def test_a_day_that_no_calendar_knows_breaks_nothing(site, get, day):
    review = {**REVIEW, "reviewDate": day}
    serve(site, "/claims:search", lambda _: {"claims": [{"text": "26 died.", "claimReview": [review]}]})
    [found] = KINDS["google_factcheck"](address=site.url("/claims:search"), key="k").search(QUESTION, get)
    assert found.published is None or found.published.year == 1

    site.put("/feed", RSS.replace("Mon, 04 May 2026 10:15:00 GMT", day), "application/xml")
    [found] = KINDS["feed"](address=site.url("/feed")).search(QUESTION, get)
    assert found.published is None or found.published.year == 1


@pytest.mark.parametrize(
    "url", ["https://a.example/\x00", "https://a.example/\ud800", "https://a.example/\u202ex"]
)
def test_an_address_that_a_database_or_an_eye_would_stumble_over_is_none(site, get, url):
    serve(site, "/doc", lambda _: {"articles": [{"url": url, "title": "Flood"}]})
    assert KINDS["gdelt"](address=site.url("/doc")).search(QUESTION, get) == []
