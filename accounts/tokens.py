"""Make, check and revoke API tokens."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from accounts.models import ApiToken, Scope, User
from accounts.roles import Role
from common.errors import Invalid

PREFIX = "cd_"
USED_AGAIN_AFTER = timedelta(minutes=5)  # last use is written at most this often: reads stay reads


def issue(
    user: User, *, scopes: Sequence[str] = (), label: str = "", lifetime: timedelta | None = None
) -> tuple[str, ApiToken]:
    """Make a token and return its secret, which is kept nowhere. Without `scopes`, all that the role allows.

    Raises Invalid for a scope that does not exist or that the person's role cannot use.
    """
    allowed = allowed_scopes(user)
    wanted = list(dict.fromkeys(scopes)) or allowed
    for scope in wanted:
        if scope not in Scope.values:
            raise Invalid(f"There is no scope “{scope}”. The scopes are: {', '.join(Scope.values)}.")
        if scope not in allowed:
            raise Invalid(f"The role of {user.username} does not allow the scope “{scope}”.")
    secret = PREFIX + secrets.token_urlsafe(32)
    expires = timezone.now() + lifetime if lifetime else None
    token = ApiToken.objects.create(
        user=user, label=label, prefix=secret[:10], digest=digest(secret), scopes=wanted, expires_at=expires
    )
    return secret, token


def allowed_scopes(user: User) -> list[str]:
    """The scopes that a person's tokens may hold. A reader may be let in to see work, never to change it."""
    if user.role >= Role.FACT_CHECKER:
        return list(Scope.values)
    return [Scope.READ, Scope.READ_DESK]


def find(secret: str) -> ApiToken | None:
    """The token of this secret, if it is in force. One query; a write at most every five minutes."""
    token = (
        ApiToken.objects.select_related("user").filter(digest=digest(secret), revoked_at__isnull=True).first()
    )
    now = timezone.now()
    if not token or not token.user.is_active or (token.expires_at and token.expires_at <= now):
        return None
    if token.last_used_at is None or now - token.last_used_at > USED_AGAIN_AFTER:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def covers(scopes: Sequence[str], wanted: str) -> bool:
    """Whether a token with these scopes may do what asks for `wanted`: each scope includes the ones before it."""
    ladder = list(Scope.values)
    return any(scope in ladder[ladder.index(wanted) :] for scope in scopes)


def revoke(token_id: int, *, owner: User) -> bool:
    """End a token of one's own. False if there is no such token in force."""
    mine = ApiToken.objects.filter(pk=token_id, user=owner, revoked_at__isnull=True)
    return mine.update(revoked_at=timezone.now()) == 1


def digest(secret: str) -> str:
    """SHA-256 in hex. The secret has 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()
