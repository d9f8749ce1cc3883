"""The embedded broker: a folder of small files, for a desk on one machine.

A message only wakes a worker, and a lost one is sent again by the sweep, so this need not be more than kombu's own
filesystem transport. It differs where that one breaks: a message appears under its name only when it is whole, one
worker alone can take it, and a file that vanished or cannot be read ends nothing.

    queues/<queue>/<time>-<id>    messages that wait, oldest first
    tables/<exchange>             which queues an exchange feeds
    draft/, taken/, broken/       half-written; being read; could not be read
"""

from __future__ import annotations

import fcntl
import json
import logging
import shutil
import time
import uuid
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any
from urllib.parse import quote

from kombu.transport import virtual

log = logging.getLogger(__name__)

Message = dict[str, Any]  # kombu's own envelope: JSON that we carry and do not read
Binding = tuple[str, str, str]  # routing key, pattern, queue


class Folder:
    """The folder and what can be done with it. Every change is one rename, so that no reader sees half of one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._listed: dict[str, deque[Path]] = {}
        for name in ("queues", "tables", "draft", "taken", "broken"):
            (root / name).mkdir(parents=True, exist_ok=True)

    def queue(self, name: str) -> Path:
        """Where a queue's messages wait."""
        return self.root / "queues" / quote(name, safe="")

    def put(self, queue: str, message: Message) -> None:
        """Add one message to the end of a queue, which is made when it is not there."""
        name = f"{time.time_ns():020d}-{uuid.uuid4().hex}"
        draft = self.root / "draft" / name
        draft.write_text(json.dumps(message))
        try:
            draft.rename(self.queue(queue) / name)
        except FileNotFoundError:
            self.queue(queue).mkdir(parents=True, exist_ok=True)
            draft.rename(self.queue(queue) / name)

    def take(self, queue: str) -> Message | None:
        """Remove and return the oldest message that this caller can have; None when there is none."""
        while (path := self._next(queue)) is not None:
            taken = self.root / "taken" / path.name
            try:
                path.rename(taken)
            except FileNotFoundError:
                continue  # another worker was quicker
            try:
                message: Message = json.loads(taken.read_text())
            except ValueError:
                taken.rename(self.root / "broken" / path.name)
                log.warning("put aside a message that cannot be read: %s", path.name)
                continue
            taken.unlink(missing_ok=True)
            return message
        return None

    def _next(self, queue: str) -> Path | None:
        listed = self._listed.setdefault(queue, deque())
        if not listed:
            listed.extend(sorted(self.waiting(queue)))
        return listed.popleft() if listed else None

    def waiting(self, queue: str) -> list[Path]:
        """The files of the messages that wait, in no order."""
        try:
            return list(self.queue(queue).iterdir())
        except FileNotFoundError:
            return []

    def purge(self, queue: str) -> int:
        """Throw away what waits; returns how many."""
        waiting = self.waiting(queue)
        for path in waiting:
            path.unlink(missing_ok=True)
        self._listed.pop(queue, None)
        return len(waiting)

    def remove(self, queue: str) -> None:
        """Remove a queue with what waits in it."""
        shutil.rmtree(self.queue(queue), ignore_errors=True)
        self._listed.pop(queue, None)

    def table(self, exchange: str) -> list[Binding]:
        """The queues that an exchange feeds."""
        try:
            rows = json.loads(self._table_path(exchange).read_text())
        except (FileNotFoundError, ValueError):
            return []
        return [(row[0], row[1], row[2]) for row in rows]

    def bind(self, exchange: str, binding: Binding) -> None:
        """Let an exchange feed one more queue."""
        with self._alone():
            table = self.table(exchange)
            if binding not in table:
                self._write_table(exchange, [binding, *table])

    def unbind(self, exchange: str, binding: Binding) -> None:
        """Let an exchange no longer feed a queue."""
        with self._alone():
            table = self.table(exchange)
            if binding in table:
                self._write_table(exchange, [row for row in table if row != binding])

    def _table_path(self, exchange: str) -> Path:
        return self.root / "tables" / (quote(exchange, safe="") or "-")

    def _write_table(self, exchange: str, table: list[Binding]) -> None:
        draft = self.root / "draft" / uuid.uuid4().hex
        draft.write_text(json.dumps(table))
        draft.rename(self._table_path(exchange))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.root / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # released when the file closes, also by a killed process
            yield

    def tidy(self, older_than: float) -> None:
        """Remove what was left behind by the killed and the gone: anything last touched before `older_than` (epoch)."""
        for path in self.root.glob("*/**/*"):
            try:
                if path.is_file() and path.parent.name != "tables" and path.stat().st_mtime < older_than:
                    path.unlink()
            except FileNotFoundError:
                continue


class Channel(virtual.Channel):
    """kombu's calls, passed on to the folder."""

    supports_fanout = True

    def __init__(self, connection: Any, **kwargs: Any) -> None:  # kombu's signature
        super().__init__(connection, **kwargs)
        self.folder = Folder(Path(connection.client.transport_options["folder"]))

    def _new_queue(self, queue: str, **_: Any) -> None:  # kombu's signature, here and below
        self.folder.queue(queue).mkdir(parents=True, exist_ok=True)

    def _has_queue(self, queue: str, **_: Any) -> bool:
        return self.folder.queue(queue).is_dir()

    def _put(self, queue: str, message: Message, **_: Any) -> None:
        self.folder.put(queue, message)

    def _put_fanout(self, exchange: str, message: Message, routing_key: str, **_: Any) -> None:
        for _key, _pattern, queue in self.folder.table(exchange):
            self.folder.put(queue, message)

    def _get(self, queue: str, timeout: float | None = None) -> Message:
        message = self.folder.take(queue)
        if message is None:
            raise Empty
        return message

    def _size(self, queue: str) -> int:
        return len(self.folder.waiting(queue))

    def _purge(self, queue: str) -> int:
        return self.folder.purge(queue)

    def _delete(self, queue: str, exchange: str, routing_key: str, pattern: str, *_: Any, **__: Any) -> None:
        self.folder.remove(queue)
        self.folder.unbind(exchange, (routing_key or "", pattern or "", queue or ""))

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        self.folder.bind(exchange, (routing_key or "", pattern or "", queue or ""))

    def get_table(self, exchange: str) -> list[Binding]:
        return self.folder.table(exchange)


# What this process has declared, for each folder: shared by its connections, so that one may use what another made.
_declared: defaultdict[str, virtual.BrokerState] = defaultdict(virtual.BrokerState)


class Transport(virtual.Transport):
    """`folder://`, with the transport option `folder` saying where."""

    Channel = Channel
    implements = virtual.Transport.implements.extend(
        asynchronous=False, exchange_type=frozenset(["direct", "topic", "fanout"])
    )
    default_port = 0
    driver_type = driver_name = "folder"
    # What may pass by itself: the folder is away or full for a moment.
    connection_errors = (*virtual.Transport.connection_errors, OSError)

    def __init__(self, client: Any, **kwargs: Any) -> None:  # kombu's signature
        super().__init__(client, **kwargs)
        self.state = _declared[client.transport_options["folder"]]

    def driver_version(self) -> str:
        return "1"
