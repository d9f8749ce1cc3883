"""The slow half of this room's background work: look through the library for what bears on a claim."""

from __future__ import annotations

from django.db.models import Q

from claims.models import Claim
from sources import asking, search
from sources.actions import Finding, Looked
from sources.asking import Answer
from sources.models import Passage
from sources.query import query, rerank
from sources.stance import ENGINE, judge

CANDIDATES = 60
AT_MOST = 6  # passages attached to a claim
PER_DOCUMENT = 2
RELEVANT = 0.35  # agreement from which a passage is worth a person's glance, sources/query.py


def ask(asking_id: int) -> Answer:
    """What a service outside says of a claim."""
    return asking.ask(asking_id)


def look(claim_id: int) -> Looked:
    """The passages of the library that agree most with a claim, each judged. An article is no evidence for itself."""
    claim = Claim.objects.select_related("revision__article").get(pk=claim_id)
    article = claim.revision.article
    asked = query(claim.text)
    scores = dict(search.find(asked.terms, limit=CANDIDATES))
    passages = Passage.objects.filter(pk__in=scores).select_related("snapshot__source")
    if article.url:
        passages = passages.exclude(Q(snapshot__source__url=article.url))
    by_id = {p.pk: p for p in passages.exclude(snapshot__sha256=claim.revision.text_sha256)}
    ranked = rerank(claim.text, [(pk, p.text, scores[pk]) for pk, p in by_id.items()])
    findings: list[Finding] = []
    per_document: dict[int, int] = {}
    for hit in ranked:
        passage = by_id[int(hit.id)]
        seen = per_document.get(passage.snapshot_id, 0)
        if hit.score < RELEVANT or len(findings) == AT_MOST:
            break
        if seen == PER_DOCUMENT:
            continue
        per_document[passage.snapshot_id] = seen + 1
        findings.append(_judged(claim, passage))
    places = f"Source library ({Passage.objects.values('snapshot__source').distinct().count()} documents)"
    return Looked(" ".join(asked.terms), places, ENGINE, findings)


def _judged(claim: Claim, passage: Passage) -> Finding:
    title = passage.snapshot.source.title
    said = judge(claim.text, passage.text, claim_type=claim.type, claimant=claim.claimant, about=title)
    return Finding(passage.snapshot_id, passage.start, passage.end, said.stance, said.score, said.reasons)
