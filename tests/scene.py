"""A desk with work in every state, and one of each thing that grows thicker: what query counts are measured on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts import tokens
from accounts.models import User
from claims.actions import intake
from claims.lifecycle import Status
from claims.models import CheckMatch, Claim, FactCheck, Match, Revision
from jobs.models import Job
from reviews.actions import comments, decisions, figures, publishing, suggestions, verdicts
from reviews.models import Alert
from reviews.steps import Weighed
from sources import actions as library
from sources.models import Asking, Connection, Publisher, Snapshot, Source, WatchedFeed
from tests import factories

WEIGHED = Weighed("true", 0.8, ("E1 says so.",), ("A newer count.",), ("E1",), "tests/1")


@dataclass
class Scene:
    """Rows of everything. `claim_at` and `proposal` are the fixtures of these names."""

    checker: User
    editor: User
    claim_at: Callable[..., Claim]
    proposal: Callable[..., verdicts.Proposed]
    text: str = factories.TEXT
    revision: Revision = field(init=False)
    snapshot: Snapshot = field(init=False)
    waiting: Claim = field(init=False)  # the thick claims: in work, in review, public
    held: Claim = field(init=False)
    public: Claim = field(init=False)
    rows: int = 0

    def __post_init__(self) -> None:
        self.revision = factories.RevisionFactory()
        self.snapshot = factories.SnapshotFactory(record=ContentFile(b"WARC", name="scene.warc.gz"))
        self.held = self._claim("in_progress", author=self.editor)
        self.waiting = self._claim("in_review")
        self.public = self._claim("published")
        for claim in (self.held, self.waiting, self.public):
            said = figures.Given(Decimal(26), date(2025, 4, 22), "Officials", unit="people")
            figures.state(claim.pk, by=self.editor, version=claim.version, given=said)

    def _ask(self, *claims: Claim) -> None:
        """One more service outside, which could not be asked about these claims."""
        service = Connection.objects.create(
            kind="feed", label="Feed", address=f"https://feed.example/{self.rows}", added_by=self.editor
        )
        Asking.objects.bulk_create(
            Asking(claim=claim, connection=service, state="failed", error="It was down.") for claim in claims
        )

    def grow(self, rows: int) -> None:
        """Add rows to every list: whole claims to the desk, and parts to what grows thicker."""
        while self.rows < rows:
            self.rows += 1
            factories.RevisionFactory(text=f"{factories.TEXT} {self.rows}")
            made = {status: self._claim(status) for status in Status.values}
            self._claim("in_progress", author=self.editor)
            self._ask(*made.values(), self.held, self.waiting, self.public)
            for claim in made.values():
                self._fill(claim)
            late = timezone.now() - timedelta(days=1)
            Claim.objects.filter(pk__in=[made["new"].pk, made["in_review"].pk]).update(due_at=late)
            for thick in (self.held, self.waiting, self.public):
                self._fill(thick)
                self._thicken(thick, earlier=made["published"])
            self._submit_again()
            self._correct()
            self._grow_article(made["open"])
            self._grow_source(made["open"])
            tokens.issue(self.editor, label=f"Script {self.rows}")
            WatchedFeed.objects.create(
                label="Paper", address=f"https://paper.example/{self.rows}", added_by=self.editor
            )
            Publisher.objects.create(name=f"Paper {self.rows}", key=f"paper {self.rows}")

    def claim(self, claim: Claim) -> Claim:
        """The claim as it is now."""
        return Claim.objects.get(pk=claim.pk)

    @property
    def source(self) -> Source:
        """The source that grows thicker."""
        return self.snapshot.source

    def _claim(self, status: str, *, author: User | None = None) -> Claim:
        return self.claim_at(
            status,
            author=author or self.checker,
            editor=self.editor if author is None else None,
            revision=self.revision,
            nth=self.revision.claims.count(),
        )

    def _fill(self, claim: Claim) -> None:
        """What a row of a list shows of a claim."""
        factories.EvidenceFactory(claim=claim, stance_by=self.checker)
        with transaction.atomic():
            suggestions.suggest(claim.pk, WEIGHED)

    def _thicken(self, claim: Claim, *, earlier: Claim) -> None:
        """What only a claim's own page shows."""
        factories.EvidenceFactory(claim=claim, stance="refutes", set_aside="Out of date.")
        library.record_search(
            claim.pk, by=self.checker, query="26 killed", places="The office", found=0, note="Nothing."
        )
        Match.objects.create(claim=claim, earlier=earlier, score=0.9, method="tests/1", kind="same")
        Alert.objects.create(
            claim=earlier,
            other=claim,
            kind="values",
            one_says="26",
            other_says="31",
            raised_at=timezone.now(),
        )
        check = FactCheck.objects.create(
            digest=f"{claim.pk}/{self.rows}", url="https://checks.example/1", claim_text=claim.text,
            publisher="Checks", rating="False", imported_at=timezone.now(),
        )  # fmt: skip
        CheckMatch.objects.create(claim=claim, fact_check=check, score=0.9, method="tests/1", kind="same")
        comments.comment(claim.pk, by=self.checker, text=f"@{self.editor.username} look at this")
        later = figures.Given(
            Decimal(26),
            date(2025, 5, self.rows),
            "The office",
            evidence=claim.evidence.filter(set_aside="")[0].pk,
        )
        figures.add(claim.pk, by=self.editor, given=later)
        gone = figures.add(claim.pk, by=self.editor, given=replace(later, according_to="Nobody"))
        figures.take_out(gone.pk, by=self.editor, reason="Misheard.")

    def _submit_again(self) -> None:
        claim = self.claim(self.waiting)
        verdicts.withdraw(claim.pk, by=self.checker, version=claim.version)
        self._submit(self.waiting, by=self.checker)

    def _correct(self) -> None:
        claim = self.claim(self.public)
        writer = factories.UserFactory(editor=True)
        publishing.correct(claim.pk, by=writer, version=claim.version, reason="The count rose.")
        self._submit(claim, by=writer)
        decisions.approve(claim.pk, by=self.editor, version=self.claim(claim).version)
        publishing.publish(
            claim.pk, by=self.editor, version=self.claim(claim).version, note="The count rose."
        )

    def _submit(self, claim: Claim, *, by: User) -> None:
        cited = claim.evidence.filter(set_aside="").order_by("number")
        version = self.claim(claim).version
        verdicts.submit(claim.pk, by=by, version=version, proposed=self.proposal(*cited))

    def _grow_article(self, claim: Claim) -> None:
        article = self.revision.article
        self.text += f"\n\nAdded on day {self.rows}."
        intake.revise_article(article.pk, by=self.checker, text=self.text)
        self.revision = article.revisions.order_by("-number")[0]
        Job.objects.create(
            step="sources.find", subject_id=claim.pk, group=article.group, state="failed", error="No net."
        )

    def _grow_source(self, claim: Claim) -> None:
        factories.SnapshotFactory(source=self.source, text=f"{self.snapshot.text} Update {self.rows}.")
        factories.EvidenceFactory(claim=claim, snapshot=self.snapshot)
