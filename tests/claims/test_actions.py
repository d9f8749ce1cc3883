"""Articles in, and what people do to their claims."""

from __future__ import annotations

import pytest

from audit.models import AuditEvent
from claims.actions import editing, intake, machine
from claims.actions.editing import Selection
from claims.actions.intake import About
from claims.extraction import Candidate
from claims.lifecycle import Anchor, Dismissal, Status
from claims.models import Article, Claim, Match, Revision
from common.errors import Conflict, Forbidden, Invalid
from jobs.models import Job
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = (
    "The flood in Norvale killed 26 people. The mayor denied that the dam had failed.\n\n"
    "Rain will go on until Friday."
)


def candidate(article: str, quote: str, **more: object) -> Candidate:
    start = article.index(quote)
    given = {
        "text": quote,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "type": "event",
        "claimant": "",
        "check_worthiness": 0.8,
        "needs_wording": False,
        "rules": ("sentence",),
        "added": (),
        "alternatives": (),
        "reasons": ("It names a number.",),
        "quantities": (),
        **more,
    }
    return Candidate(**given)


def test_an_article_is_kept_with_its_first_revision_and_a_job(checker):
    made = intake.submit_article(
        by=checker, text="Head\r\nline\r\n\r\nBody", about=About(outlet="The Courier")
    )
    assert made.made
    assert made.revision is not None
    assert made.revision.text == "Head\nline\n\nBody"
    assert made.article.title == "Head"
    job = Job.objects.get()
    assert (job.step, job.subject_id, job.group) == ("claims.extract", made.revision.pk, made.article.group)


def test_the_same_text_again_is_the_same_article(checker, checker2):
    first = intake.submit_article(by=checker, text=TEXT)
    again = intake.submit_article(by=checker2, text=TEXT.replace("\n", "\r\n") + "  \n")
    assert (again.article.pk, again.made) == (first.article.pk, False)
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "message"), [("  \n ", "no text"), ("a\x00b", "NUL"), ("x" * 1_000_001, "in parts")]
)
def test_a_text_that_cannot_be_taken_is_refused_with_a_sentence(checker, text, message):
    with pytest.raises(Invalid, match=message):
        intake.submit_article(by=checker, text=text)
    assert not Article.objects.exists()


def test_the_same_key_again_gives_the_same_answer_and_another_article_a_conflict(checker):
    first = intake.submit_article(by=checker, text=TEXT, idempotency_key="k1")
    again = intake.submit_article(by=checker, text=TEXT, idempotency_key="k1")
    assert again.article.pk == first.article.pk
    with pytest.raises(Conflict, match="another article"):
        intake.submit_article(by=checker, text="Something else.", idempotency_key="k1")


def test_a_reader_cannot_submit(reader):
    with pytest.raises(Forbidden, match="Only a fact-checker"):
        intake.submit_article(by=reader, text=TEXT)


def test_an_address_is_fetched_before_it_is_read(checker):
    made = intake.submit_article(by=checker, about=About(url="https://courier.example/flood"))
    assert made.revision is None
    assert Job.objects.get().step == "claims.fetch"
    again = intake.submit_article(by=checker, about=About(url="https://courier.example/flood"))
    assert again.article.pk == made.article.pk


def test_what_the_machine_finds_is_stored_once(checker):
    revision = intake.submit_article(by=checker, text=TEXT).revision
    assert revision is not None
    found = [candidate(TEXT, "killed 26 people"), candidate(TEXT, "Rain will go on until Friday.")]
    first = machine.store_candidates(revision.pk, found)
    assert len(first) == 2
    assert machine.store_candidates(revision.pk, found) == []
    claim = Claim.objects.get(quote="killed 26 people")
    assert TEXT[claim.start : claim.end] == claim.quote
    assert (claim.prefix, claim.status, claim.origin) == ("The flood in Norvale ", Status.NEW, "machine")


def test_two_claims_may_stand_on_the_same_words(checker):
    revision = intake.submit_article(by=checker, text=TEXT).revision
    assert revision is not None
    quote = "The mayor denied that the dam had failed."
    machine.store_candidates(
        revision.pk, [candidate(TEXT, quote), candidate(TEXT, quote, text="The dam held.")]
    )
    assert sorted(revision.claims.values_list("nth", flat=True)) == [0, 1]


def test_claims_move_along_with_a_changed_article_only_on_their_exact_words(checker, nothing_is_wrong):
    made = intake.submit_article(by=checker, text=TEXT)
    assert made.revision is not None
    quotes = [
        "killed 26 people",
        "The mayor denied that the dam had failed.",
        "Rain will go on until Friday.",
    ]
    machine.store_candidates(made.revision.pk, [candidate(TEXT, quote) for quote in quotes])
    changed = "Update.\n\n" + TEXT.replace("Rain will go on until Friday.", "It is dry.").replace("26", "28")
    revised = intake.revise_article(made.article.pk, by=checker, text=changed)
    by_quote = {claim.quote: claim for claim in Claim.objects.all()}
    assert [claim.quote for claim in revised.orphaned] == ["Rain will go on until Friday."]
    assert by_quote["killed 26 people"].anchor == Anchor.REWORDED
    moved = by_quote["The mayor denied that the dam had failed."]
    assert moved.anchor == Anchor.REWORDED  # its words are there, what stood before them has changed
    assert Job.objects.filter(step="claims.extract").count() == 2


