"""kill -9 of the whole worker, twice, in the middle of a batch: everything is done in the end, and nothing twice."""

from __future__ import annotations

import json

import pytest

from tests.faults.desk import a_desk, wait_for

pytestmark = pytest.mark.faults

ARTICLES = 50
SUBMIT = f"""
import django
django.setup()
from accounts.models import User
from claims.actions import intake
checker = User.objects.get(username="checker")
for number in range(1, {ARTICLES} + 1):
    intake.submit_article(by=checker, text=(
        f"Officials in district {{number}} said on Monday that {{number + 20}} people were killed in the attack in "
        f"Pahalgam.\\n\\nThe ministry denied that it had cut {{number}} per cent of the river fund. "
        f"Unemployment in district {{number}} fell to {{number}}.4 per cent in June, the office of statistics said."
    ))
"""
FOUND = """
import django, json
django.setup()
from django.db.models import Count
from claims.extraction import extract
from claims.models import Claim, Revision
from jobs.models import Job
from sources.models import Evidence
batch = Revision.objects.filter(text__startswith="Officials in district")
doubled = lambda rows, *by: list(rows.values(*by).annotate(n=Count("pk")).filter(n__gt=1))
print(json.dumps({
    "articles": batch.values("article").distinct().count(),
    "not done": list(Job.objects.exclude(state="done").values_list("step", "subject_id", "state", "error")),
    "wrong number of claims": [
        revision.pk for revision in batch.select_related("article")
        if revision.claims.count() != len(extract(
            revision.text, title=revision.article.title, published=None, language=revision.article.language))
    ],
    "claims": Claim.objects.filter(revision__in=batch).count(),
    "claims twice": doubled(Claim.objects.filter(revision__in=batch), "revision", "start", "end", "text"),
    "evidence": Evidence.objects.filter(claim__revision__in=batch).count(),
    "evidence twice": doubled(Evidence.objects.all(), "claim", "snapshot", "start", "end"),
}))
"""
DONE = "SELECT count(*) FROM jobs_job WHERE state = 'done'"
LEFT = "SELECT count(*) FROM jobs_job WHERE state NOT IN ('done', 'failed')"


def test_a_batch_of_fifty_articles_survives_two_kills_of_the_whole_worker(tmp_path):
    with a_desk(tmp_path) as desk:
        desk.start()
        submitted = desk.run("-c", SUBMIT, DJANGO_SETTINGS_MODULE="config.settings")
        assert submitted.returncode == 0, submitted.stdout

        for _ in range(2):
            done = desk.ask(DONE)[0][0]
            wait_for(
                lambda done=done: desk.ask(DONE)[0][0] > done + 30,
                "the worker to be in the middle of the batch",
            )
            assert desk.ask(LEFT)[0][0] > 0
            killed = desk.kill("--skip-checks worker")
            assert len(killed) == 3  # the worker and its two processes
            wait_for(
                lambda killed=killed: len(set(desk.pids("--skip-checks worker")) - set(killed)) == 3,
                "supervisor to start the worker again",
            )
        wait_for(lambda: desk.ask(LEFT)[0][0] == 0, "every job to end", patience=900)

        found = desk.run("-c", FOUND, DJANGO_SETTINGS_MODULE="config.settings")
        told = json.loads(found.stdout.splitlines()[-1])
        assert told.pop("claims") >= ARTICLES
        assert told.pop("evidence") > 0
        assert told == {
            "articles": ARTICLES,
            "not done": [],
            "wrong number of claims": [],
            "claims twice": [],
            "evidence twice": [],
        }
        for command in ("verify_audit", "verify_data"):
            verified = desk.run("manage.py", command)
            assert verified.returncode == 0, verified.stdout
