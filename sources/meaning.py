"""Passages and claims by what they mean: vectors made, kept and compared, where a sentence model is set."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from claims import meaning
from claims.embedding import Floats, Model, Unusable, pack
from sources.models import Passage, PassageVector, SentenceModel
from sources.query import NEAREST
from sources.search import meaning as index

log = logging.getLogger(__name__)

SECONDS = 150  # for one document, well within a task's time limit: what is left waits for `manage.py embed`
BATCH = 256  # passages that the command writes at once, and embeds between two looks at the clock


@dataclass(frozen=True, slots=True)
class Near:
    """How near passages are in meaning to one claim, as cosines, by their ids; or why nobody can tell (`note`)."""

    cosines: Mapping[int, float] = field(default_factory=dict)
    model: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of passages, packed, by the ids of the passages."""

    model: Model
    vectors: Mapping[int, bytes]


def near(claim: str, found: Mapping[int, str], *, but: Q) -> Near:
    """The passages nearest to a claim in the library, and how near those are that its words found (texts by id).

    Nothing where no model is set; a note where it does not work. A passage without a vector gets one for this look.
    Passages that the caller leaves out (`but`) take nobody's place.
    """
    loaded = meaning.loaded()
    if loaded.model is None:
        return Near(note=meaning.note(loaded.why) if loaded.why else "")
    try:
        return _near(claim, found, loaded.model, but)
    except Unusable as error:
        log.exception("the sentence model failed")
        return Near(note=meaning.note(str(error)))


def embed(snapshot_id: int) -> Embedded | None:
    """The vectors of a document's passages that have none yet; None where no model works."""
    model = meaning.loaded().model
    if model is None:
        return None
    passages = list(without(_known(model)).filter(snapshot=snapshot_id).order_by("pk"))
    end, vectors = time.monotonic() + SECONDS, dict[int, bytes]()
    for start in range(0, len(passages), BATCH):
        vectors |= _packed(model, passages[start : start + BATCH])
        if time.monotonic() > end:
            log.warning("document %s is too long to be embedded at once: manage.py embed", snapshot_id)
            break
    return Embedded(model, vectors)


def keep(_snapshot_id: int, embedded: Embedded | None) -> list[int]:
    """Keep vectors. Runs in the job's transaction; safe to repeat."""
    if embedded is not None and embedded.vectors:
        model = kept_model(embedded.model)
        rows = [
            PassageVector(passage_id=passage, model=model, vector=vector)
            for passage, vector in sorted(embedded.vectors.items())
        ]
        PassageVector.objects.bulk_create(rows, ignore_conflicts=True)
    return []


def fill(model: Model) -> Iterator[int]:
    """Give every passage that lacks one a vector, oldest first; yields how many it wrote, batch by batch.

    Each batch is kept by itself, so that what was broken off goes on where it was. Raises Unusable.
    """
    kept, last = kept_model(model), 0
    while batch := list(without(kept).filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        embedded = Embedded(model, _packed(model, batch))
        with transaction.atomic():
            keep(0, embedded)
        yield len(batch)


def without(model: SentenceModel | None) -> QuerySet[Passage]:
    """The passages without a vector by a model."""
    theirs = PassageVector.objects.filter(passage=OuterRef("pk"), model=model)
    return Passage.objects.filter(~Exists(theirs)) if model else Passage.objects.all()


def kept_model(model: Model) -> SentenceModel:
    """The row of a model, made when it is first used."""
    given = {"name": model.name, "dimensions": model.dimensions}
    return SentenceModel.objects.get_or_create(sha256=model.sha256, defaults=given)[0]


def drop_others(model: SentenceModel) -> int:
    """Delete the vectors of every other model, and return how many there were."""
    with transaction.atomic():
        gone, _ = PassageVector.objects.exclude(model=model).delete()
        SentenceModel.objects.exclude(pk=model.pk).delete()
    return gone


def _known(model: Model) -> SentenceModel | None:
    return SentenceModel.objects.filter(sha256=model.sha256).first()


def _near(claim: str, found: Mapping[int, str], model: Model, but: Q) -> Near:
    [asked] = model.vectors([claim])
    kept, cosines = _known(model), dict[int, float]()
    if kept is not None:
        cosines |= index.nearest(asked, kept, limit=NEAREST + Passage.objects.filter(but).count())
        cosines |= index.cosines(asked, kept, found.keys() - cosines.keys())
    if late := {pk: text for pk, text in found.items() if pk not in cosines}:
        cosines |= zip(late, _cosines(asked, model, list(late.values())), strict=True)
    return Near(cosines, f"{model.name}@{model.sha256[:12]}")


def _cosines(asked: Floats, model: Model, texts: Sequence[str]) -> list[float]:
    return [float(cosine) for cosine in model.vectors(texts) @ asked]


def _packed(model: Model, passages: Sequence[Passage]) -> dict[int, bytes]:
    vectors = pack(model.vectors([passage.text for passage in passages]))
    return {passage.pk: vector for passage, vector in zip(passages, vectors, strict=True)}
