"""The two Celery tasks there are."""

from celery import shared_task

from jobs import queue


@shared_task(acks_late=True, ignore_result=True)
def run_job(job_id: int) -> None:
    """Do one job. Safe to ring twice: the row decides."""
    queue.run(job_id)


@shared_task(ignore_result=True)
def sweep() -> int:
    """Ring again for every job that is due."""
    return queue.sweep()
