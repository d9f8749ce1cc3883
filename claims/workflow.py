"""May this person do this with this claim now? One answer for pages, API and actions, with the reason as a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from claims.lifecycle import ABILITIES, STEPS, Status
from claims.models import Claim
from common.errors import Conflict, Forbidden

_ONLY = {
    Role.FACT_CHECKER: "Only a fact-checker can do this.",
    Role.EDITOR: "Only an editor can do this.",
    Role.ADMIN: "Only an admin can do this.",
}


def why_not(claim: Claim, deed: str, user: User) -> str:
    """The reason why `user` may not take this step or do this deed, as a sentence; empty when they may.

    It does not look at the claim's status: `require` and `open_to` do.
    """
    rule = STEPS.get(deed) or ABILITIES[deed]
    if not user.is_active or user.role < rule.role:
        return _only(rule.role)
    if deed == "reopen" and claim.status == Status.RETRACTED and user.role < Role.EDITOR:
        return _only(Role.EDITOR)
    if rule.holder_only and claim.assignee_id != user.pk:
        if deed in STEPS or deed == "draft":
            return _("Someone else holds this claim.") if claim.assignee_id else _("Nobody holds this claim.")
        if claim.assignee_id and user.role < Role.EDITOR:
            return _("Someone else holds this claim.")
    if deed in ("approve", "return") and claim.assignee_id == user.pk:
        return _("Four eyes: you proposed this verdict, so someone else has to decide on it.")
    return ""


def require(claim: Claim, deed: str, *, by: User) -> None:
    """Raises Conflict if the claim is not where the step starts, Forbidden if `by` may not."""
    if not _starts_here(claim, deed):
        raise Conflict(_not_from_here(claim, deed), current=claim.state())
    if reason := why_not(claim, deed, by):
        raise Forbidden(reason)


def require_role(by: User, role: Role) -> None:
    """For what concerns no single claim. Raises Forbidden."""
    if not by.is_active or by.role < role:
        raise Forbidden(_only(role))


def open_to(claim: Claim, user: User) -> list[str]:
    """The steps and deeds to offer on a page."""
    return [
        deed for deed in (*STEPS, *ABILITIES) if _starts_here(claim, deed) and not why_not(claim, deed, user)
    ]


def refusals(claim: Claim, user: User) -> dict[str, str]:
    """The steps that start here but are not for this person, with the reason to show beside the disabled button."""
    reasons = {step: why_not(claim, step, user) for step in STEPS if _starts_here(claim, step)}
    return {step: reason for step, reason in reasons.items() if reason}


def _starts_here(claim: Claim, deed: str) -> bool:
    public = (STEPS.get(deed) or ABILITIES[deed]).public
    return claim.status in _statuses(deed) and public in (None, claim.is_public)


def _statuses(deed: str) -> tuple[Status, ...]:
    return STEPS[deed].sources if deed in STEPS else ABILITIES[deed].statuses


def _not_from_here(claim: Claim, deed: str) -> str:
    if claim.status not in _statuses(deed):
        said = {"status": claim.get_status_display()}
        return _("This claim is “%(status)s” now, so that is not open.") % said
    if claim.is_public:
        return _("Its fact-check is public: publish the correction or drop it, or retract what is public.")
    return _("Nothing of this claim is public.")


def _only(role: Role) -> str:
    return _(_ONLY[role]) if role in _ONLY else ""
