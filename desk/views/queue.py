"""The queue: what waits for whom, narrowed by what stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import queries as people
from accounts.models import User
from audit import ledger
from claims.lifecycle import ClaimType, Dismissal, Status
from claims.models import Claim
from common import paging
from common.errors import DeskError, Invalid
from common.numbers import whole
from desk.http import DeskRequest, back, desk_page, done, target, version_of
from desk.undo import for_each, of_dismissal
from reviews import queries
from reviews.actions import work
from reviews.queries import Filters

MOST_AT_ONCE = 50  # rows of one page


@dataclass(frozen=True, slots=True)
class View:
    """One of the views on the side: what it shows, how it counts, and what it says when it is empty."""

    slug: str
    label: str | Promise
    count: str  # of `queries.turn_counts`
    empty: str | Promise
    statuses: tuple[Status, ...] = ()
    order: tuple[str, ...] = queries.QUEUE_ORDER


VIEWS = (
    View("turn", gettext_lazy("Your turn"), "turn", gettext_lazy("Nothing is waiting for you.")),
    View(
        "triage",
        gettext_lazy("Triage"),
        "new",
        gettext_lazy("Every claim has been looked at."),
        (Status.NEW,),
        queries.TRIAGE_ORDER,
    ),
    View(
        "unassigned",
        gettext_lazy("Unassigned"),
        "open",
        gettext_lazy("No claim waits for someone to take it."),
        (Status.OPEN,),
    ),
    View(
        "review",
        gettext_lazy("In review"),
        "in_review",
        gettext_lazy("No verdict waits for an editor."),
        (Status.IN_REVIEW,),
    ),
    View("overdue", gettext_lazy("Overdue"), "overdue", gettext_lazy("Nothing is late.")),
    View(
        "again",
        gettext_lazy("Look again"),
        "again",
        gettext_lazy("Nothing that is public has to be looked at again."),
    ),
    View(
        "contradicted",
        gettext_lazy("Contradictions"),
        "contradicted",
        gettext_lazy("No claim of the desk contradicts another."),
    ),
    View(
        "published",
        gettext_lazy("Published"),
        "published",
        gettext_lazy("Nothing is published yet."),
        (Status.PUBLISHED,),
    ),
    View(
        "all",
        gettext_lazy("All"),
        "all",
        gettext_lazy("There are no claims yet. Add an article, and its claims come here."),
    ),
)
# What can be done to several claims at once, and what takes it back; a dismissal goes back to where the claim was.
BACK = {"accept": "", "take": "release", "dismiss": "", "release": "take", "reopen": "", "restore": ""}
BY_SLUG = {view.slug: view for view in VIEWS}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. What it cannot mean is left out and said."""

    view: View
    q: str = ""
    status: str = ""
    type: str = ""
    assignee: str = ""
    article: int | None = None
    unknown: tuple[str, ...] = ()

    def address(self, **changes: str) -> str:
        """The address of the same list with something changed, and from its start."""
        given = {"view": self.view.slug, "q": self.q, "status": self.status, "type": self.type}
        given |= {"assignee": self.assignee, "article": str(self.article or ""), **changes}
        return f"{reverse('desk:queue')}?{urlencode({name: value for name, value in given.items() if value})}"

    def chips(self) -> list[tuple[str, str]]:
        """What narrows the list, in words, each with the address without it."""
        words = {
            "q": f"“{self.q}”" if self.q else "",
            "status": str(Status(self.status).label) if self.status else "",
            "type": str(ClaimType(self.type).label) if self.type else "",
            "assignee": {"me": _("held by you"), "nobody": _("held by nobody")}.get(
                self.assignee, self.assignee
            ),
            "article": _("article %(id)s") % {"id": self.article} if self.article else "",
        }
        return [(said, self.address(**{name: ""})) for name, said in words.items() if said]


@require_safe
@desk_page
def queue(request: DeskRequest) -> HttpResponse:
    """The list. htmx asks for its rows alone, at the same address."""
    asked = _asked(request.GET, request.user)
    seq = ledger.newest_seq()  # before the rows: what comes meanwhile is told by the next pulse
    page = paging.page(
        _rows(request.user, asked),
        order=asked.view.order,
        cursor=request.GET.get("after", ""),
        size=MOST_AT_ONCE,
    )
    shown = {
        "asked": asked,
        "rows": page.rows,
        "more_url": asked.address(after=page.after) if page.after else "",
        "here": request.get_full_path(),
        "pulse_url": _pulse_url(asked, since=seq, seen=seq),
    }
    if target(request) == "more":
        return render(request, "desk/_queue_more.html", shown)
    if target(request) == "rows":
        return render(request, "desk/_queue_narrowed.html", shown)
    shown |= {
        "views": VIEWS,
        "statuses": Status.choices,
        "types": ClaimType.choices,
        "people": people.people_who_can_hold_claims(),
        "dismissals": [choice for choice in Dismissal.choices if choice[0] not in ("split", "duplicate")],
    }
    return render(request, "desk/queue.html", shown)


