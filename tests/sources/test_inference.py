"""A model of natural language inference as a second judge: what it may say, and what is said of folders without one."""

from __future__ import annotations

import json
import sys
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from claims.embedding import Unusable
from claims.models import Claim
from common.folders import Held
from sources import actions, inference, steps
from sources.stance import ENGINE, Inference, judge, judge_by_inference, load_inference
from tests import factories, sentence_model

BELIEFS = {"collapsed": (0, 9, 0), "sound": (9, 0, 0), "closed": (0, 1, 0), "wet": (0, 0, 9)}
CLAIM = "The bridge at Norvale gave way in the flood."
FALLS = "The bridge at Norvale collapsed when the flood came."
HOLDS = "Engineers found the bridge at Norvale sound after the flood."


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    settings.CLAIMDESK_NLI = str(sentence_model.write_inference(tmp_path / "tiny-nli", BELIEFS))
    return tmp_path / "tiny-nli"


def judged(model: Inference, claim: str, passage: str):
    made = judge_by_inference(claim, [passage], [judge(claim, passage)], model)
    return made.judgements[0], made.engines[0]


@pytest.mark.parametrize(("passage", "stance"), [(FALLS, "supports"), (HOLDS, "refutes")])
def test_where_it_is_sure_it_speaks_and_says_who_spoke(folder, passage, stance):
    said, engine = judged(load_inference(folder), CLAIM, passage)
    assert judge(CLAIM, passage).stance == "context"
    assert (said.stance, said.rule, said.score) == (stance, "inference", 0.9)
    assert said.reasons[-1].startswith("An inference model holds that the claim ")
    assert engine == f"tiny-nli ({ENGINE} checked)"


@pytest.mark.parametrize(
    "passage",
    [
        pytest.param("The bridge at Norvale was closed before the flood.", id="not sure"),
        pytest.param("The bridge at Norvale was wet after the flood.", id="neutral"),
        pytest.param("A tent collapsed at the fair.", id="on something else"),
        pytest.param("The minister denied that the bridge at Norvale collapsed in the flood.", id="a denial"),
    ],
)
def test_else_the_rules_judgement_stands(folder, passage):
    said, engine = judged(load_inference(folder), CLAIM, passage)
    assert (said, engine) == (judge(CLAIM, passage), ENGINE)


def test_where_the_rules_say_the_opposite_nobody_speaks(folder):
    claim, passage = (
        "26 people died in the collapse.",
        "28 people died in the collapse; the roof collapsed at noon.",
    )
    assert judge(claim, passage).stance == "refutes"
    said, _ = judged(load_inference(folder), claim, passage)
    assert (said.stance, said.rule) == ("context", "disagreement")
    assert said.reasons[-1] == "The inference model reads it the other way: a person has to read it."


def test_the_labels_of_the_folder_say_what_the_outputs_mean(tmp_path):
    two = sentence_model.write_inference(
        tmp_path / "two", {"collapsed": (9, 0)}, ("ENTAILMENT", "not_entailment")
    )
    [shares] = load_inference(two).shares([(FALLS, CLAIM)])
    assert shares["supports"] > 0.99
    assert shares["refutes"] == 0


def without_labels(folder: Path) -> None:
    (folder / "config.json").write_text("{}")


def other_labels(folder: Path) -> None:
    (folder / "config.json").write_text(json.dumps({"id2label": {"0": "joy", "1": "anger", "2": "fear"}}))


def fewer_labels(folder: Path) -> None:
    (folder / "config.json").write_text(json.dumps({"id2label": {"0": "entailment", "1": "neutral"}}))


def no_numbers(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(sentence_model.onnx(np.full((9, 3), np.nan, np.float32), summed=True))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (
            lambda folder: (folder / "model.onnx").unlink(),
            "There is neither model.onnx nor onnx/model.onnx in",
        ),
        (without_labels, "There is no id2label in"),
        (other_labels, "None of the labels joy, anger, fear is entailment."),
        (fewer_labels, "where its config.json names 2 labels."),
        (no_numbers, "The model gives values that are no numbers."),
    ],
)
def test_a_folder_without_a_model_that_works_is_told_of_by_the_system_check(folder, spoil, sentence):
    spoil(folder)
    [told] = [one for one in run_checks() if one.id == "claimdesk.W002"]
    assert told.msg.startswith("CLAIMDESK_NLI: ")
    with pytest.raises(Unusable, match=sentence):
        load_inference(folder)


def test_where_a_library_is_not_installed_the_check_says_which(folder, monkeypatch):
    monkeypatch.delitem(sys.modules, "sources.stance.onnx", raising=False)
    monkeypatch.delitem(sys.modules, "claims.embedding.onnx", raising=False)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    [told] = [one for one in run_checks() if one.id == "claimdesk.W002"]
    assert "onnxruntime is not installed: make dense" in told.msg


def test_without_the_setting_nothing_is_loaded(settings):
    settings.CLAIMDESK_NLI = ""
    assert inference.loaded() == Held()
    assert [one for one in run_checks() if one.id == "claimdesk.W002"] == []


@pytest.fixture
def claim() -> Claim:
    return factories.ClaimFactory(text=CLAIM)


@pytest.fixture
def _bulletin(checker, django_capture_on_commit_callbacks) -> None:
    about = actions.About(title="Bulletin", publisher="Civil Protection", reliability="A")
    with django_capture_on_commit_callbacks(execute=True):
        actions.add_source(by=checker, about=about, text=FALLS)


@pytest.mark.django_db
@pytest.mark.usefixtures("folder", "_bulletin")
def test_the_search_of_the_library_asks_it(claim):
    [found] = steps.look(claim.pk).findings
    assert (found.stance, found.engine) == ("supports", f"tiny-nli ({ENGINE} checked)")


@pytest.mark.django_db
@pytest.mark.usefixtures("_bulletin")
def test_a_model_that_does_not_work_is_told_of_and_the_rules_judge(claim, settings, tmp_path):
    settings.CLAIMDESK_NLI = str(tmp_path / "nowhere")
    looked = steps.look(claim.pk)
    assert looked.note.startswith(
        "The inference model cannot be used, the rules judged alone: There is no folder"
    )
    assert [one.engine for one in looked.findings] == [ENGINE]


def test_stance_is_told_with_the_model_beside_without(folder, tmp_path):
    rows = [(CLAIM, FALLS, "SUPPORTS"), (CLAIM, HOLDS, "REFUTES")]
    data = tmp_path / "pairs.jsonl"
    data.write_text(
        "".join(json.dumps({"claim": c, "evidence": p, "label": label}) + "\n" for c, p, label in rows)
    )
    out = StringIO()
    call_command("evaluate", "stance", str(data), "--json", stdout=out)
    told = json.loads(out.getvalue())
    [with_model] = [told[name] for name in told if name.startswith("with tiny-nli@")]
    assert (told["coverage"], with_model["coverage"], with_model["accuracy"]) == (0.0, 1.0, 1.0)
