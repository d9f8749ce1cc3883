"""manage.py embed: give the passages that lack one a vector, for documents from before a sentence model was set."""

from __future__ import annotations

import sys
import time

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims import meaning
from claims.embedding import Unusable
from sources import meaning as passages
from sources.search.meaning import IN_MEMORY


class Command(BaseCommand):
    """Fills in vectors; it may be broken off and goes on where it was."""

    help = "Give every passage of the library a vector by the sentence model of CLAIMDESK_EMBEDDINGS."
    requires_system_checks = ()  # what they would warn of is this command's own error

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether vectors of models that were set before are deleted."""
        parser.add_argument("--drop-others", action="store_true", help="delete the vectors of other models")

    def handle(self, *, drop_others: bool, **_: object) -> None:
        """Fill in, and say how far it is."""
        loaded = meaning.loaded()
        if loaded.model is None:
            raise CommandError(
                loaded.why or "No sentence model is set: CLAIMDESK_EMBEDDINGS names its folder."
            )
        kept = passages.kept_model(loaded.model)
        if drop_others:
            self.stdout.write(f"{passages.drop_others(kept)} vectors of other models are gone.")
        began, done, wanted = time.monotonic(), 0, passages.without(kept).count()
        try:
            for written in passages.fill(loaded.model):
                done += written
                self._progress(done, wanted)
        except Unusable as error:
            raise CommandError(f"{error} What came before is kept; the command can be repeated.") from error
        seconds = max(0.001, time.monotonic() - began)
        held = kept.vectors.count()
        self.stdout.write(f"{done} passages, {done / seconds:.0f} a second; {held} have a vector by {kept}.")
        if held > IN_MEMORY:
            self.stdout.write(
                f"The newest {IN_MEMORY} are searched by meaning; older ones where words find them."
            )

    def _progress(self, done: int, wanted: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done:,} of {wanted:,} passages", ending="" if done < wanted else "\n")
