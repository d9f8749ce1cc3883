"""What every page of the desk shares: who may come in, how a refusal is told, where to go after an action."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from claims.lifecycle import Status
from common.asked import clean
from common.errors import Conflict, DeskError, Forbidden, NotFound
from desk.undo import Undo, say

P = ParamSpec("P")
SIGN_IN_AGAIN = 401
# What a form sends by itself: where it is, what it was made from, which button was pressed. The rest is a person's.
BY_ITSELF = frozenset(
    "csrfmiddlewaretoken version next list content_hash paragraph prefix suffix before after near claim id on"
    " deed then accept adopt same use back stance theme keys username".split()
)


class DeskRequest(HttpRequest):
    """A request of someone who works here."""

    user: User
    htmx: HtmxDetails


DeskView = Callable[Concatenate[DeskRequest, P], HttpResponse]
PlainView = Callable[Concatenate[HttpRequest, P], HttpResponse]


def desk_page(view: DeskView[P]) -> PlainView[P]:
    """Only for those who work here; what an action refuses becomes a page, or a fragment for htmx."""

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _sign_in(request)
        at_work: Any = request  # the user and the htmx details are set by middleware
        # without the control characters that come along when one pastes: no feed and no mail could carry them
        at_work.POST = clean(request.POST)
        try:
            if not at_work.user.works_here:
                raise Forbidden(_("The desk is for those who check claims here."))
            response = view(at_work, *args, **kwargs)
        except DeskError as error:
            response = refused(at_work, error)
        patch_vary_headers(response, ("HX-Request", "HX-Target", "Cookie"))
        patch_cache_control(response, private=True, no_cache=True)
        return response

    update_wrapper(guarded, view)
    return guarded


def refused(request: DeskRequest, error: DeskError) -> HttpResponse:
    """A refusal in words, with the state of the claim when someone else was faster."""
    current = told(error.current) if isinstance(error, Conflict) else None
    shown = {
        "message": str(error),
        "current": current,
        "again_url": _again(request),
        "missing": isinstance(error, NotFound) and request.method in ("GET", "HEAD"),
    }
    name = "components/_problem.html" if request.htmx else "desk/refused.html"
    return render(request, name, shown, status=error.status)


def told(current: dict[str, object]) -> dict[str, object]:
    """A conflict's state with its status as a word. Never empty, so that a template sees a conflict in it."""
    status = str(current.get("status", ""))
    return {**current, "status_label": Status(status).label if status in Status.values else "", "known": True}


def back(request: HttpRequest, otherwise: str) -> str:
    """Where the form asked to go on to, when that is on this site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else otherwise


def done(request: DeskRequest, message: str, *, to: str, undo: Undo | None = None) -> HttpResponse:
    """Say what was done and go on; htmx is told to load the page anew."""
    say(request, message, undo)
    if request.htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = _anew(request, to)
        return response
    return HttpResponseRedirect(to)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, also when that is nothing; None while it is only shown."""
    return request.POST if request.method == "POST" else None


def version_of(request: HttpRequest, name: str = "version") -> int:
    """The version that the form was made from. Raises Conflict when it names none."""
    given = version_read(request, name)
    if given is None:
        raise Conflict(
            _("This form does not say which version it was made from. Load the page again."), current={}
        )
    return given


def version_read(request: HttpRequest, name: str = "version") -> int | None:
    """The version that the form was made from; None when it names none."""
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) <= 9 else None


def target(request: DeskRequest) -> str:
    """The id of the element that htmx will swap, or nothing."""
    return (request.htmx.target or "").partition("#")[2] if request.htmx else ""


def _anew(request: DeskRequest, to: str) -> str:
    """A browser does not load a page again when only the part after # changes: then the query says it too."""
    path, _sharp, place = to.partition("#")
    here = (request.htmx.current_url_abs_path or "").partition("#")[0]
    if not place or here != path:
        return to
    return f"{path}{'&' if '?' in path else '?'}at={place}#{place}"


def _again(request: DeskRequest) -> str:
    if request.htmx:
        return request.htmx.current_url_abs_path or ""
    return back(request, request.path if request.method == "GET" else "")


def _sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") or request.headers.get("X-Requested-With"):
        return HttpResponse(
            _("You were signed out. Sign in in a new tab, then try again."), status=SIGN_IN_AGAIN
        )
    if typed := _typed(request.POST):
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        shown = {
            "action": request.get_full_path(),
            "fields": [field for field in fields if field[0] != "csrfmiddlewaretoken"],
            "typed": typed,
            "files": bool(request.FILES),
        }
        return render(request, "desk/signed_out.html", shown, status=SIGN_IN_AGAIN)
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "")


def _typed(given: QueryDict) -> list[str]:
    """What of a form a person has written or chosen. A press on a button alone is nothing of theirs."""
    theirs = (values for name, values in given.lists() if name.partition("-")[0] not in BY_ITSELF)
    return [value for values in theirs for value in values if value.strip()]
