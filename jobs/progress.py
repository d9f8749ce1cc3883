"""How far the background work on something is, in one word and in counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jobs import queue
from jobs.models import Job


@dataclass(frozen=True, slots=True)
class Progress:
    """`state` is queued, running, done or failed; `steps` counts the jobs of each step by their state."""

    state: str = Job.State.DONE
    done: int = 0
    failed: int = 0
    total: int = 0
    steps: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def active(self) -> bool:
        """Whether anything is still to be done."""
        return self.done + self.failed < self.total


def of(groups: Iterable[str]) -> dict[str, Progress]:
    """The progress of each group. One query for any number of them."""
    return {group: _progress(counts) for group, counts in queue.progress(groups).items()}


def _progress(counts: Mapping[tuple[str, str], int]) -> Progress:
    by_state = dict.fromkeys(Job.State.values, 0)
    steps: dict[str, dict[str, int]] = {}
    for (step, state), n in counts.items():
        by_state[state] += n
        steps.setdefault(step, {})[state] = n
    total = sum(by_state.values())
    waiting, running = by_state[Job.State.QUEUED], by_state[Job.State.RUNNING]
    if running or (waiting and total > waiting):
        state = Job.State.RUNNING
    elif waiting:
        state = Job.State.QUEUED
    elif by_state[Job.State.FAILED]:
        state = Job.State.FAILED
    else:
        state = Job.State.DONE
    return Progress(str(state.value), by_state[Job.State.DONE], by_state[Job.State.FAILED], total, steps)
