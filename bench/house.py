"""An empty desk to measure on, on each database: its own folder and database, both gone afterwards."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import django
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def on_each_database(module: str, **settings: str) -> dict[str, Any]:
    """What `measure()` of a module returns on SQLite, and on the PostgreSQL that BENCH_DATABASE_URL names.

    Each runs in a process of its own, because settings are read once.
    """
    urls = {"SQLite": "", "PostgreSQL": os.environ.get("BENCH_DATABASE_URL", "")}  # noqa: TID251 no setting of the desk
    return {name: _measured(module, url, settings) for name, url in urls.items() if url or name == "SQLite"}


def table(measured: dict[str, dict[str, float]], unit: str) -> None:
    """Print what was measured, a row for each thing, a column for each database."""
    print(f"{unit:<52}" + "".join(f"{name:>14}" for name in measured))
    for what in dict.fromkeys(name for found in measured.values() for name in found):
        print(f"{what:<52}" + "".join(f"{found.get(what, 0):>14,.2f}" for found in measured.values()))


def _measured(module: str, url: str, settings: dict[str, str]) -> Any:
    with tempfile.TemporaryDirectory(prefix="claimdesk-bench-") as folder:
        given = {**os.environ, "CLAIMDESK_DATA": folder, "DATABASE_URL": url, **settings}  # noqa: TID251 a child's
        given |= {"CLAIMDESK_DEMO": "1", "CELERY_BROKER_URL": "memory://", "LOG_LEVEL": "WARNING"}
        given |= {"DJANGO_SETTINGS_MODULE": "config.settings", "REDIS_URL": ""}
        command = [sys.executable, "-m", "bench.house", module]
        done = subprocess.run(command, env=given, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout.splitlines()[-1])


def main(module: str) -> None:
    """In the child: make the database, measure, print the results as JSON, remove the database."""
    django.setup()
    kept = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        print(json.dumps(importlib.import_module(module).measure()))
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1])
