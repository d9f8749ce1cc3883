"""Scores extraction against gold articles, and check-worthiness against labelled sentences."""

import csv
import gzip
import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TextIO  # Any: JSON as it comes

from claims.extraction.engine import extract
from claims.extraction.score import sentence_score
from claims.extraction.shapes import Candidate, Span

KEPT = 0.5  # check-worthiness from which a prediction counts, as the gold set's README has it
PRONOUN = re.compile(
    r"^\W*(he|she|they|it|this|these|those|we|his|her|their|its|i|who|which)\b", re.IGNORECASE
)


@dataclass
class Tally:
    """Counts over all articles."""

    predicted: int = 0
    gold: int = 0
    good: int = 0
    hit: int = 0
    typed: int = 0
    credited: int = 0
    bad_anchors: int = 0
    pronouns: int = 0
    extra: int = 0
    not_claims: int = 0
    words: int = 0
    seconds: float = 0.0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)


def extraction(folder: Path) -> dict[str, Any]:
    """Precision, recall, F1 and the rest over a folder of gold files, and the worst examples."""
    tally = Tally()
    for path in sorted(folder.glob("*.json")):
        add(json.loads(path.read_text(encoding="utf-8")), tally)
    return figures(tally)


def figures(tally: Tally) -> dict[str, Any]:
    """What the counts come to."""
    precision = tally.good / max(1, tally.predicted - tally.extra)
    recall = tally.hit / max(1, tally.gold)
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
        "type_accuracy": round(tally.typed / max(1, tally.good), 3),
        "claimant_accuracy": round(tally.credited / max(1, tally.good), 3),
        "bad_anchors": tally.bad_anchors,
        "unresolved_starts": round(tally.pronouns / max(1, tally.predicted), 3),
        "not_claims_kept": tally.not_claims,
        "extra": tally.extra,
        "gold": tally.gold,
        "predicted": tally.predicted,
        "words_per_s": round(tally.words / max(1e-9, tally.seconds)),
        "worst": {"missed": tally.missed[:10], "false": tally.false[:10]},
    }


def extracted(article: dict[str, Any]) -> list[Candidate]:
    """What the engine makes of a labelled article, as of the day it was published."""
    published = date.fromisoformat(article["published"]) if article.get("published") else None
    return extract(article["text"], title=article.get("title", ""), published=published)


def add(article: dict[str, Any], tally: Tally) -> None:
    """Extract from one gold article and count."""
    text = article["text"]
    extracted({**article, "text": text[:400]})  # warm: the model loads once
    begun = time.perf_counter()
    found = extracted(article)
    tally.seconds += time.perf_counter() - begun
    tally.words += len(text.split())
    tally.bad_anchors += sum(text[c.start : c.end] != c.quote for c in found)
    kept = [c for c in found if c.check_worthiness >= KEPT]
    gold = anchored(article)
    pairs = match(kept, gold)
    tally.predicted += len(kept)
    tally.pronouns += sum(bool(PRONOUN.match(c.text)) for c in kept)
    tally.gold += sum(claim.get("check_worthy", True) for claim, _ in gold)
    for at, place in pairs.items():
        claim = gold[at][0]
        tally.good += 1
        tally.hit += bool(claim.get("check_worthy", True))
        tally.typed += claim["type"] == kept[place].type
        tally.credited += same_claimant(claim.get("claimant", ""), kept[place].claimant)
    _misses(article, kept, gold, pairs, tally)


def _misses(
    article: dict[str, Any], kept: Sequence[Candidate], gold: Sequence[tuple[dict[str, Any], Span]],
    pairs: dict[int, int], tally: Tally,
) -> None:  # fmt: skip
    text = article["text"]
    for at, (claim, _) in enumerate(gold):
        if at not in pairs and claim.get("check_worthy", True):
            tally.missed.append(f"{article['id']}: {claim['text']}")
    nots = [_span(text, words) for words in article.get("not_claims", [])]
    for place, one in enumerate(kept):
        if place in pairs.values():
            continue
        span = (one.start, one.end)
        if any(overlap(span, other) >= 0.5 for other in nots):
            tally.not_claims += 1
            tally.false.append(f"{article['id']}: {one.text}")
        elif any(overlap(span, other) >= 0.5 for _, other in gold):
            tally.false.append(f"{article['id']}: {one.text}")
        else:
            tally.extra += 1


