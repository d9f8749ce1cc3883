"""What people do to the list of claims: add, reword, split, merge, re-anchor, plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from claims import anchoring, events, workflow
from claims.actions.intake import locked_article, newest_revision
from claims.lifecycle import Anchor, ClaimType, Dismissal, Priority, Status
from claims.models import CheckMatch, Claim, Match, Revision
from common.errors import Conflict, Invalid, NotFound
from common.text import one_line
from jobs import queue

WORDING_LENGTH = 1000
MOST_PARTS = 10


@dataclass(frozen=True, slots=True)
class Selection:
    """The words that a person chose in an article, with what stands around them."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    near: int = 0  # where about, in code points


def add_claim(
    article_id: int, *, by: User, selection: Selection, text: str = "", type: str = "", claimant: str = ""
) -> Claim:
    """Add a claim by hand on the article's newest text.

    Raises Invalid when the words are not there, Conflict when a claim covers exactly these words already.
    """
    workflow.require_role(by, Role.FACT_CHECKER)
    with transaction.atomic(durable=True):
        article = locked_article(article_id)
        revision = newest_revision(article)
        if revision is None:
            raise Invalid(_("The article has no text yet."))
        _hold(revision)
        place = _locate(revision, selection)
        if same := revision.claims.filter(start=place.start, end=place.end).order_by("pk").first():
            raise Conflict(_("A claim covers these words already."), current={"id": same.pk, **same.state()})
        claim = _new_claim(revision, place, text=text, type=type, claimant=claimant)
        queue.enqueue("sources.find", claim.pk, group=article.group)
        events.tell(by, "claim.added", claim, quote=claim.quote)
    return claim


def reword(
    claim_id: int, *, by: User, version: int, text: str, type: str = "", claimant: str | None = None
) -> Claim:
    """Change how a claim is worded, typed or attributed. Its words in the article stay. Evidence is looked for anew."""
    wording = _wording(text)
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "reword", by=by)
        changes: dict[str, object] = {"text": wording, "type": _type(type) or claim.type}
        if claimant is not None:
            changes["claimant"] = claimant.strip()[:200]
        before = {name: getattr(claim, name) for name in changes}
        if before == changes:
            return claim
        details = {
            key: value for key, value in claim.details.items() if key not in ("added", "needs_wording")
        }
        claim.change(**changes, details=details)
        queue.enqueue("sources.find", claim.pk, group=claim.revision.article.group, again=True)
        events.tell(by, "claim.reworded", claim, before=before, after=changes)
    return claim


def split(claim_id: int, *, by: User, version: int, wordings: Sequence[str]) -> list[Claim]:
    """Make several claims of one, each with its own wording on the same words. The one is dismissed as split."""
    parts = [_wording(wording) for wording in wordings if wording.strip()]
    if not 2 <= len(parts) <= MOST_PARTS:
        raise Invalid(_("Give two to ten wordings, one for each part."))
    if len({part.casefold() for part in parts}) < len(parts):
        raise Invalid(_("Two parts are the same. Give each part a wording of its own."))
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "split", by=by)
        revision = claim.revision
        _hold(revision)
        place = anchoring.place(revision.text, claim.start, claim.end)
        made = [
            _new_claim(revision, place, text=part, type=claim.type, claimant=claim.claimant, parent=claim)
            for part in parts
        ]
        claim.move_to(Status.DISMISSED, dismissal=Dismissal.SPLIT)
        queue.enqueue_each("sources.find", [part.pk for part in made], group=revision.article.group)
        events.tell(by, "claim.split", claim, parts=[part.pk for part in made])
        events.tell_each(by, "claim.added", [(part, {"split_from": claim.pk}) for part in made])
    return made


def merge(keep_id: int, *, by: User, versions: Mapping[int, int]) -> Claim:
    """Dismiss claims as the same as one that is kept. `versions` gives the version read of each, also of the kept.

    Raises Conflict when any of them moved on, Forbidden, Invalid when there is nothing to merge.
    """
    others = sorted(set(versions) - {keep_id})
    if not others:
        raise Invalid(_("Choose at least two claims to merge."))
    with transaction.atomic(durable=True):
        locked = {pk: Claim.objects.locked(pk, version=versions.get(pk)) for pk in sorted([keep_id, *others])}
        kept = locked[keep_id]
        if kept.status == Status.DISMISSED:
            raise Conflict(_("The claim to keep is dismissed."), current=kept.state())
        for pk in others:
            workflow.require(locked[pk], "merge", by=by)
            locked[pk].move_to(Status.DISMISSED, dismissal=Dismissal.DUPLICATE, duplicate_of=kept)
        Claim.objects.filter(duplicate_of__in=others).update(duplicate_of=kept)
        events.tell_each(by, "claim.merged", [(locked[pk], {"into": keep_id}) for pk in others])
    return kept


