"""Everything that can be done to sources, evidence and the search log."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from audit import ledger
from claims import anchoring, events, meaning, workflow
from claims.models import CheckMatch, Claim
from common.errors import Conflict, Invalid, NotFound
from common.fetch import Fetched
from common.text import normalise, sha256
from jobs import queue
from sources import archive, passages, search
from sources.credit import credited
from sources.grading import at_first
from sources.models import Asking, Connection, Evidence, Passage, Search, Snapshot, Source

DOCUMENT_LENGTH = 2_000_000
WORTH_ASKING = 0.5  # check-worthiness from which the machine's claims are put to services by themselves


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document beside its text."""

    title: str
    publisher: str
    author: str = ""
    kind: str = Source.Kind.NEWS
    url: str = ""
    language: str = "und"
    published_at: datetime | None = None
    reliability: str = ""  # empty: as the publisher's documents begin
    credibility: int | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that the machine found for a claim, and what it makes of it."""

    snapshot_id: int
    start: int
    end: int
    stance: str
    score: float
    reasons: tuple[str, ...]
    engine: str


@dataclass(frozen=True, slots=True)
class Looked:
    """One look through the library: what was asked, where, by which version, and what it gave."""

    query: str
    places: str
    model_version: str
    findings: Sequence[Finding]
    note: str = ""  # why another engine than the one that is set had to judge


def add_source(*, by: User, about: About, text: str, page: Fetched | None = None) -> Source:
    """Take a document into the library, with a first snapshot that search can find.

    The same address again gives the source that is there, with a new snapshot if its text has changed.
    """
    workflow.require_role(by, Role.FACT_CHECKER)
    if not about.title.strip() or not about.publisher.strip():
        raise Invalid(_("A source needs a title and a publisher."))
    if about.kind not in Source.Kind.values:
        raise Invalid(_("There is no such kind of source."))
    grade = at_first(about.publisher, reliability=about.reliability, credibility=about.credibility)
    text = normalise(text, limit=DOCUMENT_LENGTH)
    with transaction.atomic(durable=True):
        source = Source.objects.select_for_update().filter(url=about.url).first() if about.url else None
        if source is None:
            source = Source.objects.create(
                title=about.title[:300],
                publisher=about.publisher[:200],
                author=about.author[:200],
                kind=about.kind,
                url=about.url,
                language=about.language,
                published_at=about.published_at,
                reliability=grade.reliability,
                credibility=grade.credibility,
                origin=(about.origin or credited(text))[:200],
                added_by=by,
            )
            verb = "source.added"
        else:
            verb = "source.seen"
        snapshot = keep_snapshot(source, text, page=page)
        ledger.record(by, verb, "source", source.pk, snapshot=snapshot.pk, sha256=snapshot.sha256)
    return source


def attach_evidence(claim_id: int, *, by: User, snapshot_id: int, quote: str, stance: str) -> Evidence:
    """Attach a passage to a claim. Raises Invalid unless its words are verbatim in the snapshot."""
    if stance not in Evidence.Stance.values:
        raise Invalid(_("Say whether it supports, contradicts or gives context."))
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id)
        workflow.require(claim, "attach_evidence", by=by)
        snapshot = Snapshot.objects.filter(pk=snapshot_id).first()
        if snapshot is None:
            raise NotFound(_("There is no such snapshot."))
        place = anchoring.locate(snapshot.text, quote)
        if place is None:
            raise Invalid(_("These words are not in our copy of the source. Quote it exactly."))
        same = claim.evidence.filter(snapshot=snapshot, start=place.start, end=place.end).first()
        if same is not None:
            raise Conflict(
                _("This passage is attached already, as %(ref)s.") % {"ref": same.ref},
                current={"id": same.pk},
            )
        evidence = Evidence.objects.create(
            claim=claim,
            number=_next_number(claim),
            snapshot=snapshot,
            quote=place.quote,
            start=place.start,
            end=place.end,
            stance=stance,
            stance_by=by,
            added_by=by,
        )
        queue.enqueue("reviews.number", claim.pk, again=True)
        events.tell(by, "evidence.attached", claim, evidence=evidence.pk, ref=evidence.ref, stance=stance)
    return evidence


def copy_evidence(items: Iterable[Evidence], claim: Claim, *, by: User) -> dict[str, str]:
    """Attach another claim's evidence to this one, which the caller holds: what each is called there and here."""
    here = {(item.snapshot_id, item.start, item.end): item for item in claim.evidence.all()}
    number, called = _next_number(claim), {}
    for item in items:
        place = (item.snapshot_id, item.start, item.end)
        if place not in here:
            here[place] = Evidence.objects.create(
                claim=claim,
                number=number,
                snapshot_id=item.snapshot_id,
                quote=item.quote,
                start=item.start,
                end=item.end,
                stance=item.stance,
                stance_by=by,
                added_by=by,
            )
            number += 1
        called[item.ref] = here[place].ref
    return called


def use_check(match_id: int, *, by: User) -> Evidence:
    """Take a fact-check of others as evidence: its words become a source of that kind, quoted as context.

    What another newsroom decided settles nothing here; a person may change the stance.
    """
    match = CheckMatch.objects.select_related("fact_check").filter(pk=match_id).first()
    if match is None:
        raise NotFound(_("There is no such match."))
    check = match.fact_check
    said = _("%(publisher)s rated it: %(rating)s.") % {"publisher": check.publisher, "rating": check.rating}
    quote = f"{check.claim_text}\n\n{said}"
    day = check.reviewed_on
    about = About(
        title=check.title or check.claim_text,
        publisher=check.publisher,
        kind=Source.Kind.FACT_CHECK,
        url=check.url,
        language=check.language,
        published_at=datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None,
    )
    source = add_source(by=by, about=about, text=quote)
    copy = source.snapshots.get(sha256=sha256(normalise(quote)))
    return attach_evidence(
        match.claim_id, by=by, snapshot_id=copy.pk, quote=copy.text, stance=Evidence.Stance.CONTEXT
    )


