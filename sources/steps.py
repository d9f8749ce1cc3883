"""The slow half of this room's background work: look through the library for what bears on a claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from claims import budget
from claims.matching.words import stems
from claims.models import Claim
from claims.steps import language_model
from sources import asking, meaning, search
from sources.actions import Finding, Looked
from sources.asking import Answer
from sources.meaning import Near
from sources.models import Passage, Snapshot
from sources.query import cosines, query, rerank, subjects
from sources.stance import ENGINE, Judged, Judgement, judge, judge_with_model, timing
from sources.stance.attribution import is_early
from sources.stance.propose import RELIABILITY

CANDIDATES = 100
AT_MOST = 6  # passages attached to a claim
PER_DOCUMENT = 2
RELEVANT = 0.8  # agreement and standing from which a passage is worth a person's glance
BY_MEANING = "Found by meaning, not by words: near in meaning, %(near).2f."
LEAD = 400  # characters in which a report tells that it is a first one
HEAD = 4_000  # characters of a document and of the article that tell their subject
# What a document is weighs beside an agreement of 0 to 1 with the claim: of two that say the same, which comes first.
SUBJECT, NAMED, GRADE, EARLY = 0.5, 0.5, 0.05, -0.3


def ask(asking_id: int) -> Answer:
    """What a service outside says of a claim."""
    return asking.ask(asking_id)


def look(claim_id: int) -> Looked:
    """The passages of the library that agree most with a claim, each judged. An article is no evidence for itself."""
    claim = Claim.objects.select_related("revision__article").get(pk=claim_id)
    asked = query(claim.text, language=claim.revision.article.language)
    scores = dict(search.find(asked.terms, limit=CANDIDATES))
    passages = list(_others(claim, scores))
    near = meaning.near(claim.text, {p.pk: p.text for p in passages}, but=_of_its_article(claim))
    passages += _others(claim, near.cosines.keys() - scores.keys())
    chosen = _best(claim, passages, scores, near)
    rules = [_judged(claim, passage) for passage in chosen]
    judged = _by_model(claim, list(chosen), rules)
    findings = [
        _finding(claim, passage, said, engine, why)
        for (passage, why), said, engine in zip(
            chosen.items(), judged.judgements, judged.engines, strict=True
        )
    ]
    places = f"Source library ({Passage.objects.values('snapshot__source').distinct().count()} documents)"
    engine = f"{ENGINE} + {near.model}"[:60] if near.model else ENGINE
    note = " ".join(told for told in (near.note, judged.note) if told)
    return Looked(" ".join(asked.terms), places, engine, findings, note)


def _others(claim: Claim, found: Iterable[int]) -> QuerySet[Passage]:
    """The passages found, without those of the claim's own article."""
    passages = Passage.objects.filter(pk__in=list(found)).exclude(_of_its_article(claim))
    return passages.select_related("snapshot__source").defer("snapshot__text")


def _of_its_article(claim: Claim) -> Q:
    """The passages that are the claim's own article, by its address or by its text."""
    article = claim.revision.article
    own = Q(snapshot__sha256=claim.revision.text_sha256)
    return own | Q(snapshot__source__url=article.url) if article.url else own


def _best(
    claim: Claim, passages: Sequence[Passage], scores: Mapping[int, float], near: Near
) -> dict[Passage, str]:
    """The relevant ones, in the order of their agreement with the claim and of what their documents are.

    Each with the reason why it was found at all, where its words are none.
    """
    by_id = {passage.pk: passage for passage in passages}
    standing = _standing(claim, passages)
    given = [(p.pk, p.text, scores.get(p.pk, 0.0)) for p in passages]
    order, why = dict[Passage, float](), dict[Passage, str]()
    for hit in rerank(claim.text, given, near=near.cosines):
        passage, stands = by_id[int(hit.id)], standing[int(hit.id)]
        if hit.relevance + stands >= RELEVANT:
            order[passage] = hit.order + stands
            by_words = passage.pk in scores and hit.score + stands >= RELEVANT
            why[passage] = "" if by_words else BY_MEANING % {"near": hit.near or 0.0}
    order = {passage: _behind_its_origin(passage, order) for passage in order}
    chosen: list[Passage] = []
    per_document: Counter[int] = Counter()
    for passage in sorted(order, key=lambda one: -order[one]):
        if per_document[passage.snapshot_id] < PER_DOCUMENT and len(chosen) < AT_MOST:
            per_document[passage.snapshot_id] += 1
            chosen.append(passage)
    return {passage: why[passage] for passage in chosen}


def _standing(claim: Claim, passages: Sequence[Passage]) -> dict[int, float]:
    """What speaks for a passage beside its words.

    Its document is about what the article is about, the claim names it or its publisher, its grade is good, and it is
    no first report, which others have replaced since.
    """
    article = claim.revision.article
    sources = {p.snapshot_id: p.snapshot.source for p in passages}
    heads = dict(Snapshot.objects.filter(pk__in=sources).values_list("pk", Left("text", HEAD)))
    about = subjects(
        f"{article.title}\n{claim.revision.text[:HEAD]}",
        {pk: f"{source.title}\n{heads[pk]}" for pk, source in sources.items()},
    )
    early = {pk: is_early(f"{source.title}\n{heads[pk][:LEAD]}") for pk, source in sources.items()}
    titles = [f"{source.title} {source.publisher}" for source in sources.values()]
    named = dict(zip(sources, cosines(claim.text, titles, terms=stems), strict=True))
    return {
        p.pk: SUBJECT * about[p.snapshot_id]
        + NAMED * named[p.snapshot_id]
        + GRADE * RELIABILITY[sources[p.snapshot_id].reliability]
        + EARLY * early[p.snapshot_id]
        for p in passages
    }


def _behind_its_origin(passage: Passage, order: Mapping[Passage, float]) -> float:
    """A copy comes right behind the document that it has it from, where that speaks of the claim too."""
    origin = passage.snapshot.source.origin
    firsts = [place for other, place in order.items() if origin and other.snapshot.source.publisher == origin]
    return min(order[passage], max(firsts) - 0.001) if firsts else order[passage]


def _judged(claim: Claim, passage: Passage) -> Judgement:
    title = passage.snapshot.source.title
    return judge(claim.text, passage.text, claim_type=claim.type, claimant=claim.claimant, about=title)


def _by_model(claim: Claim, chosen: Sequence[Passage], rules: Sequence[Judgement]) -> Judged:
    """The judgements by the language model where one is set to judge and its day's budget lasts; else by the rules."""
    endpoint = language_model() if settings.CLAIMDESK_LLM_STANCE and chosen else None
    if endpoint is None:
        return Judged(tuple(rules), (ENGINE,) * len(rules))
    if not budget.spend():
        note = _("The language model's budget for today is used up; it starts again at midnight (UTC).")
        return Judged(tuple(rules), (ENGINE,) * len(rules), note)
    return judge_with_model(claim.text, [passage.text for passage in chosen], rules, endpoint)


def _finding(claim: Claim, passage: Passage, said: Judgement, engine: str, why: str) -> Finding:
    published = passage.snapshot.source.published_at
    when = timing(claim.text, claim.said_on, published.date() if published else None)
    of_its_time = when.reason if said.stance != "context" else ""
    reasons = tuple(reason for reason in (why, *said.reasons, of_its_time) if reason)
    return Finding(
        passage.snapshot_id, passage.start, passage.end, said.stance, said.score, reasons, engine=engine
    )
