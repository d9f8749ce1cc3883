"""A desk as it is after some years, written past the actions: only reading it is measured."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from claims.models import Article, Claim, Revision
from reviews.models import Publication, Rating, Suggestion, Verdict
from sources.models import Evidence, Search, Snapshot, Source

PER_ARTICLE, SNAPSHOTS, EVIDENCE = 10, 1_000, 2
SHARES = {
    "new": 55,
    "open": 15,
    "in_progress": 4,
    "in_review": 2,
    "approved": 2,
    "published": 16,
    "dismissed": 6,
}
WORDS = "bridge river minister police budget hospital border school storm election court harvest".split()
BATCH = 1_000
NOW = timezone.now()
_rng = random.Random(7)


def fill(editor: User, claims: int) -> list[int]:
    """Write so many claims with all that a row of a list shows. Returns their ids."""
    with transaction.atomic():
        made = Claim.objects.bulk_create(_claims(editor, claims), batch_size=BATCH)
        Evidence.objects.bulk_create(_evidence(made, editor), batch_size=BATCH)
        ratings = [
            Rating.objects.create(slug=slug, label=slug, number=n) for slug, n in (("true", 5), ("false", 1))
        ]
        Suggestion.objects.bulk_create(
            [
                Suggestion(claim=claim, rating=_rng.choice(ratings), confidence=0.7, model_version="bench/1")
                for claim in made
            ],
            batch_size=BATCH,
        )
        _publish([claim for claim in made if claim.status == "published"], ratings, editor)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [claim.pk for claim in made]


def _claims(editor: User, count: int) -> Iterator[Claim]:
    articles = Article.objects.bulk_create(
        [
            Article(title=_sentence(n), language="en", submitted_by=editor)
            for n in range(count // PER_ARTICLE)
        ],
        batch_size=BATCH,
    )
    said = [[_sentence(n) for n in range(PER_ARTICLE)] for _ in articles]
    revisions = Revision.objects.bulk_create(
        [
            Revision(article=article, number=1, text=" ".join(lines), text_sha256=_sha256(" ".join(lines)))
            for article, lines in zip(articles, said, strict=True)
        ],
        batch_size=BATCH,
    )
    seq = 0
    for revision, lines in zip(revisions, said, strict=True):
        start = 0
        for line in lines:
            seq += 1
            yield _claim(revision, line, start, seq, editor)
            start += len(line) + 1


def _claim(revision: Revision, quote: str, start: int, seq: int, editor: User) -> Claim:
    status = _rng.choices(list(SHARES), list(SHARES.values()))[0]
    return Claim(
        revision=revision,
        text=quote,
        quote=quote,
        start=start,
        end=start + len(quote),
        type="quantity",
        claimant="The ministry",
        check_worthiness=_rng.random(),
        extractor="bench/1",
        details={"reasons": ["It counts something that can be counted again."], "rules": ["number"] * 5},
        status=status,
        assignee=editor if status in ("in_progress", "in_review") else None,
        dismissal="opinion" if status == "dismissed" else "",
        priority=_rng.choice([0, 1, 1, 1, 2]),
        due_at=NOW + timedelta(hours=_rng.randrange(-200, 2000)) if _rng.random() < 0.2 else None,
        changed_seq=seq,
    )


def _evidence(claims: Iterable[Claim], editor: User) -> Iterator[Evidence]:
    sources = Source.objects.bulk_create(
        [Source(title=_sentence(n), publisher="The office", added_by=editor) for n in range(SNAPSHOTS)]
    )
    snapshots = Snapshot.objects.bulk_create(
        [
            Snapshot(source=source, text=source.title, sha256=_sha256(f"{n}"))
            for n, source in enumerate(sources)
        ]
    )
    for claim in claims:
        for number, snapshot in enumerate(_rng.sample(snapshots, EVIDENCE), start=1):
            yield Evidence(
                claim=claim,
                number=number,
                snapshot=snapshot,
                quote=snapshot.text,
                start=0,
                end=len(snapshot.text),
                stance=_rng.choice(Evidence.Stance.values),
                score=0.7,
                model_version="bench/1",
            )


def _publish(claims: list[Claim], ratings: list[Rating], editor: User) -> None:
    author = User.objects.create(username="author", role=editor.role)
    search = Search.objects.create(
        claim=claims[0], query="26", places="The office", made_by=author, made_at=NOW
    )
    verdicts = Verdict.objects.bulk_create(
        [
            Verdict(
                claim=claim,
                number=1,
                author=author,
                claim_text=claim.text,
                rating=_rng.choice(ratings),
                summary=claim.text,
                rationale=f"{claim.text} " * 20,
                as_of=NOW.date(),
                nothing_found=search,
                content_hash="0" * 64,
                approved_hash="0" * 64,
                state="approved",
                decided_by=editor,
                decided_at=NOW,
            )
            for claim in claims
        ],
        batch_size=BATCH,
    )
    Publication.objects.bulk_create(
        [
            Publication(
                claim=verdict.claim,
                number=1,
                verdict=verdict,
                slug=f"check-{verdict.pk}",
                year=NOW.year,
                claim_text=verdict.claim_text,
                claimant="The ministry",
                published_by=editor,
                published_at=NOW - timedelta(minutes=number),
                first_published_at=NOW - timedelta(minutes=number),
            )
            for number, verdict in enumerate(verdicts)
        ],
        batch_size=BATCH,
    )


def _sentence(number: int) -> str:
    return (
        f"The {_rng.choice(WORDS)} report {number} counts {_rng.randrange(9000)} at the {_rng.choice(WORDS)}."
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
