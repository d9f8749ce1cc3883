"""A number too large for the database is refused in words, wherever one can be given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django import forms
from django.test import Client

from accounts.models import User
from claims.models import Claim
from desk import claim_forms
from desk import forms as desk_forms
from desk import urls as desk_urls
from public import urls as public_urls
from sources.models import Search

pytestmark = pytest.mark.django_db

HUGE = "9" * 25


def _addresses() -> Iterator[str]:
    for pattern in (*desk_urls.urlpatterns, *public_urls.urlpatterns):
        if "<int:" in str(pattern.pattern):
            yield "/" + re.sub("<int:[a-z_]+>", HUGE, str(pattern.pattern)).replace("<slug:slug>", "a")


@pytest.mark.parametrize("address", list(_addresses()))
def test_an_id_that_no_database_holds_is_not_found(
    at_work: Callable[[User], Client], editor: User, address: str
) -> None:
    assert HUGE in address
    assert at_work(editor).post(address).status_code in (404, 405)
    assert at_work(editor).get(address).status_code in (404, 405)


def _integer_fields() -> Iterator[tuple[str, forms.IntegerField]]:
    for module in (desk_forms, claim_forms):
        for form in vars(module).values():
            if isinstance(form, type) and issubclass(form, forms.BaseForm):
                for name, field in getattr(form, "base_fields", {}).items():
                    if isinstance(field, forms.IntegerField):
                        yield f"{form.__name__}.{name}", field


def test_every_number_of_a_form_has_a_largest_value() -> None:
    assert [name for name, field in _integer_fields() if field.max_value is None] == []


def test_a_search_that_found_more_than_can_be_counted_is_refused(
    press: Callable[..., Any], claim_at: Callable[..., Claim], checker: User
) -> None:
    claim = claim_at("in_progress", author=checker)
    typed = {"search-places": "the gazette", "search-query": "dam", "search-found": "99999999999999999999"}

    answer = press(checker, "record_search", claim.pk, **typed)

    assert answer.status_code == 422
    assert not Search.objects.filter(claim=claim, made_by=checker).exists()


@pytest.mark.parametrize("number", [HUGE, "9" * 5000])
@pytest.mark.parametrize(
    "query",
    ["/queue/?article={}", "/queue/pulse/?since={}&seen={}", "/stats/?days={}", "/articles/?after={}"],
)
def test_a_number_in_a_query_string_breaks_nothing(
    at_work: Callable[[User], Client], checker: User, query: str, number: str
) -> None:
    assert at_work(checker).get(query.format(number, number)).status_code < 500


def test_a_selection_of_huge_ids_is_no_selection(press: Callable[..., Any], checker: User) -> None:
    assert press(checker, "bulk", deed="take", claim=HUGE).status_code == 422
    assert press(checker, "mark_read", id=HUGE, claim=HUGE).status_code == 302
