"""The slow half of this room's background work: look through the library for what bears on a claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from claims import budget
from claims.matching import grams
from claims.matching.quantities import read_quantities
from claims.matching.words import stems, without_topic
from claims.models import Claim
from claims.steps import language_model
from sources import asking, inference, meaning, search
from sources.actions import Finding, Looked
from sources.asking import Answer
from sources.matter import Matter
from sources.meaning import Near
from sources.models import Passage, Snapshot
from sources.query import cosines, query, rerank, subjects
from sources.stance import (
    ENGINE,
    Judged,
    Judgement,
    by_rules,
    judge,
    judge_by_inference,
    judge_with_model,
    timing,
)
from sources.stance.attribution import is_first_report
from sources.stance.propose import RELIABILITY

CANDIDATES = 100
BY_NEIGHBOURS = 30  # further ones that are found by the words around the claim in its article
AT_MOST = 6  # passages attached to a claim
PER_DOCUMENT = 2
BEARS = 0.12  # agreement below which a passage does not speak of the claim, whatever its document is
# Agreement and standing from which a passage is worth a person's glance: the best few of different documents, and
# any further one.
BEST_FEW, WORTH_A_GLANCE, RELEVANT = 3, 1.1, 1.5
BY_MEANING = "Found by meaning, not by words: near in meaning, %(near).2f."
LEAD = 600  # characters in which a report tells that it is a first one
HEAD = 4_000  # characters of a document and of the article that tell their subject
# What weighs beside an agreement of 0 to 1 with the claim: of two passages that say the same, which comes first. Chosen
# with each article left out in turn (docs/decisions/0064); half or double of each changes little.
SUBJECT, NAMED, NEIGHBOURS, NUMBERS, GRADE, FIRST = 1.0, 1.0, 3.0, 1.0, 0.25, -1.0


def ask(asking_id: int) -> Answer:
    """What a service outside says of a claim."""
    return asking.ask(asking_id)


def look(claim_id: int) -> Looked:
    """The passages of the library that agree most with a claim, each judged. An article is no evidence for itself."""
    claim = Claim.objects.select_related("revision__article").get(pk=claim_id)
    language = claim.revision.article.language
    asked = query(without_topic(claim.text), language=language)
    around = query(_neighbours(claim), language=language)
    scores = dict.fromkeys(dict(search.find(around.terms, limit=BY_NEIGHBOURS)), 0.0)
    scores |= dict(search.find(asked.terms, limit=CANDIDATES))
    passages = list(_others(claim, scores))
    given = {passage.pk: passage.text for passage in passages}
    near = meaning.near(without_topic(claim.text), given, but=_of_its_article(claim))
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


def _neighbours(claim: Claim) -> str:
    """The paragraph of the article in which the claim stands: it names what the claim calls "it"."""
    text = claim.revision.text
    end = text.find("\n\n", claim.end)
    return text[text.rfind("\n\n", 0, claim.start) + 1 : end if end >= 0 else None].strip()


def _best(
    claim: Claim, passages: Sequence[Passage], scores: Mapping[int, float], near: Near
) -> dict[Passage, str]:
    """The relevant ones, in the order of their agreement with the claim and of what their documents are.

    Each with the reason why it was found at all, where its words are none.
    """
    by_id = {passage.pk: passage for passage in passages}
    texts = _texts(passages)
    standing, firsts = _standing(claim, passages, texts)
    matter = _matter(claim, passages, texts)
    counted = bool(read_quantities(without_topic(claim.text)))
    given = [(p.pk, p.text, scores.get(p.pk, 0.0)) for p in passages]
    order, worth, why = dict[Passage, float](), dict[Passage, float](), dict[Passage, str]()
    for hit in rerank(without_topic(claim.text), given, near=near.cosines):
        passage = by_id[int(hit.id)]
        beside = standing[passage.snapshot_id] + (NUMBERS * (hit.parts["numbers"] - 0.5) if counted else 0.0)
        is_worth = hit.relevance >= BEARS and hit.relevance + beside >= WORTH_A_GLANCE
        if is_worth and matter.has(passage.snapshot_id, passage.text, near=hit.near):
            order[passage] = hit.order + beside + FIRST * firsts[passage.snapshot_id]
            worth[passage] = hit.relevance + beside
            by_words = passage.pk in scores and hit.score >= BEARS and hit.score + beside >= WORTH_A_GLANCE
            why[passage] = "" if by_words else BY_MEANING % {"near": hit.near or 0.0}
    order = {passage: _behind_its_origin(passage, order) for passage in order}
    return {passage: why[passage] for passage in _chosen(order, worth)}


def _chosen(order: Mapping[Passage, float], worth: Mapping[Passage, float]) -> list[Passage]:
    """The best few of different documents, and further ones that are worth more; not many of one document."""
    chosen: list[Passage] = []
    per_document: Counter[int] = Counter()
    for passage in sorted(order, key=lambda one: -order[one]):
        of_it = per_document[passage.snapshot_id]
        is_worth = worth[passage] >= RELEVANT or (len(chosen) < BEST_FEW and not of_it)
        if is_worth and of_it < PER_DOCUMENT and len(chosen) < AT_MOST:
            per_document[passage.snapshot_id] += 1
            chosen.append(passage)
    return chosen


def _texts(passages: Sequence[Passage]) -> dict[int, str]:
    """What tells the subject of each passage's document."""
    titles = {p.snapshot_id: p.snapshot.source.title for p in passages}
    heads = dict(Snapshot.objects.filter(pk__in=titles).values_list("pk", Left("text", HEAD)))
    return {pk: f"{title}\n{heads[pk]}" for pk, title in titles.items()}


