"""What colleagues say to each other about a claim."""

from __future__ import annotations

from django.http import HttpResponse
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
        comments.comment(claim_id, by=request.user, text=form.cleaned_data["text"])

    return attempt(request, claim_id, "comment", act, form=form, to="#history")
