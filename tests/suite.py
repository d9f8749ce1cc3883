"""`make test`: the whole suite on SQLite, then on PostgreSQL with Redis, and a loud word on what could not run.

    python -m tests.suite [sqlite|postgres] [arguments for pytest]

With DATABASE_URL set, it runs once, on what that and CELERY_BROKER_URL name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.services import ServiceMissing, postgres, redis

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_A_DATABASE = "tests/claims/extraction"  # text in, candidates out: where both databases are run, once
WORKERS = os.environ.get("TEST_WORKERS", "2")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# What would lead a test away from the defaults that a fresh checkout has.
OURS = (
    "DATABASE_URL",
    "CELERY_BROKER_URL",
    "REDIS_URL",
    "CLAIMDESK_DEMO",
    "DEBUG",
    "SECRET_KEY",
    "EMAIL_URL",
)


def main(arguments: list[str]) -> int:
    """Run what was asked for; the exit code is 0 only if every test that could run passed."""
    wanted = arguments.pop(0) if arguments[:1] in (["sqlite"], ["postgres"]) else ""
    missing: list[str] = []
    failed: list[str] = []
    browser = _browser()
    if browser is None:
        missing.append("browser tests: no Chromium (put one on the PATH, or name it with CHROMIUM=/path)")
    with ExitStack() as stack:
        for run, (name, environment) in enumerate(_runs(wanted, stack, missing)):
            told = [*arguments, f"--ignore={WITHOUT_A_DATABASE}"] if run else arguments
            code = _pytest(name, {**environment, "CHROMIUM": browser or ""}, told, missing)
            if code:
                failed.append(name)
    print("=" * 78)
    for line in dict.fromkeys(missing):
        print(f"NOT RUN  {line}")
    print(f"FAILED   on {', '.join(failed)}" if failed else "PASSED   everything that ran")
    return 1 if failed or (wanted == "postgres" and missing) else 0


def _runs(wanted: str, stack: ExitStack, missing: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    given = dict(os.environ)
    if given.get("DATABASE_URL") and not wanted:
        yield "the database that DATABASE_URL names", given
        return
    plain = {name: value for name, value in given.items() if name not in OURS}
    if wanted != "postgres":
        yield "SQLite", plain
    if wanted != "sqlite":
        try:
            urls = {
                "DATABASE_URL": stack.enter_context(postgres()),
                "CELERY_BROKER_URL": stack.enter_context(redis()),
            }
        except ServiceMissing as error:
            missing.append(f"the suite on PostgreSQL and Redis: {error}")
        else:
            yield "PostgreSQL", {**plain, **urls}


def _pytest(name: str, environment: dict[str, str], arguments: list[str], missing: list[str]) -> int:
    print(f"{'=' * 78}\nThe suite on {name}", flush=True)
    with _folder() as folder:
        report = folder / "report.xml"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-n",
            WORKERS,
            "--dist",
            "loadfile",
            f"--junitxml={report}",
        ]
        if not environment["CHROMIUM"]:
            command += ["-m", "not e2e"]
        code = subprocess.call(
            [*command, *arguments], cwd=ROOT, env={**environment, "CLAIMDESK_DATA": str(folder / "data")}
        )
        if report.exists():
            missing += [f"on {name}: {skipped}" for skipped in _skipped(report)]
    return code


def _skipped(report: Path) -> Iterator[str]:
    for case in ET.parse(report).iter("testcase"):
        for skip in case.findall("skipped"):
            yield f"{case.get('name')}: {skip.get('message')}"


def _browser() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="claimdesk-tests-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
