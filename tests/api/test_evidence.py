"""The library, evidence and searches by API."""

from __future__ import annotations

import pytest

from sources.models import Evidence, Search, Source
from tests import factories

SOURCES = "/api/v1/sources/"
DOCUMENT = {
    "title": "Situation report 7",
    "publisher": "Civil Protection",
    "text": "As of 18:00, 26 people were killed in the flood.\n\nNine are missing.",
    "kind": "report",
    "url": "https://civil.example/7",
    "reliability": "B",
}


def test_a_document_is_taken_into_the_library_and_found(as_checker):
    made = as_checker.post(SOURCES, DOCUMENT)

    assert made.status_code == 201
    assert made["Location"] == f"/api/v1/sources/{made.data['id']}/"
    assert made.data["added_by"] == "nadia"
    assert as_checker.get(made["Location"]).data == made.data
    assert [row["id"] for row in as_checker.get(f"{SOURCES}?q=missing").data["results"]] == [made.data["id"]]
    assert as_checker.get(f"{SOURCES}?q=volcano").data["results"] == []
    snapshot = as_checker.get(f"/api/v1/snapshots/{made.data['snapshot']}/").data
    assert snapshot["text"] == DOCUMENT["text"]


def test_the_same_address_is_one_source(as_checker):
    first = as_checker.post(SOURCES, DOCUMENT).data
    second = as_checker.post(SOURCES, {**DOCUMENT, "text": "The count rose to 27."}).data

    assert second["id"] == first["id"]
    assert second["snapshot"] != first["snapshot"]


@pytest.mark.parametrize("lacking", ["title", "publisher", "text"])
def test_a_source_without_its_title_publisher_or_text_is_refused(as_checker, lacking):
    response = as_checker.post(SOURCES, {name: value for name, value in DOCUMENT.items() if name != lacking})

    assert response.status_code == 422
    assert response.data["errors"] == [{"pointer": f"#/{lacking}", "detail": "This field is required."}]
    assert not Source.objects.exists()


@pytest.mark.parametrize("many", [1, 10])
def test_the_library_costs_two_queries(as_checker, many, django_assert_num_queries):
    for _ in range(many):
        factories.SnapshotFactory()
    as_checker.get(SOURCES)

    with django_assert_num_queries(2):
        assert len(as_checker.get(SOURCES).data["results"]) == many


def test_a_passage_is_attached_word_for_word(as_checker):
    claim, snapshot = factories.ClaimFactory(), factories.SnapshotFactory()
    body = {"snapshot": snapshot.pk, "quote": "26 people were killed", "stance": "supports"}

    made = as_checker.post(f"/api/v1/claims/{claim.pk}/evidence/", body)

    assert made.status_code == 201
    assert (made.data["ref"], made.data["added_by"], made.data["score"]) == ("E1", "nadia", None)
    assert snapshot.text[made.data["start"] : made.data["end"]] == "26 people were killed"

    again = as_checker.post(f"/api/v1/claims/{claim.pk}/evidence/", body)
    assert (again.status_code, again.data["current"]) == (409, {"id": made.data["id"]})

    other = as_checker.post(
        f"/api/v1/claims/{claim.pk}/evidence/", {**body, "quote": "27 people were killed"}
    )
    assert other.status_code == 422
    assert other.data["detail"] == "These words are not in our copy of the source. Quote it exactly."
    assert Evidence.objects.count() == 1


def test_evidence_is_judged_and_set_aside_and_brought_back(as_checker):
    evidence = factories.EvidenceFactory()

    judged = as_checker.post(f"/api/v1/evidence/{evidence.pk}/judge/", {"stance": "context"})
    assert (judged.status_code, judged.data["stance"], judged.data["stance_by"]) == (200, "context", "nadia")

    aside = as_checker.post(f"/api/v1/evidence/{evidence.pk}/set-aside/", {"reason": "A copy of E2."})
    assert (aside.status_code, aside.data["set_aside"]) == (200, "A copy of E2.")

    back = as_checker.post(f"/api/v1/evidence/{evidence.pk}/set-aside/", {"reason": ""})
    assert back.data["set_aside"] == ""


