"""Which worker this process is, and its sign of life."""

from __future__ import annotations

import os
import socket
import threading
from datetime import timedelta

from django.db import close_old_connections, connection
from django.db.utils import DatabaseError
from django.utils import timezone

from jobs.models import Heartbeat

BEAT_EVERY = 5.0  # seconds
SILENT_AFTER = timedelta(seconds=20)  # four beats missed
FORGET_AFTER = timedelta(days=1)

_name = ""


def name() -> str:
    """The name of the worker that this process belongs to; empty outside of a worker."""
    return _name


def begin() -> None:
    """Name this worker and beat until the process ends. Called once, in the parent of the pool."""
    global _name
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
    return bool(worker) and not Heartbeat.objects.filter(name=worker, at__gt=timezone.now() - SILENT_AFTER).exists()


def _beat_for_ever() -> None:
    pause = threading.Event()
    Heartbeat.objects.filter(at__lt=timezone.now() - FORGET_AFTER).delete()
    while True:
        try:
            beat(_name)
        except DatabaseError:  # the database is away for a moment: the next beat tells
            connection.close()
        close_old_connections()
        pause.wait(BEAT_EVERY)
