"""What people do with the values of a claim's number: correct what it says, add, accept, take out later ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from claims import events, workflow
from claims.models import Claim
from common.errors import Conflict, Forbidden, Invalid, NotFound
from common.text import one_line
from reviews import moving
from reviews.actions import numbers
from reviews.moving import Value
from sources.models import Evidence, Figure

MOST = 200  # values of one claim, those that were taken out included
LENGTHS = {"unit": 60, "scope": 200, "according_to": 200, "reason": 300}


@dataclass(frozen=True, slots=True)
class Given:
    """A value as someone gives it: how much, of what, according to whom, as of when, and what shows it."""

    value: Decimal
    as_of: date
    according_to: str
    bound: str = Figure.Bound.EXACTLY
    upper: Decimal | None = None
    unit: str | None = None  # None: that of the claim's number
    scope: str = ""
    at: time | None = None
    evidence: int | None = None
    reason: str = ""


def state(claim_id: int, *, by: User, version: int, given: Given) -> Figure:
    """Say what number the claim itself gives: corrects what the machine read, or says it where it read none.

    Raises Conflict if the claim moved on since `version`, Forbidden where it is public and `by` is no editor, Invalid.
    """
    given = _checked(given)
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "figures", by=by)
        if numbers.is_public(claim):
            _require_editor(by)
        before = numbers.stated(claim)
        unit = given.unit if given.unit is not None else before.unit if before else ""
        others = claim.figures.filter(stated=False, state__in=Figure.LIVE)
        if before and before.unit != unit and others.exists():
            raise Invalid(
                _("The later values are in “%(unit)s”. Take them out before the unit changes.")
                % {"unit": before.unit}
            )
        if before:
            numbers.move(before, Figure.State.REPLACED, by=by)
        figure = _create(claim, given, unit=unit, by=by, stated=True)
        claim.change()
        events.tell(
            by,
            "figure.stated",
            claim,
            figure=figure.pk,
            said=figure.said,
            before=before.said if before else "",
        )
    return figure


def add(claim_id: int, *, by: User, given: Given) -> Figure:
    """Add what the number was on a day, according to someone. Where it is public, a fact-checker's waits for an editor.

    Raises Invalid without evidence whose quote has the number or a reason, Conflict when the value is there already.
    """
    given = _checked(given)
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id)
        workflow.require(claim, "figures", by=by)
        said = numbers.stated(claim)
        if said is None:
            raise Invalid(_("Say first which number the claim itself gives."))
        if given.unit is not None and given.unit != said.unit:
            raise Invalid(
                _("The claim's number is in “%(unit)s”: give this one in it.") % {"unit": said.unit}
            )
        _require_room(claim, given)
        _require_shown(claim, given)
        counts = by.role >= Role.EDITOR or not numbers.is_public(claim)
        figure = _create(claim, given, unit=said.unit, by=by, counts=counts)
        verb = "figure.added" if counts else "figure.proposed"
        events.tell(by, verb, claim, figure=figure.pk, said=figure.said, as_of=figure.as_of)
        if counts:
            numbers.hold_against(claim, figure, said)
        else:
            numbers.ask_editors(claim, [figure], by=by)
    return figure


def accept(figure_id: int, *, by: User) -> Figure:
    """Let a proposed value count. Raises Conflict when it was decided meanwhile, Forbidden as `take_out` does."""
    with transaction.atomic(durable=True):
        claim, figure = _locked(figure_id)
        workflow.require(claim, "figures", by=by)
        if numbers.is_public(claim):
            _require_editor(by)
        _require_state(figure, Figure.State.PROPOSED)
        if figure.evidence and figure.evidence.set_aside:
            raise Invalid(_("%(ref)s was set aside. Bring it back first.") % {"ref": figure.evidence.ref})
        numbers.move(figure, Figure.State.ACCEPTED, by=by)
        events.tell(by, "figure.accepted", claim, figure=figure.pk, said=figure.said, as_of=figure.as_of)
        said = numbers.stated(claim)
        if said is not None:
            numbers.hold_against(claim, figure, said)
    return figure


def take_out(figure_id: int, *, by: User, reason: str) -> Figure:
    """Dismiss a proposed value, or take out one that counts, with a reason. It stays in the history.

    Raises Forbidden where readers see it and `by` is no editor, Conflict when it is out already, Invalid.
    """
    why = one_line(reason)
    with transaction.atomic(durable=True):
        claim, figure = _locked(figure_id)
        workflow.require(claim, "figures", by=by)
        if figure.stated:
            raise Invalid(_("This is what the claim says: correct it instead."))
        if figure.state == Figure.State.PROPOSED:
            to, verb = Figure.State.DISMISSED, "figure.dismissed"
        else:
            _require_state(figure, Figure.State.ACCEPTED)
            if numbers.is_public(claim):
                _require_editor(by)
            if not why:
                raise Invalid(_("Say why this value is taken out."))
            to, verb = Figure.State.REMOVED, "figure.removed"
        if len(why) > LENGTHS["reason"]:
            raise Invalid(_("The reason is too long: 300 characters at most."))
        numbers.move(figure, to, by=by, note=why)
        events.tell(by, verb, claim, figure=figure.pk, said=figure.said, as_of=figure.as_of, reason=why)
    return figure


def _checked(given: Given) -> Given:
    texts = {name: one_line(getattr(given, name) or "") for name in LENGTHS}
    for name, most in LENGTHS.items():
        if len(texts[name]) > most:
            raise Invalid(_("Too long: %(name)s has %(n)s characters at most.") % {"name": name, "n": most})
    if not texts["according_to"]:
        raise Invalid(_("Say according to whom."))
    if given.bound not in Figure.Bound.values:
        raise Invalid(_("There is no such bound."))
    for number in (given.value, given.upper):
        if number is not None and not (number.is_finite() and moving.is_readable(number)):
            raise Invalid(_("A value has 15 digits at most, three of them after the point."))
    if (given.bound == Figure.Bound.BETWEEN) != (given.upper is not None):
        raise Invalid(_("“Between” needs an upper value, and nothing else has one."))
    if given.upper is not None and given.upper <= given.value:
        raise Invalid(_("The upper value is the larger one."))
    if given.as_of > timezone.localdate():
        raise Invalid(_("A value is as of a day that has come."))
    return replace(
        given,
        value=round(given.value, moving.PLACES),
        upper=None if given.upper is None else round(given.upper, moving.PLACES),
        unit=None if given.unit is None else texts["unit"],
        scope=texts["scope"],
        according_to=texts["according_to"],
        reason=texts["reason"],
    )


def _require_shown(claim: Claim, given: Given) -> None:
    """Evidence of this claim whose quote has the number, or a reason why it stands all the same."""
    if given.evidence is None:
        if not given.reason:
            raise Invalid(_("Name the evidence that shows this value, or say how you know it."))
        return
    evidence = Evidence.objects.filter(pk=given.evidence, claim=claim).first()
    if evidence is None:
        raise Invalid(_("That evidence does not belong to this claim."))
    if evidence.set_aside:
        raise Invalid(_("%(ref)s was set aside. Bring it back first.") % {"ref": evidence.ref})
    if not given.reason and not moving.shows(evidence.quote, Value(given.value, given.bound, given.upper)):
        raise Invalid(
            _("The quote of %(ref)s does not have this number. Say how it follows from it.")
            % {"ref": evidence.ref}
        )


def _require_room(claim: Claim, given: Given) -> None:
    same = claim.figures.filter(
        stated=False,
        state__in=Figure.LIVE,
        as_of=given.as_of,
        according_to=given.according_to,
        bound=given.bound,
        value=given.value,
    ).first()
    if same is not None:
        raise Conflict(_("This value is there already."), current={"id": same.pk, "state": same.state})
    if claim.figures.count() >= MOST:
        raise Invalid(_("A claim has 200 values at most."))


def _create(
    claim: Claim, given: Given, *, unit: str, by: User, stated: bool = False, counts: bool = True
) -> Figure:
    return Figure.objects.create(
        claim=claim,
        stated=stated,
        value=given.value,
        bound=given.bound,
        upper=given.upper,
        unit=unit,
        scope=given.scope,
        according_to=given.according_to,
        as_of=given.as_of,
        at=given.at,
        evidence_id=given.evidence,
        reason=given.reason,
        added_by=by,
        state=Figure.State.ACCEPTED if counts else Figure.State.PROPOSED,
        decided_by=by if counts else None,
        decided_at=timezone.now() if counts else None,
    )


def _locked(figure_id: int) -> tuple[Claim, Figure]:
    """The claim is locked first, as everywhere. Raises NotFound."""
    claim_id = Figure.objects.filter(pk=figure_id).values_list("claim_id", flat=True).first()
    if claim_id is None:
        raise NotFound(_("There is no such value."))
    claim = Claim.objects.locked(claim_id)
    figures = Figure.objects.select_for_update(of=("self",)).select_related("evidence")
    return claim, figures.get(pk=figure_id)


def _require_state(figure: Figure, wanted: str) -> None:
    if figure.state != wanted:
        raise Conflict(
            _("Someone decided on this value already: %(state)s.")
            % {"state": str(figure.get_state_display()).lower()},
            current={"id": figure.pk, "state": figure.state},
        )


def _require_editor(by: User) -> None:
    if by.role < Role.EDITOR:
        raise Forbidden(_("Readers see this number: only an editor can change it."))
