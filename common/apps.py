"""App set-up shared by the rooms that hold guards."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from common.guards import Guard, install


class GuardedConfig(AppConfig):
    """An app whose `guards.GUARDS` are put back after every migrate."""

    default = False

    def guards(self) -> list[Guard]:
        """The guards of this app."""
        found: list[Guard] = import_module(f"{self.name}.guards").GUARDS
        return found

    def ready(self) -> None:
        post_migrate.connect(self._install, sender=self)

    def _install(self, *, using: str, **kwargs: object) -> None:
        install(self.guards(), connections[using])
