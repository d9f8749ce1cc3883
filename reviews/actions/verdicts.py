"""A fact-checker's verdict: drafted, submitted, taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Role
from claims import events, workflow
from claims.lifecycle import Status
from claims.models import Claim
from common.errors import Invalid
from common.text import lines, one_line
from jobs import queue
from reviews import content, notices, sourcing
from reviews.models import Citation, Draft, Notification, Rating, Verdict
from sources import independence
from sources.models import AbsencePlan, Evidence, Search

RATIONALE_LENGTH = 20_000
SUMMARY_LENGTH = 200
SINGLE_SOURCE_LENGTH = 500
DRAFT_FIELDS = (
    "rating",
    "summary",
    "rationale",
    "single_source",
    "cites",
    "search",
    "as_of",
    "expires_on",
)
DRAFT_LENGTH = 40_000
EARLIEST = 1900  # the year before which nothing is true as of
YEARS_AHEAD = 50  # in which a verdict is looked at again at the latest
_REF = re.compile(r"\[E(\d{1,4})\]")


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a fact-checker submits. What the rationale names as [E1] is cited, beside what `cites` lists by id."""

    rating: str
    rationale: str
    summary: str = ""
    cites: Sequence[int] = ()
    search: int | None = None  # the logged search that found nothing, or nothing that bears on the claim
    as_of: date | None = None  # today when not given
    expires_on: date | None = None
    single_source: str = ""  # why fewer than two origins are enough; left out where there are two


def save_draft(claim_id: int, *, by: User, base_version: int, fields: dict[str, Any]) -> Draft:
    """Keep what a person has typed so far, also on a claim that moved on. Drafts are private: they never conflict."""
    workflow.require_role(by, Role.FACT_CHECKER)
    given = {name: fields[name] for name in DRAFT_FIELDS if name in fields}
    kept = {name: lines(value) if isinstance(value, str) else value for name, value in given.items()}
    if len(str(kept)) > DRAFT_LENGTH:
        raise Invalid(
            _("The draft is too long: 20,000 characters at most. Your text is kept on this computer.")
        )
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id)
        draft, _made = Draft.objects.update_or_create(
            user=by, claim=claim, defaults={"base_version": base_version, "fields": kept}
        )
    return draft


def submit(claim_id: int, *, by: User, version: int, proposed: Proposed) -> Verdict:
    """Send a fact-checker's verdict to the editors.

    Raises Conflict if the claim moved on since `version`, Forbidden if `by` does not hold it, Invalid if it lacks
    a rating, a rationale, or both evidence and a search, cites what is not the claim's or was set aside, rests on a
    search that found something, or has fewer independent origins than its rating asks for and does not say why.
    """
    rationale, summary = _texts(proposed)
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "submit", by=by)
        rating, cited = _rating(proposed.rating), _cited(claim, rationale, proposed.cites)
        origins, wanted = independence.origins(cited), sourcing.wanted(rating)
        search = _search(claim, proposed.search)
        body = content.Content(
            claim_text=claim.text,
            rating=rating,
            summary=summary,
            rationale=rationale,
            as_of=_as_of(proposed),
            cited=cited,
            nothing_found=search,
            expires_on=proposed.expires_on,
            single_source=_single_source(proposed) if origins < sourcing.ENOUGH else "",
            would_refute=_would_refute(claim) if search else "",
        )
        if not body.cited and body.nothing_found is None:
            raise Invalid(
                _("Cite at least one piece of evidence, or name the recorded search that found nothing.")
            )
        if origins < wanted and not body.single_source:
            raise Invalid(sourcing.lacking(rating, cited))
        verdict = Verdict.objects.create(
            claim=claim,
            number=claim.verdicts.count() + 1,
            author=by,
            claim_text=body.claim_text,
            rating=body.rating,
            summary=body.summary,
            rationale=body.rationale,
            as_of=body.as_of,
            expires_on=body.expires_on,
            citations=len(body.cited),
            origins=origins,
            origins_wanted=wanted,
            single_source=body.single_source,
            nothing_found=body.nothing_found,
            would_refute=body.would_refute,
            content_hash=body.hash(),
        )
        Citation.objects.bulk_create(
            Citation(verdict=verdict, evidence=item, stance=item.stance) for item in body.cited
        )
        Draft.objects.filter(user=by, claim=claim).delete()
        claim.move_to(Status.IN_REVIEW)
        editors = User.objects.filter(is_active=True, role__gte=Role.EDITOR)
        notices.tell_all(editors, Notification.Kind.SUBMITTED, claim, actor=by, text=summary)
        queue.enqueue("reviews.compare", claim.pk, again=True)
        events.tell(
            by,
            "verdict.submitted",
            claim,
            verdict=verdict.pk,
            rating=body.rating.slug,
            hash=body.hash(),
            origins=origins,
            single_source=body.single_source,
        )
    return verdict


