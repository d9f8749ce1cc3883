"""Wordings of claims come again and again: their vectors are made once, and the last ones are kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from claims.embedding.base import Floats, Model

MOST = 10_000  # wordings: 20 MB


class Remembered:
    """A model with the vectors of the texts that were asked for last. Threads may share it."""

    def __init__(self, model: Model, *, most: int = MOST) -> None:
        """Remember nothing yet."""
        self.model, self.most = model, most
        self._known: OrderedDict[str, Floats] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many are remembered."""
        return len(self._known)

    def near(self, asked: str, wordings: Sequence[str]) -> list[float]:
        """How near each wording is in meaning to what is asked, as a cosine. Raises Unusable.

        Thirty new wordings take a quarter of a second.
        """
        vectors = self._vectors([asked, *wordings])
        return [float(cosine) for cosine in vectors[1:] @ vectors[0]]

    def _vectors(self, texts: Sequence[str]) -> Floats:
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        found |= zip(new, self.model.vectors(new), strict=True)
        with self._lock:
            for text in texts:
                self._known[text] = found[text]
                self._known.move_to_end(text)
            while len(self._known) > self.most:
                self._known.popitem(last=False)
        return np.stack([found[text] for text in texts])
