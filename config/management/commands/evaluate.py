"""manage.py evaluate: scores the engines against labelled data; each engine brings its own scorer."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any  # Any: what a scorer measured, by name

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims import meaning
from claims.extraction import scoring
from common.folders import Held
from sources import evaluation, inference

SCORERS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "extraction": scoring.extraction,
    "checkworthiness": scoring.checkworthiness,
}
# These measure a model that the environment names beside what needs none, where one is set.
WITH_MODEL: dict[str, tuple[Callable[..., dict[str, Any]], Callable[[], Held[Any]]]] = {
    "matching": (evaluation.matching, meaning.loaded),
    "retrieval": (evaluation.retrieval, meaning.loaded),
    "stance": (evaluation.stance, inference.loaded),
}


class Command(BaseCommand):
    """Scores one engine."""

    help = "Score an engine against a folder or file of labelled data."

    def add_arguments(self, parser: CommandParser) -> None:
        """The engine, its data, and whether to print one JSON object."""
        parser.add_argument("engine", choices=sorted({*SCORERS, *WITH_MODEL}))
        parser.add_argument("path", type=Path, help="a folder (extraction, matching) or a file (the others)")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, engine: str, path: Path, json: bool, **_: object) -> None:
        """Print what was measured."""
        if not path.exists():
            raise CommandError(f"There is nothing at {path}.")
        measured = self._with_model(engine, path) if engine in WITH_MODEL else SCORERS[engine](path)
        self.stdout.write(_as_json(measured) if json else "\n".join(_lines(measured)))

    def _with_model(self, engine: str, path: Path) -> dict[str, Any]:
        score, load = WITH_MODEL[engine]
        held = load()
        if held.why:
            raise CommandError(held.why)
        return score(path, model=held.model)


def _as_json(measured: dict[str, Any]) -> str:
    return json.dumps(
        {name: value for name, value in measured.items() if name != "worst"}, ensure_ascii=False
    )


def _lines(measured: dict[str, Any], indent: str = "") -> list[str]:
    lines: list[str] = []
    for name, value in measured.items():
        if isinstance(value, dict):
            lines += [f"{indent}{name}:", *_lines(value, indent + "  ")]
        elif isinstance(value, list):
            lines += [f"{indent}{name}:", *(f"{indent}  - {one}" for one in value)]
        else:
            lines.append(f"{indent}{name:<20} {value}")
    return lines
