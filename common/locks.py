"""Locks on names, for what has no row yet: two requests that would make the same thing wait for each other."""

from __future__ import annotations

import hashlib

from django.db import connection


def hold(*names: str) -> None:
    """Let nobody else hold any of these names until the caller's transaction ends.

    PostgreSQL: advisory locks of the transaction, in one order for everyone. SQLite: nothing to do, a transaction that
    writes is alone there (config/settings.py begins each as IMMEDIATE).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a name is held in the transaction that makes what it stands for")
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for key in sorted({_key(name) for name in names}):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _key(name: str) -> int:
    """PostgreSQL names its locks by signed 64-bit numbers."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
