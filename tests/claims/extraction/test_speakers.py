"""Who says a claim beside which nobody is named: the one interviewed, the source that goes on, a body by its name."""

from claims.extraction.dialogue import dialogue
from claims.extraction.engine import extract
from claims.extraction.segment import blocks

INTERVIEW = """Sara Lindqvist has run the Norvik harbour authority since 2019. She spoke to the Courier on Tuesday.

Why was the pier closed for eleven weeks?

We closed it because divers found cracks in four pillars. I signed the order myself on 3 May. The repair cost 2.4m
crowns.

Did the mayor know about the cracks?

No. The mayor was told on 9 May, and my deputy wrote to him twice.

What happens now?

The pier will open on 1 August. I have asked for 6m crowns for the next stage."""


def by_quote(text: str, words: str, **more: str) -> list[str]:
    """The claimants of the claims whose quote holds some words."""
    return [claim.claimant for claim in extract(text, **more) if words in claim.quote]


def test_answers_of_an_interview_belong_to_whoever_is_interviewed():
    assert by_quote(INTERVIEW, "repair cost") == ["Sara Lindqvist"]
    assert by_quote(INTERVIEW, "told on 9 May") == ["Sara Lindqvist"]


def test_what_introduces_an_interview_is_the_articles_own():
    assert by_quote(INTERVIEW, "since 2019") == [""]


def test_an_answer_in_the_first_person_keeps_its_speaker_in_front_and_is_typed_by_what_it_says():
    (claim,) = [one for one in extract(INTERVIEW) if "signed the order" in one.quote]
    assert claim.text == "Sara Lindqvist said: “I signed the order myself on 3 May”."
    assert claim.type == "event"


def test_labels_before_paragraphs_are_read_as_turns():
    labelled = (
        INTERVIEW.replace("Why was", "Q: Why was")
        .replace("Did the", "Q: Did the")
        .replace("What hap", "Q: What hap")
    )
    labelled = (
        labelled.replace("We closed", "A: We closed")
        .replace("No. The", "A: No. The")
        .replace("The pier will", "A: The pier will")
    )
    assert by_quote(labelled, "repair cost") == ["Sara Lindqvist"]


def test_headings_that_ask_are_no_interview():
    text = "What happened?\n\nA dam broke.\n\nWho is affected?\n\nTwo towns are.\n\nWhat is next?\n\nRain is forecast."
    assert not dialogue(text, blocks(text)).answers


def test_the_agency_is_called_by_the_name_that_the_article_gave_it():
    text = "Three people died, the Consumer Safety Agency said on Monday. The agency said 14 more were hurt."
    assert by_quote(text, "14 more") == ["Consumer Safety Agency"]


def test_the_speaker_stands_behind_a_quotation_and_a_verb():
    text = "“Untrue,” replied Commander Yusuf Adelhardt: the text had not been touched."
    assert by_quote(text, "had not been touched") == ["Commander Yusuf Adelhardt"]


def test_words_that_cannot_speak_are_no_claimant():
    assert by_quote(
        "With 12 per cent of ballots counted, Lucía Quispe leads with 44,910 votes.", "Quispe leads"
    ) == [""]
