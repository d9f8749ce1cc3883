"""A newsroom from files: loaded once, finished where it was cut off, and safe beside a worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from accounts.models import User
from claims.actions import editing, machine
from claims.lifecycle import Status
from claims.models import Article, Claim
from reviews import published, seeding
from reviews.actions import publishing, work
from reviews.models import Publication
from sources import actions as sources
from sources.models import Evidence, Snapshot
from tests import factories
from tests.claims.test_actions import candidate

pytestmark = pytest.mark.django_db

TEXT = "The flood in Norvale killed 26 people. The mayor denied that the dam had failed."
QUOTE = "The flood in Norvale killed 26 people"
WORDING = "The flood of 3 May in Norvale killed 26 people."
ENTRY = f"""
[[entry]]
article = "flood"
quote = "{QUOTE}"
wording = "{WORDING}"
type = "casualty"
claimant = "Officials"
rating = "true"
summary = "Two counts agree."
rationale = "The bulletin counts 26 [E1], and so does the river office [E2]."
as_of = 2025-05-04
author = "checker"
approver = "editor"

[[entry.evidence]]
source = "bulletin"
quote = "Twenty-six people were killed"
stance = "supports"

[[entry.evidence]]
source = "bulletin"
quote = "The river office counts 26 dead"
stance = "supports"

[entry.number]
value = 26
unit = "people"
according_to = "Officials"
as_of = 2025-05-03

[[entry.figure]]
value = 24
bound = "at_least"
according_to = "The river office"
as_of = 2025-05-02
at = 18:30:00
reason = "By telephone."

[[entry.figure]]
value = 26
according_to = "Civil Protection"
as_of = 2025-05-04
shown_by = 2

[entry.correction]
note = "The first version left out the day."
rationale = "On 4 May the bulletin counts 26 [E1]; so does the river office [E2]."
author = "checker"
approver = "editor"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A newsroom in small: two people, one rating, one source, one article, one verdict with a correction."""
    (tmp_path / "people.toml").write_text(
        "".join(
            f'[[person]]\nusername = "{name}"\nname = "A B"\nemail = "{name}@example.org"\nrole = "{role}"\n'
            for name, role in (("checker", "fact_checker"), ("editor", "editor"))
        )
    )
    (tmp_path / "ratings.toml").write_text('[[rating]]\nslug = "true"\nlabel = "True"\nnumber = 5\n')
    (tmp_path / "history.toml").write_text(ENTRY)
    dated = 'language = "en"\npublished_at = 2025-05-04T08:00:00Z\n'
    files = {
        "articles/flood.md": f'+++\ntitle = "Flood"\noutlet = "Courier"\n{dated}+++\n\n{TEXT}\n',
        "sources/bulletin.md": (
            '+++\ntitle = "Bulletin 4"\npublisher = "Civil Protection"\nkind = "data"\nreliability = "A"\n'
            f'url = "https://bulletin.example/4"\n{dated}+++\n\n'
            "Twenty-six people were killed in the flood. The river office counts 26 dead.\n"
        ),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def _load(folder: Path) -> seeding.Seeded:
    return seeding.load(folder, password=None, say=lambda _line: None)


def _state() -> tuple[list[str], list[str], int, list[str]]:
    rationales = Publication.objects.order_by("number").values_list("verdict__rationale", flat=True)
    return (
        list(Claim.objects.order_by("pk").values_list("text", flat=True)),
        list(rationales),
        Evidence.objects.count(),
        [f"{one.said} {one.as_of}" for one in published.series(Publication.objects.get(current=True))],
    )


PLAYED = (
    [WORDING],
    [
        "The bulletin counts 26 [E1], and so does the river office [E2].",
        "On 4 May the bulletin counts 26 [E1]; so does the river office [E2].",
    ],
    2,
    ["at least 24 people 2025-05-02", "26 people 2025-05-03", "26 people 2025-05-04"],
)


def test_loading_again_changes_nothing(folder):
    assert _load(folder).verdicts == 1
    assert _load(folder).verdicts == 0
    assert _state() == PLAYED


def test_a_claim_that_the_machine_found_first_is_taken_over(folder):
    machine.store_candidates(_article(folder).revisions.get().pk, [candidate(TEXT, QUOTE)])

    assert _load(folder).verdicts == 1
    assert _state() == PLAYED


def test_a_passage_that_the_machine_attached_first_is_judged_and_cited_by_its_number(folder):
    claim, snapshot = _begun(folder), Snapshot.objects.get()
    for number, quote in enumerate(["in the flood", "The river office counts 26 dead"], start=1):
        at = snapshot.text.index(quote)
        machine_found = {"added_by": None, "model_version": "tests/1", "stance": "context"}
        place = {"start": at, "end": at + len(quote)}
        factories.EvidenceFactory(claim=claim, snapshot=snapshot, number=number, **place, **machine_found)

    assert _load(folder).verdicts == 1
    published = Publication.objects.order_by("number")[0].verdict.rationale
    assert published == "The bulletin counts 26 [E3], and so does the river office [E2]."
    second = Evidence.objects.get(number=2)
    assert (second.stance, second.stance_by.username) == ("supports", "checker")


@pytest.mark.parametrize("done", range(4), ids=["claim", "evidence", "accept", "take"])
def test_a_load_that_was_cut_off_is_finished_by_the_next(folder, done):
    claim = _begun(folder)
    checker, snapshot = User.objects.get(username="checker"), Snapshot.objects.get()
    if done > 0:
        quote = "Twenty-six people were killed"
        sources.attach_evidence(claim.pk, by=checker, snapshot_id=snapshot.pk, quote=quote, stance="supports")
    if done > 1:
        claim = work.accept(claim.pk, by=checker, version=claim.version)
    if done > 2:
        work.take(claim.pk, by=checker, version=claim.version)

    assert _load(folder).verdicts == 1
    assert _state() == PLAYED


def test_a_claim_that_people_have_gone_on_with_is_left_to_them(folder):
    _load(folder)
    claim, editor = Claim.objects.get(), User.objects.get(username="editor")
    publishing.retract(claim.pk, by=editor, version=claim.version, reason="It was wrong.")

    assert _load(folder).verdicts == 0
    claim.refresh_from_db()
    assert claim.status == Status.RETRACTED


def test_words_that_someone_else_works_on_are_left_to_them(folder, checker2):
    machine.store_candidates(_article(folder).revisions.get().pk, [candidate(TEXT, QUOTE)])
    found = Claim.objects.get()
    work.accept(found.pk, by=checker2, version=1)
    work.take(found.pk, by=checker2, version=2)

    assert _load(folder).verdicts == 0
    found.refresh_from_db()
    assert (found.text, found.assignee) == (QUOTE, checker2)


def _article(folder: Path) -> Article:
    """The article of the newsroom, loaded without the desk's past."""
    history = folder / "history.toml"
    past = history.read_text()
    history.write_text("")
    _load(folder)
    history.write_text(past)
    return Article.objects.get()


def _begun(folder: Path) -> Claim:
    """The claim of the entry, as a load leaves it that ended right after adding it."""
    return editing.add_claim(
        _article(folder).pk,
        by=User.objects.get(username="checker"),
        selection=editing.Selection(QUOTE),
        text=WORDING,
        type="casualty",
        claimant="Officials",
    )
