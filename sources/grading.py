"""How far sources are trusted, on the Admiralty scale: a letter for who says it, a digit for what is said."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from audit import ledger
from claims import workflow
from claims.lifecycle import Status
from claims.models import Claim
from common.errors import Conflict, Invalid, NotFound
from jobs import queue
from sources.models import Publisher, Source

PUBLISHER_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Grade:
    """A letter and a digit."""

    reliability: str
    credibility: int

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"


def at_first(publisher: str, *, reliability: str = "", credibility: int | None = None) -> Grade:
    """The grade of a new document: what a person gives, else its publisher's, else that it cannot be judged."""
    known = Publisher.objects.filter(key=key(publisher)).first()
    letter = reliability or (known.reliability if known else Source.Reliability.F)
    digit = credibility or (known.credibility if known else Source.Credibility.NOT_JUDGED)
    return checked(letter, digit)


def grade(
    source_id: int, *, by: User, version: int, reliability: str, credibility: int | None = None, reason: str
) -> Source:
    """Change how far a source is trusted. An editor's word, with a reason; no `credibility` leaves the digit."""
    workflow.require_role(by, Role.EDITOR)
    reason = _reason(reason)
    with transaction.atomic(durable=True):
        source = Source.objects.select_for_update().filter(pk=source_id).first()
        if source is None:
            raise NotFound(_("There is no such source."))
        if source.version != version:
            current = {"reliability": source.reliability, "credibility": source.credibility}
            raise Conflict(_("Someone changed this source meanwhile."), current=current)
        before, after = source.grade, checked(reliability, credibility or source.credibility)
        source.reliability, source.credibility = after.reliability, after.credibility
        source.version += 1
        source.save(update_fields=["reliability", "credibility", "version"])
        ledger.record(
            by, "source.graded", "source", source.pk, before=before, after=str(after), reason=reason
        )
        cite_it = Claim.objects.filter(status=Status.APPROVED, evidence__snapshot__source=source)
        queue.enqueue_each("reviews.void", set(cite_it.values_list("pk", flat=True)), again=True)
    return source


def set_default(
    *, by: User, publisher: str, version: int, reliability: str, credibility: int | None, reason: str
) -> Publisher:
    """Say which grade new documents of a publisher begin with; those that are there keep theirs.

    `version` is that of the default that was seen, 0 where there was none. Raises Conflict when there is another.
    """
    workflow.require_role(by, Role.EDITOR)
    name, reason, after = " ".join(publisher.split()), _reason(reason), checked(reliability, credibility)
    if not name or len(name) > PUBLISHER_LENGTH:
        raise Invalid(_("Give the publisher's name, in 200 characters at most."))
    with transaction.atomic(durable=True):
        known, made = Publisher.objects.select_for_update().get_or_create(
            key=key(name),
            defaults={"name": name, "reliability": after.reliability, "credibility": after.credibility},
        )
        if version != (0 if made else known.version):
            current = {"grade": known.grade, "version": known.version}
            raise Conflict(_("Someone changed the grade of this publisher meanwhile."), current=current)
        before = "" if made else known.grade
        if not made:
            known.reliability, known.credibility = after.reliability, after.credibility
            known.version += 1
            known.save(update_fields=["reliability", "credibility", "version"])
        ledger.record(
            by,
            "publisher.graded",
            "publisher",
            known.pk,
            name=name,
            before=before,
            after=str(after),
            reason=reason,
        )
    return known


def key(publisher: str) -> str:
    """A publisher's name as it is compared: without regard to case and spaces."""
    return " ".join(publisher.casefold().split())[:PUBLISHER_LENGTH]


def checked(reliability: str, credibility: int | None) -> Grade:
    """A grade that there is. Raises Invalid."""
    known = reliability in Source.Reliability.values and credibility in Source.Credibility.values
    if credibility is None or not known:
        raise Invalid(_("There is no such grade: a letter from A to F, a digit from 1 to 6."))
    return Grade(reliability, credibility)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Say why the grade changes."))
    return reason.strip()[:300]
