"""Full text on SQLite: an FTS5 table whose row ids are passage ids, ranked by BM25."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from sources.models import Passage

CREATE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS sources_passage_fts "
    "USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2')"
)
DROP = "DROP TABLE IF EXISTS sources_passage_fts"


class Engine:
    """The FTS5 side of `sources.search`."""

    def index(self, passages: Iterable[Passage]) -> None:
        rows = [(passage.pk, passage.text) for passage in passages]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT OR REPLACE INTO sources_passage_fts (rowid, text) VALUES (%s, %s)", rows
            )

    def find(self, terms: Sequence[str], limit: int) -> list[tuple[int, float]]:
        query = " OR ".join(f'"{term.replace(chr(34), " ")}"' for term in terms)
        sql = (
            "SELECT f.rowid, -bm25(sources_passage_fts) "
            "FROM sources_passage_fts f JOIN sources_passage p ON p.id = f.rowid "
            "WHERE sources_passage_fts MATCH %s ORDER BY bm25(sources_passage_fts), f.rowid LIMIT %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [query, limit])
            return [(row[0], row[1]) for row in cursor.fetchall()]
