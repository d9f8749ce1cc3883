"""Print a new API token once."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import queries, tokens
from accounts.models import Scope
from common.errors import DeskError


class Command(BaseCommand):
    help = "Print a new API token for USER. It is shown once; only its hash is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user")
        parser.add_argument(
            "--scope", action="append", default=[], help=f"one of {', '.join(Scope.values)}; may be repeated"
        )
        parser.add_argument("--label", default="")
        parser.add_argument("--days", type=int, default=0, help="days until it expires; 0 means never")

    def handle(self, *args: Any, **options: Any) -> None:
        user = queries.person(options["user"])
        if user is None:
            raise CommandError(f"There is no active user “{options['user']}”.")
        lifetime = timedelta(days=options["days"]) if options["days"] else None
        try:
            secret, _token = tokens.issue(
                user, scopes=options["scope"], label=options["label"], lifetime=lifetime
            )
        except DeskError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(secret)
