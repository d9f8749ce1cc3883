"""The Admiralty scale: a letter and a digit, a publisher's first grade, and what editors change."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client

from audit.models import AuditEvent
from common.errors import Conflict, Forbidden, Invalid
from sources import actions, grading
from sources.asking import Answer
from sources.connecting import keep_answer
from sources.connectors import Found
from sources.models import Asking, Connection, Publisher, Source
from tests import factories

pytestmark = pytest.mark.django_db
WHY = "It publishes its methods."


@pytest.fixture
def default(editor) -> Publisher:
    return grading.set_default(
        by=editor, publisher=" The  Courier ", version=0, reliability="B", credibility=2, reason=WHY
    )


def _added(by: Any, **about: Any) -> Source:
    given = {"title": "Nine missing", "publisher": "THE COURIER", **about}
    return actions.add_source(by=by, about=actions.About(**given), text=f"Nine are missing. {about}")


def test_a_new_document_begins_as_its_publishers_do(default, checker):
    assert _added(checker).grade == "B2"
    assert _added(checker, reliability="C").grade == "C2"
    assert _added(checker, credibility=4).grade == "B4"
    assert _added(checker, publisher="Someone else").grade == "F6"


def test_what_a_service_names_begins_so_as_well(default, admin):
    claim = factories.ClaimFactory()
    service = Connection.objects.create(
        kind="feed", label="The Courier", address="https://x.example/", added_by=admin
    )
    asking = Asking.objects.create(claim=claim, connection=service)
    found = Found(
        url="https://courier.example/1", title="Nine missing", text="Nine are missing in the north."
    )
    with transaction.atomic():
        keep_answer(asking.pk, Answer("nine", [found]))
    assert Source.objects.get(url=found.url).grade == "B2"


def test_a_changed_default_leaves_documents_alone_that_are_there(default, checker, editor):
    there = _added(checker)
    changed = grading.set_default(
        by=editor,
        publisher="The Courier",
        version=1,
        reliability="D",
        credibility=4,
        reason="Two retractions.",
    )
    there.refresh_from_db()
    assert (there.grade, changed.grade, changed.version) == ("B2", "D4", 2)
    told = AuditEvent.objects.filter(verb="publisher.graded").order_by("seq").last()
    assert (told.data["before"], told.data["after"], told.data["reason"]) == ("B2", "D4", "Two retractions.")


@pytest.mark.parametrize("version", [0, 2])
def test_a_stale_version_of_a_default_is_a_conflict(default, editor, version):
    with pytest.raises(Conflict) as caught:
        grading.set_default(
            by=editor,
            publisher="the courier",
            version=version,
            reliability="A",
            credibility=1,
            reason=WHY,
        )
    assert caught.value.current == {"grade": "B2", "version": 1}
    assert Publisher.objects.get().grade == "B2"


def test_a_default_of_a_publisher_that_went_is_a_conflict_and_makes_none(editor):
    with pytest.raises(Conflict):
        grading.set_default(
            by=editor, publisher="Nobody", version=3, reliability="A", credibility=1, reason=WHY
        )
    assert not Publisher.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"publisher": "  "}, "publisher's name"),
        ({"publisher": "x" * 201}, "publisher's name"),
        ({"reliability": "G"}, "no such grade"),
        ({"credibility": 7}, "no such grade"),
        ({"credibility": None}, "no such grade"),
        ({"reason": " "}, "Say why"),
    ],
)
def test_a_default_that_makes_no_sense_is_refused(editor, changes, message):
    given = {"publisher": "X", "version": 0, "reliability": "A", "credibility": 1, "reason": WHY, **changes}
    with pytest.raises(Invalid, match=message):
        grading.set_default(by=editor, **given)
    assert not Publisher.objects.exists()


def test_only_an_editor_keeps_defaults(checker):
    with pytest.raises(Forbidden):
        grading.set_default(by=checker, publisher="X", version=0, reliability="A", credibility=1, reason=WHY)


def test_a_grade_changes_in_both_halves_and_the_ledger_says_how(editor):
    source = factories.SourceFactory()
    grading.grade(source.pk, by=editor, version=1, reliability="A", credibility=3, reason="One count only.")
    source.refresh_from_db()
    assert (source.grade, source.grade_in_words) == ("A3", "completely reliable, possibly true")
    told = AuditEvent.objects.get(verb="source.graded").data
    assert (told["before"], told["after"]) == ("B6", "A3")


def test_a_digit_that_says_nothing_is_left_out_of_the_words():
    assert Source(reliability="B").grade_in_words == "usually reliable"


@pytest.mark.parametrize("changes", [{"credibility": 0}, {"credibility": 7}, {"reliability": "G"}])
@pytest.mark.parametrize("model", [Source, Publisher])
def test_the_database_knows_the_scale(default, model, changes):
    factories.SourceFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**changes)


def test_the_page_lists_the_defaults_and_lets_editors_change_them(default, client: Client, checker, editor):
    client.force_login(checker)
    page = client.get("/sources/publishers/").text
    assert "Grade B2: usually reliable, probably true" in page
    assert '<form class="stack gap-3" method="post" action="/sources/publishers/grade/"' not in page
    given = {"publisher": "The Courier", "version": 1, "reliability": "C", "credibility": "3", "reason": WHY}
    assert client.post("/sources/publishers/grade/", given).status_code == 403
    client.force_login(editor)
    assert client.post("/sources/publishers/grade/", {**given, "credibility": "x"}).status_code == 422
    assert client.post("/sources/publishers/grade/", given).status_code == 302
    assert Publisher.objects.get().grade == "C3"
    assert client.post("/sources/publishers/grade/", given).status_code == 409
