"""Sources, evidence and the search log; found by full text on whichever database this runs."""

from __future__ import annotations

import pytest

from claims.models import Claim
from common.errors import Conflict, Forbidden, Invalid
from sources import actions, grading, judging, search, steps
from sources.models import Evidence, Passage, Search, Source
from tests import factories

pytestmark = pytest.mark.django_db

REPORT = (
    "Situation report 4. As of 18:00 on 3 May, 26 people were killed in the flood in Norvale.\n\n"
    "Nine people are missing. Roads to the coast are closed."
)


def about(**more: object) -> actions.About:
    return actions.About(**{"title": "Situation report 4", "publisher": "Civil Protection", **more})


def test_a_document_is_kept_with_a_snapshot_that_search_finds(checker):
    source = actions.add_source(by=checker, about=about(url="https://civil.example/4"), text=REPORT)
    snapshot = source.snapshots.get()
    assert snapshot.text == REPORT
    found = search.find(["flood", "Norvale"])
    assert [Passage.objects.get(pk=pk).snapshot_id for pk, _score in found] == [snapshot.pk]
    assert all(score > 0 for _pk, score in found)


def test_search_takes_terms_and_never_syntax(checker):
    actions.add_source(by=checker, about=about(), text=REPORT)
    for term in ['"', "flood AND", "NEAR(", "a:b", "flood*", "'; DROP TABLE x", "|| &", "\\", "", "¿?"]:
        search.find([term, "Norvale"])
    assert search.find(["...", " "]) == []


def test_the_same_address_again_is_the_same_source_with_a_new_snapshot_if_it_changed(checker):
    first = actions.add_source(by=checker, about=about(url="https://civil.example/4"), text=REPORT)
    actions.add_source(by=checker, about=about(url="https://civil.example/4"), text=REPORT)
    again = actions.add_source(by=checker, about=about(url="https://civil.example/4"), text=REPORT + " More.")
    assert (again, Source.objects.count(), first.snapshots.count()) == (first, 1, 2)


@pytest.mark.parametrize(
    "more", [{"title": " "}, {"publisher": ""}, {"kind": "rumour"}, {"reliability": "Z"}]
)
def test_a_source_that_lacks_something_is_refused(checker, more):
    with pytest.raises(Invalid):
        actions.add_source(by=checker, about=about(**more), text=REPORT)
    assert not Source.objects.exists()


def test_evidence_is_verbatim_or_refused(checker):
    claim, snapshot = factories.ClaimFactory(), factories.SnapshotFactory()
    with pytest.raises(Invalid, match="not in our copy"):
        actions.attach_evidence(
            claim.pk, by=checker, snapshot_id=snapshot.pk, quote="62 people", stance="refutes"
        )
    made = actions.attach_evidence(
        claim.pk, by=checker, snapshot_id=snapshot.pk, quote="26 people  were killed", stance="supports"
    )
    assert (made.ref, made.quote, made.stance_by) == ("E1", "26 people were killed", checker)
    with pytest.raises(Conflict, match="already, as E1"):
        actions.attach_evidence(
            claim.pk, by=checker, snapshot_id=snapshot.pk, quote="26 people were killed", stance="context"
        )
    assert claim.evidence.count() == 1


def test_the_machine_finds_a_passage_once_and_keeps_what_people_said(checker):
    actions.add_source(by=checker, about=about(), text=REPORT)
    claim = factories.ClaimFactory(text="26 people were killed in the flood in Norvale.")
    actions.keep_findings(claim.pk, steps.look(claim.pk))
    evidence = claim.evidence.get()
    assert evidence.quote == REPORT.partition("\n")[0]
    assert evidence.model_version
    judging.judge(evidence.pk, by=checker, stance="context")
    actions.keep_findings(claim.pk, steps.look(claim.pk))
    assert Evidence.objects.get().stance == "context"
    assert Search.objects.count() == 2


def test_a_wording_without_a_word_to_search_by_is_logged_as_it_is(checker):
    claim = factories.ClaimFactory(text="Theirs.")
    actions.keep_findings(claim.pk, steps.look(claim.pk))
    search = claim.searches.get()
    assert (search.query, search.found) == ("Theirs.", 0)


def test_an_article_is_no_evidence_for_its_own_claim(checker):
    claim = factories.ClaimFactory()
    article = claim.revision.article
    article.url = "https://courier.example/flood"
    article.save()
    actions.add_source(by=checker, about=about(), text=claim.revision.text)
    actions.add_source(by=checker, about=about(url=article.url), text=claim.revision.text + " Updated.")
    assert steps.look(claim.pk).findings == []


def test_a_search_that_found_nothing_is_logged_with_where_and_when(checker):
    claim = factories.ClaimFactory()
    made = actions.record_search(
        claim.pk,
        by=checker,
        query="dam report",
        places="Ministry site",
        found=0,
        note="A report would refute it.",
    )
    assert (made.found, made.made_by) == (0, checker)
    with pytest.raises(Invalid, match="what you searched"):
        actions.record_search(claim.pk, by=checker, query=" ", places="x", found=0, note="")


def test_only_an_editor_grades_and_says_why(checker, editor):
    source = factories.SourceFactory()
    with pytest.raises(Forbidden, match="Only an editor"):
        grading.grade(source.pk, by=checker, version=1, reliability="A", reason="x")
    with pytest.raises(Invalid, match="Say why"):
        grading.grade(source.pk, by=editor, version=1, reliability="A", reason=" ")
    assert (
        grading.grade(source.pk, by=editor, version=1, reliability="A", reason="Official.").reliability == "A"
    )
    with pytest.raises(Conflict):
        grading.grade(source.pk, by=editor, version=1, reliability="C", reason="Late.")


def test_evidence_is_set_aside_and_brought_back(checker):
    evidence = factories.EvidenceFactory()
    assert judging.set_aside(evidence.pk, by=checker, reason="Repeats E2.").set_aside == "Repeats E2."
    assert judging.set_aside(evidence.pk, by=checker, reason="").set_aside == ""
    claim = Claim.objects.get(pk=evidence.claim_id)
    assert claim.version == 1  # whoever is writing a verdict is not disturbed
