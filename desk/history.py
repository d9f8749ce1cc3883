"""What happened to a claim, in words: one sentence for each event of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any  # An event's data is whatever its action told.

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from audit.models import AuditEvent
from claims.lifecycle import ClaimType, Dismissal, Priority
from common import wording
from reviews.models import Comment, Rating
from sources.models import Evidence, QuoteCheck

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One event: when, who, what, and what was said or changed by it."""

    seq: int
    when: datetime
    who: str
    what: str
    said: str = ""
    pieces: list[wording.Piece] = field(default_factory=list)
    rating: Rating | None = None
    kind: str = "event"  # or "comment", "machine"
    by: int | None = None  # the person's id; None for the machine
    version: int = 0  # of the claim, after it


@dataclass(frozen=True, slots=True)
class Known:
    """What the sentences name beside the events: people, ratings and comments, by id or slug."""

    people: Mapping[int, User]
    ratings: Mapping[str, Rating]
    comments: Mapping[int, Comment]


_PLAIN = {
    "claim.added": gettext_lazy("added this claim by hand"),
    "claim.accepted": gettext_lazy("accepted this claim for checking"),
    "claim.taken": gettext_lazy("took this claim"),
    "claim.released": gettext_lazy("gave this claim back to the queue"),
    "claim.checked_elsewhere": gettext_lazy("found a fact-check of others that may be of this claim"),
    "match.check_confirmed": gettext_lazy("said that a fact-check of others is of the same claim"),
    "match.check_rejected": gettext_lazy("said that a fact-check of others is of another claim"),
    "publication.correction_dropped": gettext_lazy("dropped the correction: what is public stays"),
    "publication.correction_ended": gettext_lazy("ended the correction: its text stays as a draft"),
    "publication.still_holds": gettext_lazy("looked again and found that it still holds"),
    "search.repeated": gettext_lazy("searched again by itself, as the day for it had come"),
    "verdict.adopted": gettext_lazy("began a draft with the verdict on an earlier claim"),
    "claim.split": gettext_lazy("split this claim into parts"),
    "claim.reanchored": gettext_lazy("moved this claim to other words of the article"),
    "claim.moved": gettext_lazy("found the same words in the article's newer text"),
    "claim.unanchored": gettext_lazy("did not find these words in the article's newer text"),
    "claim.reopened": gettext_lazy("reopened this claim"),
    "claim.restored": gettext_lazy("put this claim back into triage"),
    "claim.matched": gettext_lazy("found earlier claims that may be the same"),
    "match.confirmed": gettext_lazy("said that an earlier claim is the same"),
    "match.rejected": gettext_lazy("said that an earlier claim is a different one"),
    "search.asked": gettext_lazy("asked for another look through the library and the services outside"),
    "verdict.withdrawn": gettext_lazy("took the verdict back"),
    "verdict.approved": gettext_lazy("approved the verdict"),
    "publication.published": gettext_lazy("published the verdict"),
    "publication.corrected": gettext_lazy("published a correction"),
    "publication.cancelled": gettext_lazy("cancelled the order to publish"),
}


def lines(events: Iterable[AuditEvent], known: Known) -> list[Line]:
    """The events in words, newest first."""
    return [_line(event, known) for event in sorted(events, key=lambda event: -event.seq)]


def changed_since(told: Iterable[Line], version: int, user: User) -> Line | None:
    """What made a version an old one: the newest deed of another person since; the machine's only where there is none.

    `told` comes newest first. Comments change no version.
    """
    since = [
        line for line in told if line.version > version and line.by != user.pk and line.kind != "comment"
    ]
    return next((line for line in since if line.by), next(iter(since), None))


def people_in(events: Iterable[AuditEvent]) -> set[int]:
    """The ids of the people that the events' data names."""
    named = (event.data.get("assignee") for event in events)
    return {pk for pk in named if isinstance(pk, int)}


def _line(event: AuditEvent, known: Known) -> Line:
    data: Data = event.data
    tell = _TOLD.get(event.verb)
    more: dict[str, Any] = tell(data, known) if tell else {"what": str(_PLAIN.get(event.verb, event.verb))}
    who = event.actor.name if event.actor else _("Machine")
    version = int(data.get("version", 0))
    return Line(event.seq, event.at, who, **more, by=event.actor_id, version=version)


def _found(data: Data, _known: Known) -> dict[str, Any]:
    return {"what": _("found this claim in the article"), "said": str(data.get("extractor", ""))}


def _reworded(data: Data, _known: Known) -> dict[str, Any]:
    before, after = data.get("before", {}), data.get("after", {})
    if before.get("text") != after.get("text"):
        pieces = wording.differences(str(before.get("text", "")), str(after.get("text", "")))
        return {"what": _("reworded this claim"), "pieces": pieces}
    if before.get("type") != after.get("type"):
        label = _label(ClaimType, after.get("type"))
        return {"what": _("changed the kind of claim to “%(kind)s”") % {"kind": label}}
    return {"what": _("changed who said it"), "said": str(after.get("claimant", ""))}


