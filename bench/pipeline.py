"""How fast articles go through the whole pipeline in one process; run by bench_pipeline.py."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.models import User
from claims.actions import intake
from claims.models import Article, Claim
from config.pipeline import PIPELINE
from jobs import queue
from jobs.pipeline import Step
from reviews import seeding

SEEDS = Path(settings.BASE_DIR) / "seeds"
ARTICLES = 30
_spent: dict[str, float] = defaultdict(float)


def measure() -> dict[str, float]:
    """Articles and claims per minute, and the share of the time that each step takes, in per cent."""
    settings.JOBS_PIPELINE = "bench.pipeline.TIMED"
    seeding.load(SEEDS, password=None, say=lambda _line: None)
    reporter = User.objects.get(username="checker")
    _drain()  # what was loaded: it warms the models
    _spent.clear()
    before = Claim.objects.count()
    start = time.perf_counter()
    for text in _texts():
        intake.submit_article(by=reporter, text=text)
    _spent["taking it in"] = time.perf_counter() - start
    _drain()
    whole = time.perf_counter() - start
    claims = Claim.objects.count() - before
    found = {
        "articles a minute": 60 * ARTICLES / whole,
        "claims a minute": 60 * claims / whole,
        "claims in an article": claims / ARTICLES,
        "words in an article": sum(len(text.split()) for text in _texts()) / ARTICLES,
    }
    shares = {f"share of {name}, %": 100 * spent / whole for name, spent in _spent.items()}
    return {**found, **shares, "share of the queue, %": 100 * (1 - sum(_spent.values()) / whole)}


def _texts() -> list[str]:
    """Articles that the desk does not have: the paragraphs of the seeds, shuffled, with other numbers."""
    rng = random.Random(7)
    paragraphs = [
        paragraph
        for path in sorted((SEEDS / "articles").glob("*.md"))
        for paragraph in seeding.read(path)[1].split("\n\n")
        if seeding.read(path)[0]["language"] == "en"
    ]
    return [
        "\n\n".join([f"Report {number} of the day.", *rng.sample(paragraphs, 8)])
        for number in range(ARTICLES)
    ]


def _drain() -> None:
    """Do what waits, one after the other, as one worker does."""
    groups = [f"article:{pk}" for pk in Article.objects.order_by("pk").values_list("pk", flat=True)]
    for group in groups:
        while queue.run_next(group):
            pass


def _timed(name: str, deed: Callable[..., Any]) -> Callable[..., Any]:
    def do(*given: Any) -> Any:
        start = time.perf_counter()
        try:
            return deed(*given)
        finally:
            _spent[name] += time.perf_counter() - start

    return do


TIMED = tuple(
    Step(step.name, _timed(step.name, step.work), _timed(f"{step.name}, writing", step.store), step.then)
    for step in PIPELINE
)