def test_a_claim_whose_surroundings_stay_moves_along(checker):
    made = intake.submit_article(by=checker, text=TEXT)
    assert made.revision is not None
    machine.store_candidates(made.revision.pk, [candidate(TEXT, "killed 26 people")])
    revised = intake.revise_article(made.article.pk, by=checker, text=TEXT + "\n\nMore follows.")
    assert revised.revision is not None
    claim = Claim.objects.get()
    assert (claim.revision, claim.anchor, claim.version) == (revised.revision, Anchor.ANCHORED, 2)
    again = machine.store_candidates(
        revised.revision.pk, [candidate(revised.revision.text, "killed 26 people")]
    )
    assert again == []


def test_the_same_text_again_is_no_new_revision(checker):
    made = intake.submit_article(by=checker, text=TEXT)
    assert intake.revise_article(made.article.pk, by=checker, text=TEXT).revision is None
    assert Revision.objects.count() == 1


def test_a_person_adds_a_claim_by_its_words(checker):
    made = intake.submit_article(by=checker, text=TEXT)
    selection = Selection("he dam had  fail", prefix="denied that t", suffix="ed.")
    claim = editing.add_claim(
        made.article.pk, by=checker, selection=selection, text="The dam failed.", type="event"
    )
    assert (claim.quote, claim.text, claim.origin) == ("the dam had failed", "The dam failed.", "person")
    assert Job.objects.filter(step="sources.find", subject_id=claim.pk).exists()
    with pytest.raises(Conflict, match="covers these words already"):
        editing.add_claim(made.article.pk, by=checker, selection=selection)
    with pytest.raises(Invalid, match="not in the article"):
        editing.add_claim(made.article.pk, by=checker, selection=Selection("the moon"))


def test_a_selection_is_told_from_its_twin_by_what_stands_around_it(checker):
    text = "He paid 5 euros. She paid 5 euros."
    made = intake.submit_article(by=checker, text=text)
    claim = editing.add_claim(made.article.pk, by=checker, selection=Selection("paid 5 euros", prefix="She "))
    assert claim.start == text.rindex("paid")


def test_rewording_asks_for_evidence_anew_and_keeps_what_was(checker):
    claim = factories.ClaimFactory()
    reworded = editing.reword(
        claim.pk, by=checker, version=1, text="26 people died.", type="casualty", claimant="Police"
    )
    assert (reworded.text, reworded.claimant, reworded.quote) == ("26 people died.", "Police", claim.quote)
    event = AuditEvent.objects.get(verb="claim.reworded")
    assert event.data["before"]["text"] == claim.text
    with pytest.raises(Conflict):
        editing.reword(claim.pk, by=checker, version=1, text="Mine.")
    with pytest.raises(Invalid, match="needs a wording"):
        editing.reword(claim.pk, by=checker, version=2, text=" \x00 ")


def test_two_equal_parts_are_refused_in_words(checker):
    claim = factories.ClaimFactory()
    with pytest.raises(Invalid, match="Two parts are the same"):
        editing.split(claim.pk, by=checker, version=1, wordings=["Same  here.", "Other.", "same here."])
    assert Claim.objects.get() == claim


def test_splitting_makes_parts_and_dismisses_the_whole(checker):
    claim = factories.ClaimFactory()
    parts = editing.split(claim.pk, by=checker, version=1, wordings=["26 died.", "There was a flood."])
    claim.refresh_from_db()
    assert (claim.status, claim.dismissal) == (Status.DISMISSED, Dismissal.SPLIT)
    assert [(part.parent, part.text) for part in parts] == [
        (claim, "26 died."),
        (claim, "There was a flood."),
    ]
    with pytest.raises(Invalid, match="two to ten"):
        editing.split(parts[0].pk, by=checker, version=1, wordings=["one"])


def test_merging_keeps_one_and_points_the_others_to_it(checker):
    keep, *others = [factories.ClaimFactory() for _ in range(3)]
    editing.merge(keep.pk, by=checker, versions={claim.pk: 1 for claim in (keep, *others)})
    assert set(Claim.objects.filter(duplicate_of=keep)) == set(others)
    with pytest.raises(Conflict):
        editing.merge(keep.pk, by=checker, versions={keep.pk: 1, others[0].pk: 1})


def test_a_person_hangs_an_orphan_on_new_words(checker):
    made = intake.submit_article(by=checker, text=TEXT)
    assert made.revision is not None
    machine.store_candidates(made.revision.pk, [candidate(TEXT, "Rain will go on until Friday.")])
    intake.revise_article(
        made.article.pk, by=checker, text="The rain goes on until Saturday, says the office."
    )
    orphan = Claim.objects.get()
    claim = editing.reanchor(
        orphan.pk, by=checker, version=orphan.version, selection=Selection("rain goes on until Saturday")
    )
    assert (claim.anchor, claim.quote, claim.revision.number) == (
        Anchor.ANCHORED,
        "rain goes on until Saturday",
        2,
    )


def test_a_match_is_decided_by_a_person_and_merges_nothing(checker):
    claim, earlier = factories.ClaimFactory(), factories.ClaimFactory()
    match = Match.objects.create(claim=claim, earlier=earlier, score=0.9, method="test")
    editing.decide_match(match.pk, by=checker, same=True)
    match.refresh_from_db()
    assert (match.state, match.decided_by) == (Match.State.CONFIRMED, checker)
    claim.refresh_from_db()
    assert claim.status == Status.NEW
