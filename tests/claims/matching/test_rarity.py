"""How much a word tells, where few texts are at hand."""

from __future__ import annotations

from claims.matching.rarity import Rarity, news
from claims.matching.words import stem


def test_what_is_common_in_news_tells_little_though_few_texts_have_it():
    rarity = Rarity([{stem("people"), stem("marathon")}])
    assert rarity.weight(stem("people")) < 3 < 6 < rarity.weight(stem("marathon"))


def test_what_many_of_the_texts_have_tells_less_than_what_one_has():
    rarity = Rarity([{"marathon"}, *[{"marathon", "town"}] * 40])
    assert rarity.weight("marathon") < rarity.weight("stadium")


def test_in_another_language_the_texts_alone_say_what_is_common():
    rarity = Rarity([{"pantano", "sequía"}, {"pantano", "people"}, {"pantano"}], language="es-MX")
    assert rarity.weight("people") == rarity.weight("sequía") > rarity.weight("pantano")


def test_the_table_of_news_has_shares():
    assert all(0 < share < 1 for share in news().values())
    assert news()[stem("people")] > news()[stem("hospital")]
