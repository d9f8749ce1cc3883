"""Verbs that the tagger takes for something else are found again."""

import pytest

from claims.extraction import tokens
from claims.extraction.mend import mended
from claims.extraction.segment import blocks, sentences


def tags(sentence: str) -> dict[str, str]:
    """The tags of a sentence after mending, by word."""
    parsed, _ = tokens.parse(sentence, "", list(enumerate(sentences(sentence, blocks(sentence)))))
    return {word.low: word.tag for word in mended(parsed[0]).words}


@pytest.mark.parametrize(
    ("sentence", "verb", "tag"),
    [
        (
            "A trust spokesman, Gareth Olawale, rejected claims that anyone had died because of delays.",
            "rejected",
            "VBD",
        ),
        (
            "Patrol boats from Velnia and Karsk exchanged fire on the lake, and two men were missing.",
            "exchanged",
            "VBD",
        ),
        ("Residents there accuse their landlord of switching off the heating for weeks.", "accuse", "VBP"),
        ("The law allows 72 hours.", "allows", "VBZ"),
        ("Heat-pump maker Tarnholt plans to shed 1,450 jobs.", "plans", "VBZ"),
        ("The leak affected 900,000 people, and led to a law on hospitals.", "led", "VBD"),
    ],
)
def test_a_verb_is_tagged_as_one(sentence, verb, tag):
    assert tags(sentence)[verb] == tag


def test_a_sentence_that_is_tagged_well_stays_the_same_object():
    text = "The agency said that 26 people were killed."
    parsed, _ = tokens.parse(text, "", list(enumerate(sentences(text, blocks(text)))))
    assert mended(parsed[0]) is parsed[0]
