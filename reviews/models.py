"""Suggestions, verdicts, what people say of them, and what the public sees."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims import lifecycle
from claims.models import Claim
from sources.models import Evidence, Search


class Rating(models.Model):
    """One value of the newsroom's own scale. Without a number it is no point between true and false."""

    slug = models.SlugField(unique=True)
    label = models.CharField(max_length=60)
    meaning = models.CharField(max_length=300, blank=True)  # for readers
    number = models.PositiveSmallIntegerField(null=True, blank=True)  # ClaimReview's ratingValue, 1 to 5
    position = models.PositiveSmallIntegerField(default=0)
    publishable = models.BooleanField(default=True)
    needs_two_origins = models.BooleanField(
        default=False, help_text=_("A verdict cites two independent origins, or says why one is enough.")
    )
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="rating_number_in_range", condition=Q(number__isnull=True) | Q(number__range=(1, 5))
            )
        ]

    def __str__(self) -> str:
        return self.label


class Suggestion(models.Model):
    """A verdict that the machine proposes, or its word that it abstains. Nothing can approve it."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="suggestions")
    rating = models.ForeignKey(
        Rating, null=True, on_delete=models.PROTECT, related_name="+"
    )  # None: it abstains
    confidence = models.FloatField(null=True)
    reasons = models.JSONField(default=list)  # sentences
    would_change = models.JSONField(default=list)  # sentences
    refs = models.JSONField(default=list)  # the evidence it rests on, "E1"
    model_version = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="suggestion_one_current", fields=["claim"], condition=Q(replaced_at__isnull=True)
            ),
            models.CheckConstraint(
                name="suggestion_confident_or_silent",
                condition=Q(rating__isnull=True, confidence__isnull=True)
                | Q(rating__isnull=False, confidence__range=(0, 1)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating_id or 'abstains'} for claim {self.claim_id}"


class Draft(models.Model):
    """What a person has written so far. Private, saved while they type, kept until it is submitted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafts")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="drafts")
    base_version = models.PositiveIntegerField()
    fields = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="draft_one_each", fields=["user", "claim"])]

    def __str__(self) -> str:
        return f"{self.user_id} on claim {self.claim_id}"


