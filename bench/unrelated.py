"""Claims of which the library holds nothing: how much is attached to them all the same, on each database.

Usage: python -m bench.unrelated [--record]
`unrelated.toml` has articles on other matters than the documents of the seeds and of `fresh/`. The extractor reads
them, and for each of their claims a library is searched, of three documents and then of all. What is attached goes to
stderr. Without the guard (sources/matter.py) it was 23 and 92 passages for the first claims, 11 and 63 for the newest.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any

from bench import history, house

if TYPE_CHECKING:
    from accounts.models import User

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "seeds"
FEW = ("rail-safety-board-annual.md", "onf-labour-market-q2-2025.md", "health-institute-bulletin-23.md")


def measure() -> dict[str, float]:
    """What is attached to the claims from a library of three documents, and from the whole one."""
    from accounts.models import User  # noqa: PLC0415 after django.setup
    from accounts.roles import Role  # noqa: PLC0415
    from reviews import seeding  # noqa: PLC0415

    people = {
        name: User.objects.create_user(name, role=Role.EDITOR, email=f"{name}@example.org")
        for name in ("librarian", "reporter")
    }
    articles = tomllib.loads((HERE / "unrelated.toml").read_text(encoding="utf-8"))["article"]
    claims: dict[str, list[int]] = {}
    for about in articles:
        claims.setdefault(about.get("part", ""), []).extend(read(about, people["reporter"]))
    with tempfile.TemporaryDirectory() as folder:
        copytree(SEEDS / "sources", Path(folder, "sources"), ignore=lambda _, names: set(names) - set(FEW))
        seeding.load_texts(Path(folder), **people)
    found = figures(claims, f"of {len(FEW)} documents")
    for home in (SEEDS, HERE / "fresh"):
        seeding.load_texts(home, **people)
    return found | figures(claims, "of all documents")


def read(about: dict[str, Any], by: User) -> list[int]:
    """The keys of the claims that the extractor finds in an article."""
    from django.db import transaction  # noqa: PLC0415 after django.setup

    from claims import steps as reading  # noqa: PLC0415
    from claims.actions import intake, machine  # noqa: PLC0415

    submitted = intake.submit_article(
        by=by,
        text=about["text"],
        about=intake.About(title=about["title"], language=about.get("language", "en")),
    )
    assert submitted.revision is not None
    with transaction.atomic():
        return machine.store_reading(submitted.revision.pk, reading.read(submitted.revision.pk))


def figures(claims: dict[str, list[int]], library: str) -> dict[str, float]:
    """How many passages are attached to the claims of each part, and to how many claims there is any."""
    from claims.models import Claim  # noqa: PLC0415 after django.setup
    from sources.models import Snapshot  # noqa: PLC0415
    from sources.steps import look  # noqa: PLC0415

    told: dict[str, float] = {}
    for part, keys in claims.items():
        shown = {key: look(key).findings for key in keys}
        told |= {
            f"{part}claims": len(keys),
            f"{part}claims with evidence, {library}": sum(bool(found) for found in shown.values()),
            f"{part}passages attached, {library}": sum(map(len, shown.values())),
        }
        for key, found in shown.items():
            print(library, "|", Claim.objects.get(pk=key).text, file=sys.stderr)
            for one in found:
                snapshot = Snapshot.objects.get(pk=one.snapshot_id)
                print("   ", snapshot.text[one.start : one.end][:200], file=sys.stderr)
    return told


def main(arguments: list[str]) -> None:
    """Print the figures of each database, and keep them if asked to."""
    measured = house.on_each_database("bench.unrelated")
    house.table(measured, "unrelated")
    if "--record" in arguments:
        history.record("suggesting", {f"unrelated, {db}": found for db, found in measured.items()})


if __name__ == "__main__":
    main(sys.argv[1:])