def anchored(article: dict[str, Any]) -> list[tuple[dict[str, Any], Span]]:
    """The claims of a gold article, each with the span of its anchor."""
    return [(claim, _span(article["text"], claim["anchor"])) for claim in article["claims"]]


def match(kept: Sequence[Candidate], gold: Sequence[tuple[dict[str, Any], Span]]) -> dict[int, int]:
    """Gold number to prediction number, one to one, as many pairs as possible, best overlaps first."""
    edges: dict[int, list[int]] = {}
    for at, (claim, span) in enumerate(gold):
        fits = [
            (overlap((one.start, one.end), span), place)
            for place, one in enumerate(kept)
            if overlap((one.start, one.end), span) >= 0.5 and says(claim, one.text)
        ]
        edges[at] = [place for _, place in sorted(fits, reverse=True)]
    taken: dict[int, int] = {}
    for at in sorted(edges, key=lambda number: len(edges[number])):
        _augment(at, edges, taken, set())
    return {at: place for place, at in taken.items()}


def _augment(at: int, edges: dict[int, list[int]], taken: dict[int, int], seen: set[int]) -> bool:
    for place in edges[at]:
        if place in seen:
            continue
        seen.add(place)
        if place not in taken or _augment(taken[place], edges, taken, seen):
            taken[place] = at
            return True
    return False


def says(claim: dict[str, Any], words: str) -> bool:
    """Whether a wording holds all that a gold claim must and nothing that it must not."""
    return all(re.search(pattern, words, re.IGNORECASE) for pattern in claim.get("must", [])) and not any(
        re.search(pattern, words, re.IGNORECASE) for pattern in claim.get("must_not", [])
    )


def overlap(one: Span, other: Span) -> float:
    """How much of the shorter span the two share."""
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / max(1, min(one[1] - one[0], other[1] - other[0]))


def same_claimant(gold: str, found: str) -> bool:
    """Whether two names of a claimant share a word that counts."""
    if gold.lower() in ("article", ""):
        return found.lower() in ("article", "", "the article")
    words = {w for w in re.findall(r"\w+", gold.lower()) if len(w) > 2 and w not in ("the", "and")}
    return bool(words & set(re.findall(r"\w+", found.lower())))


def _span(text: str, words: str) -> Span:
    start = text.find(words)
    return start, start + len(words)


def checkworthiness(path: Path) -> dict[str, Any]:
    """Average precision, weighted F1 and accuracy over labelled sentences (CheckThat!, ClaimBuster)."""
    rows = list(labelled_sentences(path))
    begun = time.perf_counter()
    scored = sorted(((sentence_score(words), worth) for words, worth in rows), reverse=True)
    seconds = time.perf_counter() - begun
    positives = sum(worth for _, worth in scored)
    hits, total = 0, 0.0
    for rank, (_, worth) in enumerate(scored, 1):
        if worth:
            hits += 1
            total += hits / rank
    said = [(value >= KEPT, worth) for value, worth in scored]
    return {
        "map": round(total / max(1, positives), 3),
        "weighted_f1": round(_weighted_f1(said), 3),
        "share_positive": round(positives / max(1, len(rows)), 3),
        "sentences": len(rows),
        "sentences_per_s": round(len(rows) / max(1e-9, seconds)),
    }


def _weighted_f1(said: Sequence[tuple[bool, bool]]) -> float:
    total = 0.0
    for wanted in (True, False):
        right = sum(one == wanted == other for one, other in said)
        claimed = sum(one == wanted for one, _ in said)
        actual = sum(other == wanted for _, other in said)
        total += actual * 2 * right / max(1, claimed + actual)
    return total / max(1, len(said))


def _opened(path: Path) -> TextIO:
    """A text file, gzipped or not."""
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def labelled_sentences(path: Path) -> Iterator[tuple[str, bool]]:
    """The sentences of a check-worthiness set, each with whether it is worth checking."""
    with _opened(path) as lines:
        if ".json" in path.name:
            for row in json.load(lines):
                yield row["text"], bool(int(row["label"]))
            return
        for row in csv.DictReader(lines, delimiter="\t" if ".tsv" in path.name else ","):
            words = row.get("Text") or row.get("text") or ""
            label = row.get("class_label") or row.get("label") or ""
            yield words, label.lower() in ("yes", "1", "true")