def record_search(
    claim_id: int,
    *,
    by: User,
    query: str,
    places: str,
    found: int,
    note: str,
    set_aside: str = "",
    made_at: datetime | None = None,
) -> Search:
    """Log a search that a person made: where, for what, what it gave, and why nothing of that bears on the claim."""
    if not query.strip() or not places.strip():
        raise Invalid(_("Say what you searched for and where."))
    now = timezone.now()
    if found < 0 or (made_at and made_at > now):
        raise Invalid(_("A search was made in the past and found nothing or something."))
    if set_aside.strip() and not found:
        raise Invalid(_("A search that found nothing has nothing to set aside: leave that reason empty."))
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id)
        workflow.require(claim, "search", by=by)
        made = Search.objects.create(
            claim=claim,
            query=query.strip()[:500],
            places=places.strip()[:500],
            found=found,
            set_aside=set_aside.strip()[:300],
            note=note.strip(),
            made_by=by,
            made_at=made_at or now,
        )
        events.tell(
            by,
            "search.recorded",
            claim,
            search=made.pk,
            places=made.places,
            found=found,
            set_aside=made.set_aside,
        )
    return made


def look_again(claim_id: int, *, by: User) -> Claim:
    """Let the machine search the library for a claim once more."""
    with transaction.atomic(durable=True):
        claim = Claim.objects.locked(claim_id)
        workflow.require(claim, "search", by=by)
        queue.enqueue("sources.find", claim.pk, group=claim.revision.article.group, again=True)
        ask_all(claim, again=True)
        events.tell(by, "search.asked", claim)
    return claim


def ask_all(claim: Claim, *, again: bool = False) -> None:
    """Put a claim to every service that is on, in the caller's transaction and beside the line: nothing waits for it.

    Once for each claim, unless `again`. The machine's claims of little worth are left out.
    """
    worth = claim.check_worthiness
    if not again and claim.origin == Claim.Origin.MACHINE and worth is not None and worth < WORTH_ASKING:
        return
    on = list(Connection.objects.filter(on=True).values_list("pk", flat=True))
    known = set(claim.askings.filter(connection__in=on).values_list("connection_id", flat=True))
    made = [Asking(claim=claim, connection_id=pk) for pk in on if pk not in known]
    Asking.objects.bulk_create(made)
    asked = [asking.pk for asking in made]
    if again:
        asked += claim.askings.filter(connection__in=known).values_list("pk", flat=True)
    queue.enqueue_each("sources.ask", asked, again=again)


def keep_findings(claim_id: int, looked: Looked) -> list[int]:
    """Attach what the machine found, log its search, and pass the claim on. Runs in the job's transaction.

    Safe to repeat: a place is attached once, and what people said of it stays.
    """
    claim = Claim.objects.locked(claim_id)
    taken = set(claim.evidence.values_list("snapshot_id", "start", "end"))
    texts = Snapshot.objects.in_bulk({finding.snapshot_id for finding in looked.findings})
    number = _next_number(claim)
    made: list[Evidence] = []
    for finding in looked.findings:
        if (finding.snapshot_id, finding.start, finding.end) in taken:
            continue
        made.append(
            Evidence(
                claim=claim,
                number=number + len(made),
                snapshot_id=finding.snapshot_id,
                quote=texts[finding.snapshot_id].text[finding.start : finding.end],
                start=finding.start,
                end=finding.end,
                stance=finding.stance,
                score=round(finding.score, 4),
                reasons=list(finding.reasons),
                model_version=finding.engine,
            )
        )
    Evidence.objects.bulk_create(made)
    Search.objects.create(
        claim=claim,
        query=(looked.query or claim.text)[
            :500
        ],  # a wording without a word to search by is looked for as it is
        places=looked.places,
        found=len(looked.findings),
        note=looked.note,
        model_version=looked.model_version,
        made_at=timezone.now(),
    )
    ask_all(claim)
    events.tell(None, "evidence.found", claim, refs=[item.ref for item in made], found=len(looked.findings))
    return [claim_id]


def keep_snapshot(source: Source, text: str, *, page: Fetched | None = None) -> Snapshot:
    """Our copy of a source's text, findable by its passages; the one that is there when the text is known.

    Of a page that was fetched, what came over the wire is kept as a WARC record beside it.
    """
    known = source.snapshots.filter(sha256=sha256(text)).first()
    if known is not None:
        return known
    snapshot = Snapshot(source=source, text=text, sha256=sha256(text), media_type="text/plain")
    if page is not None:
        snapshot.media_type = page.content_type[:100]
        snapshot.final_url = page.final_url[:1000]
        snapshot.bytes_sha256 = hashlib.sha256(page.body).hexdigest()
        if len(page.body) <= archive.LARGEST:
            name = f"{snapshot.bytes_sha256[:16]}-{source.pk}.warc.gz"
            snapshot.record.save(name, ContentFile(archive.record(page)), save=False)
    snapshot.save(force_insert=True)
    pieces = [Passage(snapshot=snapshot, start=a, end=b, text=text[a:b]) for a, b in passages.cut(text)]
    Passage.objects.bulk_create(pieces)
    search.index(pieces)
    if meaning.is_set():
        queue.enqueue("sources.embed", snapshot.pk)
    return snapshot


def _next_number(claim: Claim) -> int:
    highest: int | None = claim.evidence.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1
