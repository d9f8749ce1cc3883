"""Whose turn it is: requests leave one after another, in a schedule that all workers share through a row."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.fetch import FetchError
from sources.connectors.base import host
from sources.models import Host

PATIENCE = 10.0  # seconds that a worker waits for its turn; longer, and the request is put off


class NotYet(FetchError):
    """It is not our turn: whoever is asked wants fewer requests, or is left alone for a while."""

    def __init__(self, message: str, *, until: datetime) -> None:
        super().__init__(message, retry=True)
        self.until = until


def wait(take: Callable[[datetime], datetime | None], *, who: str) -> None:
    """Wait until `take` gives a turn. Raises NotYet when it is too far away.

    `take` is called in a transaction with the time of now. It takes the turn and returns None, or says when to come.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        with transaction.atomic():
            now = timezone.now()
            until = take(now)
        if until is None:
            return
        seconds = (until - now).total_seconds()
        if time.monotonic() + seconds > deadline:
            raise NotYet(_("%(who)s wants fewer requests.") % {"who": who}, until=until)
        time.sleep(min(seconds, 1.0))


def wait_for_host(url: str) -> None:
    """Wait until a page of this address's host may be fetched, whoever named it. Raises NotYet."""
    name = host(url)[:255]
    if not name:
        return  # what is no address is refused by who fetches it
    pause = timedelta(minutes=1) / settings.CLAIMDESK_PAGES_PER_MINUTE

    def take(now: datetime) -> datetime | None:
        row, made = Host.objects.select_for_update().get_or_create(
            name=name, defaults={"next_at": now + pause}
        )
        if made:
            return None
        if row.next_at > now:
            return row.next_at
        row.next_at = now + pause
        row.save(update_fields=["next_at"])
        return None

    wait(take, who=name)
