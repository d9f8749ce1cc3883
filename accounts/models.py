"""Who works here, and the tokens by which their programs speak for them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from accounts.roles import Role


class User(AbstractUser):
    """A person. Deactivated when they leave, never deleted: what they did stays theirs."""

    role = models.PositiveSmallIntegerField(choices=Role, default=Role.READER)
    let_in = False  # no column: for one request, a token with the scope read:desk shows the work to a reader

    class Meta(AbstractUser.Meta):
        constraints = [models.CheckConstraint(name="user_role_known", condition=Q(role__in=Role.values))]

    @property
    def name(self) -> str:
        """The name to show."""
        return self.get_full_name() or self.username

    @property
    def initials(self) -> str:
        """Two letters for a face."""
        words = self.name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    @property
    def administers(self) -> bool:
        """Whether they set up what the desk works with."""
        return self.is_active and self.role >= Role.ADMIN

    @property
    def works_here(self) -> bool:
        """Whether the desk's pages are for them."""
        return self.is_active and self.role >= Role.FACT_CHECKER

    @property
    def sees_work(self) -> bool:
        """Whether they may read what is in work: those who work here, and readers whose token says so."""
        return self.works_here or (self.is_active and self.let_in)


class Scope(models.TextChoices):
    """What a token may do, at most: its person's role still decides. Each includes the ones before it."""

    READ = "read"  # what is public
    READ_DESK = "read:desk"  # also what is in work
    WRITE = "write"  # also submit articles and take the workflow's steps


class ApiToken(models.Model):
    """A program's key. Only the SHA-256 of the secret is kept; the secret is shown once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens")
    label = models.CharField(max_length=80, blank=True)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "API token"
        constraints = [models.CheckConstraint(name="token_has_digest", condition=~Q(digest=""))]

    def __str__(self) -> str:
        return f"{self.prefix}… of {self.user_id}"
