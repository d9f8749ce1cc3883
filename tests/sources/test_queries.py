"""What is read of the library."""

from __future__ import annotations

import pytest

from common.errors import Forbidden, NotFound
from sources import queries
from tests import factories


def test_the_library_is_searched_by_title_and_by_text(checker):
    named = factories.SnapshotFactory(source__title="Toll of the flood", text="Nothing here.").source
    told = factories.SnapshotFactory(source__title="Bulletin 7", text="The flood reached the weir.").source
    factories.SnapshotFactory(source__title="Budget", text="Money only.")

    assert set(queries.library(checker, q="flood")) == {named, told}


def test_a_source_names_its_newest_snapshot(checker):
    first = factories.SnapshotFactory()
    second = factories.SnapshotFactory(source=first.source, text="The count rose to 27.")

    assert queries.source(checker, first.source_id).newest_snapshot == second.pk


def test_passages_come_best_first_with_their_source(checker, django_assert_num_queries):
    factories.SnapshotFactory(text="The weir held.")
    best = factories.SnapshotFactory(text="The flood broke the weir; the flood is at the weir.")

    with django_assert_num_queries(2):
        hits = queries.passages(checker, ["flood", "weir"])
        titles = [hit.passage.snapshot.source.title for hit in hits]

    assert titles[0] == best.source.title
    assert len(titles) == 2


def test_the_library_is_not_for_readers(reader):
    with pytest.raises(Forbidden, match="for those who check claims"):
        queries.library(reader)


def test_a_source_that_is_not_there_is_not_found(checker):
    with pytest.raises(NotFound, match="no such source"):
        queries.source(checker, 9)
