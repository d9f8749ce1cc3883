"""Whatever the text: anchors that fit, no exception, and work in proportion to its length."""

import json
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claims.extraction import Candidate, extract, tokens
from claims.extraction.segment import LONGEST, blocks, sentences, split

MARKS = "“”‘’\"'«».,;:!?…—–-()[]{}\n\r\t  \u00a0\u2028\u200b\ufeff•·1234567890%$£€"
WORDS = [
    "said",
    "that",
    "killed",
    "three",
    "the",
    "ministry",
    "Anna Lee",
    "who",
    "and",
    "denied",
    "it",
    "was",
    "“We",
    "won”",
    "26",
]
LOOSE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def fits(text: str, found: list[Candidate]) -> bool:
    return all(text[c.start : c.end] == c.quote and c.quote and c.text for c in found) and all(
        0 <= a < b <= len(c.text) for c in found for a, b in c.added
    )


@LOOSE
@given(st.text(max_size=400))
@example("\x00")
@example("”")
@example("“" * 50)
@example("\ud800"[:0])
def test_any_unicode_text_gives_anchors_that_fit(text):
    assert fits(text, extract(text))


@LOOSE
@given(st.text(alphabet=MARKS + "aZé中ا", max_size=300))
def test_marks_and_quotes_alone_give_anchors_that_fit(text):
    assert fits(text, extract(text, title=text[:40]))


@LOOSE
@given(st.lists(st.sampled_from([*WORDS, ",", ".", "?", "\n\n", "—", "(", ")", "“", "”", "’s"]), max_size=60))
def test_any_order_of_news_words_gives_anchors_that_fit(words):
    text = " ".join(words)
    assert fits(text, extract(text, title="Three killed"))


@LOOSE
@given(st.text(max_size=300), st.sampled_from(["es", "ur", "ar", "zh", "", "xx"]))
def test_other_languages_give_anchors_that_fit(text, language):
    assert fits(text, extract(text, language=language))


@LOOSE
@given(st.text(max_size=500))
def test_sentences_lie_in_their_blocks_and_never_overlap(text):
    parts = blocks(text)
    found = sentences(text, parts)
    assert all(parts[s.block].start <= s.start < s.end <= parts[s.block].end for s in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@LOOSE
@given(st.text(max_size=500))
def test_splitting_loses_no_visible_character(text):
    kept = "".join(text[a:b] for a, b in split(text))
    assert "".join(kept.split()) == "".join(text.split())


def test_candidates_are_plain_data():
    found = extract("A fire in Lowfen killed four people and hurt at least 31 on Tuesday, the mayor said.")
    assert json.dumps([c.__dict__ if hasattr(c, "__dict__") else repr(c) for c in found], default=repr)


def test_a_text_without_a_full_stop_is_cut_before_it_is_parsed():
    text = "the ministry said that three people died and " * 5_000
    found = sentences(text, blocks(text))
    assert max(s.end - s.start for s in found) <= LONGEST


def test_words_parsed_grow_with_the_length_and_no_faster(monkeypatch):
    seen: list[int] = []
    pipe = tokens.pipeline().pipe

    def counting(texts, **options):
        texts = list(texts)
        seen.append(sum(len(t) for t in texts))
        return pipe(texts, **options)

    monkeypatch.setattr(tokens.pipeline(), "pipe", counting)
    one = "The mayor said the fire killed three people in Lowfen. " * 40
    extract(one)
    extract(one * 2)
    assert seen[1] <= 2 * seen[0] + 100


@pytest.mark.parametrize(
    "piece",
    ["x", "“", "“” ", ' " "', "“a” b. ", "1,2 ", "\n", ". ", "Mr. ", "a\u0301", "中", "ا ب "],
    ids=ascii,
)
def test_a_megabyte_of_one_thing_has_anchors_that_fit(piece):
    text = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
    assert fits(text, extract(text))


def test_a_megabyte_of_quotation_marks_has_no_sentence_worth_parsing(monkeypatch):
    parsed: list[str] = []
    pipe = tokens.pipeline().pipe

    def counting(texts, **options):
        texts = list(texts)
        parsed.extend(texts)
        return pipe(texts, **options)

    monkeypatch.setattr(tokens.pipeline(), "pipe", counting)
    text = "“" * 500_000 + "”" * 500_000
    assert fits(text, extract(text))
    assert [words for words in parsed if words] == []
