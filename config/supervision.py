"""The desk on one machine: web server, worker and scheduler under supervisor, which restarts what dies."""

from __future__ import annotations

import fcntl
import os
import shlex
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

WORKERS = 2  # processes that do background work
THREADS = 8  # requests answered at once
STOP_SECONDS = 6  # for work in hand; what is cut off is done again, jobs.queue


class CannotStart(Exception):
    """Why the desk cannot be started, as a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one desk runs and writes."""

    code: Path
    data: Path
    host: str
    port: int

    @property
    def address(self) -> str:
        """What to open in a browser on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104 shown, not bound
        return f"http://{host}:{self.port}"

    @property
    def bind(self) -> str:
        """Host and port for the web server."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def hold(desk: Desk) -> int:
    """Make this process the only desk on its data folder; returns what holds it, which survives an exec."""
    path = desk.data / "run.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        who = path.read_text().strip() or "another process"
        raise CannotStart(
            f"A desk runs on {desk.data} already ({who}). Stop that one, or give this one a folder of its own: "
            "CLAIMDESK_DATA=elsewhere make run"
        ) from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"process {os.getpid()}, {desk.address}".encode())
    os.set_inheritable(descriptor, True)  # noqa: FBT003 the standard library's signature
    return descriptor


def require_free_port(desk: Desk) -> None:
    """Raise CannotStart when nobody can listen where this desk wants to."""
    try:
        found = socket.getaddrinfo(desk.host, desk.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(found[0], found[1]) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(found[4])
    except socket.gaierror:
        raise CannotStart(f"CLAIMDESK_HOST={desk.host} is no address of this machine.") from None
    except (OSError, OverflowError) as error:
        raise CannotStart(
            f"Nothing can listen on port {desk.port} of {desk.host} ({getattr(error, 'strerror', error)}). "
            f"Stop what uses it, or take another: PORT={desk.port % 60000 + 1} make run"
        ) from None


def write_conf(desk: Desk) -> Path:
    """Write supervisor's configuration for this desk and return where it is."""
    logs = desk.data / "log"
    logs.mkdir(parents=True, exist_ok=True)
    sections = [_supervisord(desk, logs)]
    sections += [_program(name, command, desk, logs) for name, command in _commands(desk).items()]
    # One group, so that all stop at the same time instead of one after the other.
    sections.append("[group:desk]\nprograms=" + ",".join(_commands(desk)))
    path = desk.data / "supervisord.conf"
    path.write_text("\n\n".join(sections) + "\n")
    return path


def _commands(desk: Desk) -> dict[str, list[str]]:
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "config", "--skip-checks"]
    quiet = [
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    ]  # there is one worker: no small talk
    return {
        "web": [
            *[*python, "gunicorn", "config.wsgi:application", "--bind", desk.bind],
            *["--worker-class", "gthread", "--workers", "1", "--threads", str(THREADS)],
            *["--graceful-timeout", str(STOP_SECONDS - 1), "--no-control-socket", "--log-level", "warning"],
        ],
        "worker": [*celery, "worker", "--concurrency", str(WORKERS), "--loglevel", "INFO", *quiet],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--pidfile="],
    }


def _supervisord(desk: Desk, logs: Path) -> str:
    return "\n".join(
        [
            "[supervisord]",
            "nodaemon=true",
            "silent=true",
            f"logfile={_value(logs / 'supervisord.log')}",
            "logfile_maxbytes=5MB",
            "logfile_backups=1",
            f"pidfile={_value(desk.data / 'supervisord.pid')}",
        ]
    )


def _program(name: str, command: list[str], desk: Desk, logs: Path) -> str:
    return "\n".join(
        [
            f"[program:{name}]",
            f"command={_value(shlex.join([sys.executable, '-m', 'config.child', *command]))}",
            f"directory={_value(desk.code)}",
            "autorestart=true",
            "startsecs=2",
            "startretries=1000",  # each pause is a second longer than the one before
            "stopsignal=TERM",
            f"stopwaitsecs={STOP_SECONDS}",
            "killasgroup=true",
            "redirect_stderr=true",
            f"stdout_logfile={_value(logs / f'{name}.log')}",
            "stdout_logfile_maxbytes=5MB",
            "stdout_logfile_backups=1",
        ]
    )


def _value(text: object) -> str:
    """Supervisor expands %(…)s in what it reads."""
    return str(text).replace("%", "%%")
