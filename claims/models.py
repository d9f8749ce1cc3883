"""Articles, their immutable revisions, and the claims in them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from claims.lifecycle import HELD, Anchor, ClaimType, Dismissal, Priority, Status
from common.errors import Conflict, NotFound


class Article(models.Model):
    """What was submitted to the desk. Its words are in its revisions."""

    class Channel(models.TextChoices):
        PASTE = "paste"
        FILE = "file"
        URL = "url"
        API = "api"
        COMMAND = "command"
        SEED = "seed"

    title = models.CharField(max_length=300, blank=True)
    outlet = models.CharField(max_length=200, blank=True)
    byline = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    language = models.CharField(max_length=12, default="und")  # BCP 47; "und" when it could not be told
    published_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.PASTE)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="articles"
    )
    idempotency_key = models.CharField(max_length=200, blank=True)
    request_digest = models.CharField(max_length=64, blank=True)
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="copies")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="article_idempotency",
                fields=["submitted_by", "idempotency_key"],
                condition=~Q(idempotency_key=""),
            ),
            models.CheckConstraint(name="article_is_not_its_own_copy", condition=~Q(same_as=F("id"))),
        ]
        indexes = [models.Index(name="article_url", fields=["url"])]

    def __str__(self) -> str:
        return self.headline

    @property
    def headline(self) -> str:
        """What to call it."""
        return self.title or self.url or _("Article %(id)s") % {"id": self.pk}

    @property
    def group(self) -> str:
        """The name under which its background work is gathered."""
        return f"article:{self.pk}"


class Revision(models.Model):
    """One version of an article's text, normalised once and then final. All offsets refer to `text`, in code points."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    engine = models.CharField(max_length=120, blank=True)  # which machine read it; empty: none has yet
    engine_note = models.CharField(max_length=300, blank=True)  # why it was not the one that was asked for
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="revision_number", fields=["article", "number"]),
            models.UniqueConstraint(name="revision_text_once", fields=["article", "text_sha256"]),
            models.CheckConstraint(name="revision_counts_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="revision_has_text", condition=~Q(text="")),
        ]
        indexes = [models.Index(name="revision_sha256", fields=["text_sha256"])]

    def __str__(self) -> str:
        return f"{self.article_id} revision {self.number}"


class ModelUse(models.Model):
    """How often the language model was asked on one day: what its daily budget is counted by."""

    day = models.DateField(unique=True)
    requests = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.requests}"


class ClaimQuerySet(models.QuerySet["Claim"]):
    def locked(self, pk: int, *, version: int | None = None) -> Claim:
        """Fetch a claim and hold its row until the transaction ends.

        Raises NotFound, or Conflict if it moved on since the caller read `version`.
        """
        try:
            claim = self.select_for_update(of=("self",)).get(pk=pk)
        except self.model.DoesNotExist:
            raise NotFound(_("There is no such claim.")) from None
        if version is not None and claim.version != version:
            raise Conflict(
                _("Someone changed this claim meanwhile. Nothing of yours is lost."), current=claim.state()
            )
        return claim


