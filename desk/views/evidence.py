"""What bears on a claim: judge it, set it aside, attach more, search, and write down where nothing was found."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.errors import DeskError, Invalid
from desk import claim_forms
from desk.claim_page import Problem
from desk.http import DeskRequest, desk_page, done, version_of
from desk.undo import Undo, say
from desk.views.claim import attempt, show, told_errors
from reviews.actions import searches
from sources import actions, judging, queries, reading


@require_POST
@desk_page
def judge(request: DeskRequest, evidence_id: int) -> HttpResponse:
    """Confirm or change what a passage does for its claim."""
    item = judging.judge(evidence_id, by=request.user, stance=request.POST.get("stance", ""))
    said = _("%(ref)s judged: %(stance)s.") % {"ref": item.ref, "stance": item.get_stance_display().lower()}
    event = ("event", str(item.claim.changed_seq))
    say(request, said, Undo(reverse("desk:take_back_stance", args=[item.pk]), _("Undo"), (event,)))
    return HttpResponseRedirect(card(item.claim_id, item.number))


@require_POST
@desk_page
def take_back_stance(request: DeskRequest, evidence_id: int) -> HttpResponse:
    """Take back what one just said of a passage."""
    item = judging.take_back_stance(evidence_id, by=request.user, event=version_of(request, "event"))
    said = _("%(ref)s is as it was.") % {"ref": item.ref}
    return done(request, said, to=card(item.claim_id, item.number))


@require_POST
@desk_page
def set_aside(request: DeskRequest, evidence_id: int) -> HttpResponse:
    """Leave a passage out of the count with a reason, or bring it back."""
    reason = request.POST.get("reason", "")
    if request.POST.get("back") != "yes" and not reason.strip():
        raise Invalid(_("Say why it is set aside: readers may see the reason."))
    item = judging.set_aside(evidence_id, by=request.user, reason="" if "back" in request.POST else reason)
    return HttpResponseRedirect(card(item.claim_id, item.number))


@require_POST
@desk_page
def add_source(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Take a document into the library, pasted or from its address, and go on to choose its words."""
    form = claim_forms.SourceForm(request.POST, request.FILES, prefix="source")
    try:
        snapshot_id = keep_source(request, form)
    except DeskError as error:
        if request.htmx:
            raise
        return show(
            request, claim_id, bound={"source": form}, problem=Problem("source", str(error), error.status)
        )
    to = reverse("desk:snapshot", args=[snapshot_id]) + f"?claim={claim_id}"
    return done(request, _("The document is in the library. Now choose its words."), to=to)


def keep_source(request: DeskRequest, form: claim_forms.SourceForm) -> int:
    """Add what a source form holds, and return the id of its newest snapshot. Raises Invalid."""
    if not form.is_valid():
        raise Invalid(told_errors(form))
    given = form.cleaned_data
    upload = given["file"]
    if upload:
        page = reading.read_file(upload.name, upload.read(), content_type=upload.content_type or "")
    else:
        page = reading.read(given["url"], pasted=given["text"])
    source = actions.add_source(
        by=request.user,
        about=actions.About(
            title=given["title"] or page.title or (upload.name if upload else ""),
            publisher=given["publisher"] or page.outlet,
            author=page.byline,
            kind=given["kind"],
            url=given["url"],
            language=page.language,
            published_at=form.published_at() or page.published_at,
            reliability=given["reliability"],
            credibility=given["credibility"],
            origin=given["origin"],
        ),
        text=page.text,
        page=page.page,
    )
    found: Any = queries.source(
        request.user, source.pk
    )  # the id of the newest copy is annotated by the query
    return int(found.newest_snapshot)


@require_POST
@desk_page
def search_again(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Let the machine look through the library once more."""
    actions.look_again(claim_id, by=request.user)
    to = reverse("desk:claim", args=[claim_id]) + "#evidence"
    return done(request, _("The library is being searched. What it finds appears here."), to=to)


@require_POST
@desk_page
def record_search(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Write down a search that a person made: where, for what, what it gave."""
    form = claim_forms.SearchForm(request.POST, prefix="search")

    def act() -> None:
        given = form.cleaned_data
        actions.record_search(
            claim_id,
            by=request.user,
            query=given["query"],
            places=given["places"],
            found=given["found"],
            set_aside=given["set_aside"],
            note=given["note"],
            made_at=given["made_at"],
        )

    return attempt(request, claim_id, "search", act, form=form, to="#searches")


@require_POST
@desk_page
def set_search_aside(request: DeskRequest, search_id: int) -> HttpResponse:
    """Say why nothing of what a search found bears on its claim, or take that back."""
    reason, back = request.POST.get("reason", ""), "back" in request.POST
    if not back and not reason.strip():
        raise Invalid(_("Say why none of it bears on the claim: readers may see the reason."))
    made = searches.set_aside(search_id, by=request.user, reason="" if back else reason)
    return HttpResponseRedirect(reverse("desk:claim", args=[made.claim_id]) + "#searches")


def card(claim_id: int, number: int) -> str:
    """Where a piece of evidence stands on its claim's page."""
    return reverse("desk:claim", args=[claim_id]) + f"#e{number}"
