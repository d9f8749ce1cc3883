"""The nightly round: each command runs, and what one finds does not keep the others from running."""

from __future__ import annotations

import pytest
from django.db import connection

from audit import ledger
from audit.models import AuditEvent
from common import guards
from config.tasks import ROUND, nightly
from reviews.verify import ALL_GUARDS

pytestmark = pytest.mark.django_db


def test_nothing_is_wrong_with_an_empty_desk():
    assert nightly() == []


def test_a_tampered_event_is_reported_and_the_rest_of_the_round_still_runs(caplog, checker):
    ledger.record(checker, "claim.taken", "claim", 1)
    guards.uninstall(ALL_GUARDS, connection)
    AuditEvent.objects.update(verb="claim.published")

    wrong = nightly()

    assert wrong[0] == "verify_audit"
    assert "nightly verify_audit found something" in caplog.text
    assert "clearsessions" in ROUND
    assert "clearsessions" not in wrong
