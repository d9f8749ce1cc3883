"""Load the demo newsroom."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from common.errors import DeskError
from reviews import seeding


class Command(BaseCommand):
    help = "Load a newsroom from a folder of readable files. Loading again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", default=str(settings.BASE_DIR / "seeds"))
        parser.add_argument(
            "--password", default=None, help="of everyone who is new; without it nobody can log in"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            seeding.load(Path(options["folder"]), password=options["password"], say=self._say)
        except (DeskError, KeyError, ValueError, OSError) as error:
            self.stderr.write(f"The seeds could not be loaded: {error}")
            raise SystemExit(1) from error

    def _say(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
