"""Earlier claims are found by their words, ranked, and given a probability that may say: none of them."""

import pytest

from claims.matching import Index, compare, rarity_in, similar

ATTACK = "26 people were killed in the attack in Pahalgam on 22 April 2025."
EARLIER = [
    (1, ATTACK),
    (2, "Pakistan denied any involvement in the attack in Pahalgam."),
    (3, "Marco Rubio will speak to both foreign ministers on Wednesday."),
    (4, "Unemployment fell to 5.1 percent in the second quarter.\nDid the jobless rate fall?"),
]


def test_the_same_claim_in_other_words_comes_first_and_is_likely():
    hits = similar("The attack in Pahalgam on 22 April killed 26 people.", EARLIER)
    assert hits[0].id == 1
    assert hits[0].score > 0.9


def test_a_claim_about_something_else_has_no_likely_match():
    hits = similar("The mayor of Brennick opened a swimming pool.", EARLIER)
    assert all(hit.score < 0.2 for hit in hits)


def test_nothing_below_the_floor_is_returned():
    assert similar("People in Kashmir hope for peace.", EARLIER, floor=0.9) == []


def test_another_wording_of_the_match_does_not_make_it_unlikely():
    said_again = (5, "The attack in Pahalgam on 22 April 2025 killed 26 people, officials say.")
    alone, beside = similar(ATTACK, EARLIER)[0], similar(ATTACK, [*EARLIER, said_again])[0]
    assert beside.id == 1
    assert alone.score > beside.score > 0.9


def test_a_claim_added_later_is_found():
    index = Index(EARLIER)
    index.add(5, "Calder Freight kept 160 tonnes of ammonium nitrate in its depot.")
    assert index.search("160 tonnes of ammonium nitrate were in the Calder Freight depot.")[0].id == 5
    assert len(index) == 5


def test_a_claim_is_not_matched_with_those_left_out():
    assert 1 not in [hit.id for hit in Index(EARLIER).search(ATTACK, without={1})]


def test_copies_of_one_text_come_in_the_order_in_which_they_were_added():
    index = Index([*EARLIER, (9, ATTACK)])
    first, second = index.search(ATTACK, limit=2)
    assert (first.id, second.id) == (1, 9)
    assert first.score == pytest.approx(second.score)


def test_a_headline_on_a_second_line_helps_to_find_a_claim():
    assert similar("Has the jobless rate fallen?", EARLIER)[0].id == 4


def test_links_are_ignored_and_hashtags_read_as_words():
    hits = similar("#PahalgamAttack 26 people killed https://t.co/abc", EARLIER)
    assert hits[0].id == 1


@pytest.mark.parametrize("query", ["", "   ", "?!", "of the and", "🙂", "كلمة"])
def test_a_query_without_known_words_finds_nothing(query):
    assert similar(query, EARLIER) == []


def test_an_empty_index_finds_nothing():
    assert similar(ATTACK, []) == []


def test_another_number_makes_a_near_duplicate_and_the_reason_says_so():
    compared = compare(
        "26 people were killed in the attack in Pahalgam.",
        "At least 28 people were killed in the attack in Pahalgam.",
    )
    assert compared.relation == "near_duplicate"
    assert compared.differs == ("number",)
    assert compared.reasons == ("One says 26, the other at least 28.",)


def test_another_date_makes_a_near_duplicate():
    compared = compare(
        "The bridge in Kessmouth was closed in May 2024.", "The bridge in Kessmouth was closed in June 2024."
    )
    assert (compared.relation, compared.differs) == ("near_duplicate", ("date",))


def test_a_denial_of_a_claim_is_not_the_same_claim():
    compared = compare(
        "Pakistan took part in the attack in Pahalgam.", "Pakistan took no part in the attack in Pahalgam."
    )
    assert (compared.relation, compared.differs) == ("near_duplicate", ("negation",))


def test_the_same_number_in_words_is_the_same_claim():
    one, other = (
        "26 people were killed in the attack in Pahalgam.",
        "Twenty-six people were killed in the attack in Pahalgam.",
    )
    assert compare(one, other).relation == "same"


def test_claims_about_different_things_are_different():
    assert compare(EARLIER[0][1], EARLIER[2][1]).relation == "different"


def near(asked: str, wordings):
    """A model's word: those about the flood mean the same."""
    return [0.8 if "deluge" in wording else 0.1 for wording in wordings]


def test_with_a_sentence_model_the_candidates_are_told_apart_by_what_they_mean():
    asked = "Twenty-six people lost their lives in the flood in Norvale."
    earlier = Index(
        [
            (1, "People in Norvale lost their jobs in the sawmill."),
            (2, "In Norvale 26 souls perished in the deluge.\nDid a flood kill people?"),
        ]
    )
    by_words, by_meaning = earlier.search(asked)[0], earlier.search(asked, near=near)[0]
    assert (by_meaning.id, by_meaning.method) == (2, "lexical+meaning+rerank/1")
    assert by_meaning.compared["meaning"] == 0.8
    assert by_words.method == "lexical+rerank/2"
    assert "meaning" not in by_words.compared
    chance = {hit.id: hit.score for hit in earlier.search(asked)}
    assert by_meaning.score > chance[2]


def test_where_the_sentence_model_fails_words_alone_are_compared():
    assert similar(ATTACK, EARLIER) == Index(EARLIER).search(ATTACK, near=lambda _asked, _wordings: None)


def test_few_words_in_common_make_no_difference_where_the_meaning_is_near():
    one, other = "26 people were killed in the flood.", "The deluge drowned 31 souls in Norvale."
    assert compare(one, other).relation == "different"
    told = compare(one, other, near=0.71)
    assert told.relation == "related"
    assert told.reasons[0] == "They share few words, and are near in meaning, 0.71."
    assert compare(one, one, near=0.9) == compare(one, one)


def test_chosen_ones_of_many_are_scored_as_among_all_when_it_is_told_what_is_rare():
    texts = [f"The mayor of Town{n} sold the harbour for {n} marks." for n in range(200)]
    every = Index(enumerate(texts))
    chosen = Index(((n, texts[n]) for n in (7, 8, 9)), rarity=rarity_in(texts))
    asked = "Town8: mayor sold harbour"
    assert chosen.search(asked)[0].id == every.search(asked)[0].id == 8
    [best] = every.search(asked, limit=1)
    [alone] = chosen.search(asked, limit=1)
    assert alone.compared == pytest.approx(best.compared)
