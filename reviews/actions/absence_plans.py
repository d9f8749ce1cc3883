"""How an absence is going to be checked: what would refute it, what the claimant says to it, when to look next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from claims import events, workflow
from claims.models import Claim
from common.errors import Conflict, Invalid
from common.text import lines
from sources.models import AbsencePlan

FARTHEST = timedelta(days=366)
LENGTHS = {"would_refute": 1000, "asked_how": 300, "answer": 2000}  # characters, at most


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan as a person writes it down: all of it, and what is empty is not known or not done."""

    would_refute: str = ""
    asked_on: date | None = None
    asked_how: str = ""
    answer: str = ""  # empty: the claimant gave none
    next_on: date | None = None  # empty: a week after the last search


def plan(claim_id: int, *, by: User, version: int, planned: Planned) -> AbsencePlan:
    """Write down how an absence is checked. `version` is that of the plan which was read, 0 where there was none.

    Raises NotFound, Forbidden, Conflict when someone changed the plan meanwhile, Invalid for days out of range.
    """
    texts = {name: _text(getattr(planned, name), name) for name in LENGTHS}
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id)
        workflow.require(claim, "plan_absence", by=by)
        kept = AbsencePlan.objects.filter(claim=claim).first() or AbsencePlan(claim=claim, version=0)
        if kept.version != version:
            raise Conflict(
                _("Someone changed this plan meanwhile. Nothing of yours is lost."), current=kept.state()
            )
        _check_asked(planned.asked_on, texts)
        if planned.next_on != kept.next_on:
            _check_next(planned.next_on)
        for name, text in texts.items():
            setattr(kept, name, text)
        kept.asked_on, kept.next_on, kept.version = planned.asked_on, planned.next_on, version + 1
        kept.save()
        events.tell(by, "absence.planned", claim, asked_on=planned.asked_on, next_on=planned.next_on, **texts)
    return kept


def _text(written: str, name: str) -> str:
    text = lines(written).strip()
    if len(text) > LENGTHS[name]:
        raise Invalid(_("That is too long: %(n)s characters at most.") % {"n": LENGTHS[name]})
    return text


def _check_asked(asked_on: date | None, texts: dict[str, str]) -> None:
    if asked_on is None and (texts["asked_how"] or texts["answer"]):
        raise Invalid(_("Say on which day the claimant was asked."))
    if asked_on is not None and not texts["asked_how"]:
        raise Invalid(_("Say how the claimant was asked: by mail, by phone, in person."))
    if asked_on is not None and asked_on > timezone.localdate():
        raise Invalid(_("The claimant was asked on a day that has come."))


def _check_next(next_on: date | None) -> None:
    today = timezone.localdate()
    if next_on is not None and not today < next_on <= today + FARTHEST:
        raise Invalid(_("The next search is on a day from tomorrow on, within a year."))
