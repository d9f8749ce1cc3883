"""Submit an article from a file, standard input or an address."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rest_framework.utils.encoders import JSONEncoder

from accounts import queries as people
from accounts.models import User
from accounts.roles import Role
from api.serializers.articles import ArticleOutput
from api.serializers.claims import ClaimRow
from api.serializers.evidence import EvidenceOutput
from claims.actions import intake
from claims.models import Article
from common.errors import DeskError
from jobs import progress, queue
from reviews import queries

POLL = 0.2  # seconds between looks while waiting


class Command(BaseCommand):
    help = "Submit an article: a file (txt, html, docx, pdf), an http(s) address, or - for standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="PATH-OR-URL")
        parser.add_argument("--user", default="", help="who submits it; by default the first fact-checker")
        parser.add_argument("--title", default="")
        parser.add_argument("--outlet", default="")
        parser.add_argument("--language", default="")
        parser.add_argument(
            "--wait", action="store_true", help="wait until all background work on it has ended"
        )
        parser.add_argument("--timeout", type=float, default=300, help="seconds to wait at most")
        parser.add_argument(
            "--json", action="store_true", help="print the article with claims, evidence, suggestions"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = self._person(options["user"])
        try:
            submitted = self._submit(options, by)
            if options["wait"]:
                self._wait(submitted.article, options["timeout"])
        except DeskError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{options['source']} cannot be read: {error.strerror}.") from error
        if options["json"]:
            found = _finished(by, submitted.article.pk)
            self.stdout.write(json.dumps(found, cls=JSONEncoder, ensure_ascii=False, indent=2))
        else:
            known = "" if submitted.made else " (the desk has it already)"
            self.stdout.write(f"article {submitted.article.pk}: {submitted.article.headline}{known}")
        if options["wait"] and (why := _why_unread(by, submitted.article)):
            raise CommandError(f"Article {submitted.article.pk} has no text: {why}")

    def _person(self, username: str) -> User:
        found = (
            people.person(username)
            if username
            else people.people_who_can_hold_claims().order_by("pk").first()
        )
        if found is None or found.role < Role.FACT_CHECKER:
            raise CommandError(
                "Nobody here can submit articles. Make a fact-checker first, or name one with --user."
            )
        return found

    def _submit(self, options: dict[str, Any], by: User) -> intake.Submitted:
        about = intake.About(
            title=options["title"],
            outlet=options["outlet"],
            language=options["language"],
            channel=Article.Channel.COMMAND,
        )
        source = options["source"]
        if source.startswith(("http://", "https://")):
            return intake.submit_article(by=by, about=replace(about, url=source))
        if source == "-":
            return intake.submit_article(by=by, text=sys.stdin.read(), about=about)
        path = Path(source)
        return intake.submit_file(by=by, name=path.name, data=path.read_bytes(), about=about)

    def _wait(self, article: Article, timeout: float) -> None:
        """Work through the jobs that are due here, too: waiting must not depend on a worker being up."""
        end = time.monotonic() + timeout
        while progress.of([article.group])[article.group].active:
            if not queue.run_next(article.group):
                time.sleep(POLL)
            if time.monotonic() > end:
                raise CommandError(
                    f"Article {article.pk} is not done after {timeout:.0f} s. Its work goes on."
                )


def _why_unread(by: User, article: Article) -> str:
    """Why the work on an article ended without a text of it; empty when it has one, or another article has it."""
    failed = queue.failed_in(article.group)
    return failed[0].error if failed and queries.newest_revision(by, article.pk) is None else ""


def _finished(by: User, article_id: int) -> dict[str, Any]:
    """The article as the API shows it, with its claims and the evidence of each in full."""
    article = queries.article(by, article_id)
    context = {
        "progress": progress.of([article.group]),
        "failed": queue.failed_in(article.group),
        "revision": queries.newest_revision(by, article.pk),
    }
    claims = queries.claims_for(by, queries.Filters(article=article.pk)).order_by("start", "pk")
    rows = [
        {
            **ClaimRow(claim).data,
            "evidence": EvidenceOutput(queries.evidence_of(by, claim.pk), many=True).data,
        }
        for claim in claims
    ]
    return {**ArticleOutput(article, context=context).data, "claims": rows}
