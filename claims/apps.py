"""App set-up: put the guards back after every migrate."""

from common.apps import GuardedConfig


class ClaimsConfig(GuardedConfig):
    default = True
    name = "claims"