def _head(claim: Claim) -> str:
    """What tells the subject of a claim's article."""
    return f"{claim.revision.article.title}\n{claim.revision.text[:HEAD]}"


def _matter(claim: Claim, passages: Sequence[Passage], texts: Mapping[int, str]) -> Matter:
    """What the claim is about, held against who says what in the documents."""
    said = {p.snapshot_id: f"{p.snapshot.source.publisher}\n{texts[p.snapshot_id]}" for p in passages}
    about = f"{_head(claim)}\n{_neighbours(claim)}"
    return Matter(without_topic(claim.text), about, said, language=claim.revision.article.language)


def _standing(
    claim: Claim, passages: Sequence[Passage], texts: Mapping[int, str]
) -> tuple[dict[int, float], dict[int, bool]]:
    """What speaks for each document beside the words of its passages, and which are first reports.

    It is about what the article is about and about what stands around the claim, its title or publisher is named in
    the claim or is the claimant's, and its grade is good. A first report has been replaced by others since.
    """
    sources = {p.snapshot_id: p.snapshot.source for p in passages}
    about = subjects(_head(claim), texts)
    near = cosines(_neighbours(claim), list(texts.values()), terms=grams)
    titles = [f"{source.title} {source.publisher}" for source in sources.values()]
    named = cosines(f"{without_topic(claim.text)} {claim.claimant}", titles, terms=stems)
    standing = {
        pk: SUBJECT * about[pk]
        + NEIGHBOURS * beside
        + NAMED * called
        + GRADE * RELIABILITY[sources[pk].reliability]
        for pk, beside, called in zip(sources, near, named, strict=True)
    }
    return standing, {pk: is_first_report(texts[pk][:LEAD]) for pk in sources}


def _behind_its_origin(passage: Passage, order: Mapping[Passage, float]) -> float:
    """A copy comes right behind the document that it has it from, where that speaks of the claim too."""
    origin = passage.snapshot.source.origin
    firsts = [place for other, place in order.items() if origin and other.snapshot.source.publisher == origin]
    return min(order[passage], max(firsts) - 0.001) if firsts else order[passage]


def _judged(claim: Claim, passage: Passage) -> Judgement:
    title = passage.snapshot.source.title
    return judge(claim.text, passage.text, claim_type=claim.type, claimant=claim.claimant, about=title)


def _by_model(claim: Claim, chosen: Sequence[Passage], rules: Sequence[Judgement]) -> Judged:
    """The judgements by the language model where one is set to judge and its day's budget lasts, else by the inference
    model where one is set, else by the rules."""
    endpoint = language_model() if settings.CLAIMDESK_LLM_STANCE and chosen else None
    texts = [passage.text for passage in chosen]
    if endpoint is None:
        return _by_inference(claim, texts, rules)
    if not budget.spend():
        note = _("The language model's budget for today is used up; it starts again at midnight (UTC).")
        judged = _by_inference(claim, texts, rules)
        return replace(judged, note=" ".join(told for told in (note, judged.note) if told))
    return judge_with_model(claim.text, texts, rules, endpoint)


def _by_inference(claim: Claim, texts: Sequence[str], rules: Sequence[Judgement]) -> Judged:
    held = inference.loaded()
    if held.model is None or not texts:
        return by_rules(rules, inference.note(held.why) if held.why and texts else "")
    return judge_by_inference(claim.text, texts, rules, held.model)


def _finding(claim: Claim, passage: Passage, said: Judgement, engine: str, why: str) -> Finding:
    published = passage.snapshot.source.published_at
    when = timing(claim.text, claim.said_on, published.date() if published else None)
    of_its_time = when.reason if said.stance != "context" else ""
    reasons = tuple(reason for reason in (why, *said.reasons, of_its_time) if reason)
    return Finding(
        passage.snapshot_id, passage.start, passage.end, said.stance, said.score, reasons, engine=engine
    )
