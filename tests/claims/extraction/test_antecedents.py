"""What pronouns stand for: decided by a model, told by its rule, left alone where it is not sure."""

from __future__ import annotations

import pytest

from claims.extraction.engine import extract
from claims.extraction.first_names import GENDER, likely


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        (
            "Chaminda Rathnaweera announced a second strike. He gave no date.",
            "Chaminda Rathnaweera gave no date.",
        ),
        (
            "Norvale Steel closed two plants last year. The company said it would open a third in 2027.",
            "Norvale Steel would open a third in 2027.",
        ),
        (
            "Two former employees sued Norvale Steel in March. They said they had been ordered to hide the defects.",
            "Two former employees had been ordered to hide the defects.",
        ),
        (
            "The United States spoke to both India and Pakistan and urged them not to escalate.",
            "The United States urged India and Pakistan not to escalate.",
        ),
        (
            "Inflation rose to 6% in May. It was the highest since 1991.",
            "Inflation was the highest since 1991.",
        ),
    ],
)
def test_a_claim_says_what_its_pronoun_stands_for(text, wording):
    assert wording in [claim.text for claim in extract(text)]


def test_no_subject_is_its_own_object():
    text = "Corvane Systems sued the state in May. Norvale Steel accused it of fraud."
    assert not any("accused Norvale Steel" in claim.text for claim in extract(text))


def test_a_wording_does_not_name_the_same_twice():
    text = "Norvale Steel closed two plants last year. It will publish its accounts in May."
    assert "Norvale Steel will publish its accounts in May." in [claim.text for claim in extract(text)]


def test_a_person_is_known_by_a_given_name_and_a_hospital_does_not_speak_for_its_professor():
    text = (
        "The trial was stopped early. Professor Ingunn Dahlstrøm of Kvernvik University Hospital said 48 patients had "
        "bled. She added that a second study would start in September."
    )
    assert {claim.claimant for claim in extract(text) if "study" in claim.text or "48" in claim.text} == {
        "Ingunn Dahlstrøm"
    }


def test_names_of_both_are_of_neither():
    assert (GENDER["chioma"], GENDER["alex"], likely("alex")) == ("f", "", "")
