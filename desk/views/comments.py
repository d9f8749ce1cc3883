"""What colleagues say to each other about a claim."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desk import claim_forms
from desk.http import DeskRequest, desk_page
from desk.views.claim import attempt
from reviews.actions import comments


@require_POST
@desk_page
def comment(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Say something about a claim; those named with @ are told."""
    form = claim_forms.CommentForm(request.POST, prefix="comment")

    def act() -> None:
        said = comments.comment(claim_id, by=request.user, text=form.cleaned_data["text"])
        if said.told:
            names = ", ".join(person.name for person in said.told)
            messages.success(request, _("Told: %(names)s.") % {"names": names})
        if said.nobody:
            words = ", ".join(f"@{word[:40]}" for word in said.nobody[:5])
            unknown = _("Nobody was told of %(words)s: it names nobody here, or more than one person.")
            messages.warning(request, unknown % {"words": words})

    return attempt(request, claim_id, "comment", act, form=form, to="#history")
