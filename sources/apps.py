"""App set-up: put the guards back after every migrate."""

from common.apps import GuardedConfig


class SourcesConfig(GuardedConfig):
    default = True
    name = "sources"
