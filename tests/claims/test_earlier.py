"""Earlier claims that may say the same are found by an index that follows what changes."""

from __future__ import annotations

import pytest

from claims import earlier, steps
from claims.actions import editing, machine
from claims.models import Claim, Match
from reviews.actions import work
from tests import factories, sentence_model

pytestmark = pytest.mark.django_db

OLD = "At least 26 people were killed in the flood in Norvale on 3 May."


def known(text: str, checker: object) -> Claim:
    """A claim that the ledger tells of, as every claim is."""
    claim = factories.ClaimFactory(text="Something else was said.")
    return editing.reword(claim.pk, by=checker, version=1, text=text)


def test_the_same_claim_of_another_article_is_found_and_only_suggested(checker):
    old = known(OLD, checker)
    claim = known("26 people were killed in the flood in Norvale on 3 May.", checker)
    machine.store_compared(claim.pk, steps.compare(claim.pk))
    match = Match.objects.get()
    assert (match.claim, match.earlier, match.state) == (claim, old, Match.State.SUGGESTED)
    machine.store_compared(claim.pk, steps.compare(claim.pk))
    assert Match.objects.count() == 1


def test_another_number_makes_a_near_duplicate(checker):
    known(OLD, checker)
    claim = known(OLD.replace("26", "31"), checker)
    [likeness] = earlier.like(claim)
    assert likeness.kind == "near_duplicate"
    assert likeness.compared["differs"] == ["number"]


def test_a_claim_is_found_by_its_present_wording_alone(checker):
    old = known("The mayor of Ostrand resigned in April after an inquiry.", checker)
    editing.reword(old.pk, by=checker, version=2, text=OLD)
    later = known("The mayor of Ostrand resigned in April after an inquiry.", checker)
    assert earlier.like(later) == []
    assert [item.id for item in earlier.like(known(OLD, checker))] == [old.pk]


def test_what_was_dismissed_as_no_claim_is_not_offered(checker):
    old = known(OLD, checker)
    work.dismiss(old.pk, by=checker, version=2, reason="not_a_claim")
    assert earlier.like(known(OLD, checker)) == []


def test_claims_of_the_same_article_are_not_offered(checker):
    old = known(OLD, checker)
    twin = factories.ClaimFactory(revision=old.revision, text=OLD, nth=1)
    assert earlier.like(twin) == []


def test_an_earlier_claim_in_other_words_is_found_by_a_sentence_model(checker, settings, tmp_path):
    old = known("In Norvale 26 souls perished when a deluge tore over fields and mills.", checker)
    claim = known("26 people drowned in the Norvale flood of last spring.", checker)
    settings.CLAIMDESK_EMBEDDINGS = ""
    assert [item.id for item in earlier.like(claim)] == []
    settings.CLAIMDESK_EMBEDDINGS = str(sentence_model.write(tmp_path / "tiny-model"))
    [likeness] = earlier.like(claim)
    assert (likeness.id, likeness.kind, likeness.method) == (old.pk, "related", "lexical+meaning+rerank/1")
    assert likeness.compared["reasons"][0] == "They share few words, and are near in meaning, 1.00."
    machine.store_compared(claim.pk, steps.compare(claim.pk))
    assert Match.objects.get().earlier == old


def test_a_sentence_model_that_is_broken_leaves_matching_to_words(checker, settings, tmp_path):
    old = known(OLD, checker)
    settings.CLAIMDESK_EMBEDDINGS = str(tmp_path / "nowhere")
    [likeness] = earlier.like(known(OLD, checker))
    assert (likeness.id, likeness.method) == (old.pk, "lexical+rerank/2")


def test_a_claim_is_no_rival_of_what_it_may_be_the_same_as(checker):
    old = known("Flood in Norvale: 26 killed, the service says.", checker)
    claim = known("26 people were killed in the flood in Norvale, a town on the coast.", checker)
    assert [item.id for item in earlier.like(claim)] == [old.pk]
