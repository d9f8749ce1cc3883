"""Articles come in by text, file or address; what is refused keeps what was typed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.models import Article, Revision
from jobs.models import Job
from tests import factories

pytestmark = pytest.mark.django_db
ARTICLES = reverse("desk:articles")
TEXT = "Officials said 26 people were killed in the flood.\n\nThe minister denied that the dam had failed."


@pytest.fixture
def at_work(client, checker):
    client.force_login(checker)
    return client


def test_a_pasted_text_becomes_an_article(at_work, checker):
    answer = at_work.post(ARTICLES, {"text": TEXT, "title": "The flood", "outlet": "The Courier"})
    article = Article.objects.get()
    assert answer.url == reverse("desk:article", args=[article.pk])
    assert (article.headline, article.channel, article.submitted_by) == ("The flood", "paste", checker)
    assert Revision.objects.get().text == TEXT


def test_the_same_text_again_opens_what_is_there(at_work):
    at_work.post(ARTICLES, {"text": TEXT})
    page = at_work.post(ARTICLES, {"text": TEXT.replace("\n", "\r\n")}, follow=True)
    assert Article.objects.count() == 1
    assert "The desk has this article already." in page.content.decode()


def test_a_file_is_read(at_work):
    upload = SimpleUploadedFile("flood.txt", TEXT.encode(), content_type="text/plain")
    at_work.post(ARTICLES, {"file": upload})
    assert Revision.objects.get().text == TEXT
    assert Article.objects.get().channel == "file"


def test_an_address_waits_to_be_fetched(at_work):
    at_work.post(ARTICLES, {"url": "https://courier.example/flood"})
    assert Article.objects.get().url == "https://courier.example/flood"
    assert Job.objects.get().step == "claims.fetch"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Give an address, paste a text or choose a file."),
        ({"url": "not one"}, "That is not the address of a page. It begins with https://"),
        ({"text": "   \n "}, "Give an address, paste a text or choose a file."),
        ({"text": "x" * 1_000_001}, "the desk takes up to 1,000,000"),
        ({"url": "nonsense", "title": "Kept headline"}, "address"),
        ({"text": TEXT, "published_at": "yesterday"}, "Enter a valid date/time."),
    ],
)
def test_what_cannot_be_used_is_said(at_work, given, said):
    answer = at_work.post(ARTICLES, given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Article.objects.exists()


def test_what_is_wrong_with_what_was_given_is_said_alone(at_work):
    page = at_work.post(ARTICLES, {"url": "not one"}).content.decode()
    assert "Give an address, paste a text or choose a file." not in page


def test_a_refused_form_keeps_what_was_typed(at_work):
    answer = at_work.post(
        ARTICLES, {"text": "Kept <script> words 👩‍👩‍👧 ہسپتال", "published_at": "yesterday", "title": "Kept"}
    )
    page = answer.content.decode()
    assert "Kept &lt;script&gt; words 👩‍👩‍👧 ہسپتال" in page
    assert 'value="Kept"' in page
    assert 'aria-describedby="id_published_at_error"' in page
    assert 'href="#id_published_at"' in page


def test_a_binary_file_with_a_texts_name_is_refused(at_work):
    upload = SimpleUploadedFile(
        "flood.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), content_type="text/plain"
    )
    answer = at_work.post(ARTICLES, {"file": upload, "title": "Kept headline"})
    assert answer.status_code == 422
    assert 'value="Kept headline"' in answer.content.decode()
    assert not Article.objects.exists()


def test_a_text_and_a_file_at_once_are_refused(at_work):
    upload = SimpleUploadedFile("flood.txt", TEXT.encode())
    answer = at_work.post(ARTICLES, {"file": upload, "text": "Something else."})
    assert "You gave a text and a file." in answer.content.decode()


def test_the_list_says_how_far_each_is(at_work):
    article = factories.ArticleFactory(title="The flood")
    Job.objects.create(step="claims.extract", subject_id=1, group=article.group)
    assert "Reading" in at_work.get(ARTICLES).content.decode()
    Job.objects.update(state="done")
    Job.objects.create(step="sources.find", subject_id=1, group=article.group, state="done")
    Job.objects.create(step="reviews.suggest", subject_id=1, group=article.group)
    assert "Searching sources, 0 of 1 claims done" in at_work.get(ARTICLES).content.decode()
    Job.objects.filter(step="reviews.suggest").update(state="failed", error="No answer.")
    assert "Stopped: 1 of 3 steps failed" in at_work.get(ARTICLES).content.decode()


def test_the_pulse_brings_the_articles_that_are_worked_on_or_were(at_work):
    quiet, working, finished = (factories.ArticleFactory() for _ in range(3))
    Job.objects.create(step="claims.extract", subject_id=1, group=working.group)
    page = at_work.get(
        ARTICLES, {"busy": finished.pk}, headers={"HX-Request": "true", "HX-Target": "div#pulse"}
    )
    said = page.content.decode()
    assert [f'id="a{article.pk}"' in said for article in (quiet, working, finished)] == [False, True, True]
    assert f"busy={working.pk}" in said
    assert 'data-busy="1"' in said


def test_words_narrow_the_list(at_work):
    factories.ArticleFactory(title="The flood")
    factories.ArticleFactory(title="The fire")
    page = at_work.get(ARTICLES, {"q": "flood"}).content.decode()
    assert "The flood" in page
    assert "The fire" not in page


def test_an_empty_desk_shows_the_way_in(at_work):
    assert "Add the first article" in at_work.get(ARTICLES).content.decode()


def test_ten_articles_cost_as_many_queries_as_one(at_work, django_assert_max_num_queries):
    counts = []
    for rows in (1, 10):
        while Article.objects.count() < rows:
            factories.ClaimFactory()
        with django_assert_max_num_queries(10) as captured:
            assert at_work.get(ARTICLES).content.decode().count("data-row>") == rows
        counts.append(len(captured))
    assert counts[0] == counts[1]