@require_safe
@desk_page
def pulse(request: DeskRequest) -> HttpResponse:
    """204 while nothing happened since `since`; else new counts, and a bar if claims came into this list."""
    since, seen = whole(request.GET.get("since", "")), whole(request.GET.get("seen", ""))
    seq = ledger.newest_seq()
    if since is None or seen is None or seq <= seen:
        return HttpResponse(status=204)
    asked = _asked(request.GET, request.user)
    shown = {
        "asked": asked,
        "views": VIEWS,
        "counts": queries.turn_counts(request.user),
        "arrived": _rows(request.user, asked, updated_since=since).count(),
        "pulse_url": _pulse_url(asked, since=since, seen=seq),
    }
    return render(request, "desk/_queue_pulse.html", shown)


@require_POST
@desk_page
def bulk(request: DeskRequest) -> HttpResponse:
    """Do one thing to every selected claim, or to each its own; what could not be done is said for each."""
    chosen = [pk for pk in map(whole, request.POST.getlist("claim")) if pk][:MOST_AT_ONCE]
    deeds = {pk: request.POST.get(f"deed-{pk}") or request.POST.get("deed", "") for pk in chosen}
    if not chosen or not set(deeds.values()) <= BACK.keys():
        raise Invalid(_("Select claims and say what to do with them."))
    before = {was.claim.pk: was.claim.status for was in queries.statuses(request.user, chosen)}
    failed: dict[int, str] = {}
    for pk, deed in deeds.items():
        try:
            _one(request, deed, pk)
        except DeskError as error:
            failed[pk] = _("Claim %(id)s: %(why)s") % {"id": pk, "why": error}
    for words in list(failed.values())[:5]:
        messages.warning(request, words)
    n = len(deeds) - len(failed)
    said = ngettext("%(n)s claim changed.", "%(n)s claims changed.", n) % {"n": n}
    changed = queries.claims_for(request.user, Filters(ids=tuple(deeds.keys() - failed.keys()) or (0,)))
    ways_back = ((_way_back(deeds[claim.pk], before[claim.pk]), claim) for claim in changed)
    undo = for_each(((deed, claim) for deed, claim in ways_back if deed), _("Undo"))
    return done(request, said, to=back(request, reverse("desk:queue")), undo=undo)


def _way_back(deed: str, before: str) -> str:
    return of_dismissal(before) if deed == "dismiss" else BACK[deed]


def _one(request: DeskRequest, deed: str, pk: int) -> None:
    version = version_of(request, f"version-{pk}")
    if deed == "accept":
        work.accept(pk, by=request.user, version=version)
    elif deed in ("release", "reopen", "restore"):
        steps = {"release": work.release, "reopen": work.reopen, "restore": work.restore}
        steps[deed](pk, by=request.user, version=version)
    elif deed == "dismiss":
        work.dismiss(pk, by=request.user, version=version, reason=request.POST.get("reason", ""))
    else:
        work.take(pk, by=request.user, version=version)


def _pulse_url(asked: Asked, *, since: int, seen: int) -> str:
    query = asked.address().partition("?")[2]
    return f"{reverse('desk:queue_pulse')}?{query}&since={since}&seen={seen}"


def _asked(given: QueryDict, user: User) -> Asked:
    unknown: list[str] = []
    view = BY_SLUG.get(given.get("view", "") or "turn")
    if view is None:
        unknown.append(given.get("view", ""))
    status, type = given.get("status", ""), given.get("type", "")
    unknown += [
        value
        for value, known in ((status, Status.values), (type, ClaimType.values))
        if value and value not in known
    ]
    return Asked(
        view or VIEWS[0],
        given.get("q", "").strip()[:200],
        status if status in Status.values else "",
        type if type in ClaimType.values else "",
        given.get("assignee", "")[:150],
        whole(given.get("article", "")),
        tuple(unknown),
    )


def _rows(user: User, asked: Asked, *, updated_since: int | None = None) -> QuerySet[Claim]:
    filters = Filters(
        statuses=(asked.status,) if asked.status else asked.view.statuses,
        types=(asked.type,) if asked.type else (),
        q=asked.q,
        article=asked.article,
        assignee=asked.assignee,
        updated_since=updated_since,
        overdue=asked.view.slug == "overdue",
        again=asked.view.slug == "again",
        contradicted=asked.view.slug == "contradicted",
    )
    return (
        queries.your_turn(user, filters) if asked.view.slug == "turn" else queries.claims_for(user, filters)
    )
