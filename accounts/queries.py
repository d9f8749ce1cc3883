"""People, as others see them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import ApiToken, User
from accounts.roles import Role


def people_who_can_hold_claims() -> QuerySet[User]:
    """Those to whom a claim can be given, by name."""
    return User.objects.filter(is_active=True, role__gte=Role.FACT_CHECKER).order_by("first_name", "username")


def people(ids: Iterable[int]) -> dict[int, User]:
    """People by id, those who left included: what they did stays theirs."""
    return User.objects.in_bulk(list(ids))


def person(username: str) -> User | None:
    """An active person by user name."""
    return User.objects.filter(is_active=True, username=username).first()


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """A person's own tokens in force, newest first."""
    return ApiToken.objects.filter(user=user, revoked_at__isnull=True).order_by("-pk")
