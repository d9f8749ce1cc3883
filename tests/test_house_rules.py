"""House rules that a linter does not know. Each says what to do instead."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = [
    "common",
    "accounts",
    "audit",
    "jobs",
    "claims",
    "sources",
    "reviews",
    "desk",
    "api",
    "public",
    "config",
]
LONGEST_FILE = 400
RULES = [
    # (attribute, where it may stand, why)
    ("delay", ["jobs/queue.py"], "work starts as a row: use jobs.queue.enqueue"),
    ("apply_async", ["jobs/queue.py"], "work starts as a row: use jobs.queue.enqueue"),
    ("environ", ["config/"], "settings are read in config/settings.py"),
    (
        "objects",
        [f"{room}/" for room in ROOMS if room not in ("desk", "api", "public")],
        "doors read through queries and write through actions",
    ),
]


def _files() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in _files():
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "allowed", "why"), RULES)
def test_an_attribute_is_used_only_where_it_belongs(name, allowed, why):
    found = [
        f"{path}:{node.lineno}"
        for path, tree in _trees()
        if not path.startswith(tuple(allowed))
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == name
    ]
    assert found == [], why


def test_imports_stand_at_the_top():
    local = [
        f"{path}:{node.lineno}"
        for path, tree in _trees()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert local == []


def test_a_claims_status_is_written_in_one_place():
    writes = {
        path
        for path, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "status" and isinstance(node.ctx, ast.Store)
        if path.split("/")[0] in ("claims", "sources", "reviews")
    }
    assert writes == {"claims/models.py"}


def test_every_module_says_what_it_is_for():
    silent = [path for path, tree in _trees() if tree.body and not ast.get_docstring(tree)]
    assert silent == []


def test_no_file_is_too_long_to_hold_in_mind():
    long = [
        str(path.relative_to(ROOT))
        for path in _files()
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    ]
    assert long == []
