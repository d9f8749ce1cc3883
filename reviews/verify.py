"""Rules that cross tables, which no constraint can hold: one query each, run after every test and every night."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.fields.json import KT

from audit import ledger
from audit.guards import GUARDS as AUDIT_GUARDS
from audit.models import AuditEvent
from claims.guards import GUARDS as CLAIM_GUARDS
from claims.lifecycle import Status
from claims.models import Claim
from common import guards
from reviews import content, moving
from reviews.actions.numbers import value_of
from reviews.guards import GUARDS as REVIEW_GUARDS
from reviews.models import Citation, Publication, Verdict
from sources import independence
from sources.guards import GUARDS as SOURCE_GUARDS
from sources.models import Evidence, Figure

ALL_GUARDS = [*AUDIT_GUARDS, *CLAIM_GUARDS, *SOURCE_GUARDS, *REVIEW_GUARDS]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that should not be so."""

    rule: str
    subject: str


def audit_findings() -> list[Finding]:
    """Where the ledger was tampered with, or something changed without it."""
    found = []
    if broken := ledger.first_broken():
        found.append(Finding("the chain holds", f"event:{broken.seq} {broken.why}"))
    found += [Finding("the guards are in place", name) for name in guards.missing(ALL_GUARDS, connection)]
    last_told = AuditEvent.objects.filter(subject_type="claim", subject_id=OuterRef("pk")).order_by("-seq")
    told = Claim.objects.annotate(told=Subquery(last_told.annotate(to=KT("data__to")).values("to")[:1]))
    for claim in told.filter(Q(told__isnull=True) | ~Q(told=F("status"))).order_by("pk")[:100]:
        found.append(Finding("a claim is where the ledger left it", f"claim:{claim.pk}"))
    return found


def data_findings() -> list[Finding]:
    """Where rows contradict each other."""
    return [Finding(rule, subject) for rule, check in RULES.items() for subject in check()]


def _in_review_without_verdict() -> Iterable[str]:
    waiting = Verdict.objects.filter(claim=OuterRef("pk"), state=Verdict.State.SUBMITTED)
    return _claims(Claim.objects.filter(status=Status.IN_REVIEW).filter(~Exists(waiting)))


def _verdict_waits_elsewhere() -> Iterable[str]:
    rows = Verdict.objects.filter(state=Verdict.State.SUBMITTED).exclude(claim__status=Status.IN_REVIEW)
    return (f"verdict:{pk}" for pk in rows.values_list("pk", flat=True))


def _author_does_not_hold() -> Iterable[str]:
    rows = Verdict.objects.filter(state=Verdict.State.SUBMITTED).exclude(claim__assignee=F("author"))
    return (f"verdict:{pk}" for pk in rows.values_list("pk", flat=True))


def _approved_without_verdict() -> Iterable[str]:
    standing = Verdict.objects.filter(claim=OuterRef("pk"), state=Verdict.State.APPROVED)
    rows = Claim.objects.filter(status__in=[Status.APPROVED, Status.PUBLISHED]).filter(~Exists(standing))
    return _claims(rows)


def _published_without_publication() -> Iterable[str]:
    current = Publication.objects.standing().filter(claim=OuterRef("pk"))
    return _claims(Claim.objects.filter(status=Status.PUBLISHED).filter(~Exists(current)))


def _public_or_not() -> Iterable[str]:
    current = Publication.objects.standing().filter(claim=OuterRef("pk"))
    return _claims(Claim.objects.annotate(stands=Exists(current)).exclude(is_public=F("stands")))


def _retracted_without_retraction() -> Iterable[str]:
    gone = Publication.objects.filter(claim=OuterRef("pk"), current=True, retracted_at__isnull=False)
    return _claims(Claim.objects.filter(status=Status.RETRACTED).filter(~Exists(gone)))


def _publication_without_approval() -> Iterable[str]:
    rows = Publication.objects.exclude(
        verdict__approved_hash=F("verdict__content_hash")
    ) | Publication.objects.filter(verdict__decided_by__isnull=True)
    return (f"publication:{pk}" for pk in rows.distinct().values_list("pk", flat=True))


def _publication_of_another_claim() -> Iterable[str]:
    rows = Publication.objects.exclude(verdict__claim=F("claim"))
    return (f"publication:{pk}" for pk in rows.values_list("pk", flat=True))


def _publication_says_other_words() -> Iterable[str]:
    rows = Publication.objects.exclude(verdict__claim_text=F("claim_text"))
    return (f"publication:{pk}" for pk in rows.values_list("pk", flat=True))


