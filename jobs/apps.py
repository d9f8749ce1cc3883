"""App set-up: the tasks are known to every process, so that one can be rung by name."""

from importlib import import_module

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"

    def ready(self) -> None:
        import_module("jobs.tasks")
