"""What one was told: the inbox."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from common import paging
from common.numbers import whole
from desk.http import DeskRequest, desk_page
from reviews import notices, queries

SHOWN = 50  # notifications on one page


@require_safe
@desk_page
def inbox(request: DeskRequest) -> HttpResponse:
    """A person's notifications, newest first."""
    found = paging.page(
        queries.inbox(request.user), order=("-pk",), cursor=request.GET.get("cursor", ""), size=SHOWN
    )
    return render(request, "desk/inbox.html", {"page": found, "unread": queries.unread_count(request.user)})


@require_POST
@desk_page
def mark_read(request: DeskRequest) -> HttpResponse:
    """Mark one notification as read and go to its claim, or mark all."""
    given = request.POST.get("id", "")
    if number := whole(given):
        notices.mark_read(request.user, ids=[number])
    elif given == "all":
        notices.mark_read(request.user)
    if claim_id := whole(request.POST.get("claim", "")):
        return HttpResponseRedirect(reverse("desk:claim", args=[claim_id]))
    return HttpResponseRedirect(reverse("desk:notifications"))
