"""Fixtures for what everything stands on."""

from tests.common.servers import other_site, site

__all__ = ["other_site", "site"]
