"""A claim's words are found exactly, or a person is asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims import anchoring
from claims.lifecycle import Anchor


@given(st.text(min_size=1), st.data())
def test_a_claim_stays_where_it_is_in_the_same_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    old = anchoring.place(text, start, end)
    found = anchoring.follow(old, text)
    assert found.anchor == Anchor.ANCHORED
    assert found.place == old


@given(st.text(), st.text(min_size=1), st.text())
def test_whatever_is_found_is_in_the_text(before, quote, after):
    old = anchoring.place(quote, 0, len(quote))
    text = before + after
    found = anchoring.follow(old, text)
    assert found.place is None or text[found.place.start : found.place.end] == found.place.quote
    if found.anchor == Anchor.ANCHORED:
        assert found.place is not None
        assert found.place.quote == quote


@given(st.text(), st.data())
def test_widening_to_words_never_leaves_the_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    a, b = anchoring.to_words(text, start, end)
    assert 0 <= a <= b <= len(text)


def test_of_two_equal_places_the_same_offset_is_meant_or_none():
    text = "x" * 40 + "ten" + "x" * 40 + "ten" + "x" * 40
    old = anchoring.place(text, 40, 43)
    assert anchoring.follow(old, text).anchor == Anchor.ANCHORED
    assert anchoring.follow(old, "y" + text).anchor == Anchor.REWORDED


def test_words_with_combining_marks_and_from_right_to_left_are_found():
    text = "وقال الوزير إن ٢٦ شخصا قتلوا في الهجوم. ثم نفى ذلك."
    quote = "٢٦ شخصا قتلوا"
    place = anchoring.locate(text, quote)
    assert place is not None
    assert text[place.start : place.end] == quote


def test_an_untouched_sentence_stays_when_its_neighbour_on_one_side_changed():
    text = "The council planted 41 trees. Helmsby has nine schools. Two are closed."
    old = anchoring.place(text, 30, 55)
    newer = anchoring.follow(old, text.replace("41", "42"))
    assert (newer.anchor, newer.place and newer.place.quote) == (Anchor.ANCHORED, "Helmsby has nine schools.")
    both = anchoring.follow(old, text.replace("41", "42").replace("Two", "Six"))
    assert both.anchor == Anchor.REWORDED
    twice = anchoring.follow(old, text.replace("41", "42") + " Helmsby has nine schools.")
    assert twice.anchor == Anchor.REWORDED
