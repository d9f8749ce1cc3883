"""Two at once over one article, on a real database, with real threads."""

from __future__ import annotations

import pytest
from django.db import transaction

from claims.actions import editing, intake, machine
from claims.actions.editing import Selection
from claims.actions.intake import About
from claims.extraction import Candidate
from claims.intake.documents import Document
from claims.models import Article, Claim
from common.errors import Conflict
from tests import factories
from tests.claims.test_actions import candidate
from tests.reviews.test_race import at_once

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "The flood in Norvale killed {n} people. The mayor denied that the dam had failed."


def test_a_text_that_many_send_at_the_same_instant_becomes_one_article():
    people = [factories.UserFactory() for _ in range(4)]
    for n in range(5):
        results = at_once(
            *[lambda p=p, n=n: intake.submit_article(by=p, text=TEXT.format(n=n)) for p in people]
        )
        assert sorted(result.made for result in results) == [False, False, False, True], results
        assert len({result.article.pk for result in results}) == 1
    assert Article.objects.count() == 5


def test_an_address_that_many_send_at_the_same_instant_becomes_one_article():
    people = [factories.UserFactory() for _ in range(4)]
    about = About(url="https://courier.example/flood")
    results = at_once(*[lambda p=p: intake.submit_article(by=p, about=about) for p in people])
    assert sorted(result.made for result in results) == [False, False, False, True], results
    assert Article.objects.count() == 1


def test_a_program_that_sends_one_call_twice_at_once_gets_one_article(checker):
    text = TEXT.format(n=1)
    results = at_once(
        *[lambda: intake.submit_article(by=checker, text=text, idempotency_key="k1") for _ in range(4)]
    )
    assert sorted(result.made for result in results) == [False, False, False, True], results


def test_a_page_that_is_fetched_while_someone_pastes_its_text_is_recognised(checker, checker2):
    text = TEXT.format(n=1)
    for n in range(5):
        body = f"{text} {n}"
        fetched = intake.submit_article(by=checker, about=About(url=f"https://courier.example/{n}")).article
        results = at_once(
            lambda f=fetched, b=body: _stored(f.pk, b),
            lambda b=body: intake.submit_article(by=checker2, text=b),
        )
        assert not [result for result in results if isinstance(result, Exception)], results
        with_text = Article.objects.filter(revisions__text=body)
        assert with_text.count() == 1, results


def test_words_that_a_person_and_the_machine_find_at_once_become_one_claim(checker):
    text, quote = TEXT.format(n=26), "The flood in Norvale killed 26 people"
    for n in range(5):
        made = intake.submit_article(by=checker, text=f"{text} {n}")
        results = at_once(
            lambda m=made: editing.add_claim(m.article.pk, by=checker, selection=Selection(quote)),
            lambda m=made: _read(m.revision.pk, candidate(text, quote)),
        )
        refused = [result for result in results if isinstance(result, Exception)]
        assert all(isinstance(result, Conflict) for result in refused), results
        assert Claim.objects.filter(revision=made.revision).count() == 1


def _stored(article_id: int, text: str) -> list[int]:
    with transaction.atomic():
        return machine.store_document(article_id, Document(text=text, kind="html"))


def _read(revision_id: int, found: Candidate) -> list[int]:
    with transaction.atomic():
        return machine.store_candidates(revision_id, [found])
