"""Add a person with a role: the first admin of a new desk, or anyone after."""

from __future__ import annotations

import secrets
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from audit import ledger


class Command(BaseCommand):
    help = "Add a person. Prints a password once, unless one comes on standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", choices=[role.name.lower() for role in Role], default="fact_checker")
        parser.add_argument("--name", default="", help='first and last name: "Nadia Rahman"')
        parser.add_argument("--email", default="")
        parser.add_argument(
            "--password-stdin", action="store_true", help="read the password's line from there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        given = sys.stdin.readline().rstrip("\n") if options["password_stdin"] else ""
        password = given or secrets.token_urlsafe(12)
        first, _, last = options["name"].partition(" ")
        role = Role[options["role"].upper()]
        person = User(
            username=options["username"],
            first_name=first,
            last_name=last,
            email=options["email"],
            role=role,
            is_staff=role == Role.ADMIN,
            is_superuser=role == Role.ADMIN,
        )
        person.set_password(password)
        try:
            validate_password(password, person)
            with transaction.atomic():
                person.full_clean()
                person.save()
                ledger.record(
                    None, "person.saved", "user", person.pk, changed=["added"], role=role, active=True
                )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"{person.username} can log in" + ("." if given else f" with the password {password}")
        )
