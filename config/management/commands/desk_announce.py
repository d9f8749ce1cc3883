"""Wait until the desk answers, then say where it is and who can log in. Started by desk_run; ends by itself."""

from __future__ import annotations

import os
import time
from typing import Any

import httpx
from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.models import User
from config.supervision import Desk

PATIENCE = 120.0  # seconds
PAUSE = 0.3
DEMO_PEOPLE = ("checker", "checker2", "editor", "admin")


class Command(BaseCommand):
    help = "Wait for /readyz, then print the address and the demo logins."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        desk = Desk(settings.BASE_DIR, settings.CLAIMDESK_DATA, settings.CLAIMDESK_HOST, int(settings.PORT))
        supervisor, end, why = os.getppid(), time.monotonic() + PATIENCE, ""
        while time.monotonic() < end:
            if os.getppid() != supervisor:
                return  # the desk was stopped before it was ready
            why = _why_not_ready(desk.address)
            if not why:
                self._announce(desk)
                return
            time.sleep(PAUSE)
        self.stdout.write(
            f"  The desk is not ready after {PATIENCE:.0f} s: {why} Look into {desk.data / 'log'}."
        )

    def _announce(self, desk: Desk) -> None:
        lines = ["", f"Claimdesk is ready: {desk.address}/", ""]
        kept = desk.data / "demo_password"
        if settings.CLAIMDESK_DEMO and kept.exists():
            lines += [f"  Log in with the password {kept.read_text()} as", ""]
            people = {person.username: person for person in User.objects.filter(username__in=DEMO_PEOPLE)}
            for person in (people[name] for name in DEMO_PEOPLE if name in people):
                lines.append(f"    {person.username:<10}{person.get_role_display().lower():<14}{person.name}")
            lines.append("")
        lines.append("  Ctrl-C stops it. Your data stays in " + str(desk.data))
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _why_not_ready(address: str) -> str:
    try:
        answer = httpx.get(f"{address}/readyz", timeout=5, trust_env=False)
    except httpx.HTTPError:
        return "The web server does not answer."
    if answer.status_code == httpx.codes.OK:
        return ""
    if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
        return f"The web server answers {answer.status_code}."
    return " ".join(part["why"] for part in answer.json()["checks"].values() if part["why"])
