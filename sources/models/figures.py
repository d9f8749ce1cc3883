"""The values of a claim's number, as they are said over time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models import Claim
from common import amounts
from sources.models.library import Evidence

FIGURE_BOUNDS = ["exactly", "at_least", "more_than", "at_most", "less_than", "about"]  # one value, no upper


class Figure(models.Model):
    """One value of a claim's number: what the claim itself says, or what it was on a day, according to someone."""

    class Bound(models.TextChoices):
        EXACTLY = "exactly", _("exactly")
        AT_LEAST = "at_least", _("at least")
        MORE_THAN = "more_than", _("more than")
        AT_MOST = "at_most", _("at most")
        LESS_THAN = "less_than", _("less than")
        ABOUT = "about", _("about")
        BETWEEN = "between", _("between")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", _("Accepted")
        DISMISSED = "dismissed", _("Dismissed")
        REMOVED = "removed", _("Taken out")
        REPLACED = "replaced", _("Corrected")

    LIVE = (State.PROPOSED, State.ACCEPTED)

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="figures")
    stated = models.BooleanField(default=False)  # the claim itself says so: one at a time
    value = models.DecimalField(max_digits=17, decimal_places=3)
    bound = models.CharField(max_length=9, choices=Bound, default=Bound.EXACTLY)
    upper = models.DecimalField(max_digits=17, decimal_places=3, null=True)
    unit = models.CharField(max_length=60, blank=True)  # "people", "%", "km"
    scope = models.CharField(max_length=200, blank=True)  # what is counted, and where
    according_to = models.CharField(max_length=200)
    as_of = models.DateField()
    at = models.TimeField(null=True)  # in the newsroom's time, where a day is too coarse
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="figures")
    reason = models.CharField(max_length=300, blank=True)  # why it stands without a quote that shows it
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    model_version = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=9, choices=State)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)  # why it was taken out
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="figure_one_stated", fields=["claim"], condition=Q(stated=True, state="accepted")
            ),
            models.UniqueConstraint(
                name="figure_once",
                fields=["claim", "as_of", "according_to", "bound", "value"],
                condition=Q(stated=False, state__in=["proposed", "accepted"]),
            ),
            models.CheckConstraint(
                name="figure_upper_where_between",
                condition=Q(bound="between", upper__isnull=False, upper__gt=F("value"))
                | Q(upper__isnull=True, bound__in=FIGURE_BOUNDS),
            ),
            models.CheckConstraint(name="figure_says_according_to_whom", condition=~Q(according_to="")),
            models.CheckConstraint(
                name="figure_is_shown_or_explained",
                condition=Q(stated=True) | Q(evidence__isnull=False) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="figure_says_who_added_it",
                condition=Q(added_by__isnull=False, model_version="")
                | Q(added_by__isnull=True) & ~Q(model_version=""),
            ),
            models.CheckConstraint(
                name="figure_decided_by_a_person",
                condition=Q(stated=True, state__in=["accepted", "replaced"])
                | Q(stated=False, state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | Q(stated=False, state__in=["accepted", "dismissed"], decided_by__isnull=False)
                | Q(stated=False, state="removed", decided_by__isnull=False) & ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.value} on {self.as_of}"

    @property
    def amount(self) -> str:
        """The value with its bound: "at least 26"."""
        bound = "" if self.bound == self.Bound.EXACTLY else self.get_bound_display()
        return amounts.amount(self.value, self.upper, bound)

    @property
    def said(self) -> str:
        """The value with bound and unit: "at least 26 people"."""
        return amounts.with_unit(self.amount, self.unit)
