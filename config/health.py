"""Alive, and able to serve: what a load balancer and `make run` ask. Each part is named, with what is wrong with it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from config.celery import app
from jobs import worker

log = logging.getLogger(__name__)

BROKER_TIMEOUT = 2  # seconds


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """This process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, broker and worker are there; 503 when one is not. Why it is not stands in the log in full."""
    wrong = {name: check() for name, check in CHECKS.items()}
    parts = {name: {"ok": not why, "why": why} for name, why in wrong.items()}
    ready = not any(wrong.values())
    return JsonResponse(
        {"status": "ready" if ready else "not ready", "checks": parts}, status=200 if ready else 503
    )


def database() -> str:
    """Why the database cannot be used; empty when it can."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("the database does not answer")
        return "The database does not answer."
    return ""


def broker() -> str:
    """Why no message can be sent to the workers; empty when one can."""
    try:
        with app.connection_for_write(connect_timeout=BROKER_TIMEOUT) as link:
            link.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_TIMEOUT)
    except (OperationalError, OSError):
        log.exception("the broker does not answer")
        return "The broker does not answer."
    return ""


def heartbeat() -> str:
    """Why no background work is done; empty when a worker lives."""
    try:
        alive = worker.freshest()
    except DatabaseError:
        return "Not known: the database does not answer."
    return "" if alive else f"No worker has shown a sign of life for {worker.SILENT_AFTER.seconds} seconds."


CHECKS: dict[str, Callable[[], str]] = {"database": database, "broker": broker, "worker": heartbeat}
