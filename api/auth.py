"""Who calls, and what their token lets them do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts import tokens
from accounts.models import ApiToken, Scope, User
from api.problems import MissingScope
from api.throttling import WrongTokens

if TYPE_CHECKING:  # at run time this module is loaded by rest_framework.views itself
    from rest_framework.views import APIView

REALM = 'Bearer realm="Claimdesk API"'


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token cd_…` or `Bearer cd_…`."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _space, secret = request.headers.get("Authorization", "").strip().partition(" ")
        if scheme.lower() not in ("token", "bearer"):
            return None
        token = tokens.find(secret.strip())
        if token is None:
            flood = WrongTokens()
            if not flood.allows(request):
                raise Throttled(flood.wait(), detail="Too many wrong tokens from this address.")
            raise AuthenticationFailed("This token is wrong, expired or revoked. Ask for a new one.")
        user = token.user
        user.let_in = tokens.covers(token.scopes, Scope.READ_DESK)
        return user, token

    def authenticate_header(self, request: Request) -> str:
        return REALM


def scopes_of(request: Request) -> list[str]:
    """What the caller may do at most: the token's scopes, or all of the role's for someone who is logged in."""
    if isinstance(request.auth, ApiToken):
        return list(request.auth.scopes)
    return tokens.allowed_scopes(request.user) if request.user.is_authenticated else []


class HasScope(BasePermission):
    """Lets through who holds the scope that the endpoint names for this method. The actions ask for the role."""

    message = "Send a token: Authorization: Bearer cd_…"

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not request.user.is_authenticated:
            return False
        reads = request.method in ("GET", "HEAD", "OPTIONS")
        wanted: str = view.reading if reads else view.writing  # type: ignore[attr-defined]  # every Endpoint has both
        if not tokens.covers(scopes_of(request), wanted):
            raise MissingScope(wanted)
        return True
