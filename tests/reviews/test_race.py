"""Two people at once, on a real database, with real threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from audit.models import AuditEvent
from claims.lifecycle import Status
from claims.models import Claim
from common.errors import Conflict
from reviews.actions import decisions, verdicts, work
from reviews.models import Draft, Verdict
from tests import factories


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do each in its own thread and connection, started together; returns results or exceptions."""
    barrier, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def do(place: int, deed: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results[place] = deed()
        except Exception as error:  # noqa: BLE001 the test looks at what came
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.mark.django_db(transaction=True)
def test_one_of_many_takes_a_claim():
    for _ in range(5):
        people = [factories.UserFactory() for _ in range(4)]
        claim = factories.ClaimFactory(status=Status.OPEN)
        results = at_once(*[lambda p=p, c=claim: work.take(c.pk, by=p, version=1) for p in people])
        assert sum(isinstance(result, Conflict) for result in results) == 3, results
        assert AuditEvent.objects.filter(subject_type="claim", subject_id=claim.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_an_approval_and_a_withdrawal_one_wins(claim_in_review, checker, editor):
    claim = claim_in_review(author=checker)
    results = at_once(
        lambda: decisions.approve(claim.pk, by=editor, version=claim.version),
        lambda: verdicts.withdraw(claim.pk, by=checker, version=claim.version),
    )
    assert sum(isinstance(result, Conflict) for result in results) == 1, results
    claim.refresh_from_db()
    state = claim.verdicts.get().state
    assert (claim.status, state) in {
        (Status.APPROVED, Verdict.State.APPROVED),
        (Status.IN_PROGRESS, Verdict.State.WITHDRAWN),
    }


@pytest.mark.django_db(transaction=True)
def test_of_two_submissions_one_wins_and_the_losers_text_is_kept(claim_at, checker, proposal):
    claim = claim_at("in_progress", author=checker)
    evidence = factories.EvidenceFactory(claim=claim)
    texts = ["From the office [E1].", "From the laptop [E1]."]
    verdicts.save_draft(claim.pk, by=checker, base_version=claim.version, fields={"rationale": texts[1]})
    results = at_once(
        *[
            lambda t=text: verdicts.submit(
                claim.pk, by=checker, version=claim.version, proposed=proposal(evidence, rationale=t)
            )
            for text in texts
        ]
    )
    assert sum(isinstance(result, Conflict) for result in results) == 1, results
    assert claim.verdicts.count() == 1
    verdicts.save_draft(claim.pk, by=checker, base_version=claim.version, fields={"rationale": texts[1]})
    assert Draft.objects.get(user=checker, claim=claim).fields["rationale"] == texts[1]


@pytest.mark.django_db(transaction=True)
def test_a_reader_that_follows_the_feed_misses_nothing():
    person = factories.UserFactory()
    claims = [factories.ClaimFactory(status=Status.OPEN) for _ in range(24)]
    seen: list[int] = []
    done = threading.Event()

    def follow() -> None:
        while True:
            last = done.is_set()
            newest = seen[-1] if seen else 0
            found = Claim.objects.filter(changed_seq__gt=newest).order_by("changed_seq")
            seen.extend(found.values_list("changed_seq", flat=True))
            if last:
                connection.close()
                return

    reader = threading.Thread(target=follow)
    reader.start()

    def take_all(mine: list[Claim]) -> None:
        for claim in mine:
            work.take(claim.pk, by=person, version=1)

    results = at_once(*[lambda m=claims[place::4]: take_all(m) for place in range(4)])
    done.set()
    reader.join(60)
    assert results == [None] * 4
    assert seen == list(range(1, 25))
