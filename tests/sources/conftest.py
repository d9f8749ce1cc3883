"""Fixtures for what asks services outside."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache

from accounts.models import User
from sources import connecting
from sources.models import Connection
from tests.common.servers import Site, site

__all__ = ["site"]


@pytest.fixture
def connect(db: None, admin: User, site: Site, settings) -> Callable[..., Connection]:
    """A service of some kind on a local server, switched on: `connect("wikipedia", "/w/api.php")`."""
    settings.CLAIMDESK_FETCH_ALLOW = frozenset([site.place])
    settings.CLAIMDESK_PAGES_PER_MINUTE = 60_000
    settings.CLAIMDESK_KEYS = {"google_factcheck": "secret-key"}
    cache.clear()

    def make(kind: str, path: str = "/", *, on: bool = True, per_minute: float = 60_000) -> Connection:
        made = connecting.add_connection(by=admin, kind=kind, address=site.url(path), per_minute=per_minute)
        return connecting.switch(made.pk, by=admin, version=made.version, on=True) if on else made

    return make
