"""What is sent becomes clean text, and a query string that holds what no database takes breaks no page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client

from accounts.models import User
from claims.models import Claim
from common.asked import clean

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/published/?q=%00a", "/published/?rating=%00"])
def test_the_public_pages_pass_over_a_nul(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/articles/?q=%00a", "/sources/?q=%00a", "/queue/?view=all&q=%00a&assignee=%00"]
)
def test_the_lists_of_the_desk_pass_over_a_nul(client: Client, checker: User, path: str) -> None:
    client.force_login(checker)

    assert client.get(path).status_code == 200


def test_a_search_of_the_library_from_a_claim_does_too(
    client: Client, checker: User, claim_at: Callable[..., Claim]
) -> None:
    client.force_login(checker)
    claim = claim_at("in_progress", author=checker)

    assert client.get(f"/claims/{claim.pk}/?library=%00dam").status_code == 200


def test_the_words_of_a_search_stay(client: Client) -> None:
    page = client.get("/published/?q=R%26D%1B+%23")

    assert page.context["q"] == "R&D #"


def test_a_form_a_list_and_a_text_lose_what_shows_nothing() -> None:
    form = QueryDict("a=R%26D%1B&a=b&c=x%0D%0Ay")

    assert dict(clean(form).lists()) == {"a": ["R&D", "b"], "c": ["x\ny"]}
    assert clean(["a\x1b", [5, "b\r"]]) == ["a", [5, "b\n"]]
    assert clean("a\x07\0b") == "a\0b"
    assert dict(form.lists())["a"] == ["R&D\x1b", "b"]