def test_a_stance_that_there_is_not_is_refused(as_checker):
    evidence = factories.EvidenceFactory()

    response = as_checker.post(f"/api/v1/evidence/{evidence.pk}/judge/", {"stance": "maybe"})

    assert response.status_code == 422
    assert response.data["errors"] == [
        {"pointer": "#/stance", "detail": "“maybe” is not one of supports, refutes, context."}
    ]
    assert (
        as_checker.post(f"/api/v1/evidence/{factories.NOWHERE}/judge/", {"stance": "context"}).status_code
        == 404
    )


def test_searches_are_logged(as_checker):
    claim = factories.ClaimFactory()
    address = f"/api/v1/claims/{claim.pk}/searches/"

    made = as_checker.post(
        address, {"query": "dam failure", "places": "the ministry's site", "found": 0, "note": "None."}
    )

    assert made.status_code == 201
    assert as_checker.get(address).data["results"] == [made.data]
    late = as_checker.post(
        address, {"query": "a", "places": "b", "found": 0, "made_at": "2999-01-01T00:00:00Z"}
    )
    assert late.status_code == 422
    assert Search.objects.count() == 1


def test_what_a_search_found_is_set_aside_with_a_reason(as_checker, as_reader):
    claim = factories.ClaimFactory()
    address = f"/api/v1/claims/{claim.pk}/searches/"
    asked = {"query": "dam failure", "places": "the ministry's site", "found": 3}
    made = as_checker.post(address, asked).data

    aside = as_checker.post(f"/api/v1/searches/{made['id']}/set-aside/", {"reason": "Another dam."})
    at_once = as_checker.post(address, {**asked, "set_aside": "Another dam."})
    nothing = as_checker.post(address, {**asked, "found": 0, "set_aside": "Another dam."})

    assert (aside.status_code, aside.data) == (200, {**made, "set_aside": "Another dam."})
    assert (at_once.status_code, at_once.data["set_aside"]) == (201, "Another dam.")
    assert (nothing.status_code, Search.objects.count()) == (422, 2)
    back = as_checker.post(f"/api/v1/searches/{made['id']}/set-aside/", {"reason": ""})
    assert back.data == made
    refused = as_reader.post(f"/api/v1/searches/{made['id']}/set-aside/", {"reason": "No."})
    assert refused.status_code == 403
    assert (
        as_checker.post(f"/api/v1/searches/{factories.NOWHERE}/set-aside/", {"reason": "No."}).status_code
        == 404
    )


def test_the_scale_is_read_by_everyone_with_a_token(as_reader, scale):
    rows = as_reader.get("/api/v1/ratings/").data["results"]

    assert [row["slug"] for row in rows] == [rating.slug for rating in scale]
    assert rows[0] == {
        "slug": "true", "label": "True", "meaning": "", "number": 5, "position": 1, "publishable": True,
        "needs_two_origins": False,
    }  # fmt: skip


def test_a_reader_gets_nothing_of_the_library(as_reader):
    evidence = factories.EvidenceFactory()

    for address in (SOURCES, f"{SOURCES}1/", f"/api/v1/snapshots/{evidence.snapshot_id}/"):
        assert as_reader.get(address).status_code == 403
    assert as_reader.post(SOURCES, DOCUMENT).status_code == 403


def test_an_editor_grades_a_source_and_its_publisher(as_checker, as_editor):
    source = factories.SourceFactory()
    graded = {"reliability": "A", "credibility": 2, "reason": "A public record."}
    address = f"/api/v1/sources/{source.pk}/grade/"

    assert as_checker.post(address, {**graded, "version": 1}).status_code == 403
    assert as_editor.post(address, graded).status_code == 428
    told = as_editor.post(address, {**graded, "version": 1})
    assert (told.status_code, told.data["grade"], told.data["version"]) == (200, "A2", 2)
    assert as_editor.post(address, {**graded, "version": 1}).status_code == 409

    kept = as_editor.post("/api/v1/publishers/", {**graded, "publisher": "The Courier"})
    assert (kept.status_code, kept.data["grade"]) == (200, "A2")
    assert [row["name"] for row in as_checker.get("/api/v1/publishers/").data["results"]] == ["The Courier"]
    made = {"title": "T", "publisher": "The Courier", "text": "Twenty-six died."}
    assert as_checker.post("/api/v1/sources/", made).data["grade"] == "A2"
