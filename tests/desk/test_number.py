"""The panel of a claim's number on its page, on the approval screen and before readers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from claims.models import Claim
from reviews.actions import figures, numbers, verdicts
from reviews.actions.figures import Given
from sources.models import Figure
from tests import factories

pytestmark = pytest.mark.django_db

FIRST, LATER = date(2025, 4, 22), date(2025, 4, 25)
AFTER = Given(Decimal(28), LATER, "Civil Protection", reason="By radio.")
TYPED = {
    "figure-value": "1,028", "figure-bound": "at_least", "figure-as_of": "2025-04-25", "figure-at": "18:30",
    "figure-according_to": "Civil Protection", "figure-reason": "By radio.",
}  # fmt: skip


def _read(claim: Claim) -> Claim:
    found = numbers.read(claim.pk)
    with transaction.atomic():
        numbers.keep(claim.pk, found)
    return Claim.objects.get(pk=claim.pk)


@pytest.fixture
def held(claim_at, checker) -> Claim:
    article = factories.ArticleFactory(published_at=datetime(2025, 4, 22, 9, tzinfo=UTC))
    return _read(claim_at("in_progress", author=checker, revision=factories.RevisionFactory(article=article)))


def _page(client, person, claim) -> str:
    client.force_login(person)
    return client.get(reverse("desk:claim", args=[claim.pk])).content.decode()


def test_a_claim_without_a_number_has_no_panel(client, checker):
    claim = factories.ClaimFactory(text="The minister denied that the dam had failed.", status="open")
    assert 'id="number"' not in _page(client, checker, claim)


def test_a_claim_whose_number_was_not_read_yet_offers_to_say_it_as_its_wording_does(client, checker):
    claim = factories.ClaimFactory(status="open")
    page = _page(client, checker, claim)
    assert "Nobody has said yet which number the claim gives." in page
    assert 'name="stated-value" value="26"' in page
    assert 'action="' + reverse("desk:add_figure", args=[claim.pk]) not in page


def test_one_value_is_a_table_and_two_are_drawn_as_well(client, checker, held):
    page = _page(client, checker, held)
    assert '<strong class="num" dir="auto">26 people</strong>' in page
    assert '<svg class="plot series"' not in page
    figures.add(held.pk, by=checker, given=AFTER)
    assert '<svg class="plot series"' in _page(client, checker, held)


def test_a_value_is_added_by_form_and_taken_back_by_its_toast(client, press, checker, held):
    answer = press(checker, "add_figure", held.pk, **TYPED)
    assert answer["Location"] == reverse("desk:claim", args=[held.pk]) + "#number"
    made = Figure.objects.get(stated=False)
    assert (made.said, made.at.isoformat("minutes")) == ("at least 1,028 people", "18:30")
    page = _page(client, checker, held)
    assert "The value is in the series." in page
    assert "added a value: at least 1,028 people" in page
    press(checker, "take_out_figure", made.pk, reason="Added by mistake.")
    page = _page(client, checker, held)
    assert "1 value no longer counts" in page
    assert "Added by mistake." in page


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"figure-value": "5,1"}, "Value: Enter a number."),
        ({"figure-value": "NaN"}, "Value: Enter a number."),
        ({"figure-as_of": ""}, "As of: This field is required."),
        ({"figure-bound": "between"}, "needs an upper value"),
        ({"figure-reason": ""}, "Name the evidence that shows this value"),
    ],
)
def test_a_refused_value_keeps_what_was_typed(press, checker, held, changes, why):
    answer = press(checker, "add_figure", held.pk, **{**TYPED, **changes})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert why in page
    assert 'value="Civil Protection"' in page
    assert "open><summary data-key" in page.replace("  ", " ")
    assert not Figure.objects.filter(stated=False).exists()


def test_what_the_claim_says_is_corrected_and_an_older_form_is_refused(client, press, checker, held):
    typed = {
        "stated-value": "26", "stated-bound": "at_least", "stated-unit": "people", "stated-as_of": "2025-04-22",
        "stated-according_to": "Officials", "version": held.version,
    }  # fmt: skip
    assert press(checker, "state_number", held.pk, **typed).status_code == 302
    assert "changed what the claim says from “26 people” to “at least 26 people”" in _page(
        client, checker, held
    )
    again = press(checker, "state_number", held.pk, **{**typed, "stated-scope": "in the north"})
    assert again.status_code == 409
    assert 'value="in the north"' in again.content.decode()


def test_a_proposal_is_accepted_or_dismissed_from_the_panel(client, press, checker, held):
    for day, text in ((2, "28 people were killed in the flood."), (3, "30 people were killed in the flood.")):
        source = factories.SourceFactory(published_at=datetime(2025, 5, day, 9, tzinfo=UTC))
        snapshot = factories.SnapshotFactory(source=source, text=text)
        factories.EvidenceFactory(claim=held, snapshot=snapshot, start=0, end=len(text))
    _read(held)
    assert _page(client, checker, held).count("Proposed by the machine") == 2
    one, other = Figure.objects.filter(state="proposed").order_by("pk")
    press(checker, "accept_figure", one.pk)
    press(checker, "take_out_figure", other.pk)
    assert sorted(Figure.objects.filter(stated=False).values_list("state", flat=True)) == [
        "accepted",
        "dismissed",
    ]
    assert press(checker, "accept_figure", one.pk).status_code == 409


def test_a_fact_checker_is_told_that_an_editor_decides_on_what_readers_see(client, checker, editor, claim_at):
    claim = _read(claim_at("published", editor=editor))
    page = _page(client, checker, claim)
    assert "Readers see this number. What you add waits for an editor." in page
    assert "Correct what the claim says" not in page
    assert "Correct what the claim says" in _page(client, editor, claim)


def test_a_reader_of_the_desk_may_change_nothing(press, reader, held):
    assert press(reader, "add_figure", held.pk, **TYPED).status_code == 403
    assert Figure.objects.count() == 1


# --- the day to look again


def _proposed_day(client, checker, claim) -> str:
    page = _page(client, checker, claim)
    return page.partition('name="expires_on"')[2].partition(">")[0]


def test_a_verdict_on_a_number_that_moves_is_proposed_to_be_looked_at_again(client, checker, held, settings):
    settings.CLAIMDESK_HORIZONS = {"casualty": 7}
    day = timezone.localdate() + timedelta(days=7)
    assert f'value="{day.isoformat()}"' in _proposed_day(client, checker, held)
    assert "Proposed, because this number may move." in _page(client, checker, held)
    settings.CLAIMDESK_HORIZONS = {"quantity": 7}
    assert "value=" not in _proposed_day(client, checker, held)


def test_the_proposed_day_is_not_brought_back_once_it_was_cleared(client, checker, held):
    verdicts.save_draft(held.pk, by=checker, base_version=held.version, fields={"expires_on": ""})
    assert "value=" not in _proposed_day(client, checker, held)


def test_a_claim_without_a_number_gets_no_day(client, checker, claim_at):
    claim = claim_at("in_progress", author=checker)
    assert "value=" not in _proposed_day(client, checker, claim)


# --- other pages


def test_an_editor_sees_the_series_before_approving(client, checker, editor, claim_in_review):
    claim = _read(claim_in_review(author=checker))
    client.force_login(editor)
    address = reverse("desk:decision", args=[claim.pk])
    assert "The number over time" not in client.get(address).content.decode()
    figures.add(claim.pk, by=checker, given=AFTER)
    assert "The number over time" in client.get(address).content.decode()


def test_readers_see_two_values_with_their_days_and_who_says_so(client, editor, claim_at):
    article = factories.ArticleFactory(published_at=datetime(2025, 4, 22, 9, tzinfo=UTC))
    claim = _read(claim_at("published", editor=editor, revision=factories.RevisionFactory(article=article)))
    made = claim.publications.get()
    address = reverse("public:page", args=[made.year, made.slug])
    assert "The number over time" not in client.get(address).content.decode()
    figures.add(claim.pk, by=editor, given=AFTER)
    page = client.get(address).content.decode()
    assert "The number over time" in page
    for told in (
        "26 people",
        "28 people",
        "22 Apr 2025",
        "25 Apr 2025",
        "Civil Protection",
        "looking at it again",
    ):
        assert told in page
    assert "style=" not in page.partition('id="number"')[2].partition("</section>")[0]
