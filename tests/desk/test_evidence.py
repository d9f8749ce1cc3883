"""What bears on a claim is judged, set aside, attached and searched for, each with a reason that one can read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from claims.models import Claim
from sources.models import Evidence, Search, Source
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(claim_at: Callable[..., Claim], checker: User) -> Claim:
    return claim_at("in_progress", author=checker)


def test_the_machines_stance_is_marked_until_a_person_confirms_it(
    press: Callable[..., Any], client: Client, claim: Claim, checker: User
) -> None:
    item = factories.EvidenceFactory(claim=claim, added_by=None, model_version="tests/1")
    client.force_login(checker)
    before = client.get(f"/claims/{claim.pk}/").text

    press(checker, "judge", item.pk, stance="refutes")

    assert "suggested by the machine" in before
    after = client.get(f"/claims/{claim.pk}/").text
    assert "suggested by the machine" not in after
    assert "E1 judged by Nadia Rahman" in after
    item.refresh_from_db()
    assert (item.stance, item.stance_by) == ("refutes", checker)


def test_setting_aside_wants_a_reason_and_can_be_undone(
    press: Callable[..., Any], claim: Claim, checker: User
) -> None:
    item = factories.EvidenceFactory(claim=claim)

    refused = press(checker, "set_aside", item.pk, reason="  ")
    press(checker, "set_aside", item.pk, reason="It is about another flood.")
    item.refresh_from_db()
    aside = item.set_aside
    press(checker, "set_aside", item.pk, back="yes")
    item.refresh_from_db()

    assert refused.status_code == 422
    assert (aside, item.set_aside) == ("It is about another flood.", "")


def test_a_copy_of_a_wire_story_is_flagged_and_counts_once(
    at_work: Callable[[User], Client], claim: Claim, checker: User
) -> None:
    for title in ("First", "Second"):
        source = factories.SourceFactory(title=title, publisher=f"{title} paper", origin="North Line")
        snapshot = factories.SnapshotFactory(source=source)
        factories.EvidenceFactory(claim=claim, snapshot=snapshot)

    page = at_work(checker).get(f"/claims/{claim.pk}/").text

    assert "Repeats E1, not independent" in page
    assert "1 independent origin: 1 support" in page


def test_words_that_are_not_in_the_copy_cannot_be_quoted(
    press: Callable[..., Any], claim: Claim, checker: User
) -> None:
    snapshot = factories.SnapshotFactory()

    answer = press(checker, "attach", claim.pk, snapshot.pk, quote="Nobody was hurt.", stance="refutes")

    assert answer.status_code == 422
    assert "These words are not in our copy of the source." in answer.text
    assert not Evidence.objects.exists()


def test_a_passage_of_the_library_is_found_and_attached(
    press: Callable[..., Any], at_work: Callable[[User], Client], claim: Claim, checker: User
) -> None:
    snapshot = factories.SnapshotFactory()
    page = at_work(checker).get(f"/claims/{claim.pk}/", {"library": "flood"}).text

    press(
        checker,
        "attach",
        claim.pk,
        snapshot.pk,
        quote="26 people were killed in the flood",
        stance="supports",
    )

    assert f"/claims/{claim.pk}/evidence/{snapshot.pk}/" in page
    assert Evidence.objects.get().added_by == checker


def test_a_pasted_document_goes_to_the_library_and_leads_to_its_words(
    press: Callable[..., Any], claim: Claim, checker: User
) -> None:
    fields = {
        "title": "Bulletin 4",
        "publisher": "The office",
        "kind": "report",
        "reliability": "A",
        "text": "Nine.",
    }

    answer = press(
        checker, "add_source_to_claim", claim.pk, **{f"source-{name}": text for name, text in fields.items()}
    )

    snapshot = Source.objects.get(title="Bulletin 4").snapshots.get()
    assert answer.headers["Location"] == f"/sources/snapshots/{snapshot.pk}/?claim={claim.pk}"


def test_an_address_that_is_not_public_is_refused_and_the_fields_stay(
    press: Callable[..., Any], claim: Claim, checker: User
) -> None:
    fields = {"url": "http://127.0.0.1/secret", "title": "Kept title", "kind": "report", "reliability": "F"}

    answer = press(
        checker, "add_source_to_claim", claim.pk, **{f"source-{name}": text for name, text in fields.items()}
    )

    assert answer.status_code == 422
    assert "is not on the public internet" in answer.text
    assert "Kept title" in answer.text
    assert not Source.objects.filter(title="Kept title").exists()


def test_a_search_that_found_nothing_is_recorded_and_a_verdict_can_rest_on_it(
    press: Callable[..., Any], client: Client, claim: Claim, checker: User
) -> None:
    fields = {
        "places": "The gazette, 2020 to 2025",
        "query": "dam failure",
        "found": 0,
        "note": "A court record.",
    }
    press(checker, "record_search", claim.pk, **{f"search-{name}": text for name, text in fields.items()})
    made = Search.objects.get()

    page = client.get(f"/claims/{claim.pk}/").text
    claim.refresh_from_db()
    rationale = "We looked and found nothing that can be checked."
    press(
        checker,
        "submit",
        claim.pk,
        version=claim.version,
        rating="unproven",
        rationale=rationale,
        search=made.pk,
    )

    assert "None found" in page
    assert claim.verdicts.get().nothing_found == made


def test_a_refused_search_keeps_what_was_typed(
    press: Callable[..., Any], claim: Claim, checker: User
) -> None:
    answer = press(
        checker, "record_search", claim.pk, **{"search-places": "The gazette", "search-found": "0"}
    )

    assert answer.status_code == 422
    assert 'value="The gazette"' in answer.text
    assert not Search.objects.exists()


def test_what_a_search_found_is_set_aside_with_a_reason_and_then_carries_a_verdict(
    press: Callable[..., Any], client: Client, claim: Claim, checker: User
) -> None:
    fields = {"places": "The gazette", "query": "dam failure", "found": 3, "note": ""}
    press(checker, "record_search", claim.pk, **{f"search-{name}": text for name, text in fields.items()})
    made = Search.objects.get()
    verdict = {"rating": "unproven", "rationale": "We looked and found\nnothing.", "search": made.pk}

    refused = press(checker, "submit", claim.pk, version=claim.version, **verdict)
    silent = press(checker, "set_search_aside", made.pk, reason=" ")
    said = press(checker, "set_search_aside", made.pk, reason="All three are about another dam.")
    page = client.get(f"/claims/{claim.pk}/").text
    press(checker, "submit", claim.pk, version=claim.version, **verdict)

    assert refused.status_code == 422
    assert "That search found 3 documents: cite one of them" in refused.text
    assert "We looked and found\nnothing." in refused.text
    assert f'<option value="{made.pk}" selected>' in refused.text
    assert silent.status_code == 422
    assert said["Location"] == f"/claims/{claim.pk}/#searches"
    assert "None of 3 found bears on the claim" in page
    assert "All three are about another dam." in page
    assert "said that nothing found in The gazette bears on the claim" in page
    assert claim.verdicts.get().nothing_found == made


def test_setting_a_search_aside_is_taken_back(
    press: Callable[..., Any], client: Client, claim: Claim, checker: User
) -> None:
    made = Search.objects.create(
        claim=claim, query="q", places="p", found=2, made_at=timezone.now(), made_by=checker
    )
    press(checker, "set_search_aside", made.pk, reason="Another dam.")

    press(checker, "set_search_aside", made.pk, back="yes")

    made.refresh_from_db()
    assert made.set_aside == ""
    assert "took back that nothing found in p bears on the claim" in client.get(f"/claims/{claim.pk}/").text


def test_a_claim_about_an_absence_puts_the_search_first(
    at_work: Callable[[User], Client], claim_at: Callable[..., Claim], checker: User
) -> None:
    claim = claim_at("in_progress", author=checker, type="evidence_status")

    page = at_work(checker).get(f"/claims/{claim.pk}/").text

    assert page.index('id="searches"') < page.index('id="evidence"')
    assert "It is settled by a search that others can repeat." in page


def test_a_comment_tells_who_is_named_and_stands_in_the_history(
    press: Callable[..., Any], client: Client, claim: Claim, checker: User, checker2: User
) -> None:
    typed = "@Tomas do we have the 1973 series? @Nobody?"
    press(checker, "comment", claim.pk, **{"comment-text": typed})

    page = client.get(f"/claims/{claim.pk}/").text
    assert "do we have the 1973 series?" in page
    assert "Told: Tomas Oyelaran." in page
    assert "Nobody was told of @Nobody" in page
    assert '<option value="Tomas Oyelaran">Tomas Oyelaran  @tomas</option>' in page
    assert checker2.notifications.get().kind == "mentioned"


def test_script_in_a_comment_stays_text(
    press: Callable[..., Any], client: Client, claim: Claim, checker: User
) -> None:
    press(checker, "comment", claim.pk, **{"comment-text": "<script>alert(1)</script>"})

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get(f"/claims/{claim.pk}/").text


def test_htmx_hears_a_refusal_alone_so_that_the_page_keeps_its_text(
    client: Client, claim: Claim, checker: User
) -> None:
    client.force_login(checker)

    answer = client.post(
        f"/claims/{claim.pk}/comments/", {"comment-text": ""}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 422
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    ("status", "fixed"),
    [("in_progress", False), ("in_review", True), ("published", True), ("in_correction", False)],
)
def test_the_card_says_what_the_action_says_of_evidence_that_a_verdict_counts_on(
    at_work: Callable[[User], Client],
    press: Callable[..., Any],
    claim_at: Callable[..., Claim],
    checker: User,
    status: str,
    fixed: bool,
) -> None:
    claim = claim_at(status, author=checker)
    item = claim.evidence.first() or factories.EvidenceFactory(claim=claim)

    page = at_work(checker).get(f"/claims/{claim.pk}/").text
    answer = press(checker, "judge", item.pk, stance="context")

    assert ("The verdict counts on it" in page) is fixed
    assert (answer.status_code == 409) is fixed
