"""The claims that the desk knows: an index in this process that follows the audit sequence, never rebuilt."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from claims import matching, meaning
from claims.checked import store
from claims.lifecycle import Dismissal, Status
from claims.models import Claim

WORTH_SHOWING = (
    0.3  # probability from which a person should see a match; training/matching says how it was calibrated
)
AT_MOST = 5
LOOKED_AT = (
    40  # hits of the index that are held against the database: some are of the same article, or dismissed
)
UNFIT = (Dismissal.NOT_A_CLAIM, Dismissal.OPINION, Dismissal.SPLIT)


@dataclass(slots=True)
class _Memory:
    """An index of wordings up to one audit event. A wording that changed is added anew; the old one is found stale."""

    seen: int = 0
    index: matching.Index = field(default_factory=matching.Index)
    texts: dict[int, str] = field(default_factory=dict)


_memory = _Memory()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Likeness:
    """An earlier claim, or a fact-check, that may be the same, by its id: how likely, how found, and what differs."""

    id: int
    score: float
    method: str
    kind: str
    compared: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Compared:
    """What a claim was compared with: the desk's own earlier claims, and the fact-checks of others."""

    claims: Sequence[Likeness]
    checks: Sequence[Likeness]


def forget() -> None:
    """Begin anew: for tests, whose databases go back in time."""
    _memory.seen, _memory.index = 0, matching.Index()
    _memory.texts.clear()
    store.forget()


def like(claim: Claim) -> Sequence[Likeness]:
    """The earlier claims of other articles that may say the same, likeliest first. Nothing below WORTH_SHOWING.

    Costs one query for what changed since the last call and one for the hits. Uses index: claim_changed.
    """
    with _lock:
        _catch_up()
        itself = {f"{claim.pk}/{_mark(claim.text)}"}  # no rival of what it may be the same as
        hits = _memory.index.search(
            claim.text, limit=LOOKED_AT, floor=WORTH_SHOWING, without=itself, near=meaning.near
        )
    rows = _fit([int(str(hit.id).partition("/")[0]) for hit in hits], claim)
    found: dict[int, Likeness] = {}
    for hit in hits:
        pk, _, mark = str(hit.id).partition("/")
        earlier = rows.get(int(pk))
        if earlier is None or earlier.pk in found or mark != _mark(earlier.text):
            continue
        told = matching.compare(claim.text, earlier.text, near=hit.compared.get(matching.MEANING))
        if told.relation != "different":
            compared = {"reasons": list(told.reasons), "differs": list(told.differs)}
            found[earlier.pk] = Likeness(earlier.pk, min(1.0, hit.score), hit.method, told.relation, compared)
    return list(found.values())[:AT_MOST]


def like_checks(claim: Claim) -> Sequence[Likeness]:
    """The fact-checks of others that may be of the same claim, likeliest first. Nothing below WORTH_SHOWING."""
    found = []
    for check, hit in store.like(claim.text, limit=AT_MOST, floor=WORTH_SHOWING):
        told = matching.compare(claim.text, check.claim_text, near=hit.compared.get(matching.MEANING))
        if told.relation != "different":
            compared = {"reasons": list(told.reasons), "differs": list(told.differs)}
            found.append(Likeness(check.pk, min(1.0, hit.score), hit.method, told.relation, compared))
    return found


def _catch_up() -> None:
    rows = Claim.objects.filter(changed_seq__gt=_memory.seen).order_by("changed_seq", "pk")
    for pk, text, seq in rows.values_list("pk", "text", "changed_seq").iterator(chunk_size=2000):
        if _memory.texts.get(pk) != text:
            _memory.index.add(f"{pk}/{_mark(text)}", text)
            _memory.texts[pk] = text
        _memory.seen = max(_memory.seen, seq)


def _fit(ids: list[int], claim: Claim) -> dict[int, Claim]:
    rows = (
        Claim.objects.filter(pk__in=ids, pk__lt=claim.pk)
        .exclude(revision__article=claim.revision.article_id)
        .exclude(status=Status.DISMISSED, dismissal__in=UNFIT)
    )
    return {row.pk: row for row in rows}


def _mark(text: str) -> str:
    """Tells one wording of a claim from another, within this process."""
    return f"{hash(text):x}"
