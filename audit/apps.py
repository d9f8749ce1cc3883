"""App set-up: put the guards back after every migrate."""

from common.apps import GuardedConfig


class AuditConfig(GuardedConfig):
    default = True
    name = "audit"
