"""The documents say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from claims.lifecycle import STEPS
from config.pipeline import PIPELINE

ROOT = Path(__file__).resolve().parent.parent


def _rows(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading of the architecture page, its own headings left out."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition(f"## {heading}\n")[2]
    lines = [line for line in text.partition("\n## ")[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_architecture_page_shows_the_pipeline():
    shown = [(name.strip("`"), then.strip("`")) for name, _subject, then in _rows("The background steps")]
    assert shown == [(step.name, step.then) for step in PIPELINE]


def test_the_architecture_page_shows_a_claims_life():
    shown = {
        name.strip("`"): (tuple(sources.split(", ")), target)
        for name, sources, target, _who in _rows("A claim's life")
    }
    assert shown == {name: (tuple(step.sources), step.target) for name, step in STEPS.items()}


def test_links_between_documents_lead_somewhere():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert dead == []
