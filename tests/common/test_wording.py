"""A word diff shows what went and what came, and loses nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from common.wording import GONE, NEW, SAME, Piece, changed_words, differences


def test_one_changed_number_is_one_piece_gone_and_one_new() -> None:
    assert differences("26 died.", "24 died.") == [Piece(GONE, "26"), Piece(NEW, "24"), Piece(SAME, " died.")]


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_can_be_read_back_from_the_pieces(before: str, after: str) -> None:
    pieces = differences(before, after)

    assert "".join(p.text for p in pieces if p.kind != NEW) == before
    assert "".join(p.text for p in pieces if p.kind != GONE) == after


def test_the_larger_side_counts_as_changed_words() -> None:
    assert changed_words("a b c", "a x y z c") == 3


def test_words_that_all_changed_are_one_piece_not_crumbs_between_spaces() -> None:
    assert differences("The office counts 26 [E1]", "24 at first [E1]") == [
        Piece(GONE, "The office counts 26"),
        Piece(NEW, "24 at first"),
        Piece(SAME, " [E1]"),
    ]
