"""Documents outside the article, what they said when we looked, and the passages that bear on a claim."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from claims.models import Claim


class Graded(models.Model):
    """What has a grade on the Admiralty scale, set by people: a letter for who says it, a digit for what is said."""

    class Reliability(models.TextChoices):
        """How far whoever says it is trusted."""

        A = "A", _("Completely reliable")
        B = "B", _("Usually reliable")
        C = "C", _("Fairly reliable")
        D = "D", _("Not usually reliable")
        E = "E", _("Unreliable")
        F = "F", _("Cannot be judged")

    class Credibility(models.IntegerChoices):
        """How likely what is said is to be true, by what else is known."""

        CONFIRMED = 1, _("Confirmed by other sources")
        PROBABLE = 2, _("Probably true")
        POSSIBLE = 3, _("Possibly true")
        DOUBTFUL = 4, _("Doubtful")
        IMPROBABLE = 5, _("Improbable")
        NOT_JUDGED = 6, _("Truth cannot be judged")

    reliability = models.CharField(max_length=1, choices=Reliability, default=Reliability.F)
    credibility = models.PositiveSmallIntegerField(choices=Credibility, default=Credibility.NOT_JUDGED)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_reliability_known", condition=Q(reliability__in=list("ABCDEF"))
            ),
            models.CheckConstraint(
                name="%(class)s_credibility_known", condition=Q(credibility__range=(1, 6))
            ),
        ]

    @property
    def grade(self) -> str:
        """The letter and the digit: "B2"."""
        return f"{self.reliability}{self.credibility}"

    @property
    def grade_in_words(self) -> str:
        """What the grade means: "usually reliable, probably true"; a digit that says nothing is left out."""
        words = [self.Reliability(self.reliability).label]
        if self.credibility != self.Credibility.NOT_JUDGED:
            words.append(self.Credibility(self.credibility).label)
        return ", ".join(str(word).lower() for word in words)


class Publisher(Graded):
    """The grade that new documents of a publisher begin with."""

    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, unique=True)  # the name as it is compared, sources/grading.py
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            *Graded.Meta.constraints,
            models.CheckConstraint(name="publisher_has_a_name", condition=~Q(name="") & ~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.grade}"


class Source(Graded):
    """A document outside the article: a report, a data set, a statement, an earlier fact-check."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Report")
        DATA = "data", _("Data")
        STATEMENT = "statement", _("Statement")
        NEWS = "news", _("News")
        FACT_CHECK = "fact_check", _("Fact-check")
        LAW = "law", _("Law")
        TRANSCRIPT = "transcript", _("Transcript")

    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    author = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.NEWS)
    url = models.URLField(max_length=1000, blank=True)
    language = models.CharField(max_length=12, default="und")
    published_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=200, blank=True)  # who it got this from; empty: the publisher itself
    found_by = models.CharField(max_length=100, blank=True)  # the service that named it; empty: a person did
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    look_at = models.DateTimeField(null=True, db_index=True)  # when its page is looked at again
    misses = models.PositiveSmallIntegerField(default=0)  # looks in a row that gave nothing
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            *Graded.Meta.constraints,
            models.UniqueConstraint(name="source_url_once", fields=["url"], condition=~Q(url="")),
            models.CheckConstraint(name="source_has_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def first_hand(self) -> str:
        """Whose word it is in the end: copies of one wire story are one origin."""
        return self.origin or self.publisher


class Snapshot(models.Model):
    """What a source said when we looked. Final."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100, blank=True)
    final_url = models.URLField(max_length=1000, blank=True)  # where it came from in the end
    bytes_sha256 = models.CharField(max_length=64, blank=True)  # of what came over the wire
    record = models.FileField(
        upload_to="snapshots/%Y/%m", max_length=200, blank=True
    )  # a WARC record, gzipped
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="snapshot_text_once", fields=["source", "sha256"]),
            models.CheckConstraint(name="snapshot_has_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} at {self.taken_at:%Y-%m-%d %H:%M}"


class Passage(models.Model):
    """A piece of a snapshot that full-text search finds: a paragraph or part of a long one."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(name="passage_once", fields=["snapshot", "start"])]

    def __str__(self) -> str:
        return self.text[:60]


class Evidence(models.Model):
    """A passage of a source attached to a claim, verbatim in a snapshot, with a stance."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("Supports")
        REFUTES = "refutes", _("Contradicts")
        CONTEXT = "context", _("Context")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    number = models.PositiveSmallIntegerField()  # E1, E2, …: never given twice
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="evidence")
    quote = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    stance = models.CharField(max_length=8, choices=Stance)
    stance_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    score = models.FloatField(null=True)  # the machine's own, 0 to 1
    reasons = models.JSONField(default=list)  # sentences
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    model_version = models.CharField(max_length=60, blank=True)
    set_aside = models.CharField(max_length=300, blank=True)  # why it does not count
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(name="evidence_number", fields=["claim", "number"]),
            models.UniqueConstraint(
                name="evidence_once_per_place", fields=["claim", "snapshot", "start", "end"]
            ),
            models.CheckConstraint(
                name="evidence_stance_known", condition=Q(stance__in=["supports", "refutes", "context"])
            ),
            models.CheckConstraint(
                name="evidence_says_who_found_it",
                condition=Q(added_by__isnull=False, model_version="")
                | Q(added_by__isnull=True) & ~Q(model_version=""),
            ),
            models.CheckConstraint(
                name="evidence_score_is_a_share", condition=Q(score__isnull=True) | Q(score__range=(0, 1))
            ),
            models.CheckConstraint(
                name="evidence_quote_fits_its_offsets",
                condition=Q(end=F("start") + Length("quote")) & Q(end__gt=F("start")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} of claim {self.claim_id}"

    @property
    def ref(self) -> str:
        """How a rationale cites it."""
        return f"E{self.number}"

    @property
    def seen_again(self) -> QuoteCheck | None:
        """What became of the quote on its page since, if that was looked at; `check_up` is to be joined."""
        return getattr(self, "check_up", None)


class QuoteCheck(models.Model):
    """What became of a quote on its page since: looked at again now and then, while a verdict cites it."""

    class State(models.TextChoices):
        VERIFIED = "verified", _("Still there")
        MOVED = "moved", _("Moved on its page")
        CHANGED = "changed", _("Changed")
        GONE = "gone", _("Gone")

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="check_up")
    state = models.CharField(max_length=8, choices=State)
    became = models.TextField(blank=True)  # the words that are there now, of a quote that changed
    snapshot = models.ForeignKey(
        Snapshot, null=True, on_delete=models.PROTECT, related_name="+"
    )  # what it says now
    looked_at = models.DateTimeField()
    since = models.DateTimeField()  # when it was first found so

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="quote_check_state_known",
                condition=Q(state__in=["verified", "moved", "changed", "gone"]),
            ),
            models.CheckConstraint(
                name="quote_check_says_what_it_became", condition=~Q(state="changed") | ~Q(became="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id}: {self.state}"


class Search(models.Model):
    """A search that was made for a claim and what it gave, nothing included: what “none found” rests on."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="searches")
    query = models.CharField(max_length=500)
    places = models.CharField(max_length=500)  # where was looked
    found = models.PositiveIntegerField(default=0)
    set_aside = models.CharField(
        max_length=300, blank=True
    )  # why nothing of what it found bears on the claim
    note = models.TextField(blank=True)  # what came of it, for readers
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    model_version = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "searches"
        constraints = [
            models.CheckConstraint(name="search_says_where", condition=~Q(places="") & ~Q(query="")),
            models.CheckConstraint(
                name="search_says_who_looked",
                condition=Q(made_by__isnull=False, model_version="")
                | Q(made_by__isnull=True) & ~Q(model_version=""),
            ),
            models.CheckConstraint(
                name="search_sets_aside_what_it_found", condition=Q(set_aside="") | Q(found__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.query}” in {self.places}: {self.found}"

    @property
    def shows_absence(self) -> bool:
        """Whether “none found” can rest on it: it found nothing, or nothing that bears on the claim."""
        return not self.found or bool(self.set_aside)

    @property
    def result(self) -> str:
        """What it gave, in words that begin a sentence."""
        if not self.found:
            return gettext("None found")
        told = ngettext("%(n)s found", "%(n)s found", self.found)
        if self.set_aside:
            told = ngettext(
                "The one found does not bear on the claim",
                "None of %(n)s found bears on the claim",
                self.found,
            )
        return told % {"n": self.found}


class AbsencePlan(models.Model):
    """How it is checked that something is not there: what would refute it, the claimant's answer, the next search."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="absence_plan")
    would_refute = models.CharField(max_length=1000, blank=True)
    asked_on = models.DateField(null=True)  # when the claimant was asked
    asked_how = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=2000, blank=True)  # empty: none came
    next_on = models.DateField(null=True)  # empty: a week after the last search
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_plan_asked_says_when_and_how",
                condition=Q(asked_on__isnull=True, asked_how="", answer="")
                | Q(asked_on__isnull=False) & ~Q(asked_how=""),
            )
        ]

    def __str__(self) -> str:
        return f"plan {self.version} for claim {self.claim_id}"

    def state(self) -> dict[str, object]:
        """What a conflict tells of the plan as it is now."""
        names = ("would_refute", "asked_on", "asked_how", "answer", "next_on", "version")
        return {name: getattr(self, name) for name in names}
