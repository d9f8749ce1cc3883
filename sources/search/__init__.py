"""Full text over the source library's passages: one interface, the database's own engine behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from sources.models import Passage
from sources.search import postgres, sqlite


def index(passages: Iterable[Passage]) -> None:
    """Make passages findable, in the transaction that writes them."""
    _engine().index(passages)


def find(terms: Sequence[str], *, limit: int = 50) -> list[tuple[int, float]]:
    """The passages that hold any of the terms, as (id, score), best first. Terms are words or phrases, never syntax.

    Scores are positive, higher is better, and compare within one answer only.
    """
    clean = [term for term in (" ".join(term.split()) for term in terms) if any(c.isalnum() for c in term)]
    return _engine().find(clean, limit) if clean else []


def _engine() -> sqlite.Engine | postgres.Engine:
    return postgres.Engine() if connection.vendor == "postgresql" else sqlite.Engine()
