"""What admins set: people with their roles, and the rating scale. Each change is an audit event."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from audit import ledger
from claims import workflow
from reviews.models import Rating


def save_person(person: User, *, by: User, changed: Sequence[str]) -> User:
    """Store a person as an admin edited them. Raises Forbidden."""
    workflow.require_role(by, Role.ADMIN)
    with transaction.atomic(durable=True):
        person.save()
        told = [name for name in changed if "password" not in name]
        ledger.record(
            by, "person.saved", "user", person.pk, changed=told, role=person.role, active=person.is_active
        )
    return person


def save_rating(rating: Rating, *, by: User, changed: Sequence[str]) -> Rating:
    """Store a value of the scale as an admin edited it. Raises Forbidden."""
    workflow.require_role(by, Role.ADMIN)
    with transaction.atomic(durable=True):
        rating.save()
        ledger.record(by, "rating.saved", "rating", rating.pk, changed=list(changed), slug=rating.slug)
    return rating