def withdraw(claim_id: int, *, by: User, version: int) -> Claim:
    """Take one's own waiting verdict back; it becomes the draft again."""
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "withdraw", by=by)
        verdict = claim.verdicts.select_related("rating").get(state=Verdict.State.SUBMITTED)
        verdict.state = Verdict.State.WITHDRAWN
        verdict.save(update_fields=["state"])
        claim.move_to(Status.IN_PROGRESS)
        notices.settle(claim, Notification.Kind.SUBMITTED)
        draft_from(verdict, user=by, claim=claim)
        events.tell(by, "verdict.withdrawn", claim, verdict=verdict.pk)
    return claim


def draft_from(verdict: Verdict, *, user: User, claim: Claim) -> None:
    """Give a person a verdict's text to go on writing, unless they have a newer text of their own."""
    fields = {
        "rating": verdict.rating.slug,
        "summary": verdict.summary,
        "rationale": verdict.rationale,
        "single_source": verdict.single_source,
        "cites": list(verdict.cited.values_list("pk", flat=True)),
        "search": verdict.nothing_found_id,
    }
    Draft.objects.get_or_create(
        user=user, claim=claim, defaults={"base_version": claim.version, "fields": fields}
    )


def _texts(proposed: Proposed) -> tuple[str, str]:
    rationale, summary = lines(proposed.rationale).strip(), one_line(proposed.summary)
    if not rationale:
        raise Invalid(_("Say why: a verdict needs a rationale."))
    if len(rationale) > RATIONALE_LENGTH:
        raise Invalid(_("The rationale is too long: 20,000 characters at most."))
    if len(summary) > SUMMARY_LENGTH:
        raise Invalid(_("The summary is too long: 200 characters at most."))
    return rationale, summary


def _single_source(proposed: Proposed) -> str:
    reason = lines(proposed.single_source).strip()
    if len(reason) > SINGLE_SOURCE_LENGTH:
        raise Invalid(_("The reason for a single source is too long: 500 characters at most."))
    return reason


def _rating(slug: str) -> Rating:
    rating = Rating.objects.filter(slug=slug, active=True).first()
    if rating is None:
        known = ", ".join(Rating.objects.filter(active=True).values_list("slug", flat=True))
        raise Invalid(_("Choose a rating: %(known)s.") % {"known": known})
    return rating


def _as_of(proposed: Proposed) -> date:
    today = timezone.localdate()
    as_of = proposed.as_of or today
    if as_of > today:
        raise Invalid(_("A verdict is true as of a day that has come."))
    if as_of.year < EARLIEST:
        raise Invalid(_("A verdict is true as of a day since %(year)s.") % {"year": EARLIEST})
    if proposed.expires_on and proposed.expires_on <= as_of:
        raise Invalid(_("It expires after the day as of which it is true."))
    if proposed.expires_on and proposed.expires_on.year > (latest := today.year + YEARS_AHEAD):
        raise Invalid(_("It is looked at again in %(year)s at the latest.") % {"year": latest})
    return as_of


def _cited(claim: Claim, rationale: str, cites: Sequence[int]) -> tuple[Evidence, ...]:
    numbers = {int(number) for number in _REF.findall(rationale)}
    known = list(claim.evidence.select_related("snapshot__source"))
    by_number, by_id = {item.number: item for item in known}, {item.pk: item for item in known}
    if unknown := sorted(numbers - set(by_number)):
        raise Invalid(_("The rationale cites E%(number)s, which is not there.") % {"number": unknown[0]})
    if set(cites) - set(by_id):
        raise Invalid(_("A cited piece of evidence does not belong to this claim."))
    chosen = {by_number[number].pk for number in numbers} | set(cites)
    cited = content.evidence_of(by_id[pk] for pk in chosen)
    if aside := [item.ref for item in cited if item.set_aside]:
        raise Invalid(_("%(ref)s was set aside. Bring it back or do not cite it.") % {"ref": aside[0]})
    return cited


def _search(claim: Claim, search_id: int | None) -> Search | None:
    if search_id is None:
        return None
    search = Search.objects.filter(pk=search_id, claim=claim).first()
    if search is None:
        raise Invalid(_("That search does not belong to this claim."))
    if not search.shows_absence:
        told = ngettext(
            "That search found %(n)s document: cite it, or say at the search why it does not bear on the claim.",
            "That search found %(n)s documents: cite one of them, or say at the search why none bears on the claim.",
            search.found,
        )
        raise Invalid(told % {"n": search.found})
    return search


def _would_refute(claim: Claim) -> str:
    plan = AbsencePlan.objects.filter(claim=claim).first()
    return plan.would_refute if plan else ""
