"""Turn Universal Dependencies treebanks (gzipped CoNLL-U) into spaCy's training format.

Usage: python training/parser/convert.py IN.conllu.gz [IN.conllu.gz …] OUT.spacy
One document a sentence: the engine splits sentences itself, so the parser never has to. A file that is named twice
counts twice.
"""

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})


def sentences(path: Path) -> Iterator[list[list[str]]]:
    """The rows of each sentence, multiword lines included."""
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if not line and rows:
                yield rows
                rows = []
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
    if rows:
        yield rows


def spaces_after(rows: list[list[str]]) -> dict[int, bool]:
    """Whether a word is followed by a space; inside a multiword token ("don't") it never is."""
    after: dict[int, bool] = {}
    until, last = 0, True
    for row in rows:
        if "-" in row[0]:
            until = int(row[0].split("-")[1])
            last = "SpaceAfter=No" not in row[9]
        elif "." not in row[0]:
            number = int(row[0])
            inside = number < until
            after[number] = False if inside else last if number == until else "SpaceAfter=No" not in row[9]
    return after


def document(nlp: spacy.Language, rows: list[list[str]]) -> Doc:
    """One sentence as a spaCy document, quotes and dashes made plain as the engine does."""
    words = [row for row in rows if row[0].isdigit()]
    after = spaces_after(rows)
    place = {row[0]: index for index, row in enumerate(words)}
    return Doc(
        nlp.vocab,
        words=[row[1].translate(QUOTES) for row in words],
        spaces=[after[int(row[0])] for row in words],
        tags=[row[4] for row in words],
        pos=[row[3] for row in words],
        morphs=["" if row[5] == "_" else row[5] for row in words],
        lemmas=[
            "" if row[2] == "_" != row[1] else row[2].translate(QUOTES) for row in words
        ],  # "" is not known
        heads=[place[row[6]] if row[6] != "0" else index for index, row in enumerate(words)],
        deps=[row[7] if row[6] != "0" else "ROOT" for row in words],
        sent_starts=[index == 0 for index in range(len(words))],
    )


def main(*paths: str) -> None:
    """Convert the files before the last into the last."""
    *sources, target = paths
    nlp = spacy.blank("en")
    kept = DocBin(
        attrs=["ORTH", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START", "SPACY"],
        docs=(document(nlp, rows) for source in sources for rows in sentences(Path(source))),
    )
    kept.to_disk(target)
    print(f"{len(kept)} sentences -> {target}")


if __name__ == "__main__":
    main(*sys.argv[1:])
