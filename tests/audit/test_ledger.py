"""The ledger under many writers, and what it says of the data that it was given after reading it back."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from audit import ledger
from audit.models import AuditEvent, AuditHead
from tests import factories

WRITERS, EACH = 8, 10
# What a PostgreSQL jsonb can hold: no NUL, no half of a surrogate pair.
TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=20)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def _write(person: User, place: int, failed: list[Exception], start: threading.Barrier) -> None:
    start.wait(30)
    try:
        for number in range(EACH):
            with transaction.atomic():
                ledger.record(person, "claim.tested", "claim", place, number=number)
    except Exception as error:  # noqa: BLE001 the test looks at what came
        failed.append(error)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain_without_gap_or_fork():
    person, failed, start = factories.UserFactory(), [], threading.Barrier(WRITERS)
    writers = [
        threading.Thread(target=_write, args=(person, place, failed, start)) for place in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert failed == []
    events = list(AuditEvent.objects.order_by("seq"))
    assert [event.seq for event in events] == list(range(1, WRITERS * EACH + 1))
    assert [event.previous for event in events] == ["", *(event.digest for event in events[:-1])]
    assert ledger.first_broken() is None
    for place in range(WRITERS):  # each writer's own events are in the order in which it wrote them
        numbers = [event.data["number"] for event in events if event.subject_id == place]
        assert numbers == list(range(EACH))


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="belongs to the transaction"):
        ledger.record(None, "claim.tested", "claim", 1)
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_gap():
    with transaction.atomic():
        ledger.record(None, "claim.tested", "claim", 1)
        transaction.set_rollback(True)
    with transaction.atomic():
        assert ledger.record(None, "claim.tested", "claim", 2).seq == 1
    assert ledger.newest_seq() == AuditHead.objects.get().seq == 1
    assert ledger.first_broken() is None


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.dictionaries(TEXTS, VALUES, max_size=4))
def test_whatever_json_can_hold_still_fits_its_digest_when_read_back(data):
    event = ledger.record(None, "claim.tested", "claim", 1, data=data)
    assert ledger.digest(AuditEvent.objects.get(pk=event.pk)) == event.digest


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    [
        0.1 + 0.2,
        -0.0,
        1e-7,
        1e16,  # a float whose jsonb is a whole number
        1.5e300,
        5e-324,
        2**70,
        "नमस्ते 🇮🇳 עברית é é\u2028",
        date(2025, 4, 22),
        datetime(2025, 4, 22, 9, 30, 0, 123456, tzinfo=UTC),
        timedelta(days=3, seconds=1),
        Decimal("1.10"),
        UUID(int=7),
        {"b": [1, {"a": None}], "a": True},
    ],
)
def test_values_of_every_kind_fit_their_digest_when_read_back(checker: User, value: Any):
    event = ledger.record(checker, "claim.tested", "claim", 1, value=value)
    assert ledger.digest(AuditEvent.objects.get(pk=event.pk)) == event.digest
    assert ledger.first_broken() is None
