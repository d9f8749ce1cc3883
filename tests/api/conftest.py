"""Callers of the API: each with a token of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from accounts import tokens
from accounts.models import User

Caller = Callable[..., APIClient]


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> None:
    """The throttles count in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def caller(db: None) -> Caller:
    """A client with a token: `caller(editor)` with all scopes of the role, `caller(editor, "read")` with one."""

    def make(user: User, *scopes: str) -> APIClient:
        secret, _token = tokens.issue(user, scopes=scopes)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return make


@pytest.fixture
def as_checker(caller: Caller, checker: User) -> APIClient:
    return caller(checker)


@pytest.fixture
def as_editor(caller: Caller, editor: User) -> APIClient:
    return caller(editor)


@pytest.fixture
def as_reader(caller: Caller, reader: User) -> APIClient:
    """A consumer who reads what is public and nothing else."""
    return caller(reader, "read")


@pytest.fixture
def as_partner(caller: Caller, reader: User) -> APIClient:
    """A consumer who may also read what is in work."""
    return caller(reader, "read:desk")
