"""Models in folders that the environment names: read once for each process, or the reason why they cannot be used."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Held(Generic[M]):
    """What a folder holds: a model, or the reason why it has none that works. Neither where no folder is named."""

    model: M | None = None
    why: str = ""


class Folders(Generic[M]):
    """Remembers what each folder held. Threads may share it."""

    def __init__(self, read: Callable[[Path], M], broken: type[Exception]) -> None:
        """`read` takes a folder and raises `broken` with a sentence where nothing in it can be used."""
        self._read, self._broken = read, broken
        self._held: dict[str, Held[M]] = {}
        self._lock = threading.Lock()

    def at(self, folder: str) -> Held[M]:
        """What a folder holds; nothing for no folder."""
        if not folder:
            return Held()
        with self._lock:
            if folder not in self._held:
                self._held[folder] = self._look(folder)
            return self._held[folder]

    def _look(self, folder: str) -> Held[M]:
        try:
            return Held(self._read(Path(folder).expanduser()))
        except self._broken as error:
            log.warning("the model in %s cannot be used: %s", folder, error)
            return Held(why=str(error))
