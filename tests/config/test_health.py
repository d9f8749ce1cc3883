"""Health: each part is named, and one that is missing makes the whole not ready."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from config.celery import app
from jobs.models import Heartbeat

OK = {"ok": True, "why": ""}


@pytest.fixture
def worker(db):
    return Heartbeat.objects.create(name="a worker", at=timezone.now())


@pytest.fixture
def elsewhere(monkeypatch):
    """Point the Celery app at another broker for one test."""
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)  # which Celery reads before its configuration
    before = {name: app.conf[name] for name in ("broker_url", "broker_transport_options")}
    yield app.conf.update
    app.conf.update(before)


def test_alive_asks_nobody(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_ready_names_database_broker_and_worker(client, worker):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "checks": {"database": OK, "broker": OK, "worker": OK}}
    assert "no-store" in answer["Cache-Control"]


def test_a_worker_that_has_been_silent_makes_it_not_ready_and_says_so(client, worker):
    Heartbeat.objects.update(at=timezone.now() - timedelta(seconds=60))

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"] == {
        "ok": False,
        "why": "No worker has shown a sign of life for 20 seconds.",
    }
    assert answer.json()["checks"]["database"] == OK


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "folder://localhost"])
def test_a_broker_that_does_not_answer_makes_it_not_ready_within_seconds(
    client, worker, elsewhere, url, tmp_path
):
    blocked = tmp_path / "a file where the folder should be"
    blocked.touch()
    elsewhere(broker_url=url, broker_transport_options={"folder": str(blocked / "broker")})

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["broker"] == {"ok": False, "why": "The broker does not answer."}


def test_only_reading_is_allowed(client):
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405
