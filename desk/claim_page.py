"""All that the claim's page shows, gathered for one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any  # Forms and the lists that queries prefetch are attributes that no model declares.

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts import queries as people
from accounts.models import User
from claims import workflow
from claims.lifecycle import ClaimType
from claims.models import Claim, Match
from common import prose, wording
from desk import claim_forms, history, neighbours, number
from desk.http import version_read
from reviews import checks, drafting, mentions, queries
from reviews.absence import Absence
from reviews.models import Draft, Publication, Rating, Suggestion, Verdict
from sources import independence
from sources import queries as library
from sources.models import Asking, Evidence, Figure, Search

AROUND = 420  # characters of the article shown on either side of a claim's words, at most
FOUND_AT_MOST = 8  # passages of the library offered at once


@dataclass(frozen=True, slots=True)
class Context:
    """A claim's words in their paragraph."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Card:
    """One piece of evidence, with the earlier piece that it only repeats, and whether a verdict counts on it now."""

    item: Evidence
    repeats: independence.Repeat | None
    fixed: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier claim that may be the same, word by word beside this one."""

    match: Match
    publication: Publication | None
    pieces: list[wording.Piece]


@dataclass(frozen=True, slots=True)
class Problem:
    """A step that was refused: which, why, with which status, and what a conflict says of the claim now."""

    deed: str
    message: str
    status: int
    current: Mapping[str, object] | None = None
    typed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """What was read for the page, once."""

    claim: Claim
    evidence: list[Evidence]
    searches: list[Search]
    askings: list[Asking]
    verdicts: list[Verdict]
    figures: list[Figure]

    @property
    def suggestion(self) -> Suggestion | None:
        """What the machine says now."""
        rows: Any = self.claim
        return rows.current_suggestions[0] if rows.current_suggestions else None

    @property
    def publication(self) -> Publication | None:
        """What the public sees now."""
        rows: Any = self.claim
        return rows.current_publications[0] if rows.current_publications else None

    @property
    def live(self) -> Verdict | None:
        """The verdict that waits for an editor, or else the one that stands."""
        rows: Any = self.claim
        return rows.live_verdicts[0] if rows.live_verdicts else None


def read(user: User, claim_id: int) -> Shown:
    """Read a claim with what hangs on it. Raises NotFound, Forbidden."""
    return Shown(
        claim=queries.claim(user, claim_id),
        evidence=list(queries.evidence_of(user, claim_id)),
        searches=list(library.searches_of(user, claim_id)),
        askings=library.askings_of(user, claim_id),
        verdicts=list(queries.verdicts_of(user, claim_id)),
        figures=library.figures_of(user, claim_id),
    )


def gather(
    request: HttpRequest,
    user: User,
    claim_id: int,
    *,
    bound: Mapping[str, forms.Form],
    problem: Problem | None = None,
) -> dict[str, Any]:
    """The template's context. `bound` holds forms that were sent and refused: they keep what was typed."""
    shown = read(user, claim_id)
    claim = shown.claim
    draft = queries.draft_of(user, claim_id)
    fields = dict(draft.fields) if draft else {}
    typed = dict(problem.typed) if problem and problem.typed else fields
    ratings = list(queries.ratings())
    told = log(user, claim_id)
    theirs = _theirs(shown, user)
    absence = absence_of(user, shown, draft, asked=problem is not None and problem.deed == "absence")
    series = number.panel(user, claim, shown.figures, shown.publication)
    return {
        "claim": claim,
        "article": claim.revision.article,
        "context": surroundings(claim),
        "found_by": found_by(claim),
        "can": workflow.open_to(claim, user),
        "refusals": workflow.refusals(claim, user),
        "cards": cards(shown.evidence),
        "tally": independence.tally(shown.evidence),
        "searches": shown.searches,
        "absent": absence,
        "absence_checks": checks.of_absence(absence) if absence else [],
        "alerts": queries.alerts_of(user, claim.pk),
        "number": series,
        "elsewhere": list(queries.check_matches_of(user, claim.pk)),
        "askings": [asking for asking in shown.askings if asking.state != Asking.State.ANSWERED],
        "absence": claim.type == ClaimType.EVIDENCE_STATUS,
        "suggestion": shown.suggestion,
        "publication": shown.publication,
        "live": shown.live,
        "returned": last_returned(shown.verdicts),
        "draft": draft,
        "earlier": _earlier(user, claim),
        "checks": checks.before_submit(
            claim_forms.written(typed),
            shown.evidence,
            searches=shown.searches,
            rating=next((rating for rating in ratings if rating.slug == typed.get("rating")), None),
            claim_type=claim.type,
            absence=absence,
        ),
        "log": told,
        "colleagues": _colleagues(user),
        "changed_by": history.changed_since(told, version_read(request) or 0, user),
        "theirs": theirs,
        "theirs_pieces": wording.differences(theirs.rationale, str(typed.get("rationale", "")))
        if theirs
        else [],
        "live_html": read_out(shown.live.rationale, shown.evidence) if shown.live else "",
        "suggested_reasons": drafting.reasons(shown.suggestion) if shown.suggestion else "",
        "rail": neighbours.of(request, user, claim_id),
        "forms": _forms(shown, fields, absence, bound, ratings),
        "problem": problem,
        "asked": request.GET.get("library", "").strip()[:200],
        "hits": _hits(user, request),
    }


