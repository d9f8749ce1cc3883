"""Turns of newspapers that were once read wrongly: each with the claims that it makes, and who says them."""

from __future__ import annotations

import pytest

from claims.extraction.engine import extract

TURNS = {
    "a reason of a fine is the fined one's doing": (
        "The regulator has fined Thamesford Water £18.4m for letting raw sewage into the River Ash on 312 days.",
        [("Thamesford Water let raw sewage into the River Ash on 312 days.", "")],
    ),
    "reported beside said": (
        "Brennick Foods reported a 21% fall in profit on Tuesday and said it would shut its bakery in Hull.",
        [
            ("Brennick Foods reported a 21% fall in profit on Tuesday.", ""),
            ("Brennick Foods would shut its bakery in Hull.", "Brennick Foods"),
        ],
    ),
    "a passive of reporting": (
        "Ann Lee, who leads the inquiry, said the crossing had been reported as faulty in March.",
        [("The crossing had been reported as faulty in March.", "Ann Lee")],
    ),
    "a warning that was not given": (
        "The Bakers' Union, which represents 640 workers, said it had been given no warning.",
        [
            ("The Bakers' Union represents 640 workers.", ""),
            ("Bakers' Union had been given no warning.", "Bakers' Union"),
        ],
    ),
    "what somebody had asked for": (
        "Tom Ferris said he had asked officials to look at criminal charges.",
        [("Tom Ferris had asked officials to look at criminal charges.", "Tom Ferris")],
    ),
    "a name in apposition to the source": (
        "The fire was caused by methane gas, according to the mines inspector, Ann Lee.",
        [("The fire was caused by methane gas.", "Ann Lee")],
    ),
    "whose survey it was": (
        "A survey by the Institute of Public Safety found that 61% of crossings in the county lack lights.",
        [("61% of crossings in the county lack lights.", "Institute of Public Safety")],
    ),
    "some of those that were counted": (
        "Shelling killed five civilians, two of them children, in the village of Deir Amas on Sunday.",
        [("Two of the civilians were children.", "")],
    ),
    "of which some": (
        "Observers had counted 46 violations since the truce took effect on Nov. 3, of which 31 were by the army.",
        [("Of the violations, 31 were by the army [truce].", "Observers")],
    ),
    "a place before a dash": (
        "London – The regulator has fined Thamesford Water £18.4m.",
        [("The regulator has fined Thamesford Water £18.4m.", "")],
    ),
    "a quotation that ends the sentence": (
        'River Watch called the penalty "loose change".',
        [('River Watch called the penalty "loose change".', "River Watch")],
    ),
    "because behind who says it": (
        "The bridge was not repaired, she added, because the railway had run out of relays.",
        [("The bridge was not repaired because the railway had run out of relays.", "")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TURNS.values(), ids=TURNS)
def test_a_turn_is_read_as_it_is_meant(text, expected):
    made = [(claim.text, claim.claimant) for claim in extract(text)]
    assert [one for one in expected if one not in made] == []
    assert all(text[claim.start : claim.end] == claim.quote for claim in extract(text))


def test_the_anchor_of_a_clause_with_a_reason_is_the_clause():
    [claim] = extract("The bridge was not repaired, she added, because the railway had run out of relays.")
    assert claim.quote == "The bridge was not repaired"


def test_hours_before_something_else_is_no_claim_of_its_own():
    text = "Shelling killed five people on Sunday, hours before a round of talks was to open in Geneva."
    assert len(extract(text)) == 1


def test_the_government_is_not_the_federation_that_spoke():
    text = "The Labour Federation says one in ten mines is inspected each year. The government disputes that figure."
    assert [claim.claimant for claim in extract(text) if "disputes" in claim.text] == ["government"]
