"""What people say to each other about a claim."""

from __future__ import annotations

import re

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from claims import events, workflow
from claims.models import Claim
from common.errors import Invalid
from reviews import notices
from reviews.models import Comment, Notification

COMMENT_LENGTH = 5000
_MENTION = re.compile(r"(?<!\w)@([\w.+-]+\w)")


def comment(claim_id: int, *, by: User, text: str, evidence_id: int | None = None) -> Comment:
    """Say something about a claim, or one piece of its evidence. Those named with @ are told."""
    text = text.replace("\x00", "").strip()
    if not text:
        raise Invalid(_("The comment is empty."))
    if len(text) > COMMENT_LENGTH:
        raise Invalid(_("The comment is too long: 5,000 characters at most."))
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id)
        workflow.require(claim, "comment", by=by)
        if evidence_id is not None and not claim.evidence.filter(pk=evidence_id).exists():
            raise Invalid(_("That evidence does not belong to this claim."))
        made = Comment.objects.create(claim=claim, evidence_id=evidence_id, author=by, text=text)
        named = User.objects.filter(
            username__in=set(_MENTION.findall(text)), is_active=True, role__gte=Role.FACT_CHECKER
        )
        notices.tell_all(named, Notification.Kind.MENTIONED, claim, actor=by, text=text[:500])
        events.tell(by, "comment.made", claim, comment=made.pk)
    return made
