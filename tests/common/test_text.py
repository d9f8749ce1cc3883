"""Text from outside, brought into one form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import Invalid
from common.text import lines, normalise, one_line, sha256

ANYTHING = st.text(alphabet=st.characters(exclude_characters="\0"), max_size=60)
AWKWARD = st.text(alphabet="a \t\n\r\x0c\u2028\u2029\u00a0\ufeff\u00ade\u0301\ud800\u202e\u200f", min_size=1)


@given(ANYTHING | AWKWARD)
def test_normalising_twice_changes_nothing_more(text):
    try:
        once = normalise(text)
    except Invalid:
        return

    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("a\u2029b", "a\n\nb"),
        ("\ufeffa\ufeffb", "ab"),
        ("a  \nb\t\n\u00a0\n\n\nc", "a\nb\n\nc"),
        ("\n\n  a\n", "a"),
        ("cafe\u0301", "caf\u00e9"),
        ("e\x01\u0301", "\u00e9"),
        ("bell\x07 and\x1b[31m red", "bell and[31m red"),
        ("infor\u00admation", "information"),
        ("half \ud83d pair", "half \ufffd pair"),
    ],
)
def test_each_oddity_becomes_its_plain_form(given_text, kept):
    assert normalise(given_text) == kept


def test_emoji_joined_from_several_stay_whole():
    family = "👨‍👩‍👧 🏳️‍🌈 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿"

    assert normalise(family) == family


def test_right_to_left_text_keeps_its_marks_and_loses_its_overrides():
    assert normalise("\u200f\u202eقال الوزير\u202c \u2067إن\u2069 5\u200e%") == "\u200fقال الوزير إن 5\u200e%"


def test_offsets_count_code_points():
    text = normalise("😀 e\u0301t\u00e9 five")

    assert text[2:5] == "été"
    assert text.index("five") == 6


@pytest.mark.parametrize("nothing", ["", " \n\t\r\n", "\ufeff", "\u200f\u200b\u202e", "\x01\x02"])
def test_a_text_without_anything_to_see_is_refused(nothing):
    with pytest.raises(Invalid, match="no text"):
        normalise(nothing)


def test_a_nul_is_refused_and_never_quietly_removed():
    with pytest.raises(Invalid, match="NUL"):
        normalise("twenty\0six")


def test_a_text_of_just_the_limit_is_taken_and_one_more_is_refused():
    assert normalise("a" * 100, limit=100) == "a" * 100
    with pytest.raises(Invalid, match=r"has 101 characters; the desk takes up to 100\. Submit it in parts"):
        normalise("a" * 101, limit=100)


def test_the_limit_counts_what_is_kept():
    assert normalise("a\r\nb   \r\n\r\n\r\n\r\n", limit=3) == "a\nb"


def test_the_hash_is_that_of_the_utf8_bytes():
    assert sha256("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


def test_what_a_person_wrote_keeps_its_lines_or_becomes_one():
    assert lines(" a\r\nb\rc\0 ") == " a\nb\nc "
    assert one_line(" a\r\nb\0  c ") == "a b c"