def absence_of(
    user: User, shown: Shown, draft: Draft | None = None, *, asked: bool = False
) -> Absence | None:
    """How it stands with an absence: of a claim that says one, or whose verdict, public or not, rests on a search."""
    decided = [shown.publication.verdict] if shown.publication else []
    decided += [shown.live] if shown.live else []
    rests = any(verdict.nothing_found_id for verdict in decided) or bool(draft and draft.fields.get("search"))
    if asked or rests or shown.claim.type == ClaimType.EVIDENCE_STATUS:
        return queries.absence_of(user, shown.claim)
    return None


def surroundings(claim: Claim) -> Context:
    """A claim's words in the paragraph that they come from, cut at words where it is long."""
    text = claim.revision.text
    left = text.rfind("\n", 0, claim.start) + 1
    right = text.find("\n", claim.end)
    right = len(text) if right < 0 else right
    before, after = text[left : claim.start], text[claim.end : right]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    return Context(before, claim.quote, after)


def found_by(claim: Claim) -> list[tuple[str, list[str]]]:
    """Why the machine took these words for a claim: its reasons, its rules, and what it filled in."""
    details = claim.details
    added = [
        claim.text[start:end]
        for start, end in details.get("added", [])
        if 0 <= start < end <= len(claim.text)
    ]
    told = [
        (_("Reasons"), [str(reason) for reason in details.get("reasons", [])]),
        (_("Rules"), [str(rule) for rule in details.get("rules", [])]),
        (_("Filled in from the text around"), added),
        (_("Could also be worded"), [str(other) for other in details.get("alternatives", [])]),
    ]
    return [(label, what) for label, what in told if what]


def cards(evidence: Sequence[Evidence]) -> list[Card]:
    """Evidence as `reviews.queries.evidence_of` reads it, with what only repeats something else."""
    repeats = independence.repeats(evidence)
    rows: Sequence[Any] = evidence
    return [Card(item, repeats.get(item.pk), item.fixed) for item in rows]


def last_returned(verdicts: Sequence[Verdict]) -> Verdict | None:
    """The newest verdict, if an editor gave it back: its reason stands above the form."""
    newest = verdicts[0] if verdicts else None
    return newest if newest and newest.state == Verdict.State.RETURNED else None


def read_out(rationale: str, evidence: Sequence[Evidence]) -> SafeString:
    """A rationale as HTML whose citations lead to the cards on the same page."""
    cites = {item.ref: prose.Cite(f"#e{item.number}", item.ref, item.ref) for item in evidence}
    return mark_safe(prose.to_html(rationale, cites))  # noqa: S308 cleaned by common.prose


def log(user: User, claim_id: int) -> list[history.Line]:
    """The claim's history in words, newest first."""
    events = list(queries.history_of(user, claim_id))
    known = history.Known(
        people=people.people(history.people_in(events)),
        ratings={rating.slug: rating for rating in queries.ratings()},
        comments={comment.pk: comment for comment in queries.comments_of(user, claim_id)},
    )
    return history.lines(events, known)


def _colleagues(user: User) -> list[tuple[str, User]]:
    """Those whom a comment can tell, each with what to write after the @."""
    everyone = list(people.people_who_can_hold_claims())
    known = mentions.names(everyone)
    return [(mentions.handle(person, known), person) for person in everyone if person != user]


def _theirs(shown: Shown, user: User) -> Verdict | None:
    """The newest verdict, when someone else wrote it: what a conflict shows beside one's own text."""
    newest = shown.verdicts[0] if shown.verdicts else None
    return newest if newest and newest.author_id != user.pk else None


def _earlier(user: User, claim: Claim) -> list[Earlier]:
    found = []
    for match in queries.matches_of(user, claim.pk):
        rows: Any = match.earlier
        publication = rows.current_publications[0] if rows.current_publications else None
        found.append(Earlier(match, publication, wording.differences(match.earlier.text, claim.text)))
    return found


def _hits(user: User, request: HttpRequest) -> list[library.Hit]:
    asked = request.GET.get("library", "").split()[:10]
    return library.passages(user, asked, limit=FOUND_AT_MOST) if asked else []


def _forms(
    shown: Shown,
    fields: Mapping[str, Any],
    absence: Absence | None,
    bound: Mapping[str, forms.Form],
    ratings: Sequence[Rating],
) -> dict[str, forms.Form]:
    again = None if "expires_on" in fields else number.look_again_on(shown.claim, shown.figures)
    first = {"as_of": timezone.localdate(), **{name: value for name, value in fields.items() if value}}
    said = next((one for one in shown.figures if one.stated and one.state == Figure.State.ACCEPTED), None)
    made: dict[str, forms.Form] = {
        "verdict": claim_forms.VerdictForm(
            initial=first, ratings=ratings, searches=shown.searches, again=again
        ),
        **number.fill(shown.claim, shown.evidence, said, bound),
        "publish": claim_forms.PublishForm(prefix="publish"),
        "correct": claim_forms.ReasonForm(prefix="correct"),
        "retract": claim_forms.ReasonForm(prefix="retract"),
        "comment": claim_forms.CommentForm(prefix="comment"),
        "search": claim_forms.SearchForm(prefix="search"),
        "absence": claim_forms.AbsenceForm(
            prefix="absence", initial=absence.plan.state() if absence else None
        ),
        "source": claim_forms.SourceForm(prefix="source"),
    }
    return {**made, **bound}
