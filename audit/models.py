"""What happened, who did it: append-only, in the order of the commits, each event sealing the one before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class AuditEvent(models.Model):
    """One change of state. `digest` seals all other columns and, through `previous`, every earlier event."""

    seq = models.BigIntegerField(primary_key=True)
    subject_type = models.CharField(max_length=20)  # "claim"
    subject_id = models.BigIntegerField()
    verb = models.CharField(max_length=40)  # "verdict.submitted"
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(name="audit_subject_seq", fields=["subject_type", "subject_id", "seq"])]
        constraints = [
            models.UniqueConstraint(name="audit_previous_once", fields=["previous"]),
            models.CheckConstraint(
                name="audit_first_has_no_previous",
                condition=Q(seq=1, previous="") | Q(seq__gt=1) & ~Q(previous=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.subject_type}:{self.subject_id}"


class AuditHead(models.Model):
    """One row: the newest event. Whoever writes an event holds it until the commit."""

    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="audit_one_head", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.seq)
