"""An article's text is cut at the edges of its claims, and every mark links to its claim."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from desk import article_text
from desk.article_text import Mark, Place
from desk.templatetags import ui

TEXT = "One two three four five.\n\nSix seven eight nine ten."


def _place(number: int, start: int, end: int, **more: object) -> Place:
    claim = SimpleNamespace(
        pk=number,
        start=start,
        end=end,
        nth=0,
        status="new",
        live_verdicts=[],
        current_publications=[],
        current_suggestions=[],
    )
    vars(claim).update(more)
    return Place(number, claim)  # type: ignore[arg-type]  # only what a place is asked for


def _drawn(text: str, *places: Place) -> list[str]:
    """Each paragraph with marks as [number:text]."""

    def draw(part: Mark | str) -> str:
        if isinstance(part, str):
            return part
        inside = "".join(draw(piece) for piece in part.parts)
        deeper = "".join(f"+{place.number}" for place in part.deeper)
        return f"[{part.place.number if part.first else '…'}:{inside}{deeper}{']' if part.last else '…]'}"

    return ["".join(draw(part) for part in found.parts) for found in article_text.paragraphs(text, places)]


def test_a_claim_is_marked_where_it_stands():
    assert _drawn(TEXT, _place(1, 4, 7)) == ["One [1:two] three four five.", "Six seven eight nine ten."]


def test_a_claim_inside_another_is_marked_inside_it():
    assert _drawn("a b c d", _place(1, 0, 7), _place(2, 2, 3)) == ["[1:a [2:b] c d]"]


def test_claims_that_cross_are_cut_at_the_edge():
    assert _drawn("a b c d e", _place(1, 0, 5), _place(2, 4, 9)) == ["[1:a b [2:c…]][…: d e]"]


def test_a_claim_may_cross_paragraphs():
    assert _drawn(TEXT, _place(1, 19, 29)) == [
        "One two three four [1:five.…]",
        "[…:Six] seven eight nine ten.",
    ]


def test_two_claims_on_the_same_words_are_both_marked():
    assert _drawn("a b c", _place(1, 2, 3), _place(2, 2, 3)) == ["a [1:[2:b]] c"]


def test_the_fourth_level_is_a_number_only():
    nested = [_place(1, 0, 9), _place(2, 0, 7), _place(3, 0, 5), _place(4, 0, 3)]
    assert _drawn("a b c d e", *nested) == ["[1:[2:[3:a b c+4] d] e]"]


def test_the_text_is_whole_whatever_the_claims():
    text = "👩‍👩‍👧 ہسپتال کے ترجمان. é"
    places = [_place(n, n, min(len(text), n + 5)) for n in range(len(text))]
    for paragraph in article_text.paragraphs(text, places):
        assert _plain(paragraph.parts) == text


def _plain(parts: list[Mark | str]) -> str:
    return "".join(part if isinstance(part, str) else _plain(part.parts) for part in parts)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a\nb\n\nc", [(0, 3), (5, 6)]),  # single lines belong together where blank ones divide
        ("a\nb\nc", [(0, 1), (2, 3), (4, 5)]),  # lines are paragraphs where nothing else is
        ("", []),
    ],
)
def test_paragraphs_are_found_between_blank_lines(text, spans):
    assert article_text.spans(text) == spans


def test_markup_in_an_article_stays_text():
    hostile = '<img src=x onerror="alert(1)"> & done'
    [paragraph] = article_text.paragraphs(hostile, [_place(1, 0, 4)])
    html = ui.marks(paragraph.parts)
    assert "<img" not in html
    assert "&lt;img" in html


def test_a_highlight_is_a_link_that_says_its_number():
    [paragraph] = article_text.paragraphs("a b", [_place(7, 0, 1)])
    html = ui.marks(paragraph.parts)
    assert 'href="#c7"' in html
    assert "(claim 7)" in html
