"""What is outside: services that are asked, feeds that are watched, and whose turn it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models import Claim
from sources.models.library import Source


class Outside(models.Model):
    """What an admin has set up, may switch off, and is asked now and then; how it went the last time."""

    label = models.CharField(max_length=100)
    on = models.BooleanField(default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    next_at = models.DateTimeField(null=True)  # when the next request may leave
    failures = models.PositiveIntegerField(default=0)  # in a row
    last_ok_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)
    last_error_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label


class Connection(Outside):
    """A service outside that is asked about claims: one row for each connector that an admin has set up."""

    kind = models.CharField(max_length=40)  # sources.connectors.KINDS
    address = models.CharField(max_length=500)
    per_minute = models.FloatField(default=30)
    per_day = models.PositiveIntegerField(default=1000)
    asked_on = models.DateField(null=True)
    asked_today = models.PositiveIntegerField(default=0)
    shut_until = models.DateTimeField(null=True)  # the breaker: left alone until then

    class Meta:
        constraints = [
            models.UniqueConstraint(name="connection_once", fields=["kind", "address"]),
            models.CheckConstraint(name="connection_has_a_rate", condition=Q(per_minute__gt=0)),
            models.CheckConstraint(name="connection_has_an_address", condition=~Q(address="")),
        ]


class WatchedFeed(Outside):
    """A feed whose new entries come into the library by themselves."""

    address = models.CharField(max_length=500, unique=True)
    etag = models.CharField(max_length=300, blank=True)  # of what we have read, to ask whether it changed
    modified = models.CharField(max_length=100, blank=True)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="watched_feed_has_name_and_address", condition=~Q(label="") & ~Q(address="")
            )
        ]
        indexes = [models.Index(name="watched_feed_due", fields=["next_at"], condition=Q(on=True))]


class FeedEntry(models.Model):
    """An entry of a watched feed: its page comes into the library, or why it does not."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Not read yet")
        KEPT = "kept", _("In the library")
        REFUSED = "refused", _("Could not be read")

    feed = models.ForeignKey(WatchedFeed, on_delete=models.PROTECT, related_name="entries")
    url = models.URLField(max_length=1000, unique=True)  # also where several feeds have it
    title = models.CharField(max_length=300, blank=True)
    author = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="+")
    error = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    again_at = models.DateTimeField(null=True)  # when its page is tried again
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "feed entries"
        constraints = [
            models.CheckConstraint(
                name="feed_entry_state_says_what_came",
                condition=Q(state="waiting", source__isnull=True)
                | Q(state="kept", source__isnull=False, error="")
                | Q(state="refused", source__isnull=True) & ~Q(error=""),
            )
        ]
        indexes = [models.Index(name="feed_entry_due", fields=["again_at"], condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.url}: {self.state}"


class Host(models.Model):
    """A site whose pages we fetch: when the next one may be asked for, by any worker."""

    name = models.CharField(max_length=255, unique=True)  # without "www."
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Asking(models.Model):
    """One claim put to one service: whether it could be asked, what came, and when it is asked again."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Not asked yet")
        ANSWERED = "answered", _("Answered")
        FAILED = "failed", _("Could not be asked")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="askings")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="askings")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    query = models.CharField(max_length=500, blank=True)
    found = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    tries = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True)  # empty: not by itself

    class Meta:
        constraints = [
            models.UniqueConstraint(name="asking_once", fields=["claim", "connection"]),
            models.CheckConstraint(
                name="asking_state_known", condition=Q(state__in=["waiting", "answered", "failed"])
            ),
            models.CheckConstraint(
                name="asking_that_failed_says_why",
                condition=Q(state="failed") & ~Q(error="") | ~Q(state="failed") & Q(error=""),
            ),
        ]
        indexes = [models.Index(name="asking_due", fields=["state", "again_at"])]

    def __str__(self) -> str:
        return f"{self.connection_id} about {self.claim_id}: {self.state}"
