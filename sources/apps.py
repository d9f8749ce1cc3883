"""App set-up: put the guards back after every migrate, and warn of an inference model that does not work."""

from django.core import checks

from common.apps import GuardedConfig
from sources import inference


class SourcesConfig(GuardedConfig):
    default = True
    name = "sources"

    def ready(self) -> None:
        super().ready()
        checks.register(inference.check)
