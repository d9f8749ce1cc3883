"""Full text on PostgreSQL: a GIN index over the passages' English lexemes, ranked by cover density."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from sources.models import Passage

CREATE = (
    "CREATE INDEX IF NOT EXISTS sources_passage_lexemes "
    "ON sources_passage USING gin (to_tsvector('english', text))"
)
DROP = "DROP INDEX IF EXISTS sources_passage_lexemes"


class Engine:
    """The PostgreSQL side of `sources.search`. The index is over the table itself, so there is nothing to write."""

    def index(self, passages: Iterable[Passage]) -> None:
        return None

    def find(self, terms: Sequence[str], limit: int) -> list[tuple[int, float]]:
        any_term = " || ".join(["phraseto_tsquery('english', %s)"] * len(terms))
        sql = (
            "SELECT p.id, ts_rank_cd(to_tsvector('english', p.text), asked.q) AS score "  # noqa: S608 only placeholders are put in
            f"FROM sources_passage p, (SELECT {any_term} AS q) AS asked "
            "WHERE to_tsvector('english', p.text) @@ asked.q "
            "ORDER BY score DESC, p.id LIMIT %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [*terms, limit])
            return [(row[0], row[1]) for row in cursor.fetchall()]
