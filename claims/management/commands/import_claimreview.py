"""manage.py import_claimreview: take in what other newsrooms published, from a feed of ClaimReview."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.checked.feed import rows
from claims.checked.store import Imported, take_in
from common.addresses import AddressRule
from common.errors import DeskError
from common.fetch import fetch

MOST_BYTES = 500_000_000  # of a feed that is fetched; a larger one is downloaded first and given as a file
SECONDS = 600.0


class Command(BaseCommand):
    """Imports fact-checks, so that each claim is compared with them."""

    help = "Import ClaimReview from a file or an address: Data Commons' feed, a JSON array, or JSON Lines; gzip or not."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to read."""
        parser.add_argument("feed", help="a path, or the address of a feed")

    def handle(self, *, feed: str, **_: object) -> None:
        """Read it to its end, and say what came of it."""
        began = time.monotonic()
        try:
            with self._open(feed) as stream:
                told = take_in(rows(stream), by=None, feed=feed, progress=self._progress)
        except (ValueError, OSError, DeskError) as error:
            raise CommandError(f"{error} What came before it is kept; the import can be repeated.") from error
        seconds = max(0.001, time.monotonic() - began)
        if sys.stderr.isatty():
            self.stderr.write("")
        self.stdout.write(
            f"{told.new} new, {told.known} known before, {told.read / seconds:.0f} rows a second"
        )
        for problem, n in sorted(told.left_out.items()):
            self.stdout.write(
                f"{n} left out: {problem} (rows {', '.join(map(str, told.examples[problem]))} …)"
            )

    def _open(self, feed: str) -> IO[bytes]:
        if not feed.startswith(("http://", "https://")):
            path = Path(feed)
            if not path.is_file():
                raise CommandError(f"There is no file at {path}.")
            return path.open("rb")
        rule = AddressRule.allowing(settings.CLAIMDESK_FETCH_ALLOW)
        return io.BytesIO(fetch(feed, max_bytes=MOST_BYTES, timeout=SECONDS, rule=rule).body)

    def _progress(self, told: Imported) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{told.read:,} rows read, {told.new:,} new", ending="")
