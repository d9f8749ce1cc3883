"""manage.py extract: the claims of a text, a folder of texts or a JSON Lines file; no database, streaming."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any  # Any: JSON as it comes

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.extraction import ENGINE, Candidate, extract
from claims.intake import plain
from common.errors import Invalid

TEXTS = (".txt", ".md", ".json")


@dataclass(frozen=True)
class Source:
    """One article to extract from."""

    id: str
    text: str
    title: str = ""
    published: date | None = None
    language: str = "en"


class Command(BaseCommand):
    """Extracts claims without storing anything."""

    help = "Print the claims of a file; a folder or a .jsonl file gives JSON Lines, one article a line."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """What to read, and how to print it."""
        parser.add_argument(
            "path", type=Path, help="a text file, a .json article, a folder of them, or a .jsonl file"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--min", type=float, default=0.0, help="leave out claims with less check-worthiness"
        )

    def handle(self, *, path: Path, json: bool, min: float, **_: object) -> None:
        """Extract from each article as it is read. Of many, one that cannot be read is told in its place."""
        if not path.exists():
            raise CommandError(f"There is nothing at {path}.")
        many = path.is_dir() or path.suffix == ".jsonl"
        total, unread = _count(path), 0
        for number, (name, load) in enumerate(_sources(path), 1):
            try:
                source = load()
            except (Invalid, ValueError, OSError) as error:
                if not many:
                    raise CommandError(str(error)) from error
                unread += 1
                self.stdout.write(_as_error(name, error))
                continue
            found = extract(
                source.text, title=source.title, published=source.published, language=source.language
            )
            kept = [claim for claim in found if claim.check_worthiness >= min]
            self.stdout.write(_as_json(source, kept) if json or many else _as_text(kept))
            self._progress(number, total)
        if sys.stderr.isatty() and total > 1:
            self.stderr.write("")
        if unread:
            raise CommandError(f"{unread} of {total} could not be read: see “error” in the lines above.")

    def _progress(self, number: int, total: int) -> None:
        """A bar on the terminal's error stream, never in the output."""
        if not sys.stderr.isatty() or total < 2:
            return
        done = round(30 * number / total)
        self.stderr.write(f"\r[{'#' * done}{'.' * (30 - done)}] {number}/{total}", ending="")


def _count(path: Path) -> int:
    if path.is_dir():
        return sum(1 for one in path.rglob("*") if one.suffix in TEXTS)
    if path.suffix == ".jsonl":
        with path.open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    return 1


def _sources(path: Path) -> Iterator[tuple[str, Callable[[], Source]]]:
    """Each article by its name, with what reads it: Invalid, ValueError or OSError when it cannot be read."""
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            if one.suffix in TEXTS:
                yield one.stem, partial(_read, one)
    elif path.suffix == ".jsonl":
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield str(number), partial(_article, line, str(number))
    else:
        yield path.stem, partial(_read, path)


def _read(path: Path) -> Source:
    data = path.read_bytes()
    if path.suffix == ".json":
        return _article(data, path.stem)
    return Source(path.stem, plain.decode(data).replace("\r\n", "\n"))


def _article(data: bytes, name: str) -> Source:
    try:
        row: Any = json.loads(data)
    except ValueError as error:
        raise ValueError(f"Article {name} is not JSON: {error}.") from error
    if not isinstance(row, dict) or not isinstance(row.get("text") or "", str):
        raise ValueError(f'Article {name}: give an object like {{"id": "a1", "text": "…", "title": "…"}}.')
    said = str(row.get("published") or row.get("published_at") or "")[:10]
    try:
        published = date.fromisoformat(said) if said else None
    except ValueError as error:
        raise ValueError(
            f"Article {row.get('id', name)}: “{said}” is no date; write it as 2025-04-22."
        ) from error
    return Source(
        str(row.get("id") or name),
        row.get("text") or "",
        str(row.get("title") or ""),
        published,
        str(row.get("language") or "en"),
    )


def _as_error(name: str, error: Exception) -> str:
    return json.dumps({"id": name, "engine": ENGINE, "error": str(error)}, ensure_ascii=False)


def _as_json(source: Source, claims: list[Candidate]) -> str:
    made = [asdict(claim) for claim in claims]
    for claim in made:
        del claim["setting"]
    return json.dumps({"id": source.id, "engine": ENGINE, "claims": made}, ensure_ascii=False)


def _as_text(claims: list[Candidate]) -> str:
    return "\n".join(
        f"{c.check_worthiness:.2f}  {c.type:<15} {c.text}" + (f"  ({c.claimant})" if c.claimant else "")
        for c in claims
    )
