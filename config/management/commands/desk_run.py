"""`make run`: the whole desk on one machine, in the foreground, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.utils import OperationalError

from accounts.models import User
from config import supervision
from config.broker import Folder
from config.supervision import CannotStart, Desk

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
FORGET_MESSAGES_AFTER = 24 * 3600  # seconds


class Command(BaseCommand):
    help = "Prepare the database, load the demo newsroom once, then run web server, worker and scheduler."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        desk = Desk(settings.BASE_DIR, settings.CLAIMDESK_DATA, settings.CLAIMDESK_HOST, _port())
        try:
            _require_secret()
            supervision.hold(desk)
            supervision.require_free_port(desk)
        except CannotStart as error:
            raise CommandError(str(error)) from error
        self._prepare(desk)
        conf = supervision.write_conf(desk)
        self._say("Starting", f"web server, worker and scheduler (logs in {desk.data / 'log'})")
        connections.close_all()
        self.stdout.flush()
        subprocess.Popen([sys.executable, str(desk.code / "manage.py"), "desk_announce"])  # noqa: S603 ourselves
        os.execv(  # noqa: S606 this process becomes the supervisor, and gets the signals that are meant for it
            sys.executable, [sys.executable, "-m", "supervisor.supervisord", "-n", "-s", "-c", str(conf)]
        )

    def _prepare(self, desk: Desk) -> None:
        self._say("Database", f"{connection.vendor}, bringing its tables up to date")
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {error}".strip()) from error
        if settings.PRODUCTION:
            self._say("Files", "collecting static files")
            call_command("collectstatic", verbosity=0, interactive=False)
        if settings.CLAIMDESK_DEMO:
            self._seed(desk.data)
        if settings.CELERY_BROKER_URL.startswith("folder://"):
            folder = Folder(Path(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["folder"])))
            folder.tidy(older_than=time.time() - FORGET_MESSAGES_AFTER)

    def _seed(self, data: Path) -> None:
        """Load the demo newsroom, once for each database."""
        mark, which = data / "seeded", f"{connection.vendor} {connection.settings_dict['NAME']}"
        if mark.exists() and mark.read_text() == which and User.objects.exists():
            self._say("Demo", "kept as you left it")
            return
        self._say("Demo", "loading the newsroom: articles, sources, people")
        call_command("load_seeds", password=_demo_password(data), stdout=self.stdout)
        mark.write_text(which)

    def _say(self, what: str, text: str) -> None:
        self.stdout.write(f"  {what:<10}{text}")
        self.stdout.flush()


def _require_secret() -> None:
    try:
        _ = settings.SECRET_KEY  # Django raises on reading an empty one
    except ImproperlyConfigured:
        raise CannotStart(
            "Set SECRET_KEY to a long random text: outside of the demo none is made up."
        ) from None


def _port() -> int:
    if settings.PORT.isdecimal() and 0 < int(settings.PORT) < 2**16:
        return int(settings.PORT)
    raise CommandError(f"PORT={settings.PORT} is not a port: give a number from 1 to 65535.")


def _demo_password(data: Path) -> str:
    """The given one, a well-known one where only this machine listens, else a new one; kept to be shown again."""
    known = "demo-desk" if settings.CLAIMDESK_HOST in LOOPBACK else secrets.token_urlsafe(9)
    password = settings.CLAIMDESK_DEMO_PASSWORD or known
    path = data / "demo_password"
    path.touch(mode=0o600)
    path.write_text(password)
    return password
