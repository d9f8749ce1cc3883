"""The language model in the pipeline: it reads where it is set, within its budget, and the revision says who read."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from claims import budget, steps
from claims.actions import intake, machine
from claims.extraction import ENGINE
from claims.models import Claim, ModelUse, Revision
from tests.claims.extraction.test_llm import claim, saying, server

TEXT = (
    "A fire in Lowfen killed four people on Tuesday, the mayor said.\n\n"
    "The depot held 160 tonnes of nitrate, the mayor said."
)


@pytest.fixture
def revision(checker) -> Revision:
    made = intake.submit_article(by=checker, text=TEXT).revision
    assert made is not None
    return made


def read(revision: Revision) -> list[int]:
    return machine.store_reading(revision.pk, steps.read(revision.pk))


def test_the_model_reads_and_its_claims_and_the_revision_say_so(revision, settings):
    with server(saying(claim("killed four people"))) as (url, asked):
        settings.CLAIMDESK_LLM_URL, settings.CLAIMDESK_LLM_MODEL = url, "test-model"
        read(revision)

    assert len(asked) == 1
    found = Claim.objects.get()
    assert (found.quote, found.extractor) == ("killed four people", f"test-model ({ENGINE} checked)")
    revision.refresh_from_db()
    assert (revision.engine, revision.engine_note) == (found.extractor, "")


def test_without_a_model_the_local_engine_reads(revision):
    read(revision)

    revision.refresh_from_db()
    assert (revision.engine, revision.engine_note) == (ENGINE, "")
    assert set(Claim.objects.values_list("extractor", flat=True)) == {ENGINE}
    assert not ModelUse.objects.exists()


def test_a_model_that_fails_leaves_the_article_to_the_local_engine_and_the_page_says_why(
    revision, settings, client, checker
):
    with server(lambda _: (500, "down")) as (url, _asked):
        settings.CLAIMDESK_LLM_URL, settings.CLAIMDESK_LLM_MODEL = url, "test-model"
        read(revision)

    revision.refresh_from_db()
    assert revision.engine == ENGINE
    assert "did not answer usefully" in revision.engine_note
    assert Claim.objects.filter(extractor=ENGINE).count() >= 2
    client.force_login(checker)
    page = client.get(reverse("desk:article", args=[revision.article_id])).content.decode()
    assert f"Read by {ENGINE}." in page
    assert "did not answer usefully" in page


def test_past_the_days_budget_the_model_is_not_asked(revision, settings):
    settings.CLAIMDESK_LLM_PER_DAY = 1
    assert budget.spend() is True
    with server(saying(claim("killed four people"))) as (url, asked):
        settings.CLAIMDESK_LLM_URL, settings.CLAIMDESK_LLM_MODEL = url, "test-model"
        read(revision)

    assert asked == []
    revision.refresh_from_db()
    assert "budget for today is used up" in revision.engine_note
    assert ModelUse.objects.get().requests == 1


def test_a_page_in_a_language_without_a_parser_says_what_is_left_to_people(checker, client):
    text = "El incendio causó cuatro muertos en Lowfen, dijo el alcalde. El depósito guardaba 160 toneladas."
    made = intake.submit_article(by=checker, text=text).revision
    read(made)

    client.force_login(checker)
    page = client.get(reverse("desk:article", args=[made.article_id])).content.decode()
    assert "In this language a claim is a whole sentence" in page


def test_the_model_is_told_nothing_but_the_article(revision, settings):
    with server(saying(claim("killed four people"))) as (url, asked):
        settings.CLAIMDESK_LLM_URL, settings.CLAIMDESK_LLM_MODEL = url, "test-model"
        settings.CLAIMDESK_LLM_KEY = "secret"
        read(revision)

    [request] = asked
    assert request["key"] == "Bearer secret"
    assert json.loads(request["messages"][1]["content"]) == {"title": revision.article.title, "text": TEXT}
