"""Web pages, with and without an article."""

from datetime import datetime, timedelta, timezone

import pytest

from claims.intake.documents import read_document
from common.errors import Invalid
from tests.claims.intake.files import ARTICLE, ARTICLE_TEXT

LOGIN = """<!DOCTYPE html><html><head><title>Sign in</title></head><body><nav><a href="/">Home</a></nav>
<form><h1>Sign in to read on</h1><label>Email <input name="email"></label><button>Continue</button></form>
<p>You have read your three free articles this month.</p><footer>© 2026 The Harbour Post.</footer></body></html>"""
SCRIPTED = """<!DOCTYPE html><html><head><title>News</title></head><body><div id="root"></div><noscript>You need to
enable JavaScript to run this app.</noscript><script>render("It says so. ".repeat(900))</script></body></html>"""
LINKS = "<!DOCTYPE html><title>All news</title><ul>" + "<li><a href='/a'>Ferry news of the day</a></li>" * 60
HEADLINES = "<!DOCTYPE html><title>News</title>" + "".join(
    f"<article><h2><a href='/{n}'>Ferry {n} capsizes off Lindøya, twelve rescued in a stormy night</a></h2></article>"
    for n in range(30)
)


def read(page, **more):
    return read_document("page.html", page.encode(), **more)


def test_an_article_comes_out_without_menus_footer_and_what_else_to_read():
    document = read(ARTICLE)

    assert document.text == ARTICLE_TEXT


def test_a_page_tells_its_title_author_outlet_and_date():
    document = read(ARTICLE, url="https://harbourpost.test/2026/05/ferry")

    assert document.kind == "html"
    assert document.title == "Ferry capsizes off Lindøya, twelve rescued"
    assert (document.byline, document.outlet, document.language) == ("Maja Berg", "The Harbour Post", "en")
    assert document.published_at == datetime(2026, 5, 4, 7, 30, tzinfo=timezone(timedelta(hours=2)))


def test_a_page_that_names_no_date_gets_none():
    undated = ARTICLE.replace(
        '<meta property="article:published_time" content="2026-05-04T07:30:00+02:00">', ""
    )

    assert read(undated).published_at is None


@pytest.mark.parametrize(
    "page",
    [LOGIN, SCRIPTED, LINKS, HEADLINES, "<html><body></body></html>"],
    ids=["login", "script", "links", "headlines", "empty"],
)
def test_a_page_without_an_article_is_refused_with_advice(page):
    with pytest.raises(Invalid, match=r"We found no article on that page.*Paste the text instead\."):
        read(page)


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("cp1252", "text/html; charset=windows-1252"),
        ("utf-8", "text/html; charset=UTF-8"),
        ("utf-16", "text/html"),
    ],
)
def test_the_declared_encoding_counts(encoding, content_type):
    page = ARTICLE.replace('<meta charset="utf-8">', "").encode(encoding)

    assert "Lindøya" in read_document("page.html", page, content_type=content_type).text


def test_the_encoding_may_stand_in_the_page_itself():
    page = ARTICLE.replace('charset="utf-8"', 'charset="windows-1252"').encode("cp1252")

    assert "Lindøya" in read_document("page.html", page).text


def test_hostile_markup_yields_words_only():
    added = "<script>alert(1)</script><style>p{}</style><!-- <p>hidden</p> --><p onclick='x()'>It &lt;b&gt; says.</p>"
    hostile = ARTICLE.replace("<h2>", added + "<h2>")

    text = read(hostile).text

    assert "alert" not in text
    assert "hidden" not in text
    assert "onclick" not in text


def test_a_page_of_deep_nesting_is_refused_and_nothing_breaks():
    with pytest.raises(Invalid, match="no article"):
        read("<html><body>" + "<div>" * 20_000 + "hello")


def test_a_page_of_countless_parts_is_refused_before_it_is_weighed():
    with pytest.raises(Invalid, match=r"too many parts.*Paste the text"):
        read("<html><body>" + "<p><b>a</b></p>" * 20_000)


def test_a_right_to_left_page_keeps_its_order():
    sentence = (
        "قال المتحدث إن اثني عشر راكبا أنقذوا من الماء خلال نصف ساعة وإن رجلين ما زالا مفقودين قرب الجزيرة."
    )
    page = f'<html dir="rtl"><title>عبارة</title><article><p>{sentence}</p><p>{sentence[:-1]} اليوم.</p></article>'

    document = read(page)

    assert document.text.startswith(sentence)
    assert document.language == "ar"


def test_a_short_article_without_spaces_between_its_words_is_enough():
    sentence = "海岸警卫队说，星期一早上一艘载有十四人的渡轮在岛附近倾覆，十二人获救，两人仍然失踪。"
    page = f"<html><title>渡轮</title><article><p>{sentence}</p><p>{sentence}</p></article>"

    assert read(page).text.startswith(sentence)


SHORT = """<!DOCTYPE html><html><head><title>Ferry</title></head><body><nav><a href="/">Home.</a></nav>
<h1>Ferry capsizes</h1><p>A ferry capsized off Lindøya on Monday.</p><div>Twelve people were rescued.</div>
<footer>© 2026 The Harbour Post.</footer></body></html>"""


def test_a_short_page_that_a_person_hands_in_is_taken_with_all_that_its_body_says():
    document = read(SHORT)

    assert document.text == (
        "Ferry capsizes\n\nA ferry capsized off Lindøya on Monday.\n\nTwelve people were rescued."
    )
    assert document.kind == "html"


def test_the_same_short_page_at_an_address_is_no_article():
    with pytest.raises(Invalid, match="no article"):
        read(SHORT, url="https://harbourpost.test/2026/05/ferry")
