"""The articles that teach and measure the engine are labelled as their guideline says."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from claims.lifecycle import ClaimType

DATA = Path(__file__).resolve().parents[3] / "training" / "data"
ARTICLES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for folder in ("articles", "blind")
    for path in sorted((DATA / folder).glob("*.json"))
}


def hits(claim: dict, wording: str) -> bool:
    """Tell whether every `must` and no `must_not` of the claim finds the wording."""
    return all(re.search(one, wording, re.IGNORECASE) for one in claim["must"]) and not any(
        re.search(one, wording, re.IGNORECASE) for one in claim["must_not"]
    )


def test_there_are_as_many_as_the_page_says_and_each_is_named_by_its_file():
    assert [article["id"] for article in ARTICLES.values()] == list(ARTICLES)
    assert Counter(name.split("-")[0] for name in ARTICLES) == {
        "conflict": 10, "economy": 10, "public": 10, "science": 10, "fresh": 8, "blind": 13,
        "figures": 8, "justice": 8, "talk": 8, "world": 8,
    }  # fmt: skip


@pytest.mark.parametrize("name", ARTICLES)
def test_anchors_stand_once_and_what_is_no_claim_stands_in_the_text(name):
    article = ARTICLES[name]
    assert {claim["anchor"]: article["text"].count(claim["anchor"]) for claim in article["claims"]} == {
        claim["anchor"]: 1 for claim in article["claims"]
    }
    assert [span for span in article["not_claims"] if span not in article["text"]] == []


@pytest.mark.parametrize("name", ARTICLES)
def test_the_patterns_of_a_claim_find_its_own_wording_and_no_other(name):
    claims = ARTICLES[name]["claims"]
    found = [(one["id"], other["id"]) for one in claims for other in claims if hits(one, other["text"])]
    assert found == [(claim["id"], claim["id"]) for claim in claims]


@pytest.mark.parametrize("name", ARTICLES)
def test_every_type_is_one_that_a_claim_may_have(name):
    assert {claim["type"] for claim in ARTICLES[name]["claims"]} <= set(ClaimType.values)
