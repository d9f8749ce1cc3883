"""Whether a passage is on the matter of a claim, or only shares words that any text may have."""

from __future__ import annotations

from sources.matter import Matter

ARTICLE = (
    "Chess grandmaster stripped of title. The chess federation stripped Arkady Lemnov of the national title after "
    "a phone was found in a toilet. The federation banned him for three years."
)
REPORT = (
    "Safety on the railways. Nine people died on the tracks. In the past three years the board found faults."
)
RULING = (
    "Disciplinary panel: case of A. Lemnov. The player is barred from tournaments of the chess federation."
)


def matter(claim: str, *documents: str, article: str = ARTICLE, language: str = "en") -> Matter:
    return Matter(claim, article, dict(enumerate(documents)), language=language)


def test_common_words_and_numbers_without_what_they_count_are_no_common_matter():
    held = matter("The federation banned Arkady Lemnov for three years.", REPORT)
    assert not held.has(0, "In the past three years the board found faults.")


def test_a_passage_of_a_document_on_the_articles_subject_is_on_it_without_a_word_of_the_claim():
    held = matter("He denies it.", REPORT, RULING)
    assert held.has(1, "The panel sat on 4 May.")
    assert not held.has(0, "The panel sat on 4 May.")


def test_where_the_article_is_about_something_else_rare_words_of_the_claim_are_enough():
    claim = "Greywater Shipping scrapped the trawler Havbris."
    held = matter(claim, "Register of ships. Havbris, trawler, scrapped in 1986 by Greywater Shipping.")
    assert held.has(0, "Havbris, trawler, scrapped in 1986 by Greywater Shipping.")
    assert not matter(claim, REPORT).has(0, "In the past three years the board closed nine stations.")


def test_what_is_near_in_meaning_needs_no_word_in_common():
    held = matter("The federation banned Arkady Lemnov for three years.", REPORT)
    assert held.has(0, "No tournaments until 2028.", near=0.6)
    assert not held.has(0, "No tournaments until 2028.", near=0.4)


def test_short_words_of_a_language_whose_function_words_are_not_known_tell_nothing():
    article = "El museo de Torrealba cierra. El techo de las salas se ha caído por la lluvia."
    other = (
        "El nivel del pantano. La causa de que se haya retrasado es que los permisos no han llegado por ley."
    )
    held = matter("El techo se ha caído por la lluvia.", other, article, article=article, language="es")
    assert not held.has(0, "La causa no se ha dicho.")
    assert held.has(1, "El techo de las salas se ha caído.")
