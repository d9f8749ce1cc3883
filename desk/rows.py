"""What an action on one claim answers: its row for htmx, a page for others; a refused form with all that was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.lifecycle import Status
from claims.models import Claim
from common.errors import Conflict, DeskError, Invalid
from desk import article_text, http
from desk.undo import Undo, say
from reviews import queries

FORM = "-form"  # the part of a row that a form opens in, by the end of its id


class ClaimForm(forms.Form):
    """A form about one claim. `refusal` is what the action said to it."""

    refusal: DeskError | None = None


def after(
    request: http.DeskRequest, claim_id: int, message: str, *, undo: Undo | None = None
) -> HttpResponse:
    """Say what was done and show the claim as it is now, where the button was."""
    row = _row(request)
    if row not in (f"q{claim_id}", f"c{claim_id}"):
        to = http.back(request, reverse("desk:claim", args=[claim_id]))
        return http.done(request, message, to=to, undo=undo)
    say(request, message, undo)
    claim = queries.claim(request.user, claim_id)
    shown: dict[str, object] = {"claim": claim, "here": request.htmx.current_url_abs_path or ""}
    if row.startswith("q"):
        return render(request, "desk/_queue_changed.html", shown)
    shown["view"] = article_text.of(request.user, claim.revision.article_id)
    shown["place"] = next((place for place in shown["view"].places if place.claim.pk == claim_id), None)  # type: ignore[attr-defined]  # set one line above
    return render(request, "desk/_article_changed.html", shown)


def did(form: ClaimForm, act: Callable[[], object]) -> bool:
    """Run the action; what it refuses because of what was given stays with the form."""
    try:
        act()
    except (Invalid, Conflict) as error:
        form.refusal = error
        if isinstance(error, Invalid):
            form.add_error(None, str(error))
        return False
    return True


def form_page(
    request: http.DeskRequest,
    claim: Claim,
    form: ClaimForm,
    template: str,
    *,
    title: str,
    compared: Sequence[tuple[str, str, str]] = (),
    **more: object,
) -> HttpResponse:
    """The form, as a page or inside its row. A refused one keeps the text; after a conflict it carries the new version.

    `compared` gives, for a conflict, each field's name, its value now and the value typed.
    """
    conflict = form.refusal if isinstance(form.refusal, Conflict) else None
    version = claim.version if conflict or not form.is_bound else request.POST.get("version", claim.version)
    row = _row(request) or f"c{claim.pk}"
    shown = {
        "claim": claim,
        "form": form,
        "template": template,
        "title": title,
        "version": version,
        "row": row,
        "in_row": bool(_row(request)),
        "next": http.back(request, reverse("desk:claim", args=[claim.pk])),
        "conflict": conflict,
        "compared": [
            {"label": _("Step"), "theirs": claim.get_status_display(), "yours": ""},
            *({"label": label, "theirs": theirs, "yours": yours} for label, theirs, yours in compared),
        ],
        **more,
    }
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(
        request, "desk/_claim_form.html" if request.htmx else "desk/claim_form.html", shown, status=status
    )


def is_closed(claim: Claim) -> bool:
    """Whether nothing is to be done with a claim for now."""
    return claim.status in (Status.DISMISSED, Status.RETRACTED)


def _row(request: http.DeskRequest) -> str:
    return http.target(request).removesuffix(FORM)
