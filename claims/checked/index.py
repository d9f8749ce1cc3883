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

# Rows that one query may meet, and the most stems that it asks for. Measured: among 60,000 the right fact-check is in
# the pool for 0.78 of the CheckThat! 2020 dev queries with 2,000, for 0.88 with 20,000, in 5 and in 17 ms.
ENOUGH = 6_000
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


def candidates(stems: Iterable[str], *, limit: int) -> list[int]:
    """The ids of the rows that share most of the rarest stems, weighed by how rare they are, best first."""
    chosen = _rarest(_counts(joined(stems).split()))
    if not chosen:
        return []
    if connection.vendor == "postgresql":
        return _postgres(chosen, limit)
    query = " OR ".join(f'"{stem}"' for stem in chosen)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM claims_factcheck_fts WHERE claims_factcheck_fts MATCH %s ORDER BY rank LIMIT %s",
            [query, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def _postgres(chosen: Mapping[str, float], limit: int) -> list[int]:
    """Each stem's rows by the index, their weights added up: no row is read for a stem that it lacks."""
    one = (
        "SELECT id, %s::float8 AS weight FROM claims_factcheck WHERE string_to_array(stems, ' ') @> ARRAY[%s]"
    )
    met = " UNION ALL ".join([one] * len(chosen))
    values = [value for stem, weight in chosen.items() for value in (weight, stem)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({met}) AS met GROUP BY id ORDER BY sum(weight) DESC, id LIMIT %s",  # noqa: S608 only placeholders are put in
            [*values, limit],
        )
        return [row[0] for row in cursor.fetchall()]


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
