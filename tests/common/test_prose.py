"""What readers see of a rationale is safe, and its citations lead somewhere."""

import pytest

from common.prose import Cite, references, to_html

E1 = {"E1": Cite("#source-1", "1", "Source 1")}


def test_a_citation_becomes_a_numbered_link() -> None:
    html = to_html("The office counts 26 [E1].", E1)

    assert html == (
        '<p>The office counts 26<sup class="cite"><a href="#source-1" aria-label="Source 1" '
        'rel="noopener nofollow">1</a></sup>.</p>\n'
    )


def test_an_unknown_citation_stays_as_typed() -> None:
    assert to_html("See [E9] and *this*.", E1) == "<p>See [E9] and <em>this</em>.</p>\n"


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[click](javascript:alert(1))",
        "![x](javascript:alert(1))",
        "<a href='x' onclick='alert(1)'>x</a>",
        "[E1](data:text/html,<script>alert(1)</script>)",
    ],
)
def test_nothing_typed_becomes_a_script_an_image_or_a_handler(typed: str) -> None:
    html = to_html(typed, E1)

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert "<a href='x' onclick" not in html


def test_lists_and_links_are_kept() -> None:
    html = to_html("- one\n- [two](https://example.org/)\n", {})

    assert "<li>one</li>" in html
    assert '<a href="https://example.org/" rel="noopener nofollow">two</a>' in html


def test_references_are_listed_once_in_reading_order() -> None:
    assert references("[E2] then [E1], again [E2]") == ["E2", "E1"]
