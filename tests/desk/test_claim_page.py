"""The claim's page shows all that one needs, to those who work here, with few queries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from claims.models import Claim
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_claim_in_work_shows_its_words_evidence_and_form(
    client: Client, claim_at: Callable[..., Claim], checker: User
) -> None:
    claim = claim_at("in_progress", author=checker)
    factories.EvidenceFactory(claim=claim)
    client.force_login(checker)

    page = client.get(reverse("desk:claim", args=[claim.pk]))

    assert page.status_code == 200
    assert claim.text in page.text
    assert "Submit for approval" in page.text
    assert 'data-ref="E1"' in page.text


@pytest.mark.parametrize(
    "status", ["new", "open", "in_progress", "in_review", "approved", "published", "retracted", "dismissed"]
)
def test_the_page_can_be_read_in_every_status(
    client: Client, claim_at: Callable[..., Claim], checker: User, editor: User, status: str
) -> None:
    claim = claim_at(status, author=checker, editor=editor)

    for person in (checker, editor):
        client.force_login(person)
        assert client.get(reverse("desk:claim", args=[claim.pk])).status_code == 200
