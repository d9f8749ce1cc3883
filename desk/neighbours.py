"""The list that a claim was opened from: what stands beside it, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from claims.models import Claim
from reviews import queries
from reviews.queries import Filters

MOST = 30  # rows of the rail


@dataclass(frozen=True, slots=True)
class Rail:
    """Some claims in order, where this one stands among them, and its neighbours."""

    name: str
    label: str
    rows: list[Claim]
    place: int  # from one; 0 when this claim is not among them
    previous: Claim | None
    following: Claim | None

    @property
    def query(self) -> str:
        """What the address of a neighbour carries, so that it stays in the same list."""
        return f"?list={self.name}"


def _turn(user: User) -> QuerySet[Claim]:
    return queries.your_turn(user, Filters()).order_by(*queries.QUEUE_ORDER)


def _open(user: User) -> QuerySet[Claim]:
    return queries.claims_for(user, Filters(statuses=("open",))).order_by(*queries.QUEUE_ORDER)


def _new(user: User) -> QuerySet[Claim]:
    return queries.claims_for(user, Filters(statuses=("new",))).order_by(*queries.QUEUE_ORDER)


def _review(user: User) -> QuerySet[Claim]:
    return queries.editor_queue(user).order_by("pk")


LISTS: dict[str, tuple[object, Callable[[User], QuerySet[Claim]]]] = {
    "turn": (_("Your turn"), _turn),
    "open": (_("Waiting to be taken"), _open),
    "new": (_("New claims"), _new),
    "review": (_("In review"), _review),
}


def of(request: HttpRequest, user: User, claim_id: int) -> Rail:
    """The list named in the address, or what waits for this person."""
    name = request.GET.get("list", "turn")
    name = name if name in LISTS else "turn"
    return beside(name, user, claim_id)


def beside(name: str, user: User, claim_id: int) -> Rail:
    """A list by its name, around one claim."""
    label, rows = LISTS[name]
    found = list(rows(user)[:MOST])
    ids = [claim.pk for claim in found]
    at = ids.index(claim_id) if claim_id in ids else -1
    previous = found[at - 1] if at > 0 else None
    following = found[at + 1] if 0 <= at < len(found) - 1 else (found[0] if at < 0 and found else None)
    return Rail(name, str(label), found, at + 1, previous, following)
