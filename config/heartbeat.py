"""A worker's sign of life. Imported by workers alone (CELERY_IMPORTS), after the models are loaded."""

from __future__ import annotations

from celery.signals import worker_init

from jobs import worker


@worker_init.connect
def _begin(**_: object) -> None:
    worker.begin()
