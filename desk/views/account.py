"""The first page, how the desk looks to one person, and the demo's change of persons."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import queries as people
from accounts.models import User
from accounts.roles import Role
from claims.lifecycle import ClaimType, Status
from common.errors import DeskError, Forbidden, Invalid
from desk import http, shell
from reviews import queries
from reviews.actions import work
from reviews.queries import Filters

YEAR = 365 * 24 * 3600  # seconds that a choice of looks is remembered
DEMO_PEOPLE = ("checker", "checker2", "editor", "admin")


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The page for someone who has never been here: what this is, and the first step."""
    empty = queries.is_empty()
    if request.user.is_authenticated and not empty:
        return redirect("desk:queue")
    return render(request, "desk/start.html", {"empty": empty, "can_enter": _may_enter(request)})


@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    """Be one of the demo's people, without a password: only in the demo, and only on the machine that runs it."""
    try:
        person = _demo_person(request)
    except DeskError as error:
        messages.error(request, str(error))
        return redirect("login")
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponseRedirect(
        _first_claim(person) if request.POST.get("begin") else _place_of_work(request, person)
    )


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keep how a person likes the desk to look, in a cookie that the server reads before the first paint."""
    response = HttpResponseRedirect(http.back(request, reverse("desk:queue")))
    theme, keys = request.POST.get("theme", ""), request.POST.get("keys", "")
    if theme in shell.THEMES:
        response.set_cookie(
            shell.THEME_COOKIE, theme, max_age=YEAR, samesite="Lax", secure=request.is_secure()
        )
    if keys in ("on", "off"):
        response.set_cookie(shell.KEYS_COOKIE, keys, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The key map as a page."""
    return render(request, "desk/keys.html")


def _may_enter(request: HttpRequest) -> bool:
    address = request.META.get("REMOTE_ADDR", "")
    return bool(settings.CLAIMDESK_DEMO and address and ip_address(address).is_loopback)


def _demo_person(request: HttpRequest) -> User:
    if not _may_enter(request):
        raise Forbidden(_("Sign in with your name and password."))
    username = request.POST.get("username", "")
    person = people.person(username) if username in DEMO_PEOPLE else None
    if person is None:
        raise Invalid(_("The demo newsroom is not loaded. Run `make run` once more, or sign in."))
    return person


def _first_claim(person: User) -> str:
    """The claim that a newcomer begins with, taken for them: the first count of casualties with a suggestion."""
    begun = queries.claims_for(
        person, Filters(types=(ClaimType.CASUALTY,), assignee="me", statuses=(Status.IN_PROGRESS,))
    )
    fresh = queries.claims_for(
        person, Filters(types=(ClaimType.CASUALTY,), statuses=(Status.NEW, Status.OPEN))
    )
    for claim in [*begun.order_by("pk")[:1], *fresh.order_by("pk")[:20]]:
        if not any(suggestion.rating for suggestion in claim.current_suggestions):  # type: ignore[attr-defined]  # prefetched by the query
            continue
        version = claim.version
        if claim.status == Status.NEW:
            version = work.accept(claim.pk, by=person, version=version).version
        if claim.assignee_id is None:
            work.take(claim.pk, by=person, version=version)
        return reverse("desk:claim", args=[claim.pk])
    return reverse("desk:queue") + "?view=triage"


def _place_of_work(request: HttpRequest, person: User) -> str:
    """Where the new person goes on: an editor who comes from a claim under review goes to its approval."""
    asked = http.back(request, reverse("desk:queue"))
    claim = asked.partition("?")[0].removeprefix("/claims/").rstrip("/")
    if asked.startswith("/claims/") and claim.isdecimal() and person.role >= Role.EDITOR:
        return f"/review/{claim}/"
    if asked.startswith("/review/") and person.role < Role.EDITOR:
        return reverse("desk:queue")
    return asked
