"""A language model judges passages behind the same interface, against a local server that speaks the protocol."""

import json

import pytest

from claims.extraction.llm import Endpoint
from sources.stance import ENGINE, Judged, judge, judge_with_model
from tests.claims.extraction.test_llm import server

CLAIM = "The depot in Lowfen held 160 tonnes of nitrate."
PASSAGE = (
    "Inspectors wrote that nitrate was kept at the Lowfen depot, far above the licence. Visits are rare."
)
QUOTE = "nitrate was kept at the Lowfen depot"


def saying(*rows):
    content = json.dumps({"judgements": list(rows)})
    return lambda _: (200, json.dumps({"choices": [{"message": {"content": content}}]}))


def row(**given):
    told = {
        "passage": 1,
        "stance": "supports",
        "confidence": 0.8,
        "quote": QUOTE,
        "reason": "It was kept there.",
    }
    return told | given


def run(answer, claim=CLAIM, passage=PASSAGE) -> Judged:
    with server(answer) as (url, asked):
        judged = judge_with_model(
            claim, [passage], [judge(claim, passage)], Endpoint(url, "test-model", seconds=2)
        )
    assert len(asked) == 1
    assert json.loads(asked[0]["messages"][1]["content"]) == {
        "claim": claim,
        "passages": [{"passage": 1, "text": passage}],
    }
    return judged


def test_what_it_says_is_kept_with_its_quote_and_who_judged():
    judged = run(saying(row()))
    [said] = judged.judgements
    assert (said.stance, said.score, said.rule) == ("supports", 0.8, "language_model")
    assert said.reasons == (f"A language model points to “{QUOTE}”.", "It was kept there.")
    assert judged.engines == (f"test-model ({ENGINE} checked)",)
    assert judged.note == ""


def test_it_is_never_surer_than_the_rules_and_its_own_numbers_are_dropped():
    [said] = run(saying(row(confidence=7, reason="There were 999 tonnes."))).judgements
    assert (said.score, len(said.reasons)) == (0.9, 1)


@pytest.mark.parametrize(
    "given",
    [
        {"quote": "nitrate was never kept there"},
        {"quote": "Visits are rare."},
        {"quote": ""},
        {"stance": "certainly"},
        {"confidence": "high"},
        {"passage": 2},
    ],
    ids=["not in the passage", "not about the claim", "none", "no stance", "no number", "no such passage"],
)
def test_what_does_not_stand_in_the_passage_and_bear_on_the_claim_is_dropped(given):
    judged = run(saying(row(**given)))
    assert judged.judgements == (judge(CLAIM, PASSAGE),)
    assert judged.engines == (ENGINE,)
    assert judged.note == "The language model quoted nothing that stands in the passages."


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Pakistan was involved in the attack.", "Pakistan denies any involvement in the attack."),
        ("The mayor stole the money from the fund.", "Did the mayor steal the money from the fund?"),
    ],
)
def test_a_denial_or_a_question_stays_no_evidence(claim, passage):
    judged = run(saying(row(quote=passage, stance="refutes")), claim, passage)
    assert judged.judgements == (judge(claim, passage),)


def test_where_the_rules_say_the_opposite_nobody_speaks():
    claim, passage = (
        "26 people were killed in the flood in Talvik.",
        "31 people were killed in the flood in Talvik.",
    )
    [said] = run(saying(row(quote=passage)), claim, passage).judgements
    assert (said.stance, said.rule) == ("context", "disagreement")
    assert said.reasons[-1] == "The language model reads it the other way: a person has to read it."


@pytest.mark.parametrize(
    "answer",
    [lambda _: (500, "down"), lambda _: (200, "no JSON"), lambda _: (200, json.dumps({"choices": []}))],
    ids=["down", "no JSON", "empty"],
)
def test_where_it_fails_the_rules_stand_and_the_note_says_why(answer):
    judged = run(answer)
    assert judged.judgements == (judge(CLAIM, PASSAGE),)
    assert judged.note.startswith("The language model did not answer usefully: ")
