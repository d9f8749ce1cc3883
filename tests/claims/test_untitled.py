"""A text that was pasted without a headline loses no claim to the name that the desk gives it."""

from __future__ import annotations

import pytest

from accounts.models import User
from claims.actions.intake import About, submit_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first", "name"),
    [
        ("26 people were killed in the flood.", "26 people were killed in the flood…"),
        ("Flood kills 26", "Flood kills 26"),
    ],
)
def test_a_first_line_that_is_a_sentence_is_no_headline(checker: User, first: str, name: str) -> None:
    made = submit_article(by=checker, text=f"{first}\n\nNobody else was hurt.")

    assert made.article.title == name


def test_an_article_that_is_not_fetched_yet_goes_by_its_address(checker: User) -> None:
    made = submit_article(by=checker, about=About(url="https://courier.example/flood"))

    assert (made.article.title, made.article.headline) == ("", "https://courier.example/flood")
