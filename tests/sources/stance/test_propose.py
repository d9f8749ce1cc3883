"""A rating is proposed only on sure judgements of good and independent sources; else the reasons for silence."""

from datetime import date

from sources.stance import Judgement, Weighed, propose
from sources.stance.propose import weight

FOR = Judgement("supports", 0.92, ("The source says it in nearly the same words.",), "near_verbatim", 0.92)
PART = Judgement(
    "supports", 0.83, ("It does not settle the detail “including civilians”.",), "near_verbatim_in_part", 0.83
)
AGAINST = Judgement("refutes", 0.88, ("The source says 28, the claim says 26.",), "number_mismatch", 0.12)
DENIAL = Judgement(
    "context", 0.3, ("A denial by Pakistan, who is accused, is a statement and not evidence.",), "denial"
)
ABSENT = Judgement(
    "supports", 0.75, ("The passage also says that no evidence has been presented.",), "absence_repeated"
)
SHOWN = Judgement(
    "refutes",
    0.7,
    ("The passage reports that evidence was presented: read what it shows.",),
    "evidence_presented",
)


def test_two_independent_origins_that_support_make_it_true():
    proposal = propose([Weighed(FOR, "Himal Wire", "C"), Weighed(FOR, "Valley Records", "B")])
    assert proposal.rating == "true"
    assert proposal.reasons[0] == "2 independent origins support it."
    assert proposal.would_change


def test_three_copies_of_one_wire_story_are_one_origin():
    copies = [
        Weighed(FOR, "Himal Wire", "C"),
        Weighed(FOR, "himal wire ", "C"),
        Weighed(FOR, "Himal Wire", "D"),
    ]
    proposal = propose(copies)
    assert proposal.rating is None
    assert proposal.reasons[0] == "1 independent origin supports it."
    assert proposal.reasons[-1] == "One origin of this grade is not enough to propose a rating."


def test_one_origin_of_a_good_grade_is_heard_with_less_confidence():
    alone = propose([Weighed(FOR, "Office for National Figures", "A")])
    both = propose([Weighed(FOR, "Office for National Figures", "A"), Weighed(FOR, "Auditor", "A")])
    assert (alone.rating, alone.confidence) == ("true", 0.75)
    assert both.confidence == 0.95


def test_unreliable_sources_do_not_settle_anything():
    assert propose([Weighed(FOR, "blog", "E"), Weighed(FOR, "forum", "E")]).rating is None


def test_strong_sources_on_both_sides_make_it_disputed():
    proposal = propose([Weighed(FOR, "a", "B"), Weighed(AGAINST, "b", "B")])
    assert proposal.rating == "disputed"
    assert proposal.reasons[0] == "1 independent origin for it, 1 independent origin against it."


def test_an_older_number_does_not_dispute_a_newer_one():
    proposal = propose(
        [
            Weighed(AGAINST, "a", "B", published=date(2025, 4, 22)),
            Weighed(FOR, "b", "B", published=date(2025, 4, 26)),
        ]
    )
    assert proposal.rating == "true"
    assert (
        proposal.reasons[-1] == "An older source had another number: The source says 28, the claim says 26."
    )


def test_support_that_leaves_a_detail_open_is_mostly_true():
    assert propose([Weighed(PART, "a", "B"), Weighed(PART, "b", "B")]).rating == "mostly"


def test_nothing_is_proposed_without_evidence():
    proposal = propose([])
    assert (proposal.rating, proposal.confidence) == (None, None)
    assert proposal.reasons == ("No passage was found that bears on it.",)


def test_a_denial_alone_leads_to_silence_and_is_named():
    proposal = propose([Weighed(DENIAL, "a", "A")])
    assert proposal.rating is None
    assert proposal.reasons[1] == "A denial by Pakistan, who is accused, is a statement and not evidence."


def test_what_the_claimant_says_does_not_support_their_claim():
    assert propose([Weighed(FOR, "ministry", "A", is_claimant=True)]).rating is None


def test_what_the_claimant_says_does_prove_that_they_said_it():
    assert propose([Weighed(FOR, "ministry", "A", is_claimant=True)], claim_type="denial").rating == "true"


def test_a_prediction_is_not_rated_before_its_time():
    proposal = propose([Weighed(FOR, "a", "A"), Weighed(FOR, "b", "A")], claim_type="prediction")
    assert proposal.rating is None
    assert proposal.reasons[0] == "What is announced or expected cannot be rated before its time."


def test_stored_evidence_without_its_rule_weighs_the_same():
    stored = Judgement(PART.stance, PART.score, PART.reasons, "machine")
    assert propose([Weighed(stored, "a", "B"), Weighed(stored, "b", "B")]).rating == "mostly"


def test_an_absence_is_unproven_as_of_a_date_and_never_true():
    proposal = propose(
        [Weighed(ABSENT, "a", "A"), Weighed(ABSENT, "b", "A")],
        claim_type="evidence_status",
        as_of="3 May 2025",
    )
    assert proposal.rating == "unproven"
    assert proposal.reasons[0] == "None found as of 3 May 2025 in the desk's library."


def test_evidence_that_was_presented_is_left_to_a_person():
    proposal = propose([Weighed(SHOWN, "a", "A")], claim_type="evidence_status")
    assert proposal.rating is None
    assert proposal.reasons[-1] == "Whether it is evidence is for a person to say."


def test_a_doubtful_digit_weighs_as_a_low_letter_and_a_good_one_adds_nothing():
    def weighs(letter: str, digit: int) -> float:
        return weight(Weighed(Judgement("supports", 1.0, (), "x"), reliability=letter, credibility=digit))

    assert [weighs("A", digit) for digit in (1, 2, 3, 4, 5, 6)] == [1.0, 1.0, 0.8, 0.5, 0.2, 1.0]
    assert weighs("E", 3) == weighs("E", 6)