def reanchor(claim_id: int, *, by: User, version: int, selection: Selection) -> Claim:
    """Hang a claim on words of the article's newest text: a person says that these are its words now."""
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "reanchor", by=by)
        revision = newest_revision(claim.revision.article)
        if revision is None:
            raise Invalid(_("The article has no text yet."))
        _hold(revision)
        place = _locate(revision, selection)
        details = {key: value for key, value in claim.details.items() if key != "proposed"}
        claim.change(
            revision=revision,
            start=place.start,
            end=place.end,
            nth=_free_place(revision, place, besides=claim.pk),
            quote=place.quote,
            prefix=place.prefix,
            suffix=place.suffix,
            anchor=Anchor.ANCHORED,
            details=details,
        )
        events.tell(by, "claim.reanchored", claim, quote=claim.quote, revision=revision.number)
    return claim


def plan(claim_id: int, *, by: User, version: int, priority: int, due_at: datetime | None) -> Claim:
    """Say how soon a claim is wanted."""
    if priority not in Priority.values:
        raise Invalid(_("There is no such priority."))
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id, version=version)
        workflow.require(claim, "plan", by=by)
        claim.change(priority=priority, due_at=due_at)
        events.tell(by, "claim.planned", claim, priority=priority, due_at=due_at)
    return claim


def decide_match(match_id: int, *, by: User, same: bool) -> Match:
    """Say whether a suggested match is the same claim. Merges nothing."""
    with transaction.atomic(durable=True):
        match = _decided(Match, match_id, by=by, same=same)
        if same:
            queue.enqueue("reviews.compare", match.claim_id, again=True)
        verb = "match.confirmed" if same else "match.rejected"
        events.tell(by, verb, match.claim, earlier=match.earlier_id)
    return match


def decide_check_match(match_id: int, *, by: User, same: bool) -> CheckMatch:
    """Say whether a fact-check of others is of the same claim. Nothing of it is taken over by that."""
    with transaction.atomic(durable=True):
        match = _decided(CheckMatch, match_id, by=by, same=same)
        verb = "match.check_confirmed" if same else "match.check_rejected"
        events.tell(by, verb, match.claim, check=match.fact_check_id)
    return match


M = TypeVar("M", Match, CheckMatch)


def _decided(kind: type[M], match_id: int, *, by: User, same: bool) -> M:
    """Write a person's word on a likeness, with its claim locked. Raises NotFound, and what the workflow says."""
    match = kind.objects.select_for_update(of=("self",)).filter(pk=match_id).first()
    if match is None:
        raise NotFound(_("There is no such match."))
    match.claim = Claim.objects.locked(match.claim_id)
    workflow.require(match.claim, "match", by=by)
    match.state = kind.State.CONFIRMED if same else kind.State.REJECTED
    match.decided_by = by
    match.save(update_fields=["state", "decided_by"])
    return match


def _new_claim(
    revision: Revision,
    place: anchoring.Place,
    *,
    text: str,
    type: str = "",
    claimant: str = "",
    parent: Claim | None = None,
) -> Claim:
    return Claim.objects.create(
        revision=revision,
        text=_wording(text or " ".join(place.quote.split())[:WORDING_LENGTH]),
        quote=place.quote,
        start=place.start,
        end=place.end,
        nth=_free_place(revision, place),
        prefix=place.prefix,
        suffix=place.suffix,
        type=_type(type) or ClaimType.OTHER,
        claimant=claimant.strip()[:200],
        origin=Claim.Origin.PERSON,
        parent=parent,
    )


def _locate(revision: Revision, selection: Selection) -> anchoring.Place:
    place = anchoring.locate(
        revision.text, selection.quote, prefix=selection.prefix, suffix=selection.suffix, near=selection.near
    )
    if place is None:
        raise Invalid(_("These words are not in the article's newest text. Select them there again."))
    return anchoring.place(revision.text, *anchoring.to_words(revision.text, place.start, place.end))


def _hold(revision: Revision) -> None:
    """Let nobody else, person or machine, put a claim into this text until the transaction ends."""
    Revision.objects.select_for_update().get(pk=revision.pk)


def _free_place(revision: Revision, place: anchoring.Place, *, besides: int | None = None) -> int:
    taken = set(
        revision.claims.filter(start=place.start, end=place.end)
        .exclude(pk=besides or 0)
        .values_list("nth", flat=True)
    )
    return next(nth for nth in range(len(taken) + 1) if nth not in taken)


def _wording(text: str) -> str:
    text = one_line(text)
    if not text:
        raise Invalid(_("A claim needs a wording."))
    if len(text) > WORDING_LENGTH:
        raise Invalid(_("A wording has 1,000 characters at most. Split the claim."))
    return text


def _type(type: str) -> str:
    if type and type not in ClaimType.values:
        raise Invalid(_("There is no claim type “%(type)s”.") % {"type": type})
    return type
