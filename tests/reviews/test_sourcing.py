"""Two independent origins for the ends of the scale, or a reason why one is enough."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import AuditEvent
from claims.models import Claim
from common.errors import Invalid
from reviews.actions import decisions, publishing, verdicts
from reviews.checks import Level, Written, before_submit
from reviews.content import of_verdict
from reviews.models import Draft, Rating, Verdict
from sources.models import Evidence
from tests import factories

pytestmark = pytest.mark.django_db
REASON = "The register is the only place where inspections are recorded."
ORIGINAL = "As of 18:00, 26 people were killed in the flood. Nine are missing, the office adds."


@pytest.fixture
def claim(claim_at: Callable[..., Claim], checker: User, settings: Any) -> Claim:
    """A claim in work, on a desk where “True” needs two origins."""
    settings.CLAIMDESK_TWO_ORIGINS = "ask"
    Rating.objects.filter(slug="true").update(needs_two_origins=True)
    return claim_at("in_progress", author=checker)


def _cited(claim: Claim, publisher: str, text: str = ORIGINAL, **source: Any) -> Evidence:
    snapshot = factories.SnapshotFactory(
        source=factories.SourceFactory(publisher=publisher, **source), text=text
    )
    return factories.EvidenceFactory(claim=claim, snapshot=snapshot, end=len(text))


def _submit(claim: Claim, proposed: verdicts.Proposed) -> Verdict:
    return verdicts.submit(claim.pk, by=claim.assignee, version=claim.version, proposed=proposed)


def test_one_origin_is_refused_with_how_many_there_are_and_why_they_count_as_one(claim, proposal):
    first = _cited(claim, "Civil Protection")
    copy = _cited(claim, "The Courier")
    wire = _cited(claim, "Harbour Gazette", "Twenty-six died, the office says.", origin="Civil Protection")
    with pytest.raises(Invalid) as caught:
        _submit(claim, proposal(first, copy, wire))
    assert str(caught.value) == (
        "“True” asks for two independent origins. The 3 pieces that are cited have one: E2 repeats E1 (nearly the same"
        " words); E3 repeats E1 (from Civil Protection as well). Cite another origin, or say why a single source is"
        " enough."
    )
    assert not Verdict.objects.exists()


def test_a_single_piece_and_none_at_all_are_named(claim, proposal, checker):
    one = _cited(claim, "Civil Protection")
    with pytest.raises(Invalid, match=r"Only E1 is cited\."):
        _submit(claim, proposal(one))
    search = claim.searches.create(query="q", places="p", found=0, made_by=checker, made_at=claim.created_at)
    with pytest.raises(Invalid, match=r"No evidence is cited\."):
        _submit(claim, proposal(search=search.pk))


def test_a_reason_lets_it_through_and_is_told(claim, proposal):
    verdict = _submit(claim, proposal(_cited(claim, "Civil Protection"), single_source=f" {REASON}\r\n"))
    assert (verdict.origins, verdict.origins_wanted, verdict.single_source) == (1, 2, REASON)
    told = AuditEvent.objects.get(verb="verdict.submitted").data
    assert (told["origins"], told["single_source"]) == (1, REASON)


def test_two_origins_need_no_reason_and_keep_none(claim, proposal):
    two = (_cited(claim, "Civil Protection"), _cited(claim, "North Line", "North Line counted 26 dead."))
    verdict = _submit(claim, proposal(*two, single_source=REASON))
    assert (verdict.origins, verdict.single_source) == (2, "")


def test_a_rating_that_does_not_ask_takes_one_origin(claim, proposal):
    verdict = _submit(claim, proposal(_cited(claim, "Civil Protection"), rating="mostly"))
    assert (verdict.origins, verdict.origins_wanted) == (1, 0)


@pytest.mark.parametrize("told", ["hint", "off"])
def test_a_desk_may_only_hint_or_say_nothing(claim, proposal, settings, told):
    settings.CLAIMDESK_TWO_ORIGINS = told
    assert _submit(claim, proposal(_cited(claim, "Civil Protection"))).origins_wanted == 0


def test_a_reason_that_is_too_long_is_refused(claim, proposal):
    with pytest.raises(Invalid, match="500 characters"):
        _submit(claim, proposal(_cited(claim, "Civil Protection"), single_source="x" * 501))


def test_the_reason_is_part_of_what_an_approval_names_and_its_absence_of_nothing(claim, proposal):
    verdict = _submit(claim, proposal(_cited(claim, "Civil Protection"), single_source=REASON))
    body = of_verdict(verdict)
    assert body.hash() == verdict.content_hash
    verdict.single_source = "Another reason."
    other = of_verdict(verdict).hash()
    verdict.single_source = ""
    without = of_verdict(verdict).hash()
    assert len({body.hash(), other, without}) == 3


def test_a_hash_from_before_there_were_reasons_still_holds(claim_at):
    verdict = claim_at("approved").verdicts.get()
    assert verdict.single_source == ""
    assert of_verdict(verdict).hash() == verdict.approved_hash == _as_it_was(verdict)


def _as_it_was(verdict: Verdict) -> str:
    """The hash as it was made before a reason could be given."""
    cited = verdict.cited.get()
    body = {
        "claim": verdict.claim_text,
        "rating": "true",
        "summary": verdict.summary,
        "rationale": verdict.rationale,
        "as_of": verdict.as_of.isoformat(),
        "expires_on": None,
        "evidence": [[cited.pk, cited.quote, cited.stance, cited.snapshot.sha256, "B"]],
        "search": None,
    }
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@pytest.mark.parametrize(
    "changes",
    [
        {"single_source": ""},
        {"single_source": "Another."},
        {"origins": 2},
        {"origins": None},
        {"origins_wanted": 0},
    ],
)
def test_what_was_submitted_is_final(claim, proposal, changes):
    verdict = _submit(claim, proposal(_cited(claim, "Civil Protection"), single_source=REASON))
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.filter(pk=verdict.pk).update(**changes)


@pytest.mark.parametrize("origins", [None, 0, 1])
def test_the_database_refuses_too_few_origins_without_a_reason(claim, checker, origins):
    def create(**more: Any) -> Verdict:
        rating = Rating.objects.get(slug="true")
        given = {"rationale": "x", "citations": 1, "as_of": "2026-05-03", "origins_wanted": 2, **more}
        return Verdict.objects.create(claim=claim, number=1, author=checker, rating=rating, **given)

    with pytest.raises(DatabaseError), transaction.atomic():
        create(origins=origins)
    with pytest.raises(DatabaseError), transaction.atomic():
        create(origins=2, single_source=REASON)
    assert create(origins=origins, single_source=REASON).pk


def _checked(claim: Claim, written: Written) -> dict[str, list[str]]:
    rating = Rating.objects.get(slug=written.rating)
    found = before_submit(written, list(claim.evidence.all()), rating=rating)
    return {level: [check.text for check in found if check.level == level] for level in Level}


def test_the_checks_say_it_before_the_action_refuses(claim, settings):
    _cited(claim, "Civil Protection")
    written = Written(rating="true", summary="26.", rationale="[E1]")
    with_reason = Written(rating="true", summary="26.", rationale="[E1]", single_source=REASON)
    assert _checked(claim, written)[Level.STOP] == [
        "“True” asks for two independent origins. Only E1 is cited. Cite another origin, or say why a single source is"
        " enough."
    ]
    assert _checked(claim, with_reason)[Level.STOP] == []
    assert "It rests on a single source. Readers are told why." in _checked(claim, with_reason)[Level.LOOK]
    settings.CLAIMDESK_TWO_ORIGINS = "hint"
    assert "All that is cited comes from one origin." in _checked(claim, written)[Level.LOOK]
    settings.CLAIMDESK_TWO_ORIGINS = "off"
    assert _checked(claim, written)[Level.LOOK] == []


def test_a_needless_reason_is_announced_as_left_out(claim):
    _cited(claim, "Civil Protection")
    _cited(claim, "North Line", "North Line counted 26 dead.")
    written = Written(rating="true", summary="26.", rationale="[E1] [E2]", single_source=REASON)
    told = _checked(claim, written)[Level.LOOK]
    assert told == ["There are two origins: your reason for a single source will be left out."]


def test_the_page_refuses_keeps_the_reason_as_typed_and_shows_where_to_write_one(
    claim, checker, client: Client
):
    def press(name: str, **fields: str) -> Any:
        given = {"version": claim.version, "rating": "true", "summary": "26.", "rationale": "[E1]", **fields}
        return client.post(reverse(f"desk:{name}", args=[claim.pk]), given)

    client.force_login(checker)
    _cited(claim, "Civil Protection")
    answer = press("submit")
    assert answer.status_code == 422
    assert "Only E1 is cited." in answer.text
    assert '<details class="fold" id="single-source" open>' in answer.text
    press("draft", single_source=REASON)
    assert Draft.objects.get(claim=claim).fields["single_source"] == REASON
    assert press("submit", single_source=REASON).status_code == 302
    assert Verdict.objects.get(claim=claim).single_source == REASON


def test_a_verdict_that_comes_back_brings_its_reason(claim, checker, proposal):
    _submit(claim, proposal(_cited(claim, "Civil Protection"), single_source=REASON))
    claim.refresh_from_db()
    verdicts.withdraw(claim.pk, by=checker, version=claim.version)
    assert Draft.objects.get(claim=claim, user=checker).fields["single_source"] == REASON


def test_the_editor_and_the_readers_are_told_in_plain_words(claim, proposal, editor, client: Client):
    _submit(claim, proposal(_cited(claim, "Civil Protection"), single_source=REASON))
    client.force_login(editor)
    screen = client.get(reverse("desk:decision", args=[claim.pk])).text
    assert f"<strong>Rests on a single source:</strong> {REASON}" in screen
    claim.refresh_from_db()
    decisions.approve(claim.pk, by=editor, version=claim.version)
    publication = publishing.publish(claim.pk, by=editor, version=claim.version + 1)
    client.logout()
    address = reverse("public:page", args=[publication.year, publication.slug])
    assert f"<strong>Rests on a single source:</strong> {REASON}" in client.get(address).text
