"""A whole desk in processes of its own, to stop, cut off and kill."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
from django.conf import settings
from redis import Redis

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240.0  # seconds for anything to happen; machines that test are slow
_made = itertools.count()  # several desks may run at once, also in several processes that test


class RunningDesk:
    """`make run` on a folder and a port of its own, in a session of its own, so that no process can hide."""

    def __init__(self, folder: Path, *, database: str, broker: str, **environment: str) -> None:
        self.data = folder / "data"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.database = database
        self.output = folder / "output.txt"
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "CLAIMDESK_DATA": str(self.data),
            "PORT": str(self.port),
            "DATABASE_URL": database,
            "CELERY_BROKER_URL": broker,
            "CLAIMDESK_DEMO": "1",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it is ready."""
        make = shutil.which("make")
        command = [make, "run"] if make else [sys.executable, "manage.py", "desk_run"]
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=output, stderr=output, start_new_session=True
            )
        wait_for(lambda: self.ready() or self.ended(), "the desk to be ready")
        wait_for(lambda: self.said("Ctrl-C stops it") or self.ended(), "the desk to say where it is")
        assert not self.ended(), self.output.read_text()

    def ended(self) -> bool:
        """Whether the process that was started is gone."""
        assert self.process is not None
        return self.process.poll() is not None

    def said(self, words: str) -> bool:
        """Whether it printed these words."""
        return words in self.output.read_text()

    def ready(self) -> bool:
        """Whether /readyz answers 200."""
        try:
            return httpx.get(f"{self.address}/readyz", timeout=5, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a program with this desk's settings and what it printed in one."""
        return subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
        )

    def pids(self, words: str = "") -> list[int]:
        """The living processes of this desk whose command line holds `words`."""
        assert self.process is not None
        return [pid for pid, line in _session(self.process.pid) if words in line]

    def kill(self, words: str) -> list[int]:
        """SIGKILL every process whose command line holds `words`, at one blow."""
        pids = self.pids(words)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        return pids

    def stop(self, sent: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to stop and wait until it did: SIGINT as a terminal sends it, to the group, others to the process."""
        assert self.process is not None
        if sent == signal.SIGINT:
            os.killpg(self.process.pid, sent)
        else:
            self.process.send_signal(sent)
        self.process.wait(PATIENCE)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows straight from its database."""
        if self.database:
            with psycopg.connect(self.database) as link:
                return link.execute(sql.encode()).fetchall()
        with closing(sqlite3.connect(self.data / "claimdesk.sqlite3", timeout=20)) as link:
            return link.execute(sql).fetchall()


@contextmanager
def a_desk(folder: Path, **environment: str) -> Iterator[RunningDesk]:
    """A desk on the database and broker that the suite runs on, each empty; whatever is left of it is killed."""
    nth = next(_made)
    with _database(nth) as database, _broker(nth) as broker:
        desk = RunningDesk(folder, database=database, broker=broker, **environment)
        try:
            yield desk
        finally:
            if desk.process is not None:
                desk.kill("")
                desk.process.wait(PATIENCE)


@contextmanager
def _database(nth: int) -> Iterator[str]:
    at = settings.DATABASES["default"]
    if "sqlite" in at["ENGINE"]:
        yield ""
        return
    name = f"claimdesk_run_{os.getpid()}_{nth}"
    server = f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT'] or 5432}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as link:
        link.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        link.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield f"{server}/{name}"
        finally:
            link.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


@contextmanager
def _broker(nth: int) -> Iterator[str]:
    if not settings.CELERY_BROKER_URL.startswith("redis"):
        yield ""
        return
    # Of the sixteen databases of the server that the suite uses, three for each process that tests.
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 4
    url = re.sub(r"/\d*$", f"/{2 + 3 * process + nth % 3}", settings.CELERY_BROKER_URL)
    with Redis.from_url(url) as link:
        link.flushdb()
        yield url
        link.flushdb()


def _session(leader: int) -> Iterator[tuple[int, str]]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (entry / "stat").read_text().rpartition(")")[2].split()
            line = (entry / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue  # it ended meanwhile
        if after_name[0] != "Z" and int(after_name[3]) == leader:
            yield int(entry.name), line


def wait_for(condition: Callable[[], object], what: str, *, patience: float = PATIENCE) -> None:
    """Return as soon as `condition` holds; fail when it does not in time."""
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, f"waited {patience:.0f} s for {what}"
        time.sleep(0.2)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
