"""Enqueue in the caller's transaction; run at least once, take effect once. The row is the truth, Celery the bell."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from celery import signature
from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from common import request_id
from common.errors import Conflict, DeskError, NotFound
from jobs import worker
from jobs.models import Job
from jobs.pipeline import steps

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=6)  # longer than the hard time limit of a task, config/settings.py
MOST_ATTEMPTS = 5
RING_AGAIN_AFTER = timedelta(seconds=30)
SWEEP_AT_MOST = 500


def enqueue(
    step: str, subject_id: int, *, group: str = "", run_after: datetime | None = None, again: bool = False
) -> Job:
    """Write down one piece of work. Doing it twice for the same subject is doing it once, unless `again`."""
    if not connection.in_atomic_block:
        raise RuntimeError("work is enqueued in the transaction of what caused it")
    now = timezone.now()
    job, made = Job.objects.get_or_create(
        step=step, subject_id=subject_id, defaults={"group": group, "run_after": run_after or now}
    )
    if not made and again:
        _reset(Job.objects.filter(pk=job.pk), run_after=run_after or now)
    if (made or again) and (run_after is None or run_after <= now):
        ring(job.pk)
    return job


def enqueue_each(
    step: str,
    subject_ids: Iterable[int],
    *,
    group: str = "",
    run_after: datetime | None = None,
    again: bool = False,
) -> list[int]:
    """`enqueue` for many subjects with a constant number of queries. Returns the ids of the jobs that now wait.

    What waits already waits no longer and no shorter.
    """
    waiting = _write_each(step, subject_ids, group=group, run_after=run_after, again=again)
    for job_id in waiting:
        ring(job_id)
    return waiting


def _write_each(
    step: str,
    subject_ids: Iterable[int],
    *,
    group: str,
    run_after: datetime | None = None,
    again: bool,
) -> list[int]:
    if not connection.in_atomic_block:
        raise RuntimeError("work is enqueued in the transaction of what caused it")
    ids, when = sorted(set(subject_ids)), run_after or timezone.now()
    made = [Job(step=step, subject_id=subject_id, group=group, run_after=when) for subject_id in ids]
    Job.objects.bulk_create(made, ignore_conflicts=True)
    jobs = Job.objects.filter(step=step, subject_id__in=ids)
    if again:
        _reset(jobs.exclude(state=Job.State.QUEUED), run_after=when)
    return list(jobs.filter(state=Job.State.QUEUED).order_by("pk").values_list("pk", flat=True))


def cancel(step: str, subject_id: int) -> None:
    """Take back work that has not begun: an order that was withdrawn."""
    Job.objects.filter(step=step, subject_id=subject_id, state=Job.State.QUEUED).delete()


def ring(job_id: int) -> None:
    """Tell the workers after the commit. A lost bell delays the job until the next sweep, no more."""
    transaction.on_commit(lambda: _deliver(job_id), robust=True)


def _deliver(job_id: int) -> None:
    signature("jobs.tasks.run_job", args=[job_id]).delay()


def run(job_id: int) -> None:
    """Do one job, unless it is done, not due yet, or a living worker holds it.

    What follows on one subject is done right after it, in the same breath: a claim is finished before the next one
    begins. Where several subjects follow, each is rung for.
    """
    waiting = [job_id]
    while waiting:
        job = _lease(waiting.pop())
        if job is not None:
            request_id.begin()
            waiting = _run(job)


def _run(job: Job) -> list[int]:
    """Do a leased job; the ids of the jobs to do in the same breath."""
    try:
        step = steps()[job.step]
        result = step.work(job.subject_id)
        with transaction.atomic():
            held = Job.objects.select_for_update().filter(pk=job.pk).first()
            if held is None or held.lease != job.lease or held.state != Job.State.RUNNING:
                return []  # the lease ran out and someone else took over
            following = list(step.store(job.subject_id, result))
            waiting = _write_each(step.then, following, group=job.group, again=True) if step.then else []
            Job.objects.filter(pk=job.pk).update(
                state=Job.State.DONE, leased_until=None, held_by="", error="", finished_at=timezone.now()
            )
            if len(waiting) > 1:
                for following_id in waiting:
                    ring(following_id)
                return []
        return waiting
    except DeskError as error:
        put_back(job, reason=str(error), final=not getattr(error, "retry", False))
    except Exception as error:  # a step may fail in any way; the row keeps the reason
        log.exception("job failed", extra={"job": job.pk, "step": job.step})
        told = {"error": f"{type(error).__name__}: {error}"}
        put_back(job, reason=_("It stopped on an error inside: %(error)s.") % told, final=False)
    return []


def run_next(group: str) -> bool:
    """Do the next job of a group that is due, here and now. False when none is."""
    now = timezone.now()
    waiting = Job.objects.filter(group=group, state=Job.State.QUEUED, run_after__lte=now).order_by("pk")
    job_id = waiting.values_list("pk", flat=True).first()
    if job_id is not None:
        run(job_id)
    return job_id is not None


def _lease(job_id: int) -> Job | None:
    now = timezone.now()
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id).first()
        if job is None or job.state in (Job.State.DONE, Job.State.FAILED) or job.run_after > now:
            return None
        if job.leased_until and job.leased_until > now and not worker.silent(job.held_by):
            return None
        job.state, job.leased_until, job.held_by = Job.State.RUNNING, now + LEASE, worker.name()
        job.attempt, job.lease, job.started_at = job.attempt + 1, job.lease + 1, now
        job.save(update_fields=["state", "leased_until", "held_by", "attempt", "lease", "started_at"])
    return job


def put_back(job: Job, *, reason: str, final: bool) -> None:
    """Keep the reason; try again later, or say that it failed when that is pointless or was tried enough."""
    last = final or job.attempt >= MOST_ATTEMPTS
    Job.objects.filter(pk=job.pk, lease=job.lease, state=Job.State.RUNNING).update(
        state=Job.State.FAILED if last else Job.State.QUEUED,
        leased_until=None,
        held_by="",
        error=reason[:2000] or _("It failed without saying why."),
        run_after=timezone.now() + timedelta(seconds=2**job.attempt),
        finished_at=timezone.now() if last else None,
    )


def restart(job_id: int) -> Job:
    """Put a failed job back by hand, in the caller's transaction. Raises NotFound, or Conflict when it did not fail."""
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise NotFound(_("There is no such piece of work."))
    if job.state != Job.State.FAILED:
        raise Conflict(_("This has not failed: nothing to restart."), current={"state": job.state})
    _reset(Job.objects.filter(pk=job.pk), run_after=timezone.now())
    ring(job.pk)
    return job


