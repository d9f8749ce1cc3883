"""The nightly round: what keeps itself true is looked at while nobody works."""

from __future__ import annotations

import logging

from celery import shared_task
from django.core.management import CommandError, call_command

from reviews.actions import absences
from sources import connecting, rechecking, watching

log = logging.getLogger(__name__)

ROUND = ("verify_audit", "verify_data", "clearsessions")


@shared_task(ignore_result=True)
def ask_again() -> int:
    """Ask the services that could not be asked, where their time has come."""
    return connecting.ask_again_due()


@shared_task(ignore_result=True)
def watch() -> int:
    """Look at the watched feeds whose time has come."""
    return watching.enqueue_due()


@shared_task(ignore_result=True)
def recheck() -> int:
    """Look again at the cited pages whose time has come."""
    return rechecking.enqueue_due()


@shared_task(ignore_result=True)
def search_again() -> int:
    """Search again for every absence whose day has come."""
    return absences.search_again_due()


@shared_task(ignore_result=True)
def nightly() -> list[str]:
    """Run each command of the round, whatever the others say; returns those that found something wrong."""
    wrong = []
    for command in ROUND:
        try:
            call_command(command)
        except (CommandError, SystemExit) as error:
            log.error("nightly %s found something: %s", command, error)
            wrong.append(command)
    return wrong
