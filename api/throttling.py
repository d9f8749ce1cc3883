"""How often one token, one person or one address may ask. The numbers are in config/settings.py."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts.models import ApiToken

if TYPE_CHECKING:  # at run time this module is loaded by rest_framework.views itself
    from rest_framework.views import APIView

log = logging.getLogger(__name__)


class Throttle(SimpleRateThrottle):
    """Counts in the cache, and lets through while the cache is away: a count is not worth an outage."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        try:
            return super().allow_request(request, view)
        except RedisError:
            log.warning("the cache is away: requests are not counted")
            return True


class PerToken(Throttle):
    """Counts the requests of a token, or of a person who is logged in."""

    scope = "token"

    def get_cache_key(self, request: Request, view: APIView | None) -> str | None:
        if not request.user.is_authenticated:
            return None
        if isinstance(request.auth, ApiToken):
            return f"throttle:token:{request.auth.pk}"
        return f"throttle:person:{request.user.pk}"


class PerAddress(Throttle):
    """Counts the requests that come without a token from one address."""

    scope = "address"

    def get_cache_key(self, request: Request, view: APIView | None) -> str | None:
        return None if request.user.is_authenticated else f"throttle:address:{self.get_ident(request)}"


class WrongTokens(Throttle):
    """Counts the wrong tokens from one address."""

    scope = "wrong_token"

    def get_cache_key(self, request: Request, view: APIView | None) -> str | None:
        return f"throttle:wrong:{self.get_ident(request)}"

    def allows(self, request: Request) -> bool:
        """Count one more; False when there were too many. No view is known yet when a token is checked."""
        return self.allow_request(request, None)  # type: ignore[arg-type]  # the view only goes to get_cache_key
