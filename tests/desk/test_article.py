"""The article workspace: claims in their places, adding and changing them, a changed text, work that failed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from claims.actions import editing, intake
from claims.models import Claim, Revision
from jobs.models import Job
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(client, checker):
    client.force_login(checker)
    return client


@pytest.fixture
def claim(db):
    return factories.ClaimFactory()


def page_of(client, claim, **given):
    return client.get(reverse("desk:article", args=[claim.revision.article_id]), given).content.decode()


def in_row(claim):
    return {
        "HX-Request": "true",
        "HX-Target": f"li#c{claim.pk}",
        "HX-Current-URL": "http://testserver/articles/1/",
    }


def test_a_claim_is_a_link_in_the_text(at_work, claim):
    page = page_of(at_work, claim)
    assert f'id="s{claim.pk}" href="#c{claim.pk}">Officials said 26 people were killed in the flood.' in page
    assert f'id="c{claim.pk}"' in page


def test_an_article_that_is_not_there_says_so(at_work):
    answer = at_work.get(reverse("desk:article", args=[factories.NOWHERE]))
    assert answer.status_code == 404
    assert "There is no such article." in answer.content.decode()


def test_a_claim_is_added_on_selected_words(at_work, claim, checker):
    address = reverse("desk:add_claim", args=[claim.revision.article_id])
    given = {
        "quote": "the dam  had failed",
        "text": "The dam failed.",
        "type": "event",
        "claimant": "The minister",
    }
    answer = at_work.post(address, given)
    made = Claim.objects.latest("pk")
    assert (made.quote, made.text, made.type) == ("the dam had failed", "The dam failed.", "event")
    assert answer.url.endswith(f"#c{made.pk}")


def test_which_of_two_same_words_is_told_by_what_is_around(at_work, checker):
    text = "The dam held. Later the dam failed."
    article = factories.RevisionFactory(text=text).article
    address = reverse("desk:add_claim", args=[article.pk])
    at_work.post(address, {"quote": "dam", "before": "held. Later the ", "after": " failed."})
    assert Claim.objects.get().start == text.rindex("dam")


def test_words_are_chosen_from_lists_without_a_pointer(at_work, claim):
    address = reverse("desk:add_claim", args=[claim.revision.article_id])
    page = at_work.get(address, {"paragraph": "1"}).content.decode()
    assert '<option value="0">1. Officials</option>' in page
    page = at_work.get(address, {"paragraph": "1", "first": "3", "last": "2"}).content.decode()
    assert "26 people</textarea>" in page
    assert "These words touch claim 1." in page


def test_words_that_are_not_there_are_refused_and_kept(at_work, claim):
    address = reverse("desk:add_claim", args=[claim.revision.article_id])
    answer = at_work.post(address, {"quote": "nowhere at all", "text": "Kept wording."})
    assert answer.status_code == 422
    assert "These words are not in the article" in answer.content.decode()
    assert "Kept wording.</textarea>" in answer.content.decode()
    assert Claim.objects.count() == 1


def test_words_that_a_claim_covers_already_lead_to_it(at_work, claim):
    address = reverse("desk:add_claim", args=[claim.revision.article_id])
    answer = at_work.post(address, {"quote": claim.quote, "text": "Kept wording."})
    assert answer.status_code == 409
    assert f"#c{claim.pk}" in answer.content.decode()
    assert "Kept wording.</textarea>" in answer.content.decode()


def test_a_claim_is_reworded_in_its_row(at_work, claim):
    given = {"version": 1, "text": "At least 26 people died.", "type": "casualty", "claimant": "Officials"}
    answer = at_work.post(reverse("desk:reword", args=[claim.pk]), given, headers=in_row(claim))
    page = answer.content.decode()
    assert "At least 26 people died." in page
    assert 'id="p1" data-paragraph="1" hx-swap-oob="true"' in page
    assert 'id="p2"' not in page


def test_a_rewording_that_came_too_late_shows_both_and_keeps_ones_own(at_work, checker2, claim):
    editing.reword(claim.pk, by=checker2, version=1, text="Theirs.")
    given = {"version": 1, "text": "Mine, typed with care.", "type": "casualty"}
    answer = at_work.post(reverse("desk:reword", args=[claim.pk]), given, headers=in_row(claim))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Someone changed this claim meanwhile" in page
    assert '<td dir="auto">Theirs.</td><td dir="auto">Mine, typed with care.</td>' in page
    assert "Mine, typed with care.</textarea>" in page
    assert 'name="version" value="2"' in page
    assert Claim.objects.get(pk=claim.pk).text == "Theirs."


def test_an_empty_wording_keeps_the_version_it_was_made_from(at_work, claim):
    answer = at_work.post(
        reverse("desk:reword", args=[claim.pk]), {"version": 1, "text": " ", "type": "casualty"}
    )
    assert answer.status_code == 422
    assert 'name="version" value="1"' in answer.content.decode()


def test_the_form_that_splits_begins_with_the_machines_cut(at_work, claim):
    editing.reword(
        claim.pk,
        by=factories.UserFactory(),
        version=claim.version,
        text="The flood destroyed 12 homes and a school.",
    )
    page = at_work.get(reverse("desk:split", args=[claim.pk])).content.decode()
    assert "The flood destroyed 12 homes.\nThe flood destroyed a school.</textarea>" in page
    assert "The machine proposes this cut into 2 parts." in page


def test_a_claim_is_split_line_by_line(at_work, claim):
    at_work.post(
        reverse("desk:split", args=[claim.pk]),
        {"version": 1, "wordings": "26 died.\r\nThere was a flood.\r\n"},
    )
    assert list(Claim.objects.filter(parent=claim).order_by("pk").values_list("text", flat=True)) == [
        "26 died.",
        "There was a flood.",
    ]
    assert Claim.objects.get(pk=claim.pk).dismissal == "split"


def test_claims_are_merged_into_the_one_that_stays(at_work, claim):
    other = factories.ClaimFactory(revision=claim.revision, start=15, end=50)
    address = reverse("desk:merge", args=[claim.revision.article_id])
    assert "Which one stays?" in at_work.get(address, {"claim": [claim.pk, other.pk]}).content.decode()
    given = {
        "claim": [claim.pk, other.pk],
        "keep": other.pk,
        f"version-{claim.pk}": 1,
        f"version-{other.pk}": 1,
    }
    at_work.post(address, given)
    assert Claim.objects.get(pk=claim.pk).duplicate_of == other


def test_one_claim_cannot_be_merged(at_work, claim):
    answer = at_work.get(reverse("desk:merge", args=[claim.revision.article_id]), {"claim": claim.pk})
    assert answer.status_code == 422
    assert "Select at least two claims to merge." in answer.content.decode()


def test_a_changed_text_says_what_became_of_the_claims(at_work, claim):
    gone = factories.ClaimFactory(revision=claim.revision, start=51, end=95)
    address = reverse("desk:revise", args=[claim.revision.article_id])
    text = claim.revision.text.replace("The minister denied that the dam had failed.", "Nobody spoke.")
    text = text.replace("in the flood. ", "in the flood. ")
    page = at_work.post(address, {"text": text}).content.decode()
    assert "Version 2 is kept" in page
    assert "Gone from the text" in page or "Their words changed" in page
    assert Claim.objects.get(pk=gone.pk).anchor != "anchored"
    assert "Not in the newest text any more" in page_of(at_work, claim)


def test_the_same_text_is_no_new_version(at_work, claim):
    address = reverse("desk:revise", args=[claim.revision.article_id])
    assert "Nothing changed" in at_work.post(address, {"text": claim.revision.text}).content.decode()
    assert Revision.objects.count() == 1


def test_a_lost_claim_is_hung_on_words_by_a_person(at_work, checker, claim):
    intake.revise_article(
        claim.revision.article_id, by=checker, text="The flood killed 26 people, officials said."
    )
    lost = Claim.objects.get(pk=claim.pk)
    assert lost.anchor != "anchored"
    given = {"version": lost.version, "quote": "killed 26 people"}
    at_work.post(reverse("desk:reanchor", args=[claim.pk]), given)
    found = Claim.objects.get(pk=claim.pk)
    assert (found.anchor, found.quote, found.revision.number) == ("anchored", "killed 26 people", 2)


def test_failed_work_says_why_and_is_tried_again(at_work, claim):
    group = claim.revision.article.group
    job = Job.objects.create(
        step="claims.fetch",
        subject_id=claim.revision.article_id,
        group=group,
        state="failed",
        error="It needs a login.",
    )
    page = page_of(at_work, claim)
    assert "It needs a login." in page
    assert "Paste its text" in page
    at_work.post(reverse("desk:restart_job", args=[job.pk]))
    assert Job.objects.get(pk=job.pk).state == "queued"


def test_the_pulse_brings_what_changed_and_then_is_silent(at_work, checker, claim):
    address = reverse("desk:article_pulse", args=[claim.revision.article_id])
    before = at_work.get(reverse("desk:article", args=[claim.revision.article_id])).context
    given = {"since": before["seq"], "known": before["mark"]}
    assert at_work.get(address, given).status_code == 204
    editing.reword(claim.pk, by=checker, version=1, text="Another wording.")
    said = at_work.get(address, given).content.decode()
    assert "Another wording." in said
    assert 'id="claims" hx-swap-oob="true"' in said
    still = at_work.get(address, {**given, "still": "1"}).content.decode()
    assert "Another wording." not in still
    assert "Claims changed. Show them" in still
    assert f"since={before['seq']}&" in still


def test_ten_claims_cost_as_many_queries_as_one(at_work, django_assert_max_num_queries, claim):
    counts = []
    for rows in (1, 10):
        while Claim.objects.count() < rows:
            n = Claim.objects.count()
            factories.EvidenceFactory(
                claim=factories.ClaimFactory(revision=claim.revision, start=n, end=n + 9)
            )
        with django_assert_max_num_queries(14) as captured:
            assert page_of(at_work, claim).count('data-row data-version="') == rows
        counts.append(len(captured))
    assert counts[0] == counts[1]
