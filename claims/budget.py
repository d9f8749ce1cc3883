"""The language model's daily budget: one row a day, counted before each request, shared by all workers."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from claims.models import ModelUse


def spend() -> bool:
    """Count one request to the language model. False, and nothing counted, when today's are used up."""
    today = timezone.now().date()
    with transaction.atomic():
        ModelUse.objects.get_or_create(day=today)
        left = ModelUse.objects.filter(day=today, requests__lt=settings.CLAIMDESK_LLM_PER_DAY)
        return bool(left.update(requests=F("requests") + 1))
