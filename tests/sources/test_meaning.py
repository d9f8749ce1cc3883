"""Passages found by what they mean, where a sentence model is set; words alone where it is not or does not work."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.meaning import loaded
from claims.models import Claim
from jobs.models import Job
from sources import actions, meaning, steps
from sources.models import Passage, PassageVector, SentenceModel, Snapshot
from sources.search import meaning as index
from sources.stance import ENGINE
from tests import factories, sentence_model

pytestmark = pytest.mark.django_db

CLAIM = "26 people were killed in the flood in Norvale."
SAME = "Twenty six souls perished when a deluge tore through."  # no word of the claim
OTHER = "Rail fares rise in April, a deficit in the budget being blamed."


@pytest.fixture
def folder(tmp_path: Path, settings) -> str:
    settings.CLAIMDESK_EMBEDDINGS = str(sentence_model.write(tmp_path / "tiny-model"))
    return str(settings.CLAIMDESK_EMBEDDINGS)


@pytest.fixture
def claim() -> Claim:
    return factories.ClaimFactory(text=CLAIM)


@pytest.fixture
def add(checker, django_capture_on_commit_callbacks):
    def make(text: str, **about: object) -> Snapshot:
        given = {"title": "Bulletin", "publisher": "Civil Protection", "reliability": "A", **about}
        with django_capture_on_commit_callbacks(execute=True):
            source = actions.add_source(by=checker, about=actions.About(**given), text=text)
        return source.snapshots.latest("pk")

    return make


def embed(*options: str) -> str:
    out = StringIO()
    call_command("embed", *options, stdout=out)
    return out.getvalue()


def test_a_document_is_embedded_by_the_job_that_its_coming_begins(folder, add):
    copy = add(f"{SAME}\n\n{OTHER}")
    assert Job.objects.get(step="sources.embed").state == "done"
    [first, second] = copy.passages.order_by("pk")
    model = SentenceModel.objects.get()
    assert (model.name, model.dimensions, len(model.sha256)) == ("tiny-model", 8, 64)
    assert {row.passage_id: len(row.vector) for row in model.vectors.all()} == {first.pk: 8, second.pk: 8}


def test_a_passage_without_a_word_of_the_claim_is_found_and_the_reason_says_how_near(folder, claim, add):
    right = add(SAME)
    add(OTHER, title="Fares")
    looked = steps.look(claim.pk)
    [found] = looked.findings
    assert found.snapshot_id == right.pk
    assert found.reasons[0] == "Found by meaning, not by words: near in meaning, 0.85."
    model = SentenceModel.objects.get()
    assert looked.model_version == f"{ENGINE} + tiny-model@{model.sha256[:12]}"
    assert looked.note == ""
    actions.keep_findings(claim.pk, looked)
    assert claim.evidence.get().quote == SAME


def test_without_the_setting_nothing_is_embedded_and_words_alone_find(claim, add):
    add(SAME)
    assert not Job.objects.filter(step="sources.embed").exists()
    assert not PassageVector.objects.exists()
    looked = steps.look(claim.pk)
    assert (list(looked.findings), looked.model_version, looked.note) == ([], ENGINE, "")


def test_a_passage_that_words_find_is_not_said_to_be_found_by_meaning(folder, claim, add):
    right = add("26 people were killed in the flood in Norvale, the service said.")
    [found] = steps.look(claim.pk).findings
    assert found.snapshot_id == right.pk
    assert not any("meaning" in reason for reason in found.reasons)


def test_of_two_that_share_as_many_words_the_one_that_means_the_same_comes_first(folder, claim, add):
    add("In Norvale 26 people spoke of the killed budget, and the deficit, rail fares and money.", title="B")
    right = add(
        "In Norvale 26 people spoke of the killed flood, and the deluge, drowned, dead souls.", title="A"
    )
    assert steps.look(claim.pk).findings[0].snapshot_id == right.pk


def test_an_article_is_no_evidence_for_its_own_claim_and_takes_nobodys_place(folder, claim, add, monkeypatch):
    monkeypatch.setattr(meaning, "NEAREST", 1)
    article = claim.revision.article
    article.url = "https://news.example.org/flood"
    article.save()
    for text in (f"{SAME} Twenty six people died.", f"{SAME} 26 people drowned in the town flood."):
        add(text, url=article.url)
    add(claim.revision.text)
    right = add(SAME, title="Bulletin 2")
    assert [found.snapshot_id for found in steps.look(claim.pk).findings] == [right.pk]


def test_a_source_from_before_the_claim_is_told_so_with_a_model_too(folder, claim, add):
    article = claim.revision.article
    article.published_at = datetime(2025, 5, 4, tzinfo=UTC)
    article.save()
    add(f"{CLAIM} {SAME}", published_at=datetime(2023, 5, 4, tzinfo=UTC))
    [found] = steps.look(claim.pk).findings
    assert found.stance == "supports"
    assert "long before the claim, on 4 May 2023" in found.reasons[-1]


def test_documents_from_before_are_filled_in_by_the_command_which_goes_on_where_it_was(
    folder, claim, add, settings, monkeypatch
):
    settings.CLAIMDESK_EMBEDDINGS = ""
    right = add(SAME)
    add(f"{OTHER}\n\n{OTHER}.", title="Fares")
    settings.CLAIMDESK_EMBEDDINGS = folder
    monkeypatch.setattr(meaning, "BATCH", 1)
    next(meaning.fill(loaded().model))  # and is broken off
    assert PassageVector.objects.count() == 1
    assert embed().startswith("2 passages, ")
    assert PassageVector.objects.count() == Passage.objects.count() == 3
    assert embed().startswith("0 passages, ")
    assert [found.snapshot_id for found in steps.look(claim.pk).findings] == [right.pk]


def test_a_passage_that_was_not_embedded_yet_is_compared_all_the_same(folder, claim, add, settings):
    settings.CLAIMDESK_EMBEDDINGS = ""
    right = add("Killed in the deluge: 26 souls.")  # words find it, and are not enough
    settings.CLAIMDESK_EMBEDDINGS = folder
    [found] = steps.look(claim.pk).findings
    assert found.snapshot_id == right.pk
    assert not PassageVector.objects.exists()


def test_vectors_of_another_model_are_never_compared(folder, claim, add, settings, tmp_path):
    right = add(SAME)
    assert [found.snapshot_id for found in steps.look(claim.pk).findings] == [right.pk]
    settings.CLAIMDESK_EMBEDDINGS = str(sentence_model.write(tmp_path / "second" / "tiny-model", extra=2))
    assert list(steps.look(claim.pk).findings) == []
    embed()
    assert SentenceModel.objects.count() == 2
    assert [found.snapshot_id for found in steps.look(claim.pk).findings] == [right.pk]
    assert "1 vectors of other models are gone." in embed("--drop-others")
    assert [(row.dimensions, row.vectors.count()) for row in SentenceModel.objects.all()] == [(10, 1)]


def test_a_broken_model_is_told_in_the_search_log_and_words_go_on(folder, claim, add):
    (Path(folder) / "model.onnx").write_bytes(b"broken")
    right = add(CLAIM)
    assert Job.objects.get(step="sources.embed").state == "done"
    looked = steps.look(claim.pk)
    assert ([found.snapshot_id for found in looked.findings], looked.model_version) == ([right.pk], ENGINE)
    assert looked.note.startswith("The sentence model cannot be used, words alone were compared: ")
    assert "model.onnx cannot be read" in looked.note
    with pytest.raises(CommandError, match=r"model\.onnx cannot be read"):
        embed()


def test_the_command_says_when_no_model_is_set():
    with pytest.raises(CommandError, match="No sentence model is set: CLAIMDESK_EMBEDDINGS names its folder"):
        embed()


def test_what_comes_later_is_found_without_reading_again_what_is_held(
    folder, claim, add, django_assert_num_queries
):
    add(SAME)
    steps.look(claim.pk)
    right = add(f"{SAME} People died in the flood: 26, in Norvale.", title="Bulletin 2")
    assert right.pk in {found.snapshot_id for found in steps.look(claim.pk).findings}
    [vector] = loaded().model.vectors([CLAIM])
    model = SentenceModel.objects.get()
    with django_assert_num_queries(1):
        assert len(index.nearest(vector, model, limit=5)) == 2


def test_a_row_that_was_committed_late_is_seen_all_the_same(folder, add):
    passages = [add(f"{SAME} {n} people.", title=f"Bulletin {n}").passages.get() for n in range(2)]
    [vector] = loaded().model.vectors([CLAIM])
    model = SentenceModel.objects.get()
    row = PassageVector.objects.get(passage=passages[0])
    PassageVector.objects.filter(pk=row.pk).delete()
    assert [key for key, _ in index.nearest(vector, model, limit=5)] == [passages[1].pk]
    row.save(force_insert=True)  # with its number, which is below the last that was seen
    assert {key for key, _ in index.nearest(vector, model, limit=5)} == {passage.pk for passage in passages}


def test_past_its_limit_a_process_holds_the_newest(folder, add, monkeypatch):
    monkeypatch.setattr(index, "IN_MEMORY", 2)
    made = [add(f"{SAME} {n} people.", title=f"Bulletin {n}").passages.get().pk for n in range(4)]
    [vector] = loaded().model.vectors([CLAIM])
    model = SentenceModel.objects.get()
    assert {key for key, _ in index.nearest(vector, model, limit=5)} == set(made[2:])
    assert index.cosines(vector, model, made).keys() == set(made)


def test_the_query_of_the_memory_uses_its_index(folder, add):
    add(SAME)
    rows = PassageVector.objects.filter(model=SentenceModel.objects.get(), pk__gt=0).order_by("pk")
    plan = rows.values_list("pk", flat=True).explain()
    assert connection.vendor == "postgresql" or "passage_vector_newest" in plan
