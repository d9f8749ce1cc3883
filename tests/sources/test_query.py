"""A claim becomes a query of its telling words, and passages that agree with it in more ways come first."""

from sources.query import query, rerank, search_text, subjects

CLAIM = "At least 26 people were killed in the attack in Pahalgam on 22 April 2025, Tammy Bruce said."


def test_a_query_has_names_numbers_dates_and_content_words():
    asked = query(CLAIM)
    assert asked.names == ("pahalgam", "tammy bruce")
    assert asked.numbers == ("26",)
    assert asked.dates == ("22 April 2025",)
    assert asked.words == ("people", "killed", "attack", "pahalgam", "tammy", "bruce")


def test_names_come_first_and_no_term_twice():
    terms = query(CLAIM).terms
    assert terms[:3] == ("pahalgam", "tammy", "bruce")
    assert len(terms) == len(set(terms))


def test_a_claim_without_words_gives_an_empty_query():
    assert query("?!").terms == ()
    assert search_text("of the") == ""


def test_the_passage_with_the_same_number_name_and_date_comes_first():
    passages = [
        (1, "In the attack in Lowfen 11 people were killed on 3 May 2024.", 5.0),
        (2, "26 people were killed in the attack in Pahalgam on 22 April.", 5.0),
        (3, "The minister opened a bridge.", 5.0),
    ]
    ranked = rerank(CLAIM, passages)
    assert [item.id for item in ranked] == [2, 1, 3]
    assert ranked[0].parts["numbers"] == 1.0
    assert all(0 <= item.score <= 1 for item in ranked)


def test_a_claims_numbers_are_searched_for_however_many_words_it_has():
    asked = query(
        "El hospital " + " ".join(f"palabra{chr(97 + n)}" for n in range(20)) + " 2,310 pacientes",
        language="es",
    )
    assert "2,310" in asked.terms


def test_short_words_are_left_out_where_the_function_words_are_not_known():
    claim = "el agua se cortará en los tres pueblos"
    assert query(claim, language="es-ES").words == ("agua", "cortará", "tres", "pueblos")
    assert "los" in query(claim).words


def test_words_of_one_family_are_alike():
    passages = [
        (1, "The election of the mayor was held in Moss.", 5.0),
        (2, "The mayor of Moss was reelected.", 5.0),
    ]
    assert rerank("Moss reelects its mayor.", passages)[0].id == 2


def test_a_document_on_the_articles_subject_is_told_from_others():
    found = subjects(
        "Fire at the fertiliser depot in Kessmouth kills four people",
        {1: "Bulletin on the fire at the Kessmouth depot: four people died", 2: "Rail fares rise in April"},
    )
    assert found == {1: 1.0, 2: 0.0}


def test_no_passages_are_ranked_to_none():
    assert rerank(CLAIM, []) == []


def test_a_number_is_met_by_what_it_is_rounded_from():
    def numbers(text: str) -> float:
        [found] = rerank("Last year the ward treated 21,300 patients.", [(1, text, 1.0)])
        return found.parts["numbers"]

    assert numbers("Saint Anne: 21,312 patients.") == numbers("21,300 patients were treated.") == 1.0
    assert numbers("Saint Anne: 21,900 patients.") == numbers("The ward is 21,300 metres away.") - 1.0 == 0.0
