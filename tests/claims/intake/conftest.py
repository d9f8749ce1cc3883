"""Fixtures for reading documents."""

from tests.common.servers import other_site, site

__all__ = ["other_site", "site"]
