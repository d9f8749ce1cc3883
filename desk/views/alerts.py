"""Contradictions between the desk's own claims."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desk.http import DeskRequest, back, desk_page, done
from reviews.actions import alerts


@require_POST
@desk_page
def settle(request: DeskRequest, alert_id: int) -> HttpResponse:
    """Say what came of a contradiction."""
    alert = alerts.settle(alert_id, by=request.user, note=request.POST.get("note", ""))
    to = back(request, reverse("desk:claim", args=[alert.claim_id]))
    return done(request, _("Settled. Neither claim was changed."), to=to)
