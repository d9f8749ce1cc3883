"""App set-up shared by the rooms that hold guards."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

from common.guards import Guard, install, uninstall


class GuardedConfig(AppConfig):
    """An app whose `guards.GUARDS` are put back after every migrate, and on SQLite lifted before it.

    SQLite cannot rename the rebuilt table into its place while a trigger of another table speaks of it.
    """

    default = False

    def guards(self) -> list[Guard]:
        """The guards of this app."""
        found: list[Guard] = import_module(f"{self.name}.guards").GUARDS
        return found

    def ready(self) -> None:
        pre_migrate.connect(self._lift, sender=self)
        post_migrate.connect(self._install, sender=self)

    def _lift(self, *, using: str, plan: Sequence[object], **kwargs: object) -> None:
        if plan and connections[using].vendor == "sqlite":
            uninstall(self.guards(), connections[using])

    def _install(self, *, using: str, **kwargs: object) -> None:
        install(self.guards(), connections[using])
