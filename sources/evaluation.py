"""Scores the engines against public test sets; `manage.py evaluate` prints what these functions return."""

import csv
import gzip
import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean, quantiles
from typing import Any, TextIO  # Any: JSON as it comes.

from claims.embedding import Model, Packed, Remembered, pack
from claims.matching import Index, Near
from claims.matching.features import prepare
from claims.matching.postings import Postings
from claims.matching.words import stems
from sources.query import NEAREST, rerank
from sources.stance import Inference, Judgement, by_shares, judge

CONFIDENT_GRADES = (0.5, 0.6, 0.7, 0.8, 0.9)
COVERED = 0.8
BINS = 10
LOOKED_AT = 100  # passages that are reranked, as sources/steps.py does
TREEBANK_MARKS = (("``", '"'), ("''", '"'), ("-LRB-", "("), ("-RRB-", ")"), ("-LSB-", "["), ("-RSB-", "]"))
SPACE_BEFORE = re.compile(r" ([.,;:!?)\]%]|(?:'s|n't|'re|'ll|'ve|'d|'m)\b)")
SPACE_AFTER = re.compile(r"([(\[$]) ")


@dataclass(frozen=True, slots=True)
class MatchingSet:
    """Earlier claims, and by split the queries and the claims that they match."""

    claims: list[tuple[str, str]]
    queries: dict[str, dict[str, str]]
    relevant: dict[str, dict[str, set[str]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One query's first hit: its probability, whether it is right, whether there was anything to find."""

    score: float
    right: bool
    matchable: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim with a passage and whether it supports the claim."""

    claim: str
    passage: str
    supports: bool


def opened(path: Path) -> TextIO:
    """A text file, gzipped or not."""
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def read_matching(folder: Path) -> MatchingSet:
    """CheckThat! 2020 task 2: verified_claims.docs.tsv and a folder for each split."""
    csv.field_size_limit(10_000_000)
    path = next(folder.glob("verified_claims.docs.tsv*"))
    with opened(path) as lines:
        rows = list(csv.reader(lines, delimiter="\t"))[1:]
    data = MatchingSet([(row[0], f"{row[1]}\n{row[2]}") for row in rows if len(row) > 2], {}, {})
    for queries in sorted(folder.glob("*/tweets.queries.tsv")):
        split = queries.parent.name
        with queries.open(encoding="utf-8") as lines:
            data.queries[split] = {row[0]: row[1] for row in list(csv.reader(lines, delimiter="\t"))[1:]}
        data.relevant[split] = {}
        for line in (queries.parent / "tweet-vclaim-pairs.qrels").read_text(encoding="utf-8").splitlines():
            query, _, claim, _ = line.split("\t")
            data.relevant[split].setdefault(query, set()).add(claim)
    return data


def matching(folder: Path, *, split: str = "", model: Model | None = None) -> dict[str, Any]:
    """MAP@5, P@1, time for one query, and how well the probability holds when half the queries have no match.

    With a sentence model the same with it, beside the figures without.
    """
    data = read_matching(folder)
    split = split or ("dev" if "dev" in data.queries else next(iter(data.queries)))
    index = Index(data.claims)
    index.search("warm up")
    about = {"split": split, "claims": len(data.claims), "queries": len(data.queries[split])}
    found = about | matched(index, data, split)
    if model is not None:
        near = Remembered(model).near
        found[f"with {model.name}@{model.sha256[:12]}"] = matched(index, data, split, near=near)
    return found


def matched(index: Index, data: MatchingSet, split: str, *, near: Near | None = None) -> dict[str, Any]:
    """The figures of one index over the queries of one split."""
    gains, firsts, took = [], [], []
    asked: list[Asked] = []
    for query, text in data.queries[split].items():
        right = data.relevant[split].get(query, set())
        start = time.perf_counter()
        hits = index.search(text, limit=5, near=near)
        took.append((time.perf_counter() - start) * 1000)
        ids = [str(hit.id) for hit in hits]
        gains.append(average_precision(ids, right))
        firsts.append(bool(ids) and ids[0] in right)
        copies = copies_of(index, right)
        asked.append(Asked(hits[0].score if hits else 0.0, bool(ids) and ids[0] in copies, matchable=True))
        without = index.search(text, limit=1, without=copies, near=near)
        asked.append(Asked(without[0].score if without else 0.0, right=False, matchable=False))
    return {
        "map_at_5": round(mean(gains), 4), "precision_at_1": round(mean(firsts), 4),
        "p50_ms": round(quantiles(took, n=20)[9], 2), "p95_ms": round(quantiles(took, n=20)[18], 2),
        "no_match": no_match(asked),
    }  # fmt: skip


def copies_of(index: Index, keys: set[str]) -> set[str]:
    """The keys with those of claims that have the same words."""
    texts = {prepare(text).text for key, text in zip(index.keys, index.texts, strict=True) if key in keys}
    return {str(key) for place, key in enumerate(index.keys) if index.prepared[place].text in texts}


def average_precision(ranked: Sequence[str], relevant: set[str]) -> float:
    """The mean of the precision at each hit, over all that should be found."""
    hits, total = 0, 0.0
    for place, key in enumerate(ranked, start=1):
        if key in relevant:
            hits += 1
            total += hits / place
    return total / len(relevant) if relevant else 0.0


def no_match(asked: Sequence[Asked]) -> dict[str, Any]:
    """Each query asked with and without its match in the index: precision and coverage by grade, and ECE.

    Coverage by grade is the share of the queries with a match for which the right one is named. What 80 % means has
    several readings: of all matches (one that is not ranked first can never be named), of the matches that are ranked
    first, of the queries with a match (something is named, right or wrong), of all decisions (a match or none, the
    surest first).
    """
    matchable = sum(one.matchable for one in asked)
    grades = {}
    for grade in CONFIDENT_GRADES:
        said = [one.right for one in asked if one.score >= grade]
        grades[str(grade)] = {
            "precision": round(sum(said) / len(said), 4) if said else None,
            "coverage": round(sum(said) / matchable, 4),
            "said": len(said),
        }
    found = sum(one.right for one in asked)
    return {
        "by_grade": grades,
        "precision_at_80": {
            "of_the_matches": precision_at(asked, [one.right for one in asked], COVERED * matchable),
            "of_those_ranked_first": precision_at(asked, [one.right for one in asked], COVERED * found),
            "of_the_matchable": precision_at(asked, [one.matchable for one in asked], COVERED * matchable),
            "of_the_decisions": decided(asked),
        },
        "ece": expected_error((one.score, one.right) for one in asked),
    }


def precision_at(asked: Sequence[Asked], counted: Sequence[bool], enough: float) -> float | None:
    """The precision of what is named, the surest first, until enough are counted; None when they never are."""
    right = covered = 0
    order = sorted(zip(asked, counted, strict=True), key=lambda pair: (-pair[0].score, pair[0].right))
    for place, (one, counts) in enumerate(order, start=1):
        right += one.right
        covered += counts
        if covered >= enough:
            return round(right / place, 4)
    return None


def decided(asked: Sequence[Asked]) -> float:
    """The share of right decisions among the surest: the match named from one half on, below it that there is none."""
    sure = sorted(
        (abs(one.score - 0.5), one.right if one.score >= 0.5 else not one.matchable) for one in asked
    )
    return share([right for _, right in sure[-int(COVERED * len(sure)) :]])


def expected_error(said: Iterable[tuple[float, bool]], bins: int = BINS) -> float:
    """Expected calibration error over equal-width bins of probability."""
    filled: dict[int, list[tuple[float, bool]]] = {}
    for chance, right in said:
        filled.setdefault(min(bins - 1, int(chance * bins)), []).append((chance, right))
    total = sum(map(len, filled.values())) or 1
    return round(
        sum(
            len(rows) / total * abs(mean(chance for chance, _ in rows) - mean(right for _, right in rows))
            for rows in filled.values()
        ),
        4,
    )


def read_pairs(path: Path) -> Iterator[Pair]:
    """FoolMeTwice and FEVER-Symmetric (JSON Lines), or label, claim, evidence in TSV."""
    with opened(path) as lines:
        for line in lines:
            if not line.strip():
                continue
            if ".tsv" in path.name:
                label, claim, passage = line.rstrip("\n").split("\t")[:3]
            else:
                row = json.loads(line)
                label, claim, passage = row["label"], claim_of(row), passage_of(row)
            if label.upper() in ("SUPPORTS", "REFUTES", "ENTAILMENT", "NOT_ENTAILMENT"):
                yield Pair(
                    detokenised(claim), detokenised(passage), label.upper() in ("SUPPORTS", "ENTAILMENT")
                )


def detokenised(text: str) -> str:
    """The text as people write it: brackets and quotes restored, no spaces before marks."""
    for old, new in TREEBANK_MARKS:
        text = text.replace(old, new)
    return SPACE_BEFORE.sub(r"\1", SPACE_AFTER.sub(r"\1", text))


def claim_of(row: dict[str, Any]) -> str:
    """The claim of a JSON Lines record."""
    return str(row.get("claim") or row.get("text") or row["sentence2"])


def passage_of(row: dict[str, Any]) -> str:
    """The evidence of a JSON Lines record as one passage."""
    if "gold_evidence" in row:
        return " ".join(part["text"] for part in row["gold_evidence"])
    return str(row.get("evidence") or row["sentence1"])


def stance(path: Path, *, model: Inference | None = None) -> dict[str, Any]:
    """Accuracy on all pairs by the leaning, of the top tenth, of what is said aloud, and the calibration error.

    With an inference model the same with it, beside the figures without.
    """
    files = sorted(path.glob("*.jsonl*")) if path.is_dir() else [path]
    if len(files) != 1:
        return {file.name.split(".")[0]: stance(file, model=model) for file in files}
    pairs = list(read_pairs(files[0]))
    rules = [judge(pair.claim, pair.passage) for pair in pairs]
    found = leanings(pairs, rules)
    if model is not None:
        shares = model.shares([(pair.passage, pair.claim) for pair in pairs])
        judged = [
            by_shares(pair.claim, pair.passage, one, believed) or one
            for pair, one, believed in zip(pairs, rules, shares, strict=True)
        ]
        leaning = [one["supports"] / max(1e-9, one["supports"] + one["refutes"]) for one in shares]
        with_model = [replace(one, support=support) for one, support in zip(judged, leaning, strict=True)]
        found[f"with {model.name}@{model.sha256[:12]}"] = leanings(pairs, with_model)
    return found


def leanings(pairs: Sequence[Pair], judgements: Sequence[Judgement]) -> dict[str, Any]:
    """The figures of `stance` for one engine's judgements of the pairs."""
    judged = [(said, pair.supports) for said, pair in zip(judgements, pairs, strict=True)]
    leaning = sorted(
        ((max(j.support, 1 - j.support), (j.support >= 0.5) == right) for j, right in judged), reverse=True
    )
    spoken = [(j.rule, (j.stance == "supports") == right) for j, right in judged if j.stance != "context"]
    said = [right for _, right in spoken]
    return {
        "pairs": len(judged), "accuracy": share([right for _, right in leaning]),
        "top_10": share([right for _, right in leaning[: max(1, len(leaning) // 10)]]),
        "coverage": round(len(said) / len(judged), 4), "accuracy_when_said": share(said) if said else None,
        "ece": expected_error(leaning),
        "by_rule": by_rule(spoken),
    }  # fmt: skip


def share(rights: Sequence[bool]) -> float:
    """The share that is right."""
    return round(sum(rights) / len(rights), 4) if rights else 0.0


def by_rule(said: Sequence[tuple[str, bool]]) -> dict[str, dict[str, float]]:
    """How often each rule spoke and was right."""
    rules = sorted({rule for rule, _ in said})
    groups = {rule: [right for name, right in said if name == rule] for rule in rules}
    return {rule: {"said": len(rights), "accuracy": share(rights)} for rule, rights in groups.items()}


def retrieval(folder: Path, *, model: Model | None = None) -> dict[str, Any]:
    """Recall of FoolMeTwice's gold evidence among the passages of all sets in the folder, searched and reranked.

    With a sentence model the same with it, beside the figures without.
    """
    passages: dict[str, int] = {}
    asked: list[tuple[str, set[int]]] = []
    for path in sorted(folder.glob("*")):
        for pair in read_pairs(path):
            key = passages.setdefault(pair.passage, len(passages))
            if "foolmetwice" in path.name:
                asked.append((pair.claim, {key}))
    found = recalls(list(passages), asked)
    return found | (by_meaning(model, list(passages), asked) if model else {})


def recalls(passages: Sequence[str], asked: Sequence[tuple[str, set[int]]]) -> dict[str, Any]:
    """Recall at 1, 5 and 10: the share of claims with a gold passage among the first."""
    library = Library(passages)
    first = [library.search(claim, LOOKED_AT) for claim, _ in asked]
    second = [
        [int(item.id) for item in rerank(claim, [(key, passages[key], score) for key, score in found])]
        for (claim, _), found in zip(asked, first, strict=True)
    ]
    return {
        "claims": len(asked),
        "passages": len(passages),
        **recall("search", asked, [[key for key, _ in found] for found in first]),
        **recall("recall", asked, second),
    }


def by_meaning(
    model: Model, passages: Sequence[str], asked: Sequence[tuple[str, set[int]]]
) -> dict[str, Any]:
    """The same as the desk does it with a sentence model, and by the model's vectors alone."""
    library, held = Library(passages), Packed(model.dimensions, most=len(passages) or 1)
    vectors = model.vectors(passages)
    held.add(range(len(passages)), pack(vectors))
    alone, together = [], []
    for (claim, _), vector in zip(asked, model.vectors([claim for claim, _ in asked]), strict=True):
        nearest = dict(held.nearest(vector, NEAREST))
        found = dict.fromkeys(nearest, 0.0) | dict(library.search(claim, LOOKED_AT))
        near = {key: float(vectors[key] @ vector) for key in found}
        ranked = rerank(claim, [(key, passages[key], score) for key, score in found.items()], near=near)
        alone.append(list(nearest))
        together.append([int(item.id) for item in ranked])
    measured = {**recall("vectors", asked, alone), **recall("recall", asked, together)}
    return {f"with {model.name}@{model.sha256[:12]}": measured}


def recall(
    name: str, asked: Sequence[tuple[str, set[int]]], ranked: Sequence[Sequence[int]]
) -> dict[str, float]:
    """The share of claims with a gold passage among the first 1, 5 and 10."""
    return {
        f"{name}_at_{k}": share(
            [bool(gold & set(keys[:k])) for (_, gold), keys in zip(asked, ranked, strict=True)]
        )
        for k in (1, 5, 10)
    }


class Library:
    """A full text search in memory that stands in for the database's."""

    def __init__(self, passages: Sequence[str]) -> None:
        """Index the passages by word."""
        self._postings = Postings()
        for passage in passages:
            self._postings.add(stems(passage))

    def search(self, claim: str, count: int) -> list[tuple[int, float]]:
        """The best passages with their scores."""
        scores = self._postings.scores(set(stems(claim)))
        return [(int(place), float(scores[place])) for place in (-scores).argsort(kind="stable")[:count]]
