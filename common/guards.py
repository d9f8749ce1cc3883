"""Rules that a CHECK constraint cannot hold, as triggers, the same on SQLite and PostgreSQL.

Installed after every `migrate`, because Django rebuilds SQLite tables on ALTER and drops their triggers; lifted there
before it, because a table cannot be rebuilt while another one's trigger speaks of it (common/apps.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuse `event` on `table` when `when` (SQL over OLD and NEW, subqueries allowed) holds, with `message`."""

    name: str
    table: str
    event: str  # "INSERT", "UPDATE" or "DELETE"
    when: str
    message: str

    def create_sql(self, vendor: str) -> list[str]:
        """The statements that put this guard in place, replacing an older one of the same name."""
        if vendor == "postgresql":
            row = "OLD" if self.event == "DELETE" else "NEW"
            return [
                f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$BEGIN IF {self.when} THEN RAISE EXCEPTION '{self.message}' USING ERRCODE = 'check_violation'; "
                f"END IF; RETURN {row}; END$$",
                f"CREATE OR REPLACE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
                f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
            ]
        return [
            f"DROP TRIGGER IF EXISTS {self.name}",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW WHEN ({self.when}) "
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END",
        ]

    def drop_sql(self, vendor: str) -> str:
        """The statement that lifts this guard."""
        on = f" ON {self.table}" if vendor == "postgresql" else ""
        return f"DROP TRIGGER IF EXISTS {self.name}{on}"


def install(guards: Iterable[Guard], connection: BaseDatabaseWrapper) -> None:
    """Put the guards in place on the tables that exist."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards:
            if guard.table in tables:
                for sql in guard.create_sql(connection.vendor):
                    cursor.execute(sql)


def uninstall(guards: Iterable[Guard], connection: BaseDatabaseWrapper) -> None:
    """Lift the guards: for migrations on SQLite and for tests that empty tables, and for nobody else."""
    with connection.cursor() as cursor:
        for guard in guards:
            cursor.execute(guard.drop_sql(connection.vendor))


def missing(guards: Iterable[Guard], connection: BaseDatabaseWrapper) -> list[str]:
    """The names of guards that the database does not hold."""
    if connection.vendor == "postgresql":
        sql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        held = {row[0] for row in cursor.fetchall()}
    return [guard.name for guard in guards if guard.name not in held]
