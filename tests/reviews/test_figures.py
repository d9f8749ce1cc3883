"""The values of a claim's number: read, proposed, added, accepted, taken out; and what comes back when it moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.roles import Role
from audit.models import AuditEvent
from claims.actions import editing
from claims.lifecycle import ABILITIES, Status
from claims.models import Claim
from common.errors import Conflict, DeskError, Forbidden, Invalid, NotFound
from jobs.models import Job
from reviews import published
from reviews.actions import figures, numbers, publishing, verdicts
from reviews.actions.figures import Given
from reviews.models import Notification
from reviews.verify import data_findings
from sources import actions as library
from sources import judging
from sources.models import Figure
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scale")]

FIRST, LATER = date(2025, 4, 22), date(2025, 4, 25)
AFTER = Given(Decimal(28), LATER, "Civil Protection", reason="Read out on the radio.")


def _article(day: date = FIRST):
    published_at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return factories.RevisionFactory(article=factories.ArticleFactory(published_at=published_at))


def _evidence(claim: Claim, text: str, day: date | None = LATER, **more):
    published_at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) if day else None
    source = factories.SourceFactory(published_at=published_at)
    snapshot = factories.SnapshotFactory(source=source, text=text)
    return factories.EvidenceFactory(claim=claim, snapshot=snapshot, start=0, end=len(text), **more)


def _run(claim: Claim) -> None:
    found = numbers.read(claim.pk)
    with transaction.atomic():
        assert numbers.keep(claim.pk, found) == [claim.pk]


def _state(claim: Claim, by, **more) -> Figure:
    version = Claim.objects.get(pk=claim.pk).version
    given = Given(Decimal(26), FIRST, "Officials", unit="people", **more)
    return figures.state(claim.pk, by=by, version=version, given=given)


@pytest.fixture
def claim() -> Claim:
    """A claim whose number the machine has read."""
    made = factories.ClaimFactory(revision=_article(), status=Status.OPEN)
    _run(made)
    return made


@pytest.fixture
def public(claim_at, checker, editor) -> Claim:
    """A published claim with the rating “true” whose number the machine has read."""
    made = claim_at("published", author=checker, editor=editor, revision=_article())
    _run(made)
    Notification.objects.all().delete()
    return Claim.objects.get(pk=made.pk)


# --- what the machine reads and proposes


def test_the_machine_reads_what_the_claim_says_with_its_unit_its_speaker_and_its_day(claim):
    said = Figure.objects.get()
    assert (said.said, said.scope, said.according_to, said.as_of) == (
        "26 people",
        "killed",
        "Officials",
        FIRST,
    )
    assert (said.stated, said.state, said.added_by, said.model_version) == (
        True,
        "accepted",
        None,
        numbers.ENGINE,
    )
    assert AuditEvent.objects.get(verb="figure.stated").actor is None


def test_reading_twice_has_one_effect(claim):
    _evidence(claim, "28 people were killed in the flood.")
    for _ in range(2):
        _run(claim)
    assert Figure.objects.filter(stated=True).count() == 1
    assert Figure.objects.filter(state="proposed").count() == 1


def test_a_claim_without_a_number_gets_none():
    made = factories.ClaimFactory(text="The minister denied that the dam had failed.")
    _run(made)
    assert not Figure.objects.exists()


def test_later_evidence_of_the_same_thing_is_proposed_and_counts_for_nothing_yet(claim):
    shown = _evidence(claim, "28 people were killed in the flood.")
    _evidence(claim, "25 people were killed in the flood.", FIRST - timedelta(days=1))
    _evidence(claim, "30 people were killed in the flood.", None)
    _evidence(claim, "31 people were killed in the flood.", set_aside="A hoax.")
    _evidence(claim, "9 homes were destroyed.")
    _run(claim)
    found = Figure.objects.get(stated=False)
    assert (found.said, found.as_of, found.according_to) == ("28 people", LATER, "Civil Protection")
    assert (found.evidence, found.state, found.decided_by) == (shown, "proposed", None)


def test_what_was_dismissed_or_taken_out_is_not_proposed_again(claim, checker):
    _evidence(claim, "28 people were killed in the flood.")
    _run(claim)
    figures.take_out(Figure.objects.get(stated=False).pk, by=checker, reason="")
    _run(claim)
    assert Figure.objects.get(stated=False).state == "dismissed"


def test_a_reworded_claim_is_read_again_and_a_persons_word_stays(claim, checker):
    editing.reword(claim.pk, by=checker, version=claim.version, text="Officials said 27 people were killed.")
    _run(claim)
    assert [f.value for f in Figure.objects.filter(stated=True, state="accepted")] == [27]
    assert Figure.objects.filter(stated=True, state="replaced").count() == 1
    _state(claim, checker)
    _run(claim)
    assert [f.value for f in Figure.objects.filter(stated=True, state="accepted")] == [26]


def test_attached_evidence_is_looked_through(claim, checker):
    snapshot = factories.SnapshotFactory(text="28 people were killed in the flood.")
    library.attach_evidence(
        claim.pk, by=checker, snapshot_id=snapshot.pk, quote="28 people", stance="refutes"
    )
    assert Job.objects.get(step="reviews.number").subject_id == claim.pk


# --- what people do


def test_a_person_corrects_what_the_claim_says_and_the_earlier_word_is_kept(claim, checker):
    version = claim.version
    _state(claim, checker, bound="at_least", scope="killed in the north")
    said = Figure.objects.get(state="accepted")
    assert (said.said, said.scope, said.added_by) == ("at least 26 people", "killed in the north", checker)
    assert Figure.objects.get(state="replaced").model_version == numbers.ENGINE
    assert Claim.objects.get(pk=claim.pk).version == version + 1
    told = AuditEvent.objects.filter(verb="figure.stated").latest("seq")
    assert (told.data["before"], told.data["said"]) == ("26 people", "at least 26 people")


def test_a_correction_made_from_an_older_version_is_refused(claim, checker):
    given = Given(Decimal(27), FIRST, "Officials")
    with pytest.raises(Conflict):
        figures.state(claim.pk, by=checker, version=claim.version + 1, given=given)
    assert Figure.objects.get().value == 26


def test_the_unit_stays_while_later_values_are_in_it(claim, checker):
    figures.add(claim.pk, by=checker, given=AFTER)
    with pytest.raises(Invalid, match="Take them out before the unit changes"):
        figures.state(claim.pk, by=checker, version=claim.version, given=replace(AFTER, unit="families"))
    with pytest.raises(Invalid, match="in “people”"):
        figures.add(claim.pk, by=checker, given=replace(AFTER, value=Decimal(3), unit="families"))


def test_a_person_adds_a_value_with_the_evidence_that_shows_it(claim, checker):
    shown = _evidence(claim, "28 people were killed in the flood.")
    made = figures.add(claim.pk, by=checker, given=replace(AFTER, reason="", evidence=shown.pk))
    assert (made.said, made.unit, made.state, made.decided_by) == ("28 people", "people", "accepted", checker)
    assert data_findings() == []
    assert AuditEvent.objects.get(verb="figure.added").data["said"] == "28 people"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"reason": ""}, "Name the evidence that shows this value"),
        ({"according_to": "  "}, "according to whom"),
        ({"bound": "between"}, "needs an upper value"),
        ({"upper": Decimal(30)}, "needs an upper value"),
        ({"bound": "between", "upper": Decimal(28)}, "The upper value is the larger one"),
        ({"bound": "nonsense"}, "no such bound"),
        ({"value": Decimal("NaN")}, "15 digits at most"),
        ({"value": Decimal("1e20")}, "15 digits at most"),
        ({"value": Decimal("0.0001")}, "15 digits at most"),
        ({"as_of": date(9000, 1, 1)}, "a day that has come"),
        ({"according_to": "x" * 201}, "according_to has 200 characters at most"),
        ({"reason": "x" * 301}, "reason has 300 characters at most"),
        ({"evidence": 10**9}, "does not belong to this claim"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_with_the_reason(claim, checker, changes, why):
    with pytest.raises(Invalid, match=why):
        figures.add(claim.pk, by=checker, given=replace(AFTER, **changes))
    assert Figure.objects.count() == 1


def test_a_quote_without_the_number_needs_a_reason_how_it_follows(claim, checker):
    shown = _evidence(claim, "Two more have died, the office said.")
    given = replace(AFTER, reason="", evidence=shown.pk)
    with pytest.raises(Invalid, match=r"The quote of E\d+ does not have this number"):
        figures.add(claim.pk, by=checker, given=given)
    figures.add(claim.pk, by=checker, given=replace(given, reason="26 and two more."))
    assert data_findings() == []


def test_evidence_that_was_set_aside_shows_nothing(claim, checker):
    shown = _evidence(claim, "28 people were killed in the flood.")
    _run(claim)
    judging.set_aside(shown.pk, by=checker, reason="A hoax.")
    with pytest.raises(Invalid, match="was set aside"):
        figures.add(claim.pk, by=checker, given=replace(AFTER, value=Decimal(29), evidence=shown.pk))
    with pytest.raises(Invalid, match="was set aside"):
        figures.accept(Figure.objects.get(state="proposed").pk, by=checker)


def test_a_value_needs_what_the_claim_says_first(checker):
    made = factories.ClaimFactory(text="Many people were killed in the flood.", status=Status.OPEN)
    with pytest.raises(Invalid, match="Say first"):
        figures.add(made.pk, by=checker, given=AFTER)
    _state(made, checker)
    assert figures.add(made.pk, by=checker, given=AFTER).said == "28 people"


def test_the_same_value_twice_is_a_conflict_until_it_was_taken_out(claim, checker):
    made = figures.add(claim.pk, by=checker, given=AFTER)
    with pytest.raises(Conflict) as refused:
        figures.add(claim.pk, by=checker, given=AFTER)
    assert refused.value.current == {"id": made.pk, "state": "accepted"}
    figures.take_out(made.pk, by=checker, reason="Misheard.")
    assert figures.add(claim.pk, by=checker, given=AFTER).state == "accepted"


def test_a_claim_has_so_many_values_and_no_more(claim, checker, monkeypatch):
    monkeypatch.setattr(figures, "MOST", 1)
    with pytest.raises(Invalid, match="at most"):
        figures.add(claim.pk, by=checker, given=AFTER)


def test_a_proposal_is_decided_once(claim, checker, checker2):
    _evidence(claim, "28 people were killed in the flood.")
    _run(claim)
    made = figures.accept(Figure.objects.get(state="proposed").pk, by=checker)
    assert (made.state, made.decided_by) == ("accepted", checker)
    with pytest.raises(Conflict, match="already: accepted"):
        figures.accept(made.pk, by=checker2)


def test_taking_out_wants_a_reason_and_keeps_the_row(claim, checker):
    made = figures.add(claim.pk, by=checker, given=AFTER)
    with pytest.raises(Invalid, match="Say why"):
        figures.take_out(made.pk, by=checker, reason=" ")
    out = figures.take_out(made.pk, by=checker, reason=" Misheard. ")
    assert (out.state, out.note, out.decided_by) == ("removed", "Misheard.", checker)
    assert AuditEvent.objects.get(verb="figure.removed").data["reason"] == "Misheard."
    with pytest.raises(Conflict):
        figures.take_out(made.pk, by=checker, reason="Again.")
    with pytest.raises(Invalid, match="correct it instead"):
        figures.take_out(Figure.objects.get(stated=True).pk, by=checker, reason="No.")
    with pytest.raises(NotFound):
        figures.take_out(made.pk + 1000, by=checker, reason="No.")


@pytest.mark.parametrize("role", ["reader", "fact_checker", "editor", "admin"])
@pytest.mark.parametrize("status", Status.values)
def test_who_may_touch_the_number_of_a_claim_at_which_status(claim_at, status, role):
    made = claim_at(status, revision=_article())
    person = factories.UserFactory(role=Role[role.upper()])
    deeds = {
        "state": lambda: _state(made, person),
        "add": lambda: figures.add(made.pk, by=person, given=AFTER),
    }
    reads = made.status in ABILITIES["figures"].statuses
    if reads:
        _run(made)
    refused = {name: _refusal(deed) for name, deed in deeds.items()}
    if not reads:
        assert set(refused.values()) == {Conflict}
    elif role == "reader":
        assert set(refused.values()) == {Forbidden}
    elif role == "fact_checker" and status == "published":
        assert refused == {"state": Forbidden, "add": None}
        assert Figure.objects.get(stated=False).state == "proposed"
    else:
        assert set(refused.values()) == {None}
        assert Figure.objects.get(stated=False).state == "accepted"


def _refusal(deed) -> type[DeskError] | None:
    try:
        deed()
    except DeskError as error:
        return type(error)
    return None


# --- what is public


def test_a_value_that_cannot_hold_beside_the_public_claim_brings_it_back(public, editor, checker):
    figures.add(public.pk, by=editor, given=AFTER)
    public.refresh_from_db()
    assert public.status == "published"
    assert public.look_again == "The number has moved: 26 on 22 April 2025, 28 on 25 April 2025."
    assert AuditEvent.objects.filter(verb="publication.recalled").count() == 1
    assert Notification.objects.get(user=checker).kind == "recalled"


def test_days_of_this_year_are_named_without_it(claim_at, editor):
    today = timezone.localdate()
    made = claim_at("published", editor=editor, revision=_article(today))
    _run(made)
    figures.add(made.pk, by=editor, given=replace(AFTER, as_of=today))
    made.refresh_from_db()
    assert str(today.year) not in made.look_again


@pytest.mark.parametrize(
    "given",
    [
        replace(AFTER, value=Decimal(26)),
        replace(AFTER, value=Decimal(20), bound="at_least"),
        replace(AFTER, as_of=FIRST - timedelta(days=1)),
    ],
    ids=["the same", "a bound that it meets", "an earlier count"],
)
def test_a_value_that_leaves_the_public_claim_standing_brings_nothing_back(public, editor, given):
    figures.add(public.pk, by=editor, given=given)
    public.refresh_from_db()
    assert public.look_again == ""


def test_a_claim_found_false_comes_back_when_the_number_reaches_it(claim_at, editor, checker, proposal):
    made = claim_at("in_progress", author=checker, revision=_article())
    given = proposal(factories.EvidenceFactory(claim=made), rating="false")
    verdicts.submit(made.pk, by=checker, version=made.version, proposed=given)
    made.refresh_from_db()
    publishing.approve_and_publish(made.pk, by=editor, version=made.version)
    _run(made)
    figures.add(made.pk, by=editor, given=replace(AFTER, value=Decimal(24)))
    assert Claim.objects.get(pk=made.pk).look_again == ""
    figures.add(made.pk, by=editor, given=replace(AFTER, value=Decimal(26)))
    assert Claim.objects.get(pk=made.pk).look_again.startswith("The number has come to what the claim says")


def test_a_fact_checkers_value_on_a_public_claim_waits_for_an_editor_who_is_told(public, checker2, editor):
    made = figures.add(public.pk, by=checker2, given=AFTER)
    assert (made.state, made.added_by) == ("proposed", checker2)
    assert Notification.objects.get(user=editor).text == "A later value waits for your word: 28 people."
    public.refresh_from_db()
    assert public.look_again == ""
    with pytest.raises(Forbidden, match="only an editor"):
        figures.accept(made.pk, by=checker2)
    figures.accept(made.pk, by=editor)
    public.refresh_from_db()
    assert public.look_again.startswith("The number has moved")
    with pytest.raises(Forbidden, match="only an editor"):
        figures.take_out(made.pk, by=checker2, reason="Mine.")


def test_editors_are_told_when_the_machine_proposes_a_value_of_a_public_number(public, editor):
    _evidence(public, "28 people were killed in the flood.")
    _run(public)
    assert Notification.objects.get(user=editor).text == "A later value waits for your word: 28 people."
    public.refresh_from_db()
    assert public.look_again == ""


def test_readers_see_what_the_claim_says_and_accepted_values_until_it_is_retracted(public, editor, checker):
    def seen():
        return [(f.said, f.stated) for f in published.series(public.publications.get(current=True))]

    assert seen() == []
    figures.add(public.pk, by=checker, given=replace(AFTER, value=Decimal(31)))
    assert seen() == []
    figures.add(public.pk, by=editor, given=AFTER)
    assert seen() == [("26 people", True), ("28 people", False)]
    public.refresh_from_db()
    publishing.retract(public.pk, by=editor, version=public.version, reason="It was wrong.")
    assert seen() == []


def test_a_correction_in_work_does_not_change_what_readers_see(claim_at, checker, editor):
    made = claim_at("approved", author=checker, editor=editor, revision=_article())
    _run(made)
    publishing.publish(made.pk, by=editor, version=Claim.objects.get(pk=made.pk).version)
    figures.add(made.pk, by=editor, given=AFTER)
    publication = made.publications.get(current=True)
    before = [(f.said, f.stated) for f in published.series(publication)]
    assert before == [("26 people", True), ("28 people", False)]
    made.refresh_from_db()
    publishing.correct(made.pk, by=editor, version=made.version, reason="It rose.")
    _state(made, editor, bound="at_least")
    assert [(f.said, f.stated) for f in published.series(publication)] == before
