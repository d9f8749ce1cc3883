"""One's own settings: the tokens by which one's programs speak."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import queries, tokens
from accounts.models import Scope
from common.errors import Invalid
from common.numbers import whole
from desk.http import DeskRequest, desk_page

DAYS = (30, 90, 365)  # how long a token may live, beside for ever


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def me(request: DeskRequest) -> HttpResponse:
    """What one's programs may do; a new token's secret is shown here once."""
    secret, problem = "", ""
    if request.method == "POST":
        try:
            secret = _issue(request)
        except Invalid as error:
            problem = str(error)
    context = {
        "tokens": list(queries.tokens_of(request.user)),
        "scopes": [scope for scope in Scope.choices if scope[0] in tokens.allowed_scopes(request.user)],
        "days": DAYS,
        "secret": secret,
        "problem": problem,
    }
    return render(request, "desk/me.html", context, status=Invalid.status if problem else 200)


@require_POST
@desk_page
def revoke(request: DeskRequest, token_id: int) -> HttpResponse:
    """End one of one's own tokens."""
    ended = tokens.revoke(token_id, owner=request.user)
    messages.success(request, _("The token is revoked.") if ended else _("That token was revoked already."))
    return HttpResponseRedirect(reverse("desk:me"))


def _issue(request: DeskRequest) -> str:
    days = whole(request.POST.get("days", ""))
    secret, _token = tokens.issue(
        request.user,
        scopes=request.POST.getlist("scope"),
        label=request.POST.get("label", "").strip()[:80],
        lifetime=timedelta(days=days) if days in DAYS else None,
    )
    return secret
