"""Requests that arrive at once, with real threads on a real database."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from rest_framework.test import APIClient

from accounts import tokens
from claims.lifecycle import Status
from claims.models import Article, Claim
from tests import factories


def at_once(users, send: Callable[[APIClient], object]) -> list:
    """Send one request for each user, each in its own thread and connection, started together."""
    barrier, answers = threading.Barrier(len(users)), [None] * len(users)
    secrets = [tokens.issue(user)[0] for user in users]

    def run(place: int) -> None:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secrets[place]}")
        barrier.wait()
        try:
            answers[place] = send(client)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(users))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return answers


@pytest.mark.django_db(transaction=True)
def test_one_key_sent_many_times_at_once_is_one_article(checker):
    answers = at_once(
        [checker] * 4,
        lambda client: client.post(
            "/api/v1/articles/", {"text": factories.TEXT}, headers={"Idempotency-Key": "twice"}
        ),
    )

    assert [answer.status_code for answer in answers] == [202] * 4
    assert len({answer.data["id"] for answer in answers}) == 1
    assert Article.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_of_many_takes_a_claim_and_the_others_see_who(checker, checker2, editor, editor2):
    claim = factories.ClaimFactory(status=Status.OPEN)

    answers = at_once(
        [checker, checker2, editor, editor2],
        lambda client: client.post(f"/api/v1/claims/{claim.pk}/take/", {"version": 1}),
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    holder = Claim.objects.get(pk=claim.pk).assignee.username
    losers = [answer.data["current"] for answer in answers if answer.status_code == 409]
    assert losers == [{"status": "in_progress", "version": 2, "text": claim.text, "assignee": holder}] * 3
