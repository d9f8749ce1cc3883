"""What a background step is. The steps themselves stand in `config/pipeline.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Step:
    """`work` is slow, holds no transaction and may run twice; `store` is quick, runs in one, and takes effect once.

    `store` returns the ids on which the step named `then` works; none follow when `then` is empty.
    """

    name: str
    work: Callable[[int], Any]
    store: Callable[[int, Any], Iterable[int]]
    then: str = ""


def steps() -> dict[str, Step]:
    """The steps by name, in their order."""
    return {step.name: step for step in import_string(settings.JOBS_PIPELINE)}