def _reset(jobs: QuerySet[Job], *, run_after: datetime) -> None:
    jobs.update(
        state=Job.State.QUEUED,
        attempt=0,
        leased_until=None,
        held_by="",
        error="",
        finished_at=None,
        run_after=run_after,
        rung_at=timezone.now(),
    )


def due() -> QuerySet[Job]:
    """What should have begun by now: its bell was lost, its worker died, or its back-off ended. Uses index: job_due."""
    now = timezone.now()
    waiting = Q(state=Job.State.QUEUED, run_after__lte=now, rung_at__lte=now - RING_AGAIN_AFTER)
    waiting |= Q(state=Job.State.QUEUED, run_after__lte=now, attempt__gt=0)
    abandoned = Q(state=Job.State.RUNNING, leased_until__lte=now) | Q(
        state=Job.State.RUNNING, held_by__in=_silent_holders()
    )
    return Job.objects.filter(waiting | abandoned).order_by("run_after", "pk")


def sweep() -> int:
    """Ring again for what is due, and return for how many."""
    with transaction.atomic():
        ids = list(due().values_list("pk", flat=True)[:SWEEP_AT_MOST])
        Job.objects.filter(pk__in=ids).update(rung_at=timezone.now())
        for job_id in ids:
            ring(job_id)
    return len(ids)


def progress(groups: Iterable[str]) -> dict[str, dict[tuple[str, str], int]]:
    """How far each group is: counts by (step, state). One query for any number of groups. Uses index: job_group."""
    found: dict[str, dict[tuple[str, str], int]] = {group: {} for group in groups}
    rows = (
        Job.objects.filter(group__in=list(found))
        .values_list("group", "step", "state")
        .annotate(n=Count("pk"))
    )
    for group, step, state, n in rows.order_by():
        found[group][step, state] = n
    return found


def failed_in(group: str) -> QuerySet[Job]:
    """The failed jobs of a group, oldest first, with their reasons."""
    return Job.objects.filter(group=group, state=Job.State.FAILED).order_by("pk")


def _silent_holders() -> list[str]:
    held = (
        Job.objects.filter(state=Job.State.RUNNING)
        .exclude(held_by="")
        .values_list("held_by", flat=True)
        .distinct()
    )
    return [name for name in held if worker.silent(name)]
