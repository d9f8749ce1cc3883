"""What the machine looks up for a claim: what comes first, what is said of its date, and who judged it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from claims.models import Claim, ModelUse
from reviews.steps import weigh
from sources import actions, steps
from sources.stance import ENGINE
from tests import factories
from tests.claims.extraction.test_llm import server

pytestmark = pytest.mark.django_db

TOLD = "26 people were killed in the flood in Norvale, the service said on Saturday."

CHESS = (
    "The chess federation stripped Arkady Lemnov of the national title after a phone was found in a toilet.\n\n"
    "He had won nine of his eleven games. The federation banned him for three years."
)
UNRELATED = (
    "Seven people were killed at level crossings in 2024. In the past three years two workers died.\n\n"
    "The board found that for three years nobody had counted the faults."
)


@pytest.fixture
def claim() -> Claim:
    made = factories.ClaimFactory(text="26 people were killed in the flood in Norvale.")
    article = made.revision.article
    article.published_at = datetime(2025, 5, 4, tzinfo=UTC)
    article.save()
    return made


def add(checker, text: str, **about: object) -> str:
    given = {"title": "Flood", "publisher": "Civil Protection", **about}
    return str(actions.add_source(by=checker, about=actions.About(**given), text=text).snapshots.get().pk)


def first(claim: Claim) -> str:
    return str(steps.look(claim.pk).findings[0].snapshot_id)


def test_a_copy_comes_behind_what_it_was_copied_from(claim, checker):
    copy = add(checker, TOLD, publisher="Gazette", origin="Civil Protection", reliability="A")
    original = add(
        checker, f"{TOLD} Nine are missing, and the roads to the coast are closed.", reliability="F"
    )
    assert [str(found.snapshot_id) for found in steps.look(claim.pk).findings] == [original, copy]


def test_a_first_report_comes_behind_a_later_one(claim, checker):
    add(checker, TOLD, title="Flood: first reports speak of many dead")
    later = add(checker, TOLD.replace("Saturday", "Sunday"), title="Flood: bulletin 3")
    assert first(claim) == later


def test_a_document_on_another_matter_is_not_attached(claim, checker):
    add(
        checker,
        "The minister said on Saturday that people in the north were heard. Rail fares rise in April.",
    )
    right = add(checker, TOLD)
    assert [str(found.snapshot_id) for found in steps.look(claim.pk).findings] == [right]


def test_a_claim_of_which_the_library_holds_nothing_has_no_evidence_and_its_page_says_so(
    claim, checker, client
):
    add(checker, UNRELATED, title="Safety on the railways in 2024")
    claim.revision = factories.RevisionFactory(text=CHESS)
    claim.text = claim.quote = "The federation banned him for three years."
    claim.start, claim.end = CHESS.index(claim.quote), len(CHESS)
    claim.save()
    actions.keep_findings(claim.pk, steps.look(claim.pk))
    assert not claim.evidence.exists()
    assert claim.searches.get().found == 0
    client.force_login(checker)
    assert "No evidence yet. Search again, or add a source." in client.get(f"/claims/{claim.pk}/").text


def test_of_passages_that_agree_little_only_the_best_few_are_attached(claim, checker):
    for town in ("Esk", "Lind", "Marr", "Orme", "Tolm"):
        add(
            checker,
            f"A flood once reached {town}, and 26 was the number of its bus.",
            title=f"Notes from {town}",
        )
    assert len(steps.look(claim.pk).findings) == steps.BEST_FEW


def test_the_topic_in_brackets_is_no_part_of_what_a_passage_has_to_say(claim, checker):
    claim.text = "Nine were adulterated [oil prices, Cassara]."
    claim.save()
    add(checker, "Oil prices in Cassara, the prices of oil: down.", title="Oil prices in Cassara")
    right = add(checker, "Of the bottles, nine were adulterated with other fats.", title="Inspection")
    assert first(claim) == right


def test_what_stands_around_a_claim_in_its_article_finds_what_it_calls_it(checker):
    text = "The night train to Kessmouth ran for a year. It makes no profit yet.\n\nFares will rise in May."
    claim = factories.ClaimFactory(
        text="It makes no profit yet.",
        quote="It makes no profit yet.",
        start=text.index("It makes"),
        end=text.index("\n\n"),
        revision=factories.RevisionFactory(text=text),
    )
    add(checker, "The canteen of the school makes a profit, yet it is small.", title="School canteen")
    right = add(checker, "The night train to Kessmouth made no profit in 2024.", title="First year")
    assert first(claim) == right


def test_of_two_passages_the_one_with_the_claims_number_comes_first(claim, checker):
    add(checker, TOLD.replace("26", "20"), title="Flood", reliability="A")
    right = add(checker, "In the flood in Norvale 26 people have lost their lives.", reliability="C")
    assert first(claim) == right


def test_a_report_that_promises_more_comes_behind_a_later_one(claim, checker):
    add(checker, f"{TOLD} More follows.", title="Flood in Norvale")
    later = add(checker, TOLD.replace("Saturday", "Sunday"), title="Flood: bulletin 3")
    assert first(claim) == later


def test_the_reasons_tell_a_source_that_is_much_older_than_the_claim(claim, checker):
    add(checker, TOLD, published_at=datetime(2023, 5, 4, tzinfo=UTC), reliability="A")
    [found] = steps.look(claim.pk).findings
    assert found.stance == "supports"
    assert "long before the claim, on 4 May 2023" in found.reasons[-1]


def told(stance: str, quote: str):
    judged = {"passage": 1, "stance": stance, "confidence": 0.9, "quote": quote, "reason": "It says so."}
    content = json.dumps({"judgements": [judged]})
    return lambda _: (200, json.dumps({"choices": [{"message": {"content": content}}]}))


def test_a_language_model_judges_where_it_is_set_to_and_is_named(claim, checker, settings):
    text = "Twenty-six did not survive the flood in Norvale."
    add(checker, text, reliability="A")
    settings.CLAIMDESK_LLM_STANCE = True
    with server(told("supports", text)) as (url, asked):
        settings.CLAIMDESK_LLM_URL, settings.CLAIMDESK_LLM_MODEL = url, "test-model"
        actions.keep_findings(claim.pk, steps.look(claim.pk))
    assert len(asked) == 1
    evidence = claim.evidence.get()
    assert (evidence.stance, evidence.model_version) == ("supports", f"test-model ({ENGINE} checked)")
    assert weigh(claim.pk).model_version == evidence.model_version
    assert ModelUse.objects.get().requests == 1


def test_past_the_days_budget_the_rules_judge_and_the_search_says_so(claim, checker, settings):
    add(checker, TOLD)
    settings.CLAIMDESK_LLM_STANCE, settings.CLAIMDESK_LLM_PER_DAY = True, 0
    settings.CLAIMDESK_LLM_URL, settings.CLAIMDESK_LLM_MODEL = "http://127.0.0.1:9/v1", "test-model"
    actions.keep_findings(claim.pk, steps.look(claim.pk))
    assert claim.evidence.get().model_version == ENGINE
    assert "budget for today is used up" in claim.searches.get().note


def test_a_language_model_that_splits_articles_is_not_asked_to_judge(claim, checker, settings):
    add(checker, TOLD)
    with server(told("refutes", TOLD)) as (url, asked):
        settings.CLAIMDESK_LLM_URL, settings.CLAIMDESK_LLM_MODEL = url, "test-model"
        [found] = steps.look(claim.pk).findings
    assert (asked, found.stance, found.engine) == ([], "supports", ENGINE)