class Claim(models.Model):
    """One checkable statement: a standalone wording, and the words of the article that it stands on."""

    class Origin(models.TextChoices):
        MACHINE = "machine"
        PERSON = "person"

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="claims")
    text = models.CharField(max_length=1000)
    quote = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    nth = models.PositiveSmallIntegerField(default=0)  # two claims may stand on the same words
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    anchor = models.CharField(max_length=8, choices=Anchor, default=Anchor.ANCHORED)
    type = models.CharField(max_length=16, choices=ClaimType, default=ClaimType.OTHER)
    claimant = models.CharField(max_length=200, blank=True)  # empty: the article itself says so
    check_worthiness = models.FloatField(null=True)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.MACHINE)
    extractor = models.CharField(max_length=60, blank=True)
    details = models.JSONField(
        default=dict
    )  # what the extractor tells about itself: rules, reasons, quantities
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    status = models.CharField(max_length=12, choices=Status, default=Status.NEW)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="held_claims"
    )
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NORMAL)
    due_at = models.DateTimeField(null=True)
    dismissal = models.CharField(max_length=16, choices=Dismissal, blank=True)
    dismissal_note = models.CharField(max_length=500, blank=True)
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="duplicates")
    is_public = models.BooleanField(default=False)  # a fact-check of it stands, also while it is corrected
    look_again = models.CharField(
        max_length=300, blank=True
    )  # why what is public is due to be looked at again
    version = models.PositiveIntegerField(default=1)
    changed_seq = models.BigIntegerField(default=0)  # the newest audit event that tells of this claim
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="claim_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="claim_type_known", condition=Q(type__in=ClaimType.values)),
            models.CheckConstraint(name="claim_has_wording", condition=~Q(text="")),
            models.CheckConstraint(
                name="claim_quote_fits_its_offsets",
                condition=Q(end=F("start") + Length("quote")) & Q(end__gt=F("start")),
            ),
            models.CheckConstraint(
                name="claim_worth_is_a_share",
                condition=Q(check_worthiness__isnull=True) | Q(check_worthiness__range=(0, 1)),
            ),
            models.CheckConstraint(
                name="claim_held_while_in_work",
                condition=Q(status__in=HELD, assignee__isnull=False)
                | ~Q(status__in=HELD) & Q(assignee__isnull=True),
            ),
            models.CheckConstraint(
                name="claim_dismissal_says_why",
                condition=Q(status="dismissed") & ~Q(dismissal="") | ~Q(status="dismissed") & Q(dismissal=""),
            ),
            models.CheckConstraint(
                name="claim_duplicate_is_dismissed",
                condition=Q(duplicate_of__isnull=True) | Q(dismissal="duplicate") & ~Q(duplicate_of=F("id")),
            ),
            models.CheckConstraint(
                name="claim_machine_names_itself",
                condition=Q(origin="machine") & ~Q(extractor="") | Q(origin="person"),
            ),
            models.CheckConstraint(
                name="claim_looked_at_again_while_published",
                condition=Q(look_again="") | Q(status="published"),
            ),
            models.CheckConstraint(
                name="claim_public_while_published", condition=~Q(status="published") | Q(is_public=True)
            ),
            models.CheckConstraint(
                name="claim_put_aside_is_not_public",
                condition=~Q(status__in=["new", "dismissed", "retracted"]) | Q(is_public=False),
            ),
            models.UniqueConstraint(name="claim_once_per_place", fields=["revision", "start", "end", "nth"]),
        ]
        indexes = [
            models.Index(name="claim_status_id", fields=["status", "id"]),
            models.Index(name="claim_assignee_status", fields=["assignee", "status"]),
            models.Index(name="claim_changed", fields=["changed_seq", "id"]),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def said_on(self) -> date | None:
        """The day of the article that it stands in."""
        published = self.revision.article.published_at
        return published.date() if published else None

    def move_to(self, status: Status, **changes: object) -> None:
        """Write the new status. The caller holds the row and has asked the workflow."""
        self.status = status
        if self.look_again and status != Status.PUBLISHED:
            changes["look_again"] = ""
        self.change(status=status, **changes)

    def change(self, **changes: object) -> None:
        """Write columns and count the version up. The caller holds the row."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.version += 1
        self.save(update_fields=["version", "updated_at", *changes])

    def state(self) -> dict[str, object]:
        """What a conflict tells of the claim as it is now."""
        return {
            "status": self.status,
            "version": self.version,
            "text": self.text,
            "assignee": self.assignee.username if self.assignee else None,
        }


class Resemblance(models.Model):
    """A likeness that the machine suggests and a person decides: how likely, how found, what was compared."""

    class State(models.TextChoices):
        SUGGESTED = "suggested"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"

    score = models.FloatField()
    method = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, default="related")  # same, near_duplicate, related
    compared = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.SUGGESTED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Match(Resemblance):
    """Two claims that may be the same: suggested by the machine, decided by a person, never merged by itself."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="matches")
    earlier = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="later_matches")

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(name="match_once", fields=["claim", "earlier"]),
            models.CheckConstraint(name="match_is_of_two", condition=~Q(claim=F("earlier"))),
            models.CheckConstraint(name="match_score_is_a_share", condition=Q(score__range=(0, 1))),
            models.CheckConstraint(
                name="match_decided_by_a_person",
                condition=Q(state="suggested", decided_by__isnull=True)
                | ~Q(state="suggested") & Q(decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} ~ {self.earlier_id} {self.score:.2f}"


class FactCheck(models.Model):
    """What another newsroom published of a claim, from a feed of ClaimReview. Not ours, and not evidence by itself."""

    digest = models.CharField(
        max_length=64, unique=True
    )  # of the address and the claim: a page may hold several
    url = models.URLField(max_length=1000)
    claim_text = models.CharField(max_length=1000)
    claimant = models.CharField(max_length=200, blank=True)
    publisher = models.CharField(max_length=200)
    title = models.CharField(max_length=300, blank=True)
    rating = models.CharField(max_length=200)  # in the publisher's own words
    language = models.CharField(max_length=12, default="und")
    reviewed_on = models.DateField(null=True)
    claimed_on = models.DateField(null=True)
    stems = models.TextField(blank=True)  # of claim and title, each once, with spaces: what is searched
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name = "fact-check"
        constraints = [
            models.CheckConstraint(
                name="fact_check_says_what", condition=~Q(claim_text="") & ~Q(rating="") & ~Q(url="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.rating}"


class StemCount(models.Model):
    """In how many fact-checks a stem stands: what tells the rare ones."""

    stem = models.CharField(max_length=60, primary_key=True)
    n = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.stem}: {self.n}"


class CheckMatch(Resemblance):
    """A claim and a published fact-check that may be of the same claim."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="check_matches")
    fact_check = models.ForeignKey(FactCheck, on_delete=models.PROTECT, related_name="matches")

    class Meta:
        verbose_name_plural = "check matches"
        constraints = [
            models.UniqueConstraint(name="check_match_once", fields=["claim", "fact_check"]),
            models.CheckConstraint(name="check_match_score_is_a_share", condition=Q(score__range=(0, 1))),
            models.CheckConstraint(
                name="check_match_decided_by_a_person",
                condition=Q(state="suggested", decided_by__isnull=True)
                | ~Q(state="suggested") & Q(decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} ~ {self.fact_check_id} {self.score:.2f}"
