"""App set-up: put the guards back after every migrate, and warn of a sentence model that does not work."""

from django.core import checks

from claims import meaning
from common.apps import GuardedConfig


class ClaimsConfig(GuardedConfig):
    default = True
    name = "claims"

    def ready(self) -> None:
        super().ready()
        checks.register(meaning.check)
