"""The words of fact-checks in the database at hand: a query meets only those that share its rarest words.

A million fact-checks have common words in hundreds of thousands of rows. So a table counts how many rows have a stem,
and a query asks for its rarest stems alone, as many as together stand in no more than ENOUGH rows.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from claims.models import StemCount

# Rows that one query may meet, and the most stems that it asks for. Those that share most of its rarest stems are then
# ordered by all its stems and by their length: among 60,000 the right fact-check of a CheckThat! 2020 dev query is
# among 80 for 0.91 with 600 looked at so, for 0.87 without.
ENOUGH = 6_000
LOOKED_AT = 600
SATURATION, BY_LENGTH = 1.2, 0.75  # of BM25, as in claims/matching/postings.py
MANY = 10_000_000  # more than any library has: the scale on which a stem is rare
MOST_STEMS = 20
CREATE_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS claims_factcheck_fts USING fts5(stems, tokenize = 'ascii')"
)
DROP_SQLITE = "DROP TABLE IF EXISTS claims_factcheck_fts"
CREATE_POSTGRES = (
    "CREATE INDEX IF NOT EXISTS claims_factcheck_stems ON claims_factcheck"
    " USING gin (string_to_array(stems, ' ')) WITH (fastupdate = off)"
)
DROP_POSTGRES = "DROP INDEX IF EXISTS claims_factcheck_stems"


def joined(stems: Iterable[str]) -> str:
    """The stems of a text as they are kept: each once, in order, with spaces between."""
    return " ".join(sorted({stem[:60] for stem in stems if stem.isalnum()}))


def add(rows: Sequence[tuple[int, str]]) -> None:
    """Make new rows, given with their joined stems, findable; in the transaction that writes them."""
    counts = Counter(stem for _, stems in rows for stem in stems.split())
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO claims_stemcount (stem, n) VALUES (%s, %s)"
            " ON CONFLICT (stem) DO UPDATE SET n = claims_stemcount.n + excluded.n",
            sorted(counts.items()),
        )
        if connection.vendor != "postgresql":  # there the index is over the table itself
            cursor.executemany("INSERT INTO claims_factcheck_fts (rowid, stems) VALUES (%s, %s)", list(rows))


def candidates(stems: Iterable[str], *, size: int, limit: int) -> list[int]:
    """The ids of the rows that share most with the stems, rare ones counting more and long rows less, best first.

    Only rows with some of the rarest stems are met. `size` is about how many rows there are.
    """
    known = _counts(joined(stems).split())
    chosen = _rarest(known)
    if not chosen:
        return []
    met = _postgres(chosen) if connection.vendor == "postgresql" else _sqlite(chosen)
    weights = {stem: math.log1p(max(0.0, size - n) / (n + 0.5)) for stem, n in known.items()}
    rows = [(pk, frozenset(kept.split())) for pk, kept in met]
    usual = sum(len(kept) for _, kept in rows) / (len(rows) or 1)
    scores = {
        pk: sum(weights[stem] for stem in weights.keys() & kept)
        / (1 + SATURATION * (1 - BY_LENGTH + BY_LENGTH * len(kept) / usual))
        for pk, kept in rows
    }
    return sorted(scores, key=lambda pk: (-scores[pk], pk))[:limit]


def _sqlite(chosen: Mapping[str, float]) -> list[tuple[int, str]]:
    """The rows that are best by FTS5's own order, with their stems."""
    query = " OR ".join(f'"{stem}"' for stem in chosen)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid, stems FROM claims_factcheck_fts WHERE claims_factcheck_fts MATCH %s"
            " ORDER BY rank LIMIT %s",
            [query, LOOKED_AT],
        )
        return list(cursor.fetchall())


def _postgres(chosen: Mapping[str, float]) -> list[tuple[int, str]]:
    """Each stem's rows by the index, their weights added up: no row is read for a stem that it lacks."""
    one = (
        "SELECT id, %s::float8 AS weight FROM claims_factcheck WHERE string_to_array(stems, ' ') @> ARRAY[%s]"
    )
    met = " UNION ALL ".join([one] * len(chosen))
    values = [value for stem, weight in chosen.items() for value in (weight, stem)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, stems FROM (SELECT id FROM ({met}) AS met GROUP BY id"  # noqa: S608 only placeholders are put in
            " ORDER BY sum(weight) DESC, id LIMIT %s) AS best JOIN claims_factcheck USING (id)",
            [*values, LOOKED_AT],
        )
        return list(cursor.fetchall())


def _counts(stems: Sequence[str]) -> dict[str, int]:
    """In how many rows each stem stands; those that stand in none are left out."""
    return dict(StemCount.objects.filter(stem__in=stems).values_list("stem", "n"))


def _rarest(known: Mapping[str, int]) -> dict[str, float]:
    """The rarest stems that together stand in no more than ENOUGH rows, at least one; each with its weight."""
    chosen: dict[str, float] = {}
    met = 0
    for n, stem in sorted((n, stem) for stem, n in known.items())[:MOST_STEMS]:
        if chosen and met + n > ENOUGH:
            break
        met += n
        chosen[stem] = math.log(MANY / (n + 1))
    return chosen
