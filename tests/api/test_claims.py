"""Reading claims, following them, changing the list; what a reader sees and what only the desk sees."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.conf import settings

from claims.models import Claim
from reviews.actions import comments, publishing, work
from sources import actions as sources
from tests import factories

CLAIMS = "/api/v1/claims/"


def ids(response):
    assert response.status_code == 200, response.content
    return [row["id"] for row in response.data["results"]]


def test_a_row_tells_wording_place_work_and_public(as_checker, claim_at, checker):
    claim = claim_at("published", author=checker)

    [row] = as_checker.get(CLAIMS).data["results"]

    assert row["id"] == claim.pk
    assert claim.revision.text[row["start"] : row["end"]] == row["quote"]
    assert (row["type"], row["claimant"], row["status"], row["assignee"]) == (
        "casualty",
        "Officials",
        "published",
        None,
    )
    assert row["evidence"] == {"supports": 1, "refutes": 0, "context": 0}
    assert row["suggestion"] is None
    assert row["verdict"]["rating"] == {"slug": "true", "label": "True", "number": 5}
    assert (row["verdict"]["state"], row["verdict"]["author"]) == ("approved", "nadia")
    publication = claim.publications.get()
    assert (
        row["public"]["url"] == f"{settings.CLAIMDESK_URL}/published/{publication.year}/{publication.slug}/"
    )
    assert (row["version"], row["changed_seq"]) == (claim.version, claim.changed_seq)


def test_claims_are_filtered(as_checker, claim_at, checker, checker2):
    new = claim_at("new", type="event", text="The dam held.", claimant="The minister")
    mine = claim_at("in_progress", author=checker)
    theirs = claim_at("in_progress", author=checker2)
    gone = claim_at("dismissed")

    assert ids(as_checker.get(CLAIMS)) == [new.pk, mine.pk, theirs.pk, gone.pk]
    assert ids(as_checker.get(f"{CLAIMS}?status=new")) == [new.pk]
    assert ids(as_checker.get(f"{CLAIMS}?status=new,dismissed")) == [new.pk, gone.pk]
    assert ids(as_checker.get(f"{CLAIMS}?status=new&status=dismissed")) == [new.pk, gone.pk]
    assert ids(as_checker.get(f"{CLAIMS}?type=event")) == [new.pk]
    assert ids(as_checker.get(f"{CLAIMS}?assignee=me")) == [mine.pk]
    assert ids(as_checker.get(f"{CLAIMS}?assignee=tomas")) == [theirs.pk]
    assert ids(as_checker.get(f"{CLAIMS}?assignee=nobody")) == [new.pk, gone.pk]
    assert ids(as_checker.get(f"{CLAIMS}?q=dam+held")) == [new.pk]
    assert ids(as_checker.get(f"{CLAIMS}?article={mine.revision.article_id}")) == [mine.pk]
    assert ids(as_checker.get(f"{CLAIMS}?status=open")) == []


def test_a_word_that_a_filter_does_not_know_is_answered_with_those_it_knows(as_checker):
    response = as_checker.get("/api/v1/claims/?status=opened")

    assert response.status_code == 422
    assert "“opened” is not one of new, open, in_progress, " in response.data["detail"]


@pytest.mark.parametrize("many", [1, 10])
def test_a_list_costs_the_same_whatever_its_length(as_checker, claim_at, many, django_assert_num_queries):
    for _ in range(many):
        claim_at("published")
    as_checker.get(CLAIMS)  # the token's last use is written at most every five minutes

    for address in (CLAIMS, f"{CLAIMS}?updated_since=0"):
        with django_assert_num_queries(5):  # the token and 4 of reviews.queries.claims_for
            assert len(ids(as_checker.get(address))) == many


@pytest.mark.parametrize("many", [1, 10])
def test_a_readers_list_costs_two_queries(as_reader, claim_at, many, django_assert_num_queries):
    for _ in range(many):
        claim_at("published")
    as_reader.get(CLAIMS)

    with django_assert_num_queries(2):
        assert len(ids(as_reader.get(CLAIMS))) == many


def test_the_detail_says_which_steps_are_open_to_the_caller(as_checker, as_editor, claim_at, checker):
    claim = claim_at("in_review", author=checker)

    assert as_checker.get(f"{CLAIMS}{claim.pk}/").data["steps"][:1] == ["withdraw"]
    assert as_editor.get(f"{CLAIMS}{claim.pk}/").data["steps"][:2] == ["approve", "return"]


def test_the_detail_tells_how_the_claim_was_found(as_checker):
    claim = factories.ClaimFactory(
        details={"rules": ["count"], "reasons": ["A count of the dead."], "added": [[0, 3]]}
    )

    assert as_checker.get(f"{CLAIMS}{claim.pk}/").data["extraction"] == {
        "rules": ["count"],
        "reasons": ["A count of the dead."],
        "alternatives": [],
        "added": [[0, 3]],
        "needs_wording": False,
        "quantities": [],
    }


def test_a_status_is_small_and_kept_apart_from_the_public(as_checker, claim_at, checker, editor):
    claim = claim_at("published", author=checker, editor=editor)
    publishing.correct(claim.pk, by=editor, version=claim.version, reason="The count rose.")

    status = as_checker.get(f"{CLAIMS}{claim.pk}/status/").data

    assert set(status) == {"id", "status", "version", "assignee", "public", "updated_at"}
    assert (status["status"], status["assignee"]) == ("in_progress", "ines")
    assert status["public"]["rating"]["slug"] == "true"


def test_a_status_costs_two_queries(as_checker, claim_at, django_assert_num_queries):
    claim = claim_at("published")
    as_checker.get(CLAIMS)

    with django_assert_num_queries(2):
        as_checker.get(f"{CLAIMS}{claim.pk}/status/")


@pytest.mark.parametrize("part", ["", "status/"])
def test_what_the_caller_has_is_not_sent_again(as_checker, checker, part):
    claim = factories.ClaimFactory()
    address = f"{CLAIMS}{claim.pk}/{part}"
    first = as_checker.get(address)
    assert first["ETag"] == '"1.0"'
    assert first["Cache-Control"] == "private, no-cache"
    assert "Authorization" in first["Vary"]

    again = as_checker.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])

    work.accept(claim.pk, by=checker, version=1)
    changed = as_checker.get(address, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed.data["status"]) == (200, "open")
    assert changed["ETag"] != first["ETag"]


def test_the_etag_changes_with_the_evidence_too(as_checker, checker):
    claim = factories.ClaimFactory()
    snapshot = factories.SnapshotFactory()
    before = as_checker.get(f"{CLAIMS}{claim.pk}/")["ETag"]

    sources.attach_evidence(
        claim.pk, by=checker, snapshot_id=snapshot.pk, quote="26 people", stance="supports"
    )

    assert as_checker.get(f"{CLAIMS}{claim.pk}/", headers={"If-None-Match": before}).status_code == 200


def test_a_change_within_the_second_of_the_last_one_is_told_also_to_who_asks_by_date(as_checker, checker):
    claim = factories.ClaimFactory()
    first = as_checker.get(f"{CLAIMS}{claim.pk}/status/")
    work.accept(claim.pk, by=checker, version=claim.version)
    second = parsedate_to_datetime(first["Last-Modified"])
    Claim.objects.filter(pk=claim.pk).update(updated_at=second + timedelta(milliseconds=999))

    by_date = as_checker.get(
        f"{CLAIMS}{claim.pk}/status/", headers={"If-Modified-Since": first["Last-Modified"]}
    )
    by_tag = as_checker.get(f"{CLAIMS}{claim.pk}/status/", headers={"If-None-Match": by_date["ETag"]})

    assert by_date["Last-Modified"] == first["Last-Modified"]
    assert (by_date.status_code, by_date.data["status"]) == (200, "open")
    assert by_tag.status_code == 304


def test_a_thousand_statuses_cost_two_queries(as_checker, claim_at, django_assert_num_queries):
    public, new = claim_at("published"), claim_at("new")
    as_checker.get(CLAIMS)
    asked = [new.pk, public.pk, new.pk, *range(100_000, 100_997)]

    with django_assert_num_queries(2):
        response = as_checker.post(f"{CLAIMS}status-lookup/", {"ids": asked})

    assert [(row["id"], row["status"]) for row in response.data["results"]] == [
        (new.pk, "new"), (public.pk, "published")
    ]  # fmt: skip
    assert response.data["unknown"] == list(range(100_000, 100_997))


@pytest.mark.parametrize("given", [[], list(range(1, 1002)), None, "1,2"])
def test_a_lookup_takes_one_to_a_thousand_ids(as_checker, given):
    assert as_checker.post(f"{CLAIMS}status-lookup/", {"ids": given}).status_code == 422


def test_evidence_comes_with_its_source(as_checker):
    claim = factories.ClaimFactory()
    evidence = factories.EvidenceFactory(claim=claim)
    source = evidence.snapshot.source

    [row] = as_checker.get(f"{CLAIMS}{claim.pk}/evidence/").data["results"]

    assert (row["ref"], row["stance"], row["snapshot"]) == ("E1", "supports", evidence.snapshot_id)
    assert evidence.snapshot.text[row["start"] : row["end"]] == row["quote"]
    assert row["source"]["title"] == source.title
    assert row["source"]["first_hand"] == "Civil Protection"


def test_history_is_told_in_order(as_checker, claim_at, checker):
    claim = claim_at("in_progress", author=checker)

    rows = as_checker.get(f"{CLAIMS}{claim.pk}/history/").data["results"]

    assert [(row["verb"], row["by"]) for row in rows] == [
        ("claim.accepted", "nadia"),
        ("claim.taken", "nadia"),
    ]
    assert rows[0]["seq"] < rows[1]["seq"]


def test_verdicts_are_told_with_what_they_cite(as_checker, claim_at, checker, editor):
    claim = claim_at("approved", author=checker, editor=editor)

    [row] = as_checker.get(f"{CLAIMS}{claim.pk}/verdicts/").data["results"]

    assert (row["number"], row["state"], row["author"], row["decided_by"]) == (1, "approved", "nadia", "ines")
    assert (row["rating"]["slug"], row["cites"], row["search"]) == ("true", ["E1"], None)


def test_comments_are_read_and_made(as_checker, checker, editor):
    claim = factories.ClaimFactory()
    comments.comment(claim.pk, by=editor, text="Look at the bulletin.")

    made = as_checker.post(f"{CLAIMS}{claim.pk}/comments/", {"text": "@ines done."})

    assert made.status_code == 201
    rows = as_checker.get(f"{CLAIMS}{claim.pk}/comments/").data["results"]
    assert [(row["author"], row["text"]) for row in rows] == [
        ("ines", "Look at the bulletin."),
        ("nadia", "@ines done."),
    ]
    assert editor.notifications.get().kind == "mentioned"


@pytest.mark.parametrize(
    "part", ["", "status/", "evidence/", "history/", "verdicts/", "searches/", "comments/"]
)
def test_a_claim_that_is_not_there_is_not_found(as_checker, part):
    response = as_checker.get(f"{CLAIMS}{factories.NOWHERE}/{part}")

    assert (response.status_code, response.data["detail"]) == (404, "There is no such claim.")


# What a token with the scope `read` sees.


def test_a_reader_sees_what_is_published_and_nothing_else(as_reader, claim_at):
    public, gone = claim_at("published"), claim_at("retracted")
    hidden = [claim_at(status) for status in ("new", "in_review", "approved", "dismissed")]

    assert ids(as_reader.get(CLAIMS)) == [public.pk, gone.pk]
    assert ids(as_reader.get(f"{CLAIMS}?status=published")) == [public.pk]
    assert ids(as_reader.get(f"{CLAIMS}?status=retracted")) == [gone.pk]
    for claim in hidden:
        for part in ("", "status/"):
            assert as_reader.get(f"{CLAIMS}{claim.pk}/{part}").status_code == 404
    asked = [claim.pk for claim in (public, *hidden)]
    response = as_reader.post(f"{CLAIMS}status-lookup/", {"ids": asked})
    assert ids(response) == [public.pk]
    assert response.data["unknown"] == asked[1:]


def test_a_reader_is_told_of_the_public_while_a_correction_is_in_work(as_reader, claim_at, editor):
    claim = claim_at("published", editor=editor)
    before = as_reader.get(f"{CLAIMS}{claim.pk}/status/")
    publishing.correct(claim.pk, by=editor, version=claim.version, reason="The count rose.")

    response = as_reader.get(f"{CLAIMS}{claim.pk}/status/", headers={"If-None-Match": before["ETag"]})

    assert before.data["status"] == "published"
    assert response.status_code == 304


def test_a_reader_reads_the_whole_fact_check(as_reader, claim_at):
    claim = claim_at("retracted")

    body = as_reader.get(f"{CLAIMS}{claim.pk}/").data

    assert set(body) == {
        "id",
        "status",
        "public",
        "updated_at",
        "rationale",
        "evidence",
        "search",
        "would_refute",
        "next_search",
        "figures",
        "versions",
    }
    assert (body["status"], body["public"]["retraction"]) == ("retracted", "A cited count was wrong.")
    assert body["rationale"] == "The office counts 26 [E1]"
    assert [row["ref"] for row in body["evidence"]] == ["E1"]
    assert [row["number"] for row in body["versions"]] == [1]


@pytest.mark.parametrize(
    "query", ["status=open", "status=published,open", "assignee=me", "article=1", "type=event"]
)
def test_a_reader_cannot_ask_for_the_work(as_reader, query):
    response = as_reader.get(f"{CLAIMS}?{query}")

    assert (response.status_code, response.data["type"]) == (403, "/api/problems/missing-scope/")


@pytest.mark.parametrize("part", ["evidence/", "history/", "verdicts/", "searches/", "comments/"])
def test_a_reader_reads_nothing_of_the_desk(as_reader, claim_at, part):
    claim = claim_at("published")

    assert as_reader.get(f"{CLAIMS}{claim.pk}/{part}").status_code == 403


# Changing the list of claims.


def test_a_claim_is_reworded_and_the_rest_stays(as_checker):
    claim = factories.ClaimFactory()

    response = as_checker.patch(
        f"{CLAIMS}{claim.pk}/", {"claimant": "The mayor"}, headers={"If-Match": '"1.0"'}
    )

    assert response.status_code == 200
    assert (response.data["claimant"], response.data["text"], response.data["version"]) == (
        "The mayor",
        claim.text,
        2,
    )
    assert response["ETag"] == f'"2.{response.data["changed_seq"]}"'


def test_a_claim_is_split(as_checker):
    claim = factories.ClaimFactory()

    response = as_checker.post(
        f"{CLAIMS}{claim.pk}/split/", {"wordings": ["26 died.", "There was a flood."], "version": 1}
    )

    assert response.status_code == 201
    assert [row["text"] for row in response.data["results"]] == ["26 died.", "There was a flood."]
    assert all(row["parent"] == claim.pk for row in response.data["results"])
    assert as_checker.get(f"{CLAIMS}{claim.pk}/").data["dismissal"] == "split"


def test_claims_are_merged(as_checker):
    kept, other = factories.ClaimFactory(), factories.ClaimFactory()
    body = {"version": 1, "claims": [{"id": other.pk, "version": 1}]}

    assert as_checker.post(f"{CLAIMS}{kept.pk}/merge/", body).status_code == 200

    merged = as_checker.get(f"{CLAIMS}{other.pk}/").data
    assert (merged["status"], merged["duplicate_of"]) == ("dismissed", kept.pk)


def test_a_merge_of_what_moved_on_changes_nothing(as_checker, checker):
    kept, other = factories.ClaimFactory(), factories.ClaimFactory()
    work.accept(other.pk, by=checker, version=1)

    response = as_checker.post(
        f"{CLAIMS}{kept.pk}/merge/", {"version": 1, "claims": [{"id": other.pk, "version": 1}]}
    )

    assert (response.status_code, response.data["current"]["status"]) == (409, "open")
    assert Claim.objects.get(pk=other.pk).status == "open"


PLAN = {
    "would_refute": "A court record.",
    "asked_on": "2026-05-02",
    "asked_how": "By mail",
    "answer": "",
    "next_on": None,
}


def test_how_an_absence_is_checked_is_read_and_written(as_checker, as_reader, as_partner):
    claim = factories.ClaimFactory(type="evidence_status")
    address = f"{CLAIMS}{claim.pk}/plan-absence/"
    empty = as_checker.get(f"{CLAIMS}{claim.pk}/").data["absence"]

    made = as_checker.post(address, {**PLAN, "version": empty["version"]})

    more = {"version": 1, "searches": 0, "places": 0, "next_search": None}
    assert (made.status_code, made.data) == (200, {**PLAN, **more})
    assert as_partner.get(f"{CLAIMS}{claim.pk}/").data["absence"] == made.data
    late = as_checker.post(address, {**PLAN, "would_refute": "A photograph.", "version": 0})
    assert (late.status_code, late.data["current"]["would_refute"]) == (409, "A court record.")
    assert as_checker.post(address, {**PLAN, "version": 1, "asked_how": ""}).status_code == 422
    assert as_checker.post(address, {"version": 1}).status_code == 422  # a plan is sent whole
    assert as_reader.post(address, {**PLAN, "version": 1}).status_code == 403
    assert as_checker.get(f"{CLAIMS}{claim.pk}/").data["absence"] == made.data


def test_a_claim_that_asserts_no_absence_has_none_until_it_is_planned(as_checker):
    claim = factories.ClaimFactory()
    assert as_checker.get(f"{CLAIMS}{claim.pk}/").data["absence"] is None
    as_checker.post(f"{CLAIMS}{claim.pk}/plan-absence/", {**PLAN, "version": 0})
    assert as_checker.get(f"{CLAIMS}{claim.pk}/").data["absence"]["version"] == 1


def test_a_claim_is_planned(as_checker):
    claim = factories.ClaimFactory()

    response = as_checker.post(
        f"{CLAIMS}{claim.pk}/plan/", {"priority": 2, "due_at": "2030-01-01T00:00:00Z", "version": 1}
    )

    assert (response.data["priority"], response.data["due_at"]) == (2, "2030-01-01T00:00:00Z")
