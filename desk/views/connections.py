"""The services outside that are asked about claims: set up, switched, looked after by admins."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import DeskError
from desk.forms import ConnectionForm, FeedForm
from desk.http import DeskRequest, desk_page, done, posted, version_of
from sources import asking, connecting, queries, watching


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def connections(request: DeskRequest) -> HttpResponse:
    """Each service with its state, and a form to set up another."""
    form = ConnectionForm(posted(request))
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                made = connecting.add_connection(by=request.user, **form.cleaned_data)
            except DeskError as error:
                form.add_error(None, str(error))
                status = error.status
            else:
                told = _("%(label)s is in the list. Check it, then switch it on.") % {"label": made.label}
                return done(request, told, to=reverse("desk:connections"))
    return _page(request, form=form, feed_form=FeedForm(prefix="feed"), status=status)


@require_POST
@desk_page
def add_feed(request: DeskRequest) -> HttpResponse:
    """Put a feed on the list of those that are watched."""
    form = FeedForm(request.POST, prefix="feed")
    status = 422
    if form.is_valid():
        try:
            made = watching.add(by=request.user, **form.cleaned_data)
        except DeskError as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            told = _("%(label)s is in the list. Check it, then switch it on.") % {"label": made.label}
            return done(request, told, to=reverse("desk:connections") + "#feeds")
    return _page(request, form=ConnectionForm(), feed_form=form, status=status)


@require_POST
@desk_page
def switch_feed(request: DeskRequest, feed_id: int) -> HttpResponse:
    """Begin to watch a feed, or stop."""
    on = request.POST.get("on") == "1"
    feed = watching.switch(feed_id, by=request.user, version=version_of(request), on=on)
    said = _("%(label)s is watched from now on.") if on else _("%(label)s is not watched any more.")
    return done(request, said % {"label": feed.label}, to=reverse("desk:connections") + "#feeds")


@require_POST
@desk_page
def check_feed(request: DeskRequest, feed_id: int) -> HttpResponse:
    """Read a feed now, and tell whether it works."""
    problem = watching.check(feed_id, by=request.user)
    said = _("The feed cannot be read: %(why)s") % {"why": problem} if problem else _("The feed works.")
    return done(request, said, to=reverse("desk:connections") + "#feeds")


@require_POST
@desk_page
def switch(request: DeskRequest, connection_id: int) -> HttpResponse:
    """Begin to ask a service, or stop."""
    on = request.POST.get("on") == "1"
    row = connecting.switch(connection_id, by=request.user, version=version_of(request), on=on)
    said = _("%(label)s is asked from now on.") if on else _("%(label)s is not asked any more.")
    return done(request, said % {"label": row.label}, to=reverse("desk:connections"))


@require_POST
@desk_page
def check(request: DeskRequest, connection_id: int) -> HttpResponse:
    """Ask a service now, whatever its schedule says, and tell whether it works."""
    row = next((one for one in queries.connections(request.user) if one.pk == connection_id), None)
    problem = asking.check(connection_id) if row else _("There is no such service.")
    label = row.label if row else ""
    told = {"label": label, "why": problem}
    said = _("%(label)s does not work: %(why)s") % told if problem else _("%(label)s works.") % told
    return done(request, said, to=reverse("desk:connections"))


def _page(request: DeskRequest, *, form: ConnectionForm, feed_form: FeedForm, status: int) -> HttpResponse:
    rows = queries.connections(request.user)
    shown = {
        "rows": rows,
        "form": form,
        "without_key": asking.without_key(rows),
        "feeds": list(queries.feeds(request.user)),
        "feed_form": feed_form,
    }
    return render(request, "desk/connections.html", shown, status=status)
