"""Fixtures of the desk's pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User


@pytest.fixture
def at_work(client: Client) -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def press(at_work: Callable[[User], Client]) -> Callable[..., Any]:
    """Send a form as a person does, without a script: `press(checker, "take", claim.pk, version=3)`."""

    def send(person: User, name: str, *args: int, **fields: Any) -> Any:
        return at_work(person).post(reverse(f"desk:{name}", args=args), fields)

    return send
