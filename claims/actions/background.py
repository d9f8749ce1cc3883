"""What people do to background work that failed."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from audit import ledger
from claims import workflow
from jobs import queue
from jobs.models import Job


def restart_job(job_id: int, *, by: User) -> Job:
    """Put a failed piece of work back into the queue. Raises Forbidden, NotFound, Conflict when it has not failed."""
    workflow.require_role(by, Role.FACT_CHECKER)
    with transaction.atomic(durable=True):
        job = queue.restart(job_id)
        ledger.record(
            by, "job.restarted", "job", job.pk, step=job.step, subject=job.subject_id, group=job.group
        )
    job.refresh_from_db()
    return job
