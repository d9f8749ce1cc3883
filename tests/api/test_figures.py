"""The values of a claim's number through the API: read in its detail, added, decided, taken out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from claims.models import Claim
from reviews.actions import numbers
from sources.models import Figure
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scale")]

LATER: dict[str, Any] = {
    "value": 28, "as_of": "2025-04-25", "according_to": "Civil Protection", "reason": "Read out on the radio.",
}  # fmt: skip


def _read(claim: Claim) -> Claim:
    found = numbers.read(claim.pk)
    with transaction.atomic():
        numbers.keep(claim.pk, found)
    return Claim.objects.get(pk=claim.pk)


def _revision():
    return factories.RevisionFactory(
        article=factories.ArticleFactory(published_at=datetime(2025, 4, 22, 9, tzinfo=UTC))
    )


@pytest.fixture
def claim() -> Claim:
    return _read(factories.ClaimFactory(status="open", revision=_revision()))


@pytest.fixture
def public(claim_at, editor) -> Claim:
    return _read(claim_at("published", editor=editor, revision=_revision()))


def _add(client, claim, **changes):
    return client.post(f"/api/v1/claims/{claim.pk}/figures/", {**LATER, **changes}, format="json")


def test_a_value_is_added_and_read_in_the_claims_detail(as_checker, claim):
    shown = factories.EvidenceFactory(claim=claim)
    answer = _add(as_checker, claim, value="26.50", bound="at_least", evidence=shown.pk, at="18:30")
    assert answer.status_code == 201, answer.content
    assert answer.json() | {"id": 0, "created_at": ""} == {
        "id": 0, "claim": claim.pk, "stated": False, "value": "26.5", "bound": "at_least", "upper": None,
        "unit": "people", "scope": "", "according_to": "Civil Protection", "as_of": "2025-04-25", "at": "18:30:00",
        "evidence": shown.pk, "reason": "Read out on the radio.", "state": "accepted", "added_by": "nadia",
        "model_version": "", "decided_by": "nadia", "note": "", "created_at": "",
    }  # fmt: skip
    detail = as_checker.get(f"/api/v1/claims/{claim.pk}/").json()
    assert [(one["value"], one["stated"]) for one in detail["figures"]] == [("26", True), ("26.5", False)]
    assert "figures" in detail["steps"]


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"value": "many"}, 422, "#/value"),
        ({"value": "NaN"}, 422, "#/value"),
        ({"value": "1e400"}, 422, None),
        ({"value": 1e20}, 422, None),
        ({"bound": "nearly"}, 422, "#/bound"),
        ({"as_of": "soon"}, 422, "#/as_of"),
        ({"as_of": "9000-01-01"}, 422, None),
        ({"according_to": ""}, 422, "#/according_to"),
        ({"reason": ""}, 422, None),
        ({"evidence": 2**40}, 422, None),
        ({"unit": "homes"}, 422, None),
        ({"colour": "red"}, 400, "#/colour"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_in_words(as_checker, claim, changes, status, pointer):
    answer = _add(as_checker, claim, **changes)
    assert answer.status_code == status, answer.content
    if pointer:
        assert pointer in [error["pointer"] for error in answer.json()["errors"]]
    assert Figure.objects.count() == 1


def test_the_same_value_twice_is_a_conflict_that_names_it(as_checker, claim):
    first = _add(as_checker, claim).json()
    again = _add(as_checker, claim)
    assert again.status_code == 409
    assert again.json()["current"] == {"id": first["id"], "state": "accepted"}


def test_what_the_claim_says_is_corrected_with_the_version_that_was_read(as_checker, claim):
    said = {
        "value": 26,
        "bound": "at_least",
        "unit": "people",
        "according_to": "Officials",
        "as_of": "2025-04-22",
    }
    address = f"/api/v1/claims/{claim.pk}/number/"
    assert as_checker.post(address, said, format="json").status_code == 428
    assert as_checker.post(address, {**said, "version": claim.version}, format="json").status_code == 201
    stale = as_checker.post(address, said, format="json", headers={"If-Match": str(claim.version)})
    assert stale.status_code == 409


def test_a_proposal_is_accepted_and_a_value_taken_out(as_checker, as_editor, public):
    waiting = _add(as_checker, public).json()
    assert waiting["state"] == "proposed"
    accept = f"/api/v1/figures/{waiting['id']}/accept/"
    assert as_checker.post(accept, {}, format="json").status_code == 403
    assert as_editor.post(accept, {}, format="json").json()["state"] == "accepted"
    assert as_editor.post(accept, {}, format="json").status_code == 409
    public.refresh_from_db()
    assert public.look_again.startswith("The number has moved")
    take_out = f"/api/v1/figures/{waiting['id']}/take-out/"
    assert as_editor.post(take_out, {}, format="json").status_code == 422
    assert as_editor.post(take_out, {"reason": "Misheard."}, format="json").json()["state"] == "removed"
    assert (
        as_editor.post(f"/api/v1/figures/{factories.NOWHERE}/accept/", {}, format="json").status_code == 404
    )


def test_a_token_without_the_write_scope_changes_nothing(caller, checker, claim):
    assert _add(caller(checker, "read:desk"), claim).status_code == 403
    assert Figure.objects.count() == 1


def test_who_reads_what_is_public_sees_two_values_or_none_and_a_new_tag(as_reader, as_editor, public):
    address = f"/api/v1/claims/{public.pk}/"
    before = as_reader.get(address)
    assert before.json()["figures"] == []
    assert _add(as_editor, public).status_code == 201
    after = as_reader.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    shown = after.json()["figures"]
    assert [(one["value"], one["stated"], one["as_of"]) for one in shown] == [
        ("26", True, "2025-04-22"),
        ("28", False, "2025-04-25"),
    ]
    assert "added_by" not in shown[0]
