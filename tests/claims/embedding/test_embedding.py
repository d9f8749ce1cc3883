"""Sentence models from folders: what they give, and what is said of folders that hold none."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from django.core.checks import run_checks

from claims import embedding, meaning
from common.folders import Held
from tests import sentence_model


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sentence_model.write(tmp_path / "tiny-model")


def test_texts_of_one_meaning_are_near_and_their_vectors_have_length_one(folder):
    model = embedding.load(folder)
    one, same, other = model.vectors(
        ["26 people died in the flood", "Twenty six souls perished: a deluge", "Rail fares"]
    )
    assert (model.name, model.dimensions, one.dtype) == ("tiny-model", 8, np.float32)
    assert np.linalg.norm(one) == pytest.approx(1)
    assert one @ same > 0.9
    assert one @ other == 0


def test_a_text_gets_the_same_vector_alone_and_among_longer_ones(folder):
    model = embedding.load(folder)
    texts = ["flood", "people died in the flood in the town of Norvale", "", "zzz"] * 20
    together = model.vectors(texts)
    assert np.allclose(together, np.vstack([model.vectors([text]) for text in texts]))
    assert not together[2].any()  # no word at all
    assert model.vectors([]).shape == (0, 8)


def test_a_text_longer_than_the_model_reads_is_cut(folder):
    (folder / "sentence_bert_config.json").write_text('{"max_seq_length": 8}')
    cut, whole = embedding.load(folder).vectors(["rail " * 8 + "flood " * 100, "rail"])
    assert cut @ whole == pytest.approx(1)


def test_the_first_word_stands_for_a_sentence_where_the_folder_says_so(folder):
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    first, whole = embedding.load(folder).vectors(["flood people", "flood"])
    assert first @ whole == pytest.approx(1)


def test_the_model_may_lie_where_the_hub_has_it(folder):
    before = embedding.load(folder).sha256
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model_qint8_avx512.onnx")
    assert embedding.load(folder).sha256 == before
    sentence_model.write(folder, extra=1)
    assert embedding.load(folder).sha256 != before


def broken_model(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"not a model")


def broken_words(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{")


def two_models(folder: Path) -> None:
    (folder / "onnx").mkdir()
    data = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").unlink()
    for name in ("model_O1.onnx", "model_O2.onnx"):
        (folder / "onnx" / name).write_bytes(data)


def other_pooling(folder: Path) -> None:
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_max_tokens": true}')


def no_numbers(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(sentence_model.onnx(np.full((64, 8), np.nan, np.float32)))


def table_too_small(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(sentence_model.onnx(np.ones((1, 8), np.float32)))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (
            lambda folder: (folder / "model.onnx").unlink(),
            "There is neither model.onnx nor onnx/model.onnx in",
        ),
        (lambda folder: (folder / "tokenizer.json").unlink(), "There is no tokenizer.json in"),
        (lambda folder: sentence_model.write(folder, input_name="pixels"), "asks for pixels, which"),
        (broken_model, r"model\.onnx cannot be read: .*(INVALID_PROTOBUF|protobuf)"),
        (broken_words, "tokenizer.json cannot be read: EOF while parsing"),
        (two_models, "has several models and no model.onnx: leave one of them."),
        (other_pooling, "The model wants pooling_mode_max_tokens; here is only the mean or the first."),
        (no_numbers, "The model gives vectors that are no numbers."),
        (table_too_small, "The model stops on a sentence: "),
    ],
)
def test_a_folder_without_a_model_that_works_is_told_of_by_the_system_check(
    folder, settings, spoil, sentence
):
    spoil(folder)
    settings.CLAIMDESK_EMBEDDINGS = str(folder)
    [told] = [one for one in run_checks() if one.id == "claimdesk.W001"]
    assert told.msg.startswith("CLAIMDESK_EMBEDDINGS: ")
    with pytest.raises(embedding.Unusable, match=sentence):
        embedding.load(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(embedding.Unusable, match=r"There is no folder .*/nowhere\."):
        embedding.load(tmp_path / "nowhere")


@pytest.mark.parametrize("library", ["onnxruntime", "tokenizers"])
def test_where_a_library_is_not_installed_the_check_says_which_and_how_to_get_it(
    folder, settings, monkeypatch, library
):
    monkeypatch.delitem(sys.modules, "claims.embedding.onnx", raising=False)
    monkeypatch.setitem(
        sys.modules, library, None
    )  # what Python itself does for a module that cannot be imported
    settings.CLAIMDESK_EMBEDDINGS = str(folder)
    [told] = [one for one in run_checks() if one.id == "claimdesk.W001"]
    assert f"{library} is not installed: make dense" in told.msg
    assert meaning.loaded().model is None


def test_without_the_setting_nothing_is_loaded_and_nothing_is_warned_of(settings, monkeypatch):
    monkeypatch.setitem(sys.modules, "claims.embedding.onnx", None)
    settings.CLAIMDESK_EMBEDDINGS = ""
    assert [one for one in run_checks() if one.id == "claimdesk.W001"] == []
    assert (meaning.loaded(), meaning.is_set()) == (Held(), False)


def vectors(n: int, seed: int = 1) -> embedding.Floats:
    made = np.random.default_rng(seed).normal(size=(n, 64)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_a_packed_vector_points_where_it_did():
    made = vectors(500)
    unpacked = embedding.unpack(embedding.pack(made))
    assert np.abs(made @ made.T - unpacked @ unpacked.T).max() < 0.01
    assert not embedding.unpack(embedding.pack(np.zeros((1, 8), np.float32))).any()


def test_a_search_gives_what_comparing_with_each_one_gives():
    made = vectors(20_000)
    packed = embedding.Packed(64, most=30_000)
    for start in range(0, len(made), 3_000):
        some = made[start : start + 3_000]
        packed.add(range(start, start + len(some)), embedding.pack(some))
    found = packed.nearest(made[7], 10)
    cosines = embedding.unpack(embedding.pack(made)) @ made[7]
    assert [key for key, _ in found] == list(np.argsort(-cosines)[:10])
    assert found[0][1] == pytest.approx(1, abs=0.01)
    assert len(packed) == 20_000


def test_past_its_most_the_oldest_give_way():
    made = vectors(25)
    packed = embedding.Packed(64, most=10)
    assert packed.nearest(made[0], 5) == []
    for key, vector in enumerate(embedding.pack(made)):
        packed.add([key], [vector])
    assert (len(packed), {key for key, _ in packed.nearest(made[0], 100)}) == (10, set(range(15, 25)))
    packed.add(range(100, 125), embedding.pack(made))
    assert {key for key, _ in packed.nearest(made[0], 100)} == set(range(115, 125))


def test_the_hubs_settings_beside_a_model_change_its_hash(folder):
    before = embedding.load(folder).sha256
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 16}))
    assert embedding.load(folder).sha256 != before


def test_wordings_are_embedded_once_and_the_oldest_are_forgotten(folder):
    model, asked = embedding.load(folder), []

    class Counting:
        name, sha256, dimensions = model.name, model.sha256, model.dimensions

        def vectors(self, texts):
            asked.extend(texts)
            return model.vectors(texts)

    known = embedding.Remembered(Counting(), most=3)
    assert known.near("flood", ["deluge", "rail", "deluge"]) == [1, 0, 1]
    assert known.near("flood", ["rail"]) == [0]
    assert (asked, len(known)) == (["flood", "deluge", "rail"], 3)
    known.near("flood", ["people"])
    known.near("flood", ["deluge"])
    assert (asked[3:], len(known)) == (["people", "deluge"], 3)
