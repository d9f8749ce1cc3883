"""A newsroom's archive on a local server: sitemaps as sitemaps.org has them, robots.txt, and what may be wrong."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest

from common.addresses import AddressRule
from common.fetch import FetchError, fetch
from sources.connectors import KINDS, Found, Question, archive, sitemap
from tests.common.servers import Site, answer, site

__all__ = ["site"]

QUESTION = Question(
    claim="The flood in Norvale killed 26 people.", words=("Norvale", "flood", "killed", "people", "26")
)
URLSET = (
    '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">{}</urlset>'
)
INDEX = (
    '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'
)


@pytest.fixture
def get(site: Site) -> Callable:
    rule = AddressRule.allowing([site.place])
    return lambda url, accept: fetch(url, accept=accept, rule=rule, timeout=3, max_bytes=200_000)


def pages(*urls: str, more: str = "") -> str:
    return URLSET.format("".join(f"<url><loc>{url}</loc>{more}</url>" for url in urls))


def maps(*rows: tuple[str, str]) -> str:
    return INDEX.format(
        "".join(f"<sitemap><loc>{url}</loc><lastmod>{day}</lastmod></sitemap>" for url, day in rows)
    )


def search(site: Site, get: Callable, path: str = "/sitemap.xml", label: str = "The Courier") -> list[Found]:
    return list(KINDS["archive"](address=site.url(path), label=label).search(QUESTION, get))


def test_the_pages_whose_addresses_share_the_claims_words_are_found(site, get):
    flood, cheese = site.url("/2026/05/04/flood-in-norvale"), site.url("/cheese-prices-killed")
    site.put("/sitemap.xml", pages(cheese, flood), "application/xml")
    [found] = search(site, get)
    assert (found.url, found.text, found.publisher, found.barred) == (flood, "", "The Courier", False)


def test_a_news_sitemap_gives_headline_and_day_and_a_pictures_address_is_no_page(site, get):
    more = (
        "<image:image><image:loc>https://cdn.example/flood-norvale.jpg</image:loc></image:image>"
        "<news:news><news:publication_date>2026-05-04T10:15:00+02:00</news:publication_date>"
        "<news:title>Norvale flood: 26 killed &amp; more missing</news:title></news:news>"
    )
    site.put("/sitemap.xml", pages(site.url("/a/91823"), more=more), "application/xml")
    [found] = search(site, get)
    assert (found.url, found.title) == (site.url("/a/91823"), "Norvale flood: 26 killed & more missing")
    assert found.published.isoformat() == "2026-05-04T08:15:00+00:00"


def test_an_index_of_gzipped_maps_is_read_the_newest_first_and_only_of_its_own_site(site, get):
    old, new = site.url("/flood-norvale-old"), site.url("/flood-norvale-new")
    site.put("/1.xml.gz", gzip.compress(pages(old).encode()), "application/x-gzip")
    site.put("/2.xml.gz", gzip.compress(pages(new).encode()), "application/octet-stream")
    elsewhere = ("http://elsewhere.example/3.xml", "2026-05-06")
    rows = ((site.url("/1.xml.gz"), "2024-01-01"), (site.url("/2.xml.gz"), "2026-05-05"), elsewhere)
    site.put("/sitemap.xml", maps(*rows), "text/xml")

    assert {found.url for found in search(site, get)} == {old, new}
    asked = [path for path, _ in site.asked]
    assert asked[:3] == ["/sitemap.xml", "/2.xml.gz", "/1.xml.gz"]


def test_a_map_that_was_taken_away_is_passed_over_and_one_that_fails_is_not(site, get):
    page = site.url("/flood-norvale")
    site.put("/1.xml", pages(page), "text/xml")
    site.put("/sitemap.xml", maps((site.url("/1.xml"), "2024"), (site.url("/gone.xml"), "2024")), "text/xml")
    assert [found.url for found in search(site, get)] == [page]

    site.pages["/gone.xml"] = answer(503, "down")
    with pytest.raises(FetchError) as caught:
        search(site, get)
    assert caught.value.retry


def test_a_list_of_addresses_is_an_archive_too(site, get):
    flood = site.url("/flood-in-norvale")
    site.put("/list.txt", f"\ufeff{site.url('/cheese')}\r\n{flood}\r\n\r\nnot an address\r\n", "text/plain")
    assert [found.url for found in search(site, get, "/list.txt")] == [flood]


def test_what_robots_txt_keeps_from_us_is_named_as_such(site, get):
    site.put(
        "/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: Claimdesk\nDisallow: /paid/\n", "text/plain"
    )
    site.put("/sitemap.xml", pages(site.url("/paid/flood-norvale"), site.url("/flood-norvale")), "text/xml")
    assert {found.url: found.barred for found in search(site, get)} == {
        site.url("/flood-norvale"): False,
        site.url("/paid/flood-norvale"): True,
    }
    assert [path for path, _ in site.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(("status", "open_to_us"), [(404, True), (403, True), (429, False), (503, False)])
def test_without_rules_a_site_is_open_and_one_whose_rules_are_out_of_reach_is_not(
    site, get, status, open_to_us
):
    site.pages["/robots.txt"] = answer(status, "")
    site.put("/sitemap.xml", pages(site.url("/flood-norvale")), "text/xml")
    if open_to_us:
        assert [found.barred for found in search(site, get)] == [False]
        return
    with pytest.raises(FetchError) as caught:
        search(site, get)
    assert caught.value.retry


def test_the_page_with_the_rarest_words_comes_first_and_of_equals_the_newest(site, get):
    urls = [site.url(f"/people-killed-{n}") for n in range(5)]
    rows = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    older, newer = site.url("/norvale-flood-a"), site.url("/norvale-flood-b")
    rows += f"<url><loc>{older}</loc><lastmod>2025-01-01</lastmod></url>"
    rows += f"<url><loc>{newer}</loc><lastmod>2026-01-01</lastmod></url>"
    site.put("/sitemap.xml", URLSET.format(rows), "text/xml")
    assert [found.url for found in search(site, get)][:2] == [newer, older]


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    b"<urlset><url><loc>http://x.example/&b;</loc></url></urlset>"
)
LIES = {
    "a page": b"<html><body><p>Not found</p></body></html>",
    "a feed": b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>',
    "broken": b"<urlset><url>",
    "entities": ENTITIES,
    "an encoding that nobody has": b'<?xml version="1.0" encoding="x-none"?><urlset/>',
    "cut short": gzip.compress(pages("https://a.example/").encode())[:-9],
    "damaged": b"\x1f\x8bnonsense",
    "a picture": b"\x89PNG\r\n\x1a\n",
    "deep": b"<urlset>" + b"<a>" * 5_000,
}


@pytest.mark.parametrize("lie", LIES)
def test_what_is_no_sitemap_is_a_sentence(site, get, lie):
    site.put("/sitemap.xml", LIES[lie], "application/xml")
    with pytest.raises(FetchError, match="no sitemap that can be read"):
        KINDS["archive"](address=site.url("/sitemap.xml")).health(get)


def test_a_map_that_unpacks_to_more_than_the_protocol_allows_is_refused():
    bomb = gzip.compress(b" " * (sitemap.MOST_BYTES + 1))
    assert len(bomb) < 100_000
    with pytest.raises(sitemap.NoSitemap):
        sitemap.read(bomb)


def test_an_index_without_end_is_read_no_further_than_one_step(site, get):
    site.put("/sitemap.xml", maps((site.url("/sitemap.xml"), "2026-01-01")), "text/xml")
    assert search(site, get) == []
    assert len(site.asked) == 2


def test_of_an_endless_archive_the_newest_maps_are_read_and_no_more(site, get, monkeypatch):
    monkeypatch.setattr(archive, "MOST_PAGES", 3)
    rows = [(site.url(f"/{n}.xml"), f"202{n}-01-01") for n in range(4)]
    for n in range(4):
        site.put(
            f"/{n}.xml", pages(site.url(f"/flood-norvale-{n}a"), site.url(f"/flood-norvale-{n}b")), "text/xml"
        )
    site.put("/sitemap.xml", maps(*rows), "text/xml")
    assert len(search(site, get)) == 3
    assert [path for path, _ in site.asked if path.endswith("l")] == ["/sitemap.xml", "/3.xml", "/2.xml"]
