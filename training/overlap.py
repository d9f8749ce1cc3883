"""Check that none of our own sentences stands in a set that we only measure on.

Usage: python training/overlap.py FILE...   (CheckThat! .tsv, .csv or ClaimBuster .json, gzipped or not)
Prints every sentence of ours that shares 60% or more of its words with one of theirs; exit 1 if there is any.
"""

import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.extraction.scoring import labelled_sentences

DATA = Path(__file__).parent / "data"
CLOSE = 0.6
SHORT = 4  # words shared below which likeness says nothing: “That is false.”


def words(sentence: str) -> frozenset[str]:
    """The words of a sentence, small letters, no marks."""
    return frozenset(re.findall(r"[a-z0-9]+", sentence.lower().replace("’", "'").replace("'", "")))


def main(paths: list[str]) -> int:
    """Compare through the rarer words, so that each sentence meets few others."""
    ours = [
        (text, words(text))
        for path in (DATA / "sentences.tsv", DATA / "passages.tsv", DATA / "debates.tsv")
        for *_, text in csv.reader(
            path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
        )
    ]
    ours += [
        (claim["anchor"], words(claim["anchor"]))
        for path in sorted((DATA / "articles").glob("*.json"))
        for claim in json.loads(path.read_text(encoding="utf-8"))["claims"]
    ]
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, (_, own) in enumerate(ours):
        for word in own:
            by_word[word].append(number)
    found: set[int] = set()
    for path in paths:
        for theirs, _ in labelled_sentences(Path(path)):
            there = words(theirs)
            shared: dict[int, int] = defaultdict(int)
            for word in there:
                for number in by_word.get(word, ()):
                    shared[number] += 1
            for number, count in shared.items():
                close = count >= SHORT and count >= CLOSE * len(ours[number][1] | there)
                if close and number not in found:
                    found.add(number)
                    print(f"{ours[number][0]!r} is close to {theirs!r}")
    print(f"{len(found)} of {len(ours)} sentences are too close")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
