"""The admins' room: people and ratings to edit, everything that the workflow moves to look at only."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.models import ApiToken, User
from accounts.roles import Role
from audit.models import AuditEvent
from claims.models import Article, Claim, Match, Revision
from jobs.models import Job
from reviews.actions import settings
from reviews.models import Alert, Publication, Rating, Suggestion, Verdict
from sources.models import Evidence, FeedEntry, Publisher, Search, Snapshot, Source, WatchedFeed

admin.site.site_header = admin.site.site_title = "Claimdesk"
admin.site.unregister(Group)


class AdminsOnly:
    """Open to admins, not to whoever else may have been marked as staff."""

    def _is_admin(self, request: HttpRequest) -> bool:
        return request.user.is_active and getattr(request.user, "role", -1) >= Role.ADMIN

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_admin(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._is_admin(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._is_admin(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._is_admin(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class LookOnly(AdminsOnly):
    """What only actions change."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(User)
class PersonAdmin(AdminsOnly, UserAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """People are deactivated, never deleted."""

    list_display = ("username", "first_name", "last_name", "role", "is_active", "last_login")
    list_filter = ("role", "is_active")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Work", {"fields": ("role", "is_active", "is_staff")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "role", "password1", "password2")}),
    )
    filter_horizontal = ()

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm[Any], change: bool) -> None:  # noqa: FBT001 Django's signature
        settings.save_person(obj, by=cast(User, request.user), changed=form.changed_data)


@admin.register(Rating)
class RatingAdmin(AdminsOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """The newsroom's scale. A value in use is switched off, not deleted."""

    list_display = ("label", "slug", "number", "position", "publishable", "needs_two_origins", "active")
    prepopulated_fields = {"slug": ("label",)}

    def save_model(self, request: HttpRequest, obj: Rating, form: ModelForm[Any], change: bool) -> None:  # noqa: FBT001 Django's signature
        settings.save_rating(obj, by=cast(User, request.user), changed=form.changed_data)


def _look(model: type[Model], *columns: str, **more: Any) -> None:
    """Register a model to look at."""
    attributes = {
        "list_display": columns,
        "ordering": ("-pk",),
        "list_per_page": 50,
        "show_full_result_count": False,
    }
    made = type(f"{model.__name__}Admin", (LookOnly, admin.ModelAdmin), {**attributes, **more})
    admin.site.register(model, made)


_look(Article, "title", "outlet", "language", "created_at")
_look(Revision, "article", "number", "created_at", list_select_related=("article",))
_look(
    Claim,
    "text",
    "status",
    "type",
    "assignee",
    "version",
    list_filter=("status", "type"),
    list_select_related=True,
)
_look(Match, "claim", "earlier", "score", "state", list_select_related=("claim", "earlier"))
_look(Publisher, "name", "grade")
_look(WatchedFeed, "label", "address", "on", "looked_at", "failures")
_look(FeedEntry, "url", "feed", "state", "error", list_filter=("state",), list_select_related=("feed",))
_look(Source, "title", "publisher", "kind", "grade", list_filter=("kind", "reliability", "credibility"))
_look(Snapshot, "source", "taken_at", list_select_related=("source",))
_look(Evidence, "claim", "number", "stance", list_select_related=("claim",))
_look(Search, "claim", "query", "places", "found", list_select_related=("claim",))
_look(Suggestion, "claim", "rating", "confidence", "model_version", list_select_related=("claim", "rating"))
_look(Verdict, "claim", "number", "rating", "author", "state", "decided_by", list_select_related=True)
_look(Alert, "claim", "other", "kind", "one_says", "other_says", "state", list_select_related=True)
_look(Publication, "claim_text", "number", "year", "slug", "published_at", "current")
_look(AuditEvent, "seq", "verb", "subject_type", "subject_id", "actor", "at", list_select_related=("actor",))
_look(Job, "step", "subject_id", "state", "attempt", "error", list_filter=("state", "step"))
_look(ApiToken, "prefix", "user", "scopes", "created_at", "last_used_at", exclude=("digest",))
