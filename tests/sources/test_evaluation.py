"""The scorers give the figures that the public formats ask for."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims import embedding
from sources import evaluation
from tests import sentence_model


def test_average_precision_counts_each_hit_by_its_place():
    assert evaluation.average_precision(["a", "b", "c"], {"b"}) == 0.5
    assert evaluation.average_precision(["a", "b"], {"a", "b"}) == 1.0
    assert evaluation.average_precision(["a"], set()) == 0.0


def test_calibration_error_is_the_gap_between_said_and_true():
    assert (
        evaluation.expected_error([(0.8, True), (0.8, True), (0.8, False), (0.8, True), (0.8, True)]) == 0.0
    )
    assert evaluation.expected_error([(0.9, False)]) == 0.9


def test_matching_is_scored_from_a_folder_of_the_shared_task(tmp_path):
    (tmp_path / "dev").mkdir()
    (tmp_path / "verified_claims.docs.tsv").write_text(
        "\tvclaim\ttitle\n0\tA shark swam on a motorway.\tShark on the motorway?\n"
        "1\tA dam broke in Lowfen.\tDid a dam break?\n"
    )
    (tmp_path / "dev" / "tweets.queries.tsv").write_text(
        "\ttweet_content\n7\tshark swimming on the motorway!!\n8\tlowfen dam broke\n"
    )
    (tmp_path / "dev" / "tweet-vclaim-pairs.qrels").write_text("7\t0\t0\t1\n8\t0\t1\t1\n")
    scored = evaluation.matching(tmp_path)
    assert (scored["split"], scored["claims"], scored["map_at_5"]) == ("dev", 2, 1.0)
    assert {"p95_ms", "precision_at_1", "no_match"} <= scored.keys()


def test_precision_at_80_is_told_in_each_of_its_readings():
    found = [evaluation.Asked(score, right=True, matchable=True) for score in (0.9, 0.8, 0.7, 0.6)]
    wrong = [evaluation.Asked(0.65, right=False, matchable=True)]
    hidden = [evaluation.Asked(score, right=False, matchable=False) for score in (0.75, 0.4, 0.3, 0.2, 0.1)]
    assert evaluation.no_match([*found, *wrong, *hidden])["precision_at_80"] == {
        "of_the_matches": 0.6667,  # 4 of 5 matches are named among 6
        "of_those_ranked_first": 0.6667,
        "of_the_matchable": 0.6,  # 5 are named, one of them wrong and one where there is none
        "of_the_decisions": 0.75,  # of the 8 surest of 10
    }


@pytest.fixture
def pairs(tmp_path):
    rows = [
        {
            "claim": "The bridge opened in 1993 .",
            "evidence": "The bridge opened in 1993 .",
            "label": "SUPPORTS",
        },
        {
            "claim": "The bridge opened in 1993 .",
            "evidence": "The bridge opened in 1995 .",
            "label": "REFUTES",
        },
    ]
    path = tmp_path / "foolmetwice_tiny.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_stance_is_scored_by_accuracy_coverage_and_calibration(pairs):
    scored = evaluation.stance(pairs)
    assert (scored["pairs"], scored["coverage"], scored["accuracy_when_said"]) == (2, 1.0, 1.0)
    assert {"accuracy", "top_10", "ece", "by_rule"} <= scored.keys()


def test_retrieval_looks_for_the_gold_passage_among_all(pairs):
    scored = evaluation.retrieval(pairs.parent)
    assert (scored["claims"], scored["passages"], scored["recall_at_5"]) == (2, 2, 1.0)


def test_treebank_brackets_and_spaces_are_undone():
    assert (
        evaluation.detokenised("Cruz -LRB- born 1974 -RRB- is n't here .") == "Cruz (born 1974) isn't here."
    )


def test_retrieval_is_told_with_a_sentence_model_beside_without(tmp_path, settings):
    rows = [
        {"claim": "Souls drowned on that harbour quay.", "evidence": "People perished .", "label": "SUPPORTS"},
        {"claim": "A quay was painted.", "evidence": "That harbour quay was painted .", "label": "SUPPORTS"},
    ]  # fmt: skip
    data = tmp_path / "data"
    data.mkdir()
    (data / "foolmetwice_tiny.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    settings.CLAIMDESK_EMBEDDINGS = str(sentence_model.write(tmp_path / "tiny-model"))
    out = StringIO()
    call_command("evaluate", "retrieval", str(data), "--json", stdout=out)
    told = json.loads(out.getvalue())
    [with_model] = [told[name] for name in told if name.startswith("with tiny-model@")]
    assert (told["recall_at_1"], with_model["recall_at_1"], with_model["recall_at_5"]) == (0.5, 1.0, 1.0)
    assert {"vectors_at_1", "vectors_at_5", "vectors_at_10"} <= with_model.keys()


def test_a_sentence_model_that_does_not_work_is_no_figure(pairs, settings, tmp_path):
    settings.CLAIMDESK_EMBEDDINGS = str(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("evaluate", "retrieval", str(pairs.parent))


def test_matching_is_told_with_a_sentence_model_beside_without(tmp_path):
    (tmp_path / "dev").mkdir()
    (tmp_path / "verified_claims.docs.tsv").write_text(
        "\tvclaim\ttitle\n0\tPeople drowned in the town.\tDid a flood come?\n1\tThe budget has a deficit.\tMoney?\n"
    )
    (tmp_path / "dev" / "tweets.queries.tsv").write_text(
        "\ttweet_content\n7\tpeople perished in the flood!!\n8\tso much money, what a deficit\n"
    )
    (tmp_path / "dev" / "tweet-vclaim-pairs.qrels").write_text("7\t0\t0\t1\n8\t0\t1\t1\n")
    model = embedding.load(sentence_model.write(tmp_path / "tiny-model"))
    told = evaluation.matching(tmp_path, model=model)
    with_model = told[f"with tiny-model@{model.sha256[:12]}"]
    assert (told["map_at_5"], with_model["map_at_5"]) == (1.0, 1.0)
    assert {"p95_ms", "precision_at_1", "no_match"} <= with_model.keys()
