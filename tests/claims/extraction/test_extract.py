"""What a desk relies on: one fact a claim, whose it is, what it is, and words that stand alone."""

from datetime import date

import pytest

from claims.extraction import Candidate, extract

KASHMIR = """WASHINGTON, 29 April – The United States is in touch with both India and Pakistan and urges them \
not to escalate, State Department spokesperson Tammy Bruce said, as tension between the two neighbours rises over an \
attack in Kashmir.

The attack on 22 April in Pahalgam, Kashmir, was reported to have killed 26 people, including Indian navy personnel \
and civilians.

India has linked Pakistan to the attack but has presented no verifiable evidence of a Pakistani role.

Pakistan denies any involvement in the attack and has offered to take part in a transparent international inquiry.
"""


@pytest.fixture(scope="module")
def kashmir() -> list[Candidate]:
    return extract(
        KASHMIR,
        title="U.S. urges India and Pakistan not to escalate after Kashmir attack",
        published=date(2025, 4, 29),
    )


def of_type(found: list[Candidate], kind: str) -> list[Candidate]:
    return [claim for claim in found if claim.type == kind]


def test_the_casualty_count_is_a_claim_of_its_own(kashmir):
    [claim] = of_type(kashmir, "casualty")
    assert "26 people" in claim.text
    assert [(q.value, q.counted) for q in claim.quantities] == [(26, "people")]


def test_the_missing_evidence_is_a_claim_about_evidence(kashmir):
    [claim] = of_type(kashmir, "evidence_status")
    assert claim.text.startswith("India has presented no verifiable evidence")
    assert claim.quote.startswith("has presented no verifiable evidence")


def test_the_accusation_belongs_to_india(kashmir):
    [claim] = of_type(kashmir, "accusation")
    assert claim.claimant == "India"
    assert "linked Pakistan to the" in claim.text


def test_denial_and_offer_are_two_claims_of_pakistan(kashmir):
    [denial] = of_type(kashmir, "denial")
    assert denial.claimant == "Pakistan"
    assert "inquiry" not in denial.text
    offer = next(c for c in of_type(kashmir, "position") if "offered" in c.text)
    assert offer.claimant == "Pakistan"
    assert offer.text.startswith("Pakistan has offered to take part in a transparent international inquiry")


def test_the_spokesperson_is_the_claimant_of_what_she_said(kashmir):
    assert "Tammy Bruce" in {c.claimant for c in kashmir}
    assert not any("Bruce said" in c.text for c in kashmir)


def test_them_is_the_pair_that_was_named(kashmir):
    assert any("urges India and Pakistan not to escalate" in c.text for c in kashmir)


def test_dead_and_hurt_are_two_claims_with_the_same_subject():
    found = extract(
        "A fire at a depot in Lowfen killed four people and injured at least 31 on Tuesday, the mayor said."
    )
    texts = [c.text for c in found]
    assert any("killed four people" in t and "31" not in t for t in texts)
    assert any("injured at least 31" in t and "four" not in t for t in texts)
    assert all(t.startswith("A fire at a depot in Lowfen") for t in texts)


def test_who_says_that_somebody_else_said_so_is_kept():
    found = extract(
        "Anna Lee said that Peter Roth had told her that the owners already knew about the leak in the dam wall."
    )
    assert found[-1].claimant == "Anna Lee, citing Peter Roth"


def test_added_spans_mark_what_the_article_did_not_say():
    text = "Deborah Lyle was jailed on Friday. She had repaid 140,000 pounds to the charity."
    claim = next(c for c in extract(text) if "repaid" in c.text)
    [(start, end)] = [s for s in claim.added if claim.text[s[0] : s[1]] == "Deborah Lyle"]
    assert (start, end) == (0, 12)
    assert any("Deborah Lyle" in rule for rule in claim.rules)


def test_hedges_and_negation_survive():
    found = extract(
        "Nearly 700 lorries have been stranded at the border. The ministry has not made the numbers public."
    )
    texts = " ".join(c.text for c in found)
    assert "Nearly 700" in texts
    assert "has not made" in texts


def test_a_question_scores_low():
    [claim] = extract("Is the minister heading for a calm handover this week?")
    assert claim.check_worthiness < 0.2


def test_an_unresolved_pronoun_is_flagged():
    [claim] = extract("They have sent two ships and 600 soldiers to the island since Monday.")
    assert claim.needs_wording


def test_other_languages_keep_their_sentences_and_numbers():
    found = extract(
        "El embalse ha caído al 18 % de su capacidad. Las multas van de 150 a 3.000 euros.", language="es"
    )
    assert [c.quote for c in found] == [
        "El embalse ha caído al 18 % de su capacidad.",
        "Las multas van de 150 a 3.000 euros.",
    ]
    assert found[0].quantities


def test_an_english_mark_on_a_foreign_text_does_not_parse_it():
    text = "Las multas van de 150 a 3.000 euros y el agua se corta cada noche en los pueblos. " * 6
    assert all(c.rules == ("sentence",) for c in extract(text, language="en"))


def test_byline_dateline_and_caption_are_no_claims():
    text = (
        "By Priya Raman\n\nPhoto: the depot in Lowfen on Monday, where four people died\n\n"
        "SYDNEY, 9 October 2024, 5.40pm\n\nFour people died in Lowfen on Monday."
    )
    [claim] = extract(text)
    assert claim.quote == "Four people died in Lowfen on Monday"


@pytest.mark.parametrize("time", ["22:50 ", "9.05pm: ", "14:10 GMT – "])
def test_the_time_of_an_entry_in_a_live_blog_is_no_part_of_its_claim(time):
    text = f"{time}The bridge at Arvik was closed on Friday, police said."
    assert [claim.quote for claim in extract(text)] == ["The bridge at Arvik was closed on Friday"]


def test_a_number_that_opens_a_paragraph_stays_in_its_claim():
    assert extract("10.35 million people voted in Norland on Sunday.")[0].quote.startswith("10.35 million")
