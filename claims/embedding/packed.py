"""Vectors in one byte a number, as they are kept and searched: a cosine is off by about 0.001."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from claims.embedding.base import Floats

STEPS = 127  # the largest number of a vector, in bytes; its length is told by the bytes themselves
BLOCK = 8_192  # vectors that are made floats at once: 12 MB of 384 numbers


def pack(vectors: Floats) -> list[bytes]:
    """Each vector as one signed byte a number, the largest of them 127: its direction is kept, its length is not."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0.0)
    scaled = np.rint(vectors / np.where(largest > 0, largest, 1.0) * STEPS).astype(np.int8)
    return [row.tobytes() for row in scaled]


def unpack(packed: Sequence[bytes]) -> Floats:
    """The vectors again, of length 1."""
    rows = np.frombuffer(b"".join(packed), np.int8).reshape(len(packed), -1).astype(np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1.0), np.float32)


class Packed:
    """Packed vectors by key, the newest `most` of them; a search looks at every one."""

    def __init__(self, dimensions: int, *, most: int) -> None:
        """Make room for none yet; it grows to `most` times `dimensions` bytes, and 12 bytes for each key."""
        self.most = most
        self._rows: NDArray[np.int8] = np.zeros((0, dimensions), np.int8)
        self._lengths: Floats = np.zeros(0, np.float32)
        self._keys: NDArray[np.int64] = np.zeros(0, np.int64)
        self._added = 0  # ever: where full, the next takes the place of the oldest

    def __len__(self) -> int:
        """How many are in it."""
        return min(self._added, self.most)

    def add(self, keys: Sequence[int], packed: Sequence[bytes]) -> None:
        """Append vectors."""
        rows = np.frombuffer(b"".join(packed), np.int8).reshape(len(packed), -1)[-self.most :]
        names = np.array(keys, np.int64)[-self.most :]
        self._grow(min(self.most, self._added + len(rows)))
        places = (self._added + np.arange(len(rows))) % self.most
        self._rows[places], self._keys[places] = rows, names
        self._lengths[places] = np.linalg.norm(rows.astype(np.float32), axis=1)
        self._added += len(rows)

    def nearest(self, vector: Floats, count: int) -> list[tuple[int, float]]:
        """The keys of the vectors nearest to one of length 1, with their cosines, nearest first."""
        size = len(self)
        cosines = np.zeros(size, np.float32)
        for start in range(0, size, BLOCK):
            end = min(start + BLOCK, size)
            lengths = self._lengths[start:end]
            products = self._rows[start:end].astype(np.float32) @ vector
            cosines[start:end] = products / np.where(lengths > 0, lengths, 1.0)
        best = np.argpartition(-cosines, count)[:count] if size > count else np.arange(size)
        best = best[np.lexsort((self._keys[best], -cosines[best]))]
        return [(int(self._keys[place]), float(cosines[place])) for place in best]

    def _grow(self, size: int) -> None:
        """Room for `size` vectors: doubled, so that adding one by one stays cheap."""
        if size <= len(self._rows):
            return
        room = min(self.most, max(size, 2 * len(self._rows), BLOCK))
        more = room - len(self._rows)
        self._rows = np.concatenate([self._rows, np.zeros((more, self._rows.shape[1]), np.int8)])
        self._lengths = np.concatenate([self._lengths, np.zeros(more, np.float32)])
        self._keys = np.concatenate([self._keys, np.zeros(more, np.int64)])
