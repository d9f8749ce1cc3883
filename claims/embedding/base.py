"""What a sentence model is to the rest of the house."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Protocol  # Any: a module

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Unusable(Exception):
    """The model cannot be used; the message is a sentence that says why."""


def runtime(module: str) -> Any:
    """A module of ours that runs models. Raises Unusable where the libraries that it needs are not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        raise Unusable(
            f"{error.name or error} is not installed: make dense, or pip install -r requirements/dense.txt."
        ) from error


class Model(Protocol):
    """A sentence model. `name` is for people; `sha256` is of its files, so that vectors of two are never compared."""

    name: str
    sha256: str
    dimensions: int

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One vector of length 1 for each text, (texts, dimensions). Raises Unusable."""
