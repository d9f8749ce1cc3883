"""A passage supports, refutes or is context, with a reason in words; the machine is silent when it does not know."""

import pytest

from sources.stance import judge

TOLL = "26 people were killed in the attack in Pahalgam."
ACCUSED = "Pakistan was involved in the attack in Pahalgam."
ABSENCE = "India has presented no verifiable evidence of a Pakistani role in the Pahalgam attack."


def test_another_number_refutes_and_the_reason_names_both():
    said = judge(TOLL, "Officials said 28 people were killed in the attack in Pahalgam.")
    assert (said.stance, said.rule) == ("refutes", "number_mismatch")
    assert said.reasons == ("The source says 28, the claim says 26.",)


def test_at_least_26_is_not_refuted_by_28():
    said = judge(
        "At least 26 people were killed in the attack in Pahalgam.",
        "28 people were killed in the attack in Pahalgam.",
    )
    assert said.stance == "supports"
    assert said.reasons == ("The source says 28, which fits the claim's at least 26.",)


def test_a_number_in_words_supports_the_number_in_digits():
    said = judge(TOLL, "Twenty-six people were killed in the attack in Pahalgam, according to the hospital.")
    assert said.stance == "supports"


def test_a_lower_bound_below_the_claim_settles_nothing():
    said = judge(TOLL, "At least 24 people were killed in the attack in Pahalgam.")
    assert said.stance == "context"
    assert said.reasons[0] == "The source says at least 24, which neither confirms nor excludes 26."


def test_an_early_count_is_left_to_a_person():
    said = judge(TOLL, "24 people were killed in the attack in Pahalgam, first reports said.")
    assert (said.stance, said.rule) == ("context", "early_figure")


def test_a_forecast_is_no_evidence_of_what_is():
    said = judge(
        "The unemployment rate in Orrland is 5.1%.",
        "The bank expects the unemployment rate in Orrland to be 5.4%.",
    )
    assert (said.stance, said.rule) == ("context", "forecast")


def test_another_number_at_another_time_is_context():
    said = judge(
        "The jobless rate in Orrland was 5.1% in May 2025.",
        "The jobless rate in Orrland was 5.6% in May 2024.",
    )
    assert (said.stance, said.rule) == ("context", "other_time")


def test_another_date_of_the_same_event_refutes():
    said = judge(
        "The bridge in Kessmouth was opened in May 1993.", "The bridge in Kessmouth was opened in May 1995."
    )
    assert (said.stance, said.rule) == ("refutes", "date_mismatch")
    assert said.reasons == ("The source says May 1995, the claim says May 1993.",)


def test_a_denial_by_the_accused_is_not_evidence():
    said = judge(ACCUSED, "Islamabad denied that Pakistan was involved in the attack in Pahalgam.")
    assert (said.stance, said.rule) == ("context", "denial")
    assert "is a statement and not evidence" in said.reasons[0]


def test_the_denial_itself_is_supported_by_a_report_of_it():
    said = judge(
        "Pakistan denies any involvement in the attack.",
        "Pakistan denies any involvement in the attack in Pahalgam.",
    )
    assert said.stance == "supports"


def test_an_accusation_repeated_is_not_evidence():
    said = judge(ACCUSED, "India accused Pakistan of being involved in the attack in Pahalgam.")
    assert (said.stance, said.rule) == ("context", "accusation")
    assert said.reasons == ("The passage reports what India alleges; that is not evidence for it.",)


def test_a_question_says_nothing():
    said = judge(ACCUSED, "Was Pakistan involved in the attack in Pahalgam?")
    assert (said.stance, said.rule) == ("context", "question")


def test_a_passage_that_repeats_an_absence_supports_it():
    said = judge(
        ABSENCE,
        "India has not made public any evidence of a Pakistani role in the attack.",
        claim_type="evidence_status",
    )
    assert (said.stance, said.rule) == ("supports", "absence_repeated")


def test_a_passage_that_shows_evidence_presented_refutes_an_absence():
    said = judge(
        ABSENCE,
        "India presented intercepts as evidence of a Pakistani role in the attack to envoys.",
        claim_type="evidence_status",
    )
    assert (said.stance, said.rule) == ("refutes", "evidence_presented")


@pytest.mark.parametrize(
    "passage",
    [
        "Has India published evidence of a Pakistani role in the attack?",
        "Pakistan asked India to present evidence of a Pakistani role in the attack.",
        "India said it would present evidence of a Pakistani role in the attack.",
        "Peru has not presented any evidence about the price of fish.",
    ],
)
def test_evidence_asked_for_or_promised_does_not_refute_an_absence(passage):
    assert judge(ABSENCE, passage, claim_type="evidence_status").stance == "context"


def test_an_opposite_word_refutes_and_is_named():
    said = judge(
        "The council approved the new harbour plan in Kessmouth.",
        "The council rejected the new harbour plan in Kessmouth.",
    )
    assert said.stance == "refutes"
    assert said.reasons == ("The source says “rejected” where the claim says “approved”.",)


def test_a_negation_never_supports():
    said = judge(
        "The depot in Kessmouth passed the inspection.", "The depot in Kessmouth did not pass the inspection."
    )
    assert said.stance != "supports"


def test_a_passage_about_something_else_says_so():
    said = judge(TOLL, "Hotels in the valley are booked for the last two weeks of April.")
    assert (said.stance, said.score) == ("context", 0.1)
    assert said.reasons == ("The passage shares few words with the claim.",)


def test_a_name_in_the_title_need_not_stand_in_the_passage():
    claim, passage = (
        "Average pay in Orrland was 3.9% higher than a year earlier.",
        "Average pay was 3.9% higher than a year earlier.",
    )
    assert judge(claim, passage).stance == "context"
    assert judge(claim, passage, about="Labour market in Orrland, second quarter").stance == "supports"


def test_a_detail_that_the_passage_leaves_out_is_named():
    said = judge(
        "The attack in Pahalgam killed 26 people, including Indian navy personnel.",
        "The attack in Pahalgam killed 26 people, the hospital said.",
    )
    assert (said.stance, said.rule) == ("supports", "figures_agree_in_part")
    assert said.reasons[-1] == "It does not settle the detail “including Indian navy personnel”."


@pytest.mark.parametrize(
    ("claim", "passage"), [("", ""), ("26", "26"), ("🙂", "🙂"), ("هجوم", "هجوم"), ("A.", "x" * 20_000)]
)
def test_odd_texts_are_judged_without_harm(claim, passage):
    said = judge(claim, passage)
    assert said.stance in ("supports", "refutes", "context")
    assert said.reasons


def test_somebody_elses_number_refutes_nothing():
    said = judge(
        "Volthaven made a loss of 22 million marks.", "The night train made a loss of 6.1 million marks."
    )
    assert said.stance == "context"


def test_a_table_of_several_numbers_is_left_to_a_person():
    said = judge(
        "The jobless rate in Brennick is 20%.",
        "The jobless rate by region: north-west 20.7%, Brennick 11.9%, south 13.0%.",
    )
    assert said.stance == "context"
    assert said.reasons[0].startswith("The source gives several numbers (20.7%, 11.9%, 13.0%)")


def test_an_absence_of_something_else_than_evidence_is_not_settled_by_any_missing_record():
    said = judge(
        "No one has been arrested.", "It is not a real record and names no one.", claim_type="evidence_status"
    )
    assert said.stance == "context"
