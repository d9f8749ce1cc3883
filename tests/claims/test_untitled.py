"""A text that was pasted without a headline loses no claim to the name that the desk gives it."""

from __future__ import annotations

import pytest

from accounts.models import User
from claims.actions.intake import About, submit_article, submit_file
from claims.extraction import extract
from claims.intake.documents import read_document

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


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("26 people were killed in the flood.", ""),
        ("“26 people were killed!”", ""),
        ("ایک دھماکے میں 26 افراد ہلاک ہوئے۔", ""),
        ("Flood kills 26", "Flood kills 26"),
        ("Did the flood kill 26?", "Did the flood kill 26?"),
    ],
)
def test_the_first_sentence_of_a_file_is_no_headline(first: str, title: str) -> None:
    assert read_document("a.txt", f"{first}\n\nNobody else was hurt.".encode()).title == title


def test_the_first_sentence_of_a_file_is_a_claim(checker: User) -> None:
    text = "Officials said on Monday that 14 people died in the ferry accident.\n\nNobody else was hurt."
    made = submit_file(by=checker, name="a.txt", data=text.encode())

    found = extract(text, title=made.article.title)

    assert "14 people died in the ferry accident." in [candidate.text for candidate in found]


def test_an_article_that_is_not_fetched_yet_goes_by_its_address(checker: User) -> None:
    made = submit_article(by=checker, about=About(url="https://courier.example/flood"))

    assert (made.article.title, made.article.headline) == ("", "https://courier.example/flood")