def _assigned(data: Data, known: Known) -> dict[str, Any]:
    person = known.people.get(data.get("assignee", 0))
    return {"what": _("gave this claim to %(name)s") % {"name": person.name if person else _("someone")}}


def _dismissed(data: Data, _known: Known) -> dict[str, Any]:
    reason = _label(Dismissal, data.get("reason"))
    return {
        "what": _("dismissed this claim: %(reason)s") % {"reason": reason},
        "said": str(data.get("note", "")),
    }


def _merged(data: Data, _known: Known) -> dict[str, Any]:
    return {"what": _("merged this claim into claim %(id)s") % {"id": data.get("into")}}


def _planned(data: Data, _known: Known) -> dict[str, Any]:
    priority = _label(Priority, data.get("priority"))
    due = _moment(data.get("due_at"))
    if due:
        return {"what": _("set priority %(priority)s, due %(due)s") % {"priority": priority, "due": due}}
    return {"what": _("set priority %(priority)s, without a due date") % {"priority": priority}}


def _evidence_found(data: Data, _known: Known) -> dict[str, Any]:
    refs = ", ".join(data.get("refs", []))
    if refs:
        return {"what": _("searched the library and attached %(refs)s") % {"refs": refs}}
    return {"what": _("searched the library and attached nothing new")}


def _attached(data: Data, _known: Known) -> dict[str, Any]:
    stance = _label(Evidence.Stance, data.get("stance"))
    return {"what": _("attached %(ref)s: %(stance)s") % {"ref": data.get("ref"), "stance": stance}}


def _judged(data: Data, _known: Known) -> dict[str, Any]:
    after = _label(Evidence.Stance, data.get("after"))
    if data.get("before") == data.get("after"):
        return {"what": _("confirmed %(ref)s: %(stance)s") % {"ref": data.get("ref"), "stance": after}}
    before = _label(Evidence.Stance, data.get("before"))
    told = {"ref": data.get("ref"), "before": before, "after": after}
    return {"what": _("changed %(ref)s from “%(before)s” to “%(after)s”") % told}


def _unjudged(data: Data, _known: Known) -> dict[str, Any]:
    told = {"ref": data.get("ref"), "stance": _label(Evidence.Stance, data.get("after"))}
    return {"what": _("took their word on %(ref)s back: “%(stance)s” again") % told}


def _set_aside(data: Data, _known: Known) -> dict[str, Any]:
    return {"what": _("set %(ref)s aside") % {"ref": data.get("ref")}, "said": str(data.get("reason", ""))}


def _brought_back(data: Data, _known: Known) -> dict[str, Any]:
    return {"what": _("brought %(ref)s back") % {"ref": data.get("ref")}}


def _searched(data: Data, _known: Known) -> dict[str, Any]:
    places, n = data.get("places") or data.get("place", ""), int(data.get("found", 0))
    if not n:
        return {"what": _("searched %(places)s and found nothing") % {"places": places}}
    told = ngettext("searched %(places)s and found %(n)s", "searched %(places)s and found %(n)s", n)
    return {"what": told % {"places": places, "n": n}, "said": str(data.get("set_aside", ""))}


def _search_set_aside(data: Data, _known: Known) -> dict[str, Any]:
    what = _("said that nothing found in %(places)s bears on the claim") % {"places": data.get("places", "")}
    return {"what": what, "said": str(data.get("reason", ""))}


def _search_brought_back(data: Data, _known: Known) -> dict[str, Any]:
    what = _("took back that nothing found in %(places)s bears on the claim")
    return {"what": what % {"places": data.get("places", "")}}


def _absence_planned(data: Data, _known: Known) -> dict[str, Any]:
    parts = [
        (_("What would refute it"), data.get("would_refute")),
        (_("Claimant asked"), " ".join(str(data.get(name) or "") for name in ("asked_on", "asked_how"))),
        (_("Answer"), data.get("answer")),
        (_("Next search"), data.get("next_on")),
    ]
    said = " / ".join(f"{label}: {text}" for label, text in parts if str(text or "").strip())
    return {"what": _("wrote down how this absence is checked"), "said": said}


def _could_not_ask(data: Data, _known: Known) -> dict[str, Any]:
    told = {"place": data.get("place", ""), "why": data.get("why", "")}
    return {"what": _("could not ask %(place)s: %(why)s") % told}


def _recalled(data: Data, _known: Known) -> dict[str, Any]:
    return {"what": _("brought this claim back: %(why)s") % {"why": data.get("why", "")}}


def _rechecked(data: Data, _known: Known) -> dict[str, Any]:
    told = {"ref": data.get("ref", ""), "state": _label(QuoteCheck.State, data.get("state"))}
    return {"what": _("looked at the page of %(ref)s again: %(state)s") % told}


