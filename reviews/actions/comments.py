"""What people say to each other about a claim."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import people_who_can_hold_claims
from claims import events, workflow
from claims.models import Claim
from common.errors import Invalid
from common.text import lines
from reviews import mentions, notices
from reviews.models import Comment, Notification

COMMENT_LENGTH = 5000


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, with those who were told of it and the words after an @ that name no one person."""

    comment: Comment
    told: list[User]
    nobody: list[str]


def comment(claim_id: int, *, by: User, text: str, evidence_id: int | None = None) -> Said:
    """Say something about a claim, or one piece of its evidence. Those named with @ are told."""
    text = lines(text).strip()
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
        named = mentions.named(text, mentions.names(people_who_can_hold_claims()) if "@" in text else {})
        told = [person for person in named.people if person.pk != by.pk]
        notices.tell_all(told, Notification.Kind.MENTIONED, claim, actor=by, text=text[:500])
        events.tell(by, "comment.made", claim, comment=made.pk)
    return Said(made, told, named.nobody)
