"""Background work, as rows: the row is the truth, a broker message only wakes a worker."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of work: a step of the pipeline on one subject. `group` gathers what a page shows together."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    step = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    group = models.CharField(max_length=60, blank=True)  # "article:12"
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)  # since it was last (re)started
    lease = models.PositiveIntegerField(
        default=0
    )  # counts every start: whoever holds an older one has lost the job
    run_after = models.DateTimeField(default=timezone.now)
    rung_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    held_by = models.CharField(max_length=120, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="job_once", fields=["step", "subject_id"]),
            models.CheckConstraint(
                name="job_state_known", condition=Q(state__in=["queued", "running", "done", "failed"])
            ),
            models.CheckConstraint(
                name="job_running_is_leased",
                condition=Q(state="running", leased_until__isnull=False)
                | ~Q(state="running") & Q(leased_until__isnull=True),
            ),
            models.CheckConstraint(name="job_failed_says_why", condition=~Q(state="failed") | ~Q(error="")),
        ]
        indexes = [
            models.Index(name="job_due", fields=["state", "run_after"]),
            models.Index(name="job_group", fields=["group", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.subject_id}: {self.state}"


class Heartbeat(models.Model):
    """When a worker was last alive. What a silent worker held is taken over."""

    name = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
