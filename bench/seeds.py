"""The seeds: whether the first evidence that the machine finds for a claim is the right document, on each database.

Usage: python -m bench.seeds [--record]
The keys (`seeds_key.toml`, and `fresh_key.toml` for the articles and documents in `fresh/`, which are added to the
library afterwards) were written by reading articles and documents. What the extractor claims of an article is held
against them by place: a claim counts when the words of an entry overlap with its own. With CLAIMDESK_EMBEDDINGS
it measures with that sentence model.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from bench import history, house

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "seeds"


def measure() -> dict[str, float]:
    """Loads the seeds and then the fresh texts; looks for evidence for every claim that their keys know."""
    from accounts.models import User  # noqa: PLC0415 after django.setup
    from reviews import seeding  # noqa: PLC0415

    seeding.load(FOLDER, password=None, say=lambda _: None)
    seeds = figures(FOLDER, "seeds")
    people = {
        "librarian": User.objects.get(username="editor"),
        "reporter": User.objects.get(username="checker"),
    }
    seeding.load_texts(HERE / "fresh", **people)
    fresh = figures(HERE / "fresh", "fresh")
    return seeds | {f"fresh: {name}": value for name, value in fresh.items()}


def figures(folder: Path, name: str) -> dict[str, float]:
    """Reads the folder's articles and looks through the whole library for what bears on their claims."""
    from django.db import transaction  # noqa: PLC0415 after django.setup

    from claims import meaning  # noqa: PLC0415
    from claims import steps as reading  # noqa: PLC0415
    from claims.actions import machine  # noqa: PLC0415
    from claims.models import Article, Claim  # noqa: PLC0415
    from reviews import seeding  # noqa: PLC0415
    from sources.meaning import fill  # noqa: PLC0415
    from sources.models import Snapshot  # noqa: PLC0415
    from sources.steps import look  # noqa: PLC0415

    if (model := meaning.loaded().model) is not None:
        list(fill(model))
    key = tomllib.loads((HERE / f"{name}_key.toml").read_text(encoding="utf-8"))
    articles = {seeding.read(path)[0]["title"]: path.stem for path in (folder / "articles").glob("*.md")}
    for article in Article.objects.filter(title__in=articles).order_by("pk"):
        revision = article.revisions.get()
        with transaction.atomic():
            machine.store_reading(revision.pk, reading.read(revision.pk))
    documents = [path for home in (FOLDER, HERE / "fresh") for path in (home / "sources").glob("*.md")]
    slugs_at = {seeding.read(path)[0]["url"]: path.stem for path in documents}
    slugs = {pk: slugs_at[url] for pk, url in Snapshot.objects.values_list("pk", "source__url") if url}
    claims = Claim.objects.filter(revision__article__title__in=articles).select_related("revision__article")
    ranks: list[int] = []
    copied = found = attached = 0
    misses: list[str] = []
    for claim in claims.order_by("pk"):
        said = key["said"].get(articles[claim.revision.article.title], {})
        shown = [slugs[finding.snapshot_id] for finding in look(claim.pk).findings]
        attached += len(shown)
        right = expected(claim.revision.text, claim.start, claim.end, said)
        if not right:
            continue
        distinct = list(dict.fromkeys(shown))
        place = next((n for n, slug in enumerate(distinct, 1) if slug in right), 0)
        first = distinct[0] if distinct else ""
        ranks.append(place)
        copied += place == 1 or key["copies"].get(first) in right
        found += place > 0
        if place != 1:
            misses.append(f"{claim.text[:100]} | {first} | {sorted(right)} | {place}")
    print(*misses, sep="\n", file=sys.stderr)
    return {
        "claims": len(ranks),
        "passages attached to a claim": attached / claims.count(),
        "first evidence is the right document": ranks.count(1) / len(ranks),
        "or a copy of it": copied / len(ranks),
        "the right document is among the evidence": found / len(ranks),
    }


def expected(text: str, start: int, end: int, said: dict[str, list[str]]) -> set[str]:
    """The right documents for a claim on text[start:end]: those of the entries within it, or of what it lies within."""
    spans = [(text.find(words), words, slugs) for words, slugs in said.items()]
    touched = [
        (min(end, at + len(words)) - max(start, at), len(words), slugs)
        for at, words, slugs in spans
        if at >= 0
    ]
    return {
        slug for shared, long, slugs in touched if shared >= 0.6 * min(long, end - start) for slug in slugs
    }


def main(arguments: list[str]) -> None:
    """Print the figures of each database, and keep them if asked to."""
    measured = house.on_each_database("bench.seeds")
    house.table(measured, "seeds")
    if "--record" in arguments:
        history.record("suggesting", {f"seeds, {db}": figures for db, figures in measured.items()})


if __name__ == "__main__":
    main(sys.argv[1:])
