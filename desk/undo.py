"""A word about what was done, with the way back: the step that takes it back, as a form that the toast carries."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.urls import reverse

from claims.lifecycle import Status
from claims.models import Claim


@dataclass(frozen=True, slots=True)
class Undo:
    """Where to post what. The version in it is the claim's after the step, so it takes back nothing newer."""

    url: str
    label: str
    fields: tuple[tuple[str, str], ...]


def step(name: str, claim: Claim, label: str, **fields: object) -> Undo:
    """The step of this name (as in desk/work_urls.py) on a claim as it is now."""
    given = {"version": claim.version, **fields}
    return Undo(
        reverse(f"desk:{name}", args=[claim.pk]),
        label,
        tuple((field, str(value)) for field, value in given.items()),
    )


def for_each(deeds: Iterable[tuple[str, Claim]], label: str) -> Undo | None:
    """A step for each of several claims as they are now; None when there are none."""
    fields: list[tuple[str, str]] = []
    for deed, claim in deeds:
        fields += [("claim", str(claim.pk)), (f"deed-{claim.pk}", deed)]
        fields.append((f"version-{claim.pk}", str(claim.version)))
    return Undo(reverse("desk:bulk"), label, tuple(fields)) if fields else None


def of_dismissal(before: str) -> str:
    """The step that takes a dismissal back to where the claim was."""
    return "restore" if before == Status.NEW else "reopen"


def say(request: HttpRequest, text: str, undo: Undo | None = None) -> None:
    """Tell what was done; it is shown once, on the page or in the fragment that comes next."""
    tags = json.dumps([undo.url, undo.label, undo.fields]) if undo else ""
    messages.success(request, text, extra_tags=tags)


def of(message: Message) -> Undo | None:
    """The way back that a message carries."""
    if not (message.extra_tags or "").startswith("["):
        return None
    url, label, fields = json.loads(message.extra_tags)
    return Undo(url, label, tuple((name, value) for name, value in fields))
