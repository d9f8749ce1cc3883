"""Background work: rows are the truth, it runs at least once and takes effect once."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from common.errors import Conflict, Invalid
from jobs import progress, queue, tasks, worker
from jobs.models import Heartbeat, Job
from jobs.pipeline import Step

pytestmark = pytest.mark.django_db
EFFECTS: list[int] = []
GATE = threading.Barrier(2)


def _work(subject: int) -> int:
    return subject * 2


def _store(subject: int, result: int) -> list[int]:
    EFFECTS.append(result)
    return [subject + 1]


def _fan(subject: int, result: int) -> list[int]:
    return [subject + 1, subject + 2]


def _broken(subject: int) -> int:
    raise OSError("no net")


def _refused(subject: int) -> int:
    raise Invalid("That page needs a login. Paste the text instead.")


def _slow(subject: int) -> int:
    GATE.wait(20)
    return subject


def _end(subject: int, result: Any) -> list[int]:
    EFFECTS.append(result)
    return []


LINE = (Step("one", _work, _store, then="two"), Step("two", _work, _end))
FAN = (Step("one", _work, _fan, then="two"), Step("two", _work, _end))
BROKEN = (Step("one", _broken, _store),)
REFUSED = (Step("one", _refused, _store),)
SLOW = (Step("one", _slow, _end),)


@pytest.fixture(autouse=True)
def _line(settings: Any) -> None:
    settings.JOBS_PIPELINE = "tests.jobs.test_queue.LINE"
    EFFECTS.clear()


def _enqueue(step: str = "one", subject: int = 1, **more: Any) -> Job:
    with transaction.atomic():
        return queue.enqueue(step, subject, group="g:1", **more)


def test_one_step_follows_another(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        _enqueue(subject=5)
    assert EFFECTS == [10, 12]
    assert set(Job.objects.values_list("step", "subject_id", "state")) == {
        ("one", 5, "done"),
        ("two", 6, "done"),
    }


def test_what_follows_on_one_subject_is_done_in_the_same_breath():
    queue.run(_enqueue(subject=5).pk)
    assert EFFECTS == [10, 12]


def test_enqueueing_twice_is_enqueueing_once():
    assert _enqueue().pk == _enqueue().pk
    assert Job.objects.count() == 1


def test_doing_it_again_does_what_follows_again(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        _enqueue()
    with django_capture_on_commit_callbacks(execute=True):
        _enqueue(again=True)
    assert EFFECTS == [2, 4, 2, 4]


def test_what_fails_keeps_its_reason_and_is_tried_five_times(settings):
    settings.JOBS_PIPELINE = "tests.jobs.test_queue.BROKEN"
    job = _enqueue()
    for attempt in range(1, 6):
        Job.objects.filter(pk=job.pk).update(run_after=timezone.now())
        queue.run(job.pk)
        job.refresh_from_db()
        assert (job.attempt, job.error) == (attempt, "It stopped on an error inside: OSError: no net.")
        assert job.state == ("failed" if attempt == 5 else "queued")


def test_a_back_off_is_kept(settings):
    settings.JOBS_PIPELINE = "tests.jobs.test_queue.BROKEN"
    job = _enqueue()
    queue.run(job.pk)
    queue.run(job.pk)
    job.refresh_from_db()
    assert (job.attempt, job.state) == (1, "queued")
    assert job.run_after > timezone.now()


def test_what_cannot_get_better_fails_at_once_with_its_sentence(settings):
    settings.JOBS_PIPELINE = "tests.jobs.test_queue.REFUSED"
    job = _enqueue()
    queue.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "That page needs a login. Paste the text instead.")


def test_only_what_failed_is_restarted(settings):
    settings.JOBS_PIPELINE = "tests.jobs.test_queue.REFUSED"
    job = _enqueue()
    with pytest.raises(Conflict, match="has not failed"):
        queue.restart(job.pk)
    queue.run(job.pk)
    queue.restart(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.error) == ("queued", 0, "")


def test_a_lost_bell_is_rung_again_by_the_sweep(django_capture_on_commit_callbacks, time_machine):
    with django_capture_on_commit_callbacks():  # the broker is away: nothing rings
        _enqueue()
    assert tasks.sweep() == 0
    time_machine.move_to(timezone.now() + timedelta(seconds=31))
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.sweep() == 1
    assert EFFECTS == [2, 4]


def test_the_work_of_a_silent_worker_is_taken_over(django_capture_on_commit_callbacks):
    job = _enqueue()
    Job.objects.filter(pk=job.pk).update(
        state="running",
        leased_until=timezone.now() + timedelta(minutes=5),
        held_by="gone",
        attempt=1,
        lease=1,
    )
    worker.beat("gone")
    assert tasks.sweep() == 0
    Heartbeat.objects.filter(name="gone").update(at=timezone.now() - timedelta(seconds=30))
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.sweep() == 1
    job.refresh_from_db()
    assert (job.state, job.lease) == ("done", 2)


@pytest.mark.django_db(transaction=True)
def test_enqueueing_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="in the transaction of what caused it"):
        queue.enqueue("one", 1)


def test_progress_tells_how_far_a_group_is(settings):
    settings.JOBS_PIPELINE = "tests.jobs.test_queue.FAN"
    _enqueue(subject=1)
    assert progress.of(["g:1"])["g:1"].state == "queued"
    queue.run(Job.objects.get().pk)
    halfway = progress.of(["g:1", "g:2"])
    assert (halfway["g:1"].state, halfway["g:1"].done, halfway["g:1"].total) == ("running", 1, 3)
    assert halfway["g:2"].state == "done"
    assert queue.run_next("g:1")
    assert queue.run_next("g:1")
    assert not queue.run_next("g:1")
    assert progress.of(["g:1"])["g:1"].state == "done"


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_job_take_effect_once(settings):
    settings.JOBS_PIPELINE = "tests.jobs.test_queue.SLOW"
    job = Job.objects.create(step="one", subject_id=7)

    def run() -> None:
        queue.run(job.pk)
        connection.close()

    first = threading.Thread(target=run)
    first.start()
    started = threading.Event()
    for _ in range(200):
        if Job.objects.get(pk=job.pk).state == "running":
            break
        started.wait(0.05)
    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now())  # the first worker seems dead
    second = threading.Thread(target=run)
    second.start()
    first.join(30)
    second.join(30)
    job.refresh_from_db()
    assert (job.state, job.lease) == ("done", 2)
    assert EFFECTS == [7]
