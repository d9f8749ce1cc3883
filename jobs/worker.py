"""Which worker this process is, and its sign of life."""

from __future__ import annotations

import logging
import os
import socket
import threading
from datetime import timedelta

from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from jobs.models import Heartbeat

log = logging.getLogger(__name__)

BEAT_EVERY = 5.0  # seconds
SILENT_AFTER = timedelta(seconds=20)  # four beats missed
FORGET_AFTER = timedelta(days=1)

_name = ""

# No pool process is forked while the heartbeat talks to the database: what a child inherits half-way, it breaks.
_talking = threading.Lock()
os.register_at_fork(
    before=_talking.acquire, after_in_parent=_talking.release, after_in_child=_talking.release
)


def name() -> str:
    """The name of the worker that this process belongs to; empty outside of a worker."""
    return _name


def begin() -> None:
    """Name this worker and beat until the process ends. Called once, in the parent of the pool."""
    global _name  # noqa: PLW0603 set once, before any other thread or process reads it
    _name = f"{socket.gethostname()}:{os.getpid()}:{timezone.now():%H%M%S}"
    threading.Thread(target=_beat_for_ever, name="heartbeat", daemon=True).start()


def beat(worker: str) -> None:
    """Write the sign of life of one worker."""
    Heartbeat.objects.update_or_create(name=worker, defaults={"at": timezone.now()})


def freshest() -> Heartbeat | None:
    """The newest sign of life of any worker that still beats."""
    return Heartbeat.objects.filter(at__gt=timezone.now() - SILENT_AFTER).order_by("-at").first()


def silent(worker: str) -> bool:
    """Whether a named worker has stopped beating."""
    return (
        bool(worker)
        and not Heartbeat.objects.filter(name=worker, at__gt=timezone.now() - SILENT_AFTER).exists()
    )


def _beat_for_ever() -> None:
    pause = threading.Event()
    while True:
        with _talking:
            try:
                beat(_name)
                Heartbeat.objects.filter(at__lt=timezone.now() - FORGET_AFTER).delete()
            except DatabaseError:
                log.warning("no sign of life could be written; the next beat tries again")
            connection.close()
        pause.wait(BEAT_EVERY)