def _citations_miscounted() -> Iterable[str]:
    rows = Verdict.objects.annotate(n=Count("citation_set")).exclude(citations=F("n"))
    return (f"verdict:{pk}" for pk in rows.values_list("pk", flat=True))


def _cites_another_claims_evidence() -> Iterable[str]:
    rows = Citation.objects.exclude(evidence__claim=F("verdict__claim"))
    return (f"citation:{pk}" for pk in rows.values_list("pk", flat=True))


def _origins_missing() -> Iterator[str]:
    rows = Verdict.objects.filter(origins_wanted__gt=0, single_source="")
    for verdict in rows.prefetch_related("cited__snapshot__source").iterator(chunk_size=500):
        if independence.origins(verdict.cited.all()) < verdict.origins_wanted:
            yield f"verdict:{verdict.pk}"


def _none_found_that_found() -> Iterable[str]:
    rows = Verdict.objects.filter(
        state__in=Verdict.STANDING, nothing_found__found__gt=0, nothing_found__set_aside=""
    )
    return (f"verdict:{pk}" for pk in rows.order_by("pk").values_list("pk", flat=True))


def _approval_void() -> Iterator[str]:
    rows = Verdict.objects.filter(state=Verdict.State.APPROVED, claim__status=Status.APPROVED)
    for verdict in rows.select_related("claim", "rating", "nothing_found").prefetch_related(
        "cited__snapshot__source"
    ):
        if content.of_verdict(verdict).hash() != verdict.approved_hash:
            yield f"verdict:{verdict.pk}"


def _quote_elsewhere() -> Iterator[str]:
    for claim in Claim.objects.select_related("revision").iterator(chunk_size=500):
        if claim.revision.text[claim.start : claim.end] != claim.quote:
            yield f"claim:{claim.pk}"


def _evidence_elsewhere() -> Iterator[str]:
    for item in Evidence.objects.select_related("snapshot").iterator(chunk_size=500):
        if item.snapshot.text[item.start : item.end] != item.quote:
            yield f"evidence:{item.pk}"


def _figure_of_another_claims_evidence() -> Iterable[str]:
    rows = Figure.objects.filter(evidence__isnull=False).exclude(evidence__claim=F("claim"))
    return (f"figure:{pk}" for pk in rows.values_list("pk", flat=True))


def _figure_in_another_unit() -> Iterable[str]:
    said = Figure.objects.filter(claim=OuterRef("claim"), stated=True, state=Figure.State.ACCEPTED)
    rows = Figure.objects.filter(stated=False, state__in=Figure.LIVE)
    rows = rows.annotate(stated_in=Subquery(said.values("unit")[:1])).filter(
        Q(stated_in__isnull=True) | ~Q(stated_in=F("unit"))
    )
    return (f"figure:{pk}" for pk in rows.values_list("pk", flat=True))


def _figure_not_in_its_quote() -> Iterator[str]:
    rows = Figure.objects.filter(evidence__isnull=False, reason="", added_by__isnull=False)
    for figure in rows.select_related("evidence").iterator(chunk_size=500):
        if figure.evidence and not moving.shows(figure.evidence.quote, value_of(figure)):
            yield f"figure:{figure.pk}"


def _claims(rows: Iterable[Claim]) -> Iterable[str]:
    return (f"claim:{claim.pk}" for claim in rows)


RULES: dict[str, Callable[[], Iterable[str]]] = {
    "a claim in review has a verdict that waits": _in_review_without_verdict,
    "a verdict waits only on a claim in review": _verdict_waits_elsewhere,
    "who wrote the waiting verdict holds the claim": _author_does_not_hold,
    "an approved or published claim has a verdict that stands": _approved_without_verdict,
    "a published claim has a publication": _published_without_publication,
    "a claim is called public while its fact-check stands": _public_or_not,
    "a retracted claim has a retraction": _retracted_without_retraction,
    "every publication has an approved verdict": _publication_without_approval,
    "a publication shows a verdict of its own claim": _publication_of_another_claim,
    "a publication says what the verdict judged": _publication_says_other_words,
    "a verdict counts its citations": _citations_miscounted,
    "a verdict cites evidence of its own claim": _cites_another_claims_evidence,
    "a verdict cites the origins that it asks for, or says why not": _origins_missing,
    "a verdict that says none found rests on a search that found none": _none_found_that_found,
    "an approval names what is there": _approval_void,
    "a claim's quote is in its article": _quote_elsewhere,
    "evidence is verbatim in its snapshot": _evidence_elsewhere,
    "a value is shown by evidence of its own claim": _figure_of_another_claims_evidence,
    "the values of a claim are in one unit": _figure_in_another_unit,
    "a value stands in the quote that shows it": _figure_not_in_its_quote,
}