def _suggested(data: Data, known: Known) -> dict[str, Any]:
    rating = known.ratings.get(str(data.get("rating")))
    if rating is None:
        return {"what": _("suggests no verdict")}
    return {"what": _("suggested a verdict"), "rating": rating, "kind": "machine"}


def _submitted(data: Data, known: Known) -> dict[str, Any]:
    rating, reason = known.ratings.get(str(data.get("rating"))), str(data.get("single_source", ""))
    what = _("submitted a verdict that rests on a single source") if reason else _("submitted a verdict")
    return {"what": what, "said": reason, "rating": rating}


def _returned(data: Data, _known: Known) -> dict[str, Any]:
    return {"what": _("returned the verdict"), "said": str(data.get("reason", ""))}


def _ordered(data: Data, _known: Known) -> dict[str, Any]:
    return {"what": _("ordered publication for %(when)s") % {"when": _moment(data.get("at"))}}


def _correcting(data: Data, _known: Known) -> dict[str, Any]:
    return {"what": _("began a correction"), "said": str(data.get("reason", ""))}


def _retracted(data: Data, _known: Known) -> dict[str, Any]:
    return {"what": _("retracted the fact-check"), "said": str(data.get("reason", ""))}


def _commented(data: Data, known: Known) -> dict[str, Any]:
    comment = known.comments.get(data.get("comment", 0))
    about = comment.evidence.ref if comment and comment.evidence else ""
    what = _("wrote about %(ref)s:") % {"ref": about} if about else _("wrote:")
    return {"what": what, "said": comment.text if comment else "", "kind": "comment"}


_CONTRADICTED = {
    "values": gettext_lazy("found another figure in claim %(id)s"),
    "dates": gettext_lazy("found another date in claim %(id)s"),
    "verdicts": gettext_lazy("found the opposite verdict on claim %(id)s"),
}


def _contradicted(data: Data, _known: Known) -> dict[str, Any]:
    what = str(_CONTRADICTED[data["kind"]]) % {"id": data.get("against")}
    return {"what": what, "said": f"{data.get('one', '')} / {data.get('other', '')}"}


def _settled(data: Data, _known: Known) -> dict[str, Any]:
    what = _("settled the contradiction with claim %(id)s") % {"id": data.get("against")}
    return {"what": what, "said": str(data.get("note", ""))}


def _stated(data: Data, _known: Known) -> dict[str, Any]:
    told = {"said": data.get("said", ""), "before": data.get("before", "")}
    if told["before"]:
        return {"what": _("changed what the claim says from “%(before)s” to “%(said)s”") % told}
    return {"what": _("read what the claim says: %(said)s") % told}


def _figure(what: Any) -> Callable[[Data, Known], dict[str, Any]]:
    def tell(data: Data, _known: Known) -> dict[str, Any]:
        day = data.get("as_of")
        said = f"{data.get('said', '')} ({day})" if day else str(data.get("said", ""))
        return {"what": str(what) % {"value": said}, "said": str(data.get("reason", ""))}

    return tell


_TOLD: dict[str, Callable[[Data, Known], dict[str, Any]]] = {
    "claim.found": _found,
    "claim.reworded": _reworded,
    "claim.assigned": _assigned,
    "claim.dismissed": _dismissed,
    "claim.merged": _merged,
    "claim.planned": _planned,
    "evidence.found": _evidence_found,
    "evidence.attached": _attached,
    "evidence.judged": _judged,
    "evidence.unjudged": _unjudged,
    "evidence.set_aside": _set_aside,
    "evidence.brought_back": _brought_back,
    "publication.recalled": _recalled,
    "evidence.rechecked": _rechecked,
    "search.recorded": _searched,
    "search.answered": _searched,
    "search.failed": _could_not_ask,
    "absence.planned": _absence_planned,
    "search.set_aside": _search_set_aside,
    "search.brought_back": _search_brought_back,
    "verdict.suggested": _suggested,
    "verdict.submitted": _submitted,
    "verdict.returned": _returned,
    "publication.ordered": _ordered,
    "publication.correction_begun": _correcting,
    "publication.retracted": _retracted,
    "comment.made": _commented,
    "alert.raised": _contradicted,
    "alert.settled": _settled,
    "figure.stated": _stated,
    "figure.proposed": _figure(gettext_lazy("proposed a later value: %(value)s")),
    "figure.added": _figure(gettext_lazy("added a value: %(value)s")),
    "figure.accepted": _figure(gettext_lazy("accepted a value: %(value)s")),
    "figure.dismissed": _figure(gettext_lazy("dismissed a value: %(value)s")),
    "figure.removed": _figure(gettext_lazy("took a value out: %(value)s")),
}


def _label(choices: Any, value: object) -> str:
    return str(choices(value).label).lower() if value in choices.values else str(value)


def _moment(written: object) -> str:
    moment = parse_datetime(written) if isinstance(written, str) else None
    return date_format(timezone.localtime(moment), "j M Y, H:i") if moment else ""
