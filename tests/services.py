"""A PostgreSQL and a Redis to test against: those that answer on this machine, or private ones for one run."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from redis import Redis, RedisError

PATIENCE = 30.0  # seconds for a server to answer


class ServiceMissing(Exception):
    """Why there is no such server, as a sentence."""


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a database; tests make their own beside it, named after this process."""
    name = f"claimdesk_{os.getpid()}"
    known = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432")
    if _postgres_answers(known):
        yield f"{known}/{name}"
        return
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    found = shutil.which("initdb")
    home = Path(found).parent if found else (programs[-1] if programs else None)
    if home is None:
        raise ServiceMissing("no PostgreSQL answers, and none is installed")
    with _owned_folder() as (folder, owner):
        port = _free_port()
        data = folder / "pg"
        _as(
            owner,
            [home / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
        )
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        _as(owner, [home / "pg_ctl", "-D", data, "-w", "-l", folder / "pg.log", "-o", options, "start"])
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/{name}"
        finally:
            _as(owner, [home / "pg_ctl", "-D", data, "-m", "immediate", "stop"])


@contextmanager
def redis() -> Iterator[str]:
    """The address of a Redis database that nobody else uses."""
    known = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/14")
    if _redis_answers(known):
        yield known
        return
    program = shutil.which("redis-server")
    if program is None:
        raise ServiceMissing("no Redis answers, and none is installed")
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
            try:
                address = f"redis://127.0.0.1:{port}/0"
                _wait(lambda: _redis_answers(address), "the private Redis does not answer")
                yield address
            finally:
                server.terminate()


def _postgres_answers(server: str) -> bool:
    try:
        psycopg.connect(f"{server}/postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _redis_answers(address: str) -> bool:
    try:
        with Redis.from_url(address, socket_connect_timeout=1) as client:
            return bool(client.ping())
    except RedisError:
        return False


@contextmanager
def _owned_folder() -> Iterator[tuple[Path, str | None]]:
    """A folder for a server's data, and who must run it: PostgreSQL refuses to run as root."""
    owner = None
    if os.geteuid() == 0:
        try:
            owner = pwd.getpwnam("postgres").pw_name
        except KeyError:
            raise ServiceMissing(
                "PostgreSQL does not run as root, and there is no user named postgres"
            ) from None
    with tempfile.TemporaryDirectory(prefix="claimdesk-pg-", ignore_cleanup_errors=True) as name:
        if owner:
            shutil.chown(name, owner)
        yield Path(name), owner


def _as(owner: str | None, command: list[str | Path]) -> None:
    prefix = ["runuser", "-u", owner, "--"] if owner else []
    done = subprocess.run(
        [*prefix, *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        raise ServiceMissing(f"{Path(command[0]).name} of a private PostgreSQL failed")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait(condition: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise ServiceMissing(otherwise)
        time.sleep(0.1)
