"""What a worker does before it takes work. Imported by workers alone (CELERY_IMPORTS), after the models are loaded."""

from __future__ import annotations

from celery.signals import worker_init

from claims.extraction import extract
from config.pipeline import PIPELINE
from jobs import worker


@worker_init.connect
def _begin(**_: object) -> None:
    """Read a sentence, so that the pool's processes share a loaded model, and only then say that it lives."""
    assert PIPELINE
    extract("The mayor said that 26 people were hurt.", language="en")
    worker.begin()
