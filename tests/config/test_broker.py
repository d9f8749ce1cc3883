"""The embedded broker: whole messages, each taken once, whoever dies."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection, Exchange, Queue

from config.broker import Folder

SPAWN = multiprocessing.get_context("spawn")


def _put(root: Path, sender: int, count: int) -> None:
    folder = Folder(root)
    for number in range(count):
        folder.put("work", {"sender": sender, "number": number, "padding": "x" * 20_000})


def _take(root: Path, count: int, out: Path) -> None:
    folder, got = Folder(root), []
    end = time.monotonic() + 60
    while not (root / "enough").exists() and time.monotonic() < end:
        message = folder.take("work")
        if message is None:
            time.sleep(0.001)
            continue
        got.append([message["sender"], message["number"]])
        with (root / "taken-count").open("ab") as tally:
            tally.write(b".")
        if (root / "taken-count").stat().st_size >= count:
            (root / "enough").touch()
    out.write_text(json.dumps(got))


def _run(*processes: multiprocessing.process.BaseProcess) -> None:
    for process in processes:
        process.start()
    for process in processes:
        process.join(90)
        assert process.exitcode == 0


def test_two_writers_and_two_readers_in_processes_of_their_own_lose_and_double_nothing(tmp_path):
    outs = [tmp_path / "a.json", tmp_path / "b.json"]
    root = tmp_path / "broker"
    writers = [SPAWN.Process(target=_put, args=(root, sender, 300)) for sender in (1, 2)]
    readers = [SPAWN.Process(target=_take, args=(root, 600, out)) for out in outs]

    _run(*readers, *writers)

    got = [tuple(pair) for out in outs for pair in json.loads(out.read_text())]
    assert len(got) == 600
    assert set(got) == {(sender, number) for sender in (1, 2) for number in range(300)}
    assert list((root / "broken").iterdir()) == []
    assert list((root / "draft").iterdir()) == []


def test_messages_come_out_in_the_order_in_which_they_went_in(tmp_path):
    folder = Folder(tmp_path)
    for number in range(5):
        folder.put("work", {"number": number})

    assert [Folder(tmp_path).take("work") for _ in range(6)] == [*({"number": n} for n in range(5)), None]


def test_a_file_that_cannot_be_read_is_put_aside_and_the_next_message_is_taken(tmp_path, caplog):
    folder = Folder(tmp_path)
    folder.queue("work").mkdir()
    (folder.queue("work") / "0-broken").write_text('{"half": ')
    folder.put("work", {"number": 1})

    assert folder.take("work") == {"number": 1}
    assert [path.name for path in (tmp_path / "broken").iterdir()] == ["0-broken"]
    assert "0-broken" in caplog.text


def test_a_file_that_vanished_after_it_was_listed_is_passed_over(tmp_path):
    slow, quick = Folder(tmp_path), Folder(tmp_path)
    for number in range(3):
        slow.put("work", {"number": number})
    assert slow.take("work") == {"number": 0}
    assert quick.take("work") == {"number": 1}

    assert slow.take("work") == {"number": 2}


def test_queue_names_cannot_lead_out_of_the_folder(tmp_path):
    root = tmp_path / "broker"

    Folder(root).put("../../escaped", {"number": 1})

    assert sorted(path.name for path in tmp_path.iterdir()) == ["broker"]
    assert Folder(root).take("../../escaped") == {"number": 1}


def test_tidying_removes_old_messages_and_keeps_new_ones_and_the_tables(tmp_path):
    folder = Folder(tmp_path)
    folder.bind("news", ("", "", "work"))
    folder.put("work", {"number": "old"})
    for path in folder.waiting("work"):
        os.utime(path, (0, 0))
    os.utime(tmp_path / "tables" / "news", (0, 0))
    folder.put("work", {"number": "new"})

    folder.tidy(older_than=time.time() - 60)

    assert folder.take("work") == {"number": "new"}
    assert folder.take("work") is None
    assert folder.table("news") == [("", "", "work")]


@pytest.fixture
def connection(tmp_path):
    with Connection(
        "folder://localhost", transport_options={"folder": str(tmp_path), "polling_interval": 0.01}
    ) as link:
        yield link


def test_kombu_sends_receives_counts_and_purges_through_it(connection):
    with connection.SimpleQueue("simple") as queue:
        queue.put({"text": "Grüße 👩‍🚒"})
        queue.put({"text": "second"})
        assert queue.qsize() == 2
        message = queue.get(timeout=5)
        assert message.payload == {"text": "Grüße 👩‍🚒"}
        message.ack()
        assert queue.clear() == 1
        with pytest.raises(Empty):
            queue.get(timeout=0.05)


def test_a_message_that_is_put_back_is_delivered_again(connection):
    with connection.SimpleQueue("simple") as queue:
        queue.put({"number": 1})
        queue.get(timeout=5).requeue()

        again = queue.get(timeout=5)

        assert again.payload == {"number": 1}
        again.ack()


def test_a_fanout_exchange_feeds_every_queue_bound_to_it_until_it_is_deleted(connection):
    exchange = Exchange("news", type="fanout", channel=connection.default_channel)
    queues = [Queue(name, exchange, channel=connection.default_channel) for name in ("one", "two")]
    for queue in queues:
        queue.declare()
    connection.Producer().publish({"number": 1}, exchange=exchange)
    queues[0].delete()
    connection.Producer().publish({"number": 2}, exchange=exchange)

    assert queues[1].get().payload == {"number": 1}
    assert queues[1].get().payload == {"number": 2}
    assert queues[0].get() is None


def test_what_a_killed_process_sent_is_received_by_another(tmp_path):
    sender = textwrap.dedent(
        f"""
        import os, signal
        import config.celery
        from kombu import Connection
        with Connection("folder://localhost", transport_options={{"folder": {str(tmp_path)!r}}}) as link:
            link.SimpleQueue("simple").put({{"number": 1}})
            os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    assert subprocess.run([sys.executable, "-c", sender]).returncode == -9

    with Connection("folder://localhost", transport_options={"folder": str(tmp_path)}) as link:
        assert link.SimpleQueue("simple").get(timeout=5).payload == {"number": 1}
