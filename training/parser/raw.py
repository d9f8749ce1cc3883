"""Gather the text that the parsing model reads before it learns trees: one JSON object a sentence.

Usage: python training/parser/raw.py DATA_DIR OUT.jsonl
Only sets that may be shipped: FEVER pairs, FoolMeTwice, FEVER-Symmetric, WikiSplit and PropSegmEnt (Wikipedia,
CC BY-SA), the texts of the EWT treebank, and the articles of training/data/articles.
"""

import gzip
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from convert import QUOTES

from sources.evaluation import detokenised

ARTICLES = Path(__file__).resolve().parent.parent / "data" / "articles"
ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"])")
FEWEST, MOST = 4, 80  # words of a sentence


def main(folder: str, target: str) -> None:
    """Write every sentence once, in an order that chance makes."""
    found = sorted({clean(text) for text in texts(Path(folder))})
    kept = [text for text in found if FEWEST <= len(text.split()) <= MOST]
    random.Random(1).shuffle(kept)
    with Path(target).open("w", encoding="utf-8") as out:
        out.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in kept)
    print(f"{len(kept)} sentences, {sum(len(text.split()) for text in kept)} words -> {target}")


def clean(text: str) -> str:
    """A sentence as people write it, quotes and dashes made plain as the engine does."""
    told = detokenised(" ".join(text.replace("-COLON-", ":").split()))
    return told.translate(QUOTES)


def texts(folder: Path) -> Iterator[str]:
    """Every text there is, sentence by sentence where it has several."""
    for line in _lines(folder / "stance" / "fever_pairs.tsv.gz"):
        yield from (part for text in line.split("\t")[1:] for part in ENDS.split(text))
    for name in ("foolmetwice_dev", "fever_symmetric_dev"):
        for line in _lines(folder / "stance" / f"{name}.jsonl.gz"):
            yield from (part for text in _strings(json.loads(line)) for part in ENDS.split(text))
    for line in _lines(folder / "propositions" / "wikisplit_tune.tsv.gz"):
        yield line.split("\t")[0]
    with gzip.open(folder / "propositions" / "document_clusters.dev.json.gz", "rt", encoding="utf-8") as told:
        for cluster in json.load(told):
            yield from (s["sentence_text"] for d in cluster["documents"] for s in d["sentences"])
    for line in _lines(folder / "treebank" / "ewt-train.conllu.gz"):
        if line.startswith("# text = "):
            yield line.removeprefix("# text = ")
    for path in sorted(ARTICLES.glob("*.json")):
        yield from ENDS.split(json.loads(path.read_text(encoding="utf-8"))["text"].replace("\n", " "))


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def _strings(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for value in told.values():
            yield from _strings(value)
    elif isinstance(told, list):
        for value in told:
            yield from _strings(value)


if __name__ == "__main__":
    main(*sys.argv[1:3])