class Verdict(models.Model):
    """A rating with a rationale that cites evidence, or a search. Final once submitted; only its fate comes later."""

    State = lifecycle.VerdictState
    STANDING = lifecycle.STANDING
    DECIDED = (State.RETURNED, State.APPROVED, State.SUPERSEDED)

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="verdicts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verdicts")
    claim_text = models.CharField(max_length=1000)  # the wording that it judges
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="verdicts")
    summary = models.CharField(max_length=200, blank=True)
    rationale = models.TextField()
    as_of = models.DateField()
    expires_on = models.DateField(null=True, blank=True)  # when the claim asks to be looked at again
    cited = models.ManyToManyField(Evidence, through="Citation", related_name="cited_by")
    citations = models.PositiveSmallIntegerField(default=0)
    origins = models.PositiveSmallIntegerField(null=True)  # independent ones; empty: from before they counted
    origins_wanted = models.PositiveSmallIntegerField(default=0)  # when it was submitted; 0: none
    single_source = models.TextField(blank=True)  # why it may rest on fewer than two; readers see it
    nothing_found = models.ForeignKey(Search, null=True, on_delete=models.PROTECT, related_name="verdicts")
    would_refute = models.CharField(max_length=1000, blank=True)  # as it was planned when this was submitted
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.SUBMITTED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)
    approved_hash = models.CharField(max_length=64, blank=True)
    publish_at = models.DateTimeField(null=True)  # an editor's order: then, and not before
    publish_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    publish_note = models.TextField(blank=True)  # what the correction will say

    class Meta:
        constraints = [
            models.UniqueConstraint(name="verdict_number", fields=["claim", "number"]),
            models.UniqueConstraint(
                name="verdict_one_waits", fields=["claim"], condition=Q(state="submitted")
            ),
            models.UniqueConstraint(
                name="verdict_one_stands", fields=["claim"], condition=Q(state="approved")
            ),
            models.CheckConstraint(
                name="verdict_state_known",
                condition=Q(state__in=["submitted", "withdrawn", "returned", "approved", "superseded"]),
            ),
            models.CheckConstraint(name="verdict_has_rationale", condition=~Q(rationale="")),
            models.CheckConstraint(
                name="verdict_cites_or_searched",
                condition=Q(citations__gt=0) | Q(nothing_found__isnull=False),
            ),
            models.CheckConstraint(
                name="verdict_has_its_origins_or_says_why",
                condition=Q(origins_wanted=0)
                | Q(origins__isnull=False, origins__gte=F("origins_wanted"))
                | ~Q(single_source=""),
            ),
            models.CheckConstraint(
                name="verdict_single_source_has_no_second",
                condition=Q(single_source="") | Q(origins__lt=2),
            ),
            models.CheckConstraint(
                name="verdict_four_eyes", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author"))
            ),
            models.CheckConstraint(
                name="verdict_decided_when_decided",
                condition=Q(
                    state__in=["submitted", "withdrawn"], decided_by__isnull=True, decided_at__isnull=True
                )
                | Q(
                    state__in=["returned", "approved", "superseded"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="verdict_return_says_why", condition=~Q(state="returned") | ~Q(decision_note="")
            ),
            models.CheckConstraint(
                name="verdict_approval_names_what_it_saw",
                condition=~Q(state="approved") | Q(approved_hash=F("content_hash")) & ~Q(approved_hash=""),
            ),
            models.CheckConstraint(
                name="verdict_order_names_who",
                condition=Q(publish_at__isnull=True) | Q(publish_by__isnull=False),
            ),
            models.CheckConstraint(
                name="verdict_expires_after_its_date",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("as_of")),
            ),
        ]

    def __str__(self) -> str:
        return f"verdict {self.number} on claim {self.claim_id}"


class Citation(models.Model):
    """One piece of evidence that a verdict cites, with the stance that it had when the verdict was submitted."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="citation_set")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="citation_set")
    stance = models.CharField(max_length=8, choices=Evidence.Stance, default=Evidence.Stance.CONTEXT)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="citation_once", fields=["verdict", "evidence"]),
            models.CheckConstraint(
                name="citation_stance_known", condition=Q(stance__in=["supports", "refutes", "context"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict_id} cites {self.evidence_id}"


class PublicationQuerySet(models.QuerySet["Publication"]):
    def standing(self) -> PublicationQuerySet:
        """The current version of what is public and was not retracted: one a claim at most."""
        return self.filter(current=True, retracted_at__isnull=True)


class Publication(models.Model):
    """What the public sees of a claim, versioned. A correction is a new version with a note; a retraction stays up."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="publication")
    slug = models.SlugField(max_length=80)
    year = models.PositiveSmallIntegerField()
    claim_text = models.CharField(max_length=1000)
    claimant = models.CharField(max_length=200, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    first_published_at = models.DateTimeField()
    note = models.TextField(blank=True)  # what changed, in every version but the first
    current = models.BooleanField(default=True)
    retracted_at = models.DateTimeField(null=True)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    retraction = models.TextField(blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="publication_number", fields=["claim", "number"]),
            models.UniqueConstraint(
                name="publication_one_current", fields=["claim"], condition=Q(current=True)
            ),
            models.UniqueConstraint(
                name="publication_address", fields=["year", "slug"], condition=Q(current=True)
            ),
            models.CheckConstraint(
                name="publication_correction_says_what", condition=Q(number=1) | Q(number__gt=1) & ~Q(note="")
            ),
            models.CheckConstraint(
                name="publication_retraction_says_why",
                condition=Q(retracted_at__isnull=True, retraction="", retracted_by__isnull=True)
                | Q(retracted_at__isnull=False, retracted_by__isnull=False) & ~Q(retraction=""),
            ),
        ]
        # partial: SQLite does not look a bare boolean up in an index
        indexes = [
            models.Index(
                name="publication_newest", fields=["-published_at", "-id"], condition=Q(current=True)
            ),
            models.Index(
                name="publication_corrected", fields=["-published_at", "-id"], condition=Q(number__gt=1)
            ),
            models.Index(
                name="publication_retracted",
                fields=["-retracted_at", "-id"],
                condition=Q(retracted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.slug} v{self.number}"


class Comment(models.Model):
    """What people say to each other about a claim, or about one piece of its evidence. Not public."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="comments")
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(name="comment_has_text", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text[:60]


class Notification(models.Model):
    """A word to one person, in the app and by email."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", _("A claim was given to you")
        MENTIONED = "mentioned", _("You were mentioned")
        SUBMITTED = "submitted", _("A verdict waits for you")
        RETURNED = "returned", _("Your verdict was returned")
        APPROVED = "approved", _("Your verdict was approved")
        PUBLISHED = "published", _("Your verdict was published")
        CORRECTING = "correcting", _("A correction of your verdict began")
        RETRACTED = "retracted", _("Your verdict was retracted")
        RECALLED = "recalled", _("A claim is due to be looked at again")
        ALERT = "alert", _("Two claims of the desk contradict each other")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notifications")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="notifications")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="notification_inbox", fields=["user", "read_at", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user_id}"


class Alert(models.Model):
    """Two of the desk's own claims that cannot both be right: raised by the machine, settled by a person."""

    class Kind(models.TextChoices):
        VALUES = "values", _("Another figure")
        DATES = "dates", _("Another date")
        VERDICTS = "verdicts", _("Opposite verdicts")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        SETTLED = "settled", _("Settled")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="alerts")
    other = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="alerts_of_later"
    )  # the older one
    kind = models.CharField(max_length=8, choices=Kind)
    one_says = models.CharField(max_length=200)  # what differs, as `claim` has it
    other_says = models.CharField(max_length=200)
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    raised_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)  # why it is none, or what was done

    class Meta:
        constraints = [
            models.UniqueConstraint(name="alert_once_per_pair", fields=["claim", "other", "kind"]),
            models.CheckConstraint(name="alert_names_the_older_second", condition=Q(other__lt=F("claim"))),
            models.CheckConstraint(
                name="alert_kind_known", condition=Q(kind__in=["values", "dates", "verdicts"])
            ),
            models.CheckConstraint(
                name="alert_says_what_differs", condition=~Q(one_says="") & ~Q(other_says="")
            ),
            models.CheckConstraint(
                name="alert_settled_by_a_person",
                condition=Q(state="open", settled_by__isnull=True, settled_at__isnull=True, note="")
                | Q(state="settled", settled_by__isnull=False, settled_at__isnull=False) & ~Q(note=""),
            ),
        ]
        indexes = [
            models.Index(name="alert_open_claim", fields=["claim"], condition=Q(state="open")),
            models.Index(name="alert_open_other", fields=["other"], condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} and {self.other_id}: {self.one_says} or {self.other_says}"
