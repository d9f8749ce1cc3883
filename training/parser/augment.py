"""A second copy of a treebank in which some words are others of the same form, so that their surroundings have to tell.

Usage: python training/parser/augment.py IN.conllu.gz RAW.jsonl OUT.conllu.gz
Names become names of RAW; nouns and verbs become others of the treebank, words that can be both among them ("charges",
"fines", "reports"), or forms in -ed, -ing and -ly that only RAW has. What cannot be told (the lemma of a form that is
not in the treebank) is left open. The trees stay as they are.
"""

import gzip
import json
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from convert import sentences

RATE = {
    "NNP": 0.5, "VBD": 0.35, "VBN": 0.25, "VBZ": 0.35, "VBP": 0.2, "VB": 0.15, "NN": 0.25, "NNS": 0.3, "JJ": 0.15,
    "VBG": 0.2, "RB": 0.1,
}  # fmt: skip
KEPT = frozenset(("be", "have", "do", "say", "get"))
WORD = re.compile(r"[A-Za-zÀ-ÿ][\w’'-]*")
SHORTEST = 4  # words of a sentence that is worth a copy
Word = tuple[str, str]  # form and lemma; "_" where the lemma is not known


class Words:
    """What can stand for what."""

    def __init__(self, rows: list[list[list[str]]], raw: Path) -> None:
        known: dict[str, dict[str, str]] = defaultdict(dict)
        for row in (row for sentence in rows for row in sentence if row[0].isdigit()):
            known[row[4]][row[1]] = row[2]
        seen = {form.lower() for forms in known.values() for form in forms}
        upper, lower = _counted(raw)
        self.names = sorted(
            w for w in upper if w.lower() not in lower and w.lower() not in seen and len(w) > 2
        )
        fresh = sorted(w for w in lower if w not in seen and len(w) > 5)
        stems = {w for tag in ("VB", "NN") for w in known[tag]} | lower
        self.fresh: dict[str, list[Word]] = {
            "VBD": [(w, base) for w in fresh if w.endswith("ed") and (base := _base(w, stems))],
            "VBG": [(w, "_") for w in fresh if w.endswith("ing")],
            "RB": [(w, "_") for w in fresh if w.endswith("ly")],
        }
        self.fresh["VBN"] = self.fresh["VBD"]
        both = sorted(
            w for w in known["VB"].keys() & known["NN"].keys() if w.isalpha() and w.islower() and len(w) > 2
        )
        for tag in ("VB", "VBP", "NN"):
            self.fresh[tag] = [(w, w) for w in both]
        for tag in ("VBZ", "NNS"):
            self.fresh[tag] = [(_with_s(w), w) for w in both]
        self.usual = {
            tag: [
                (w, lemma)
                for w, lemma in sorted(known[tag].items())
                if w.isalpha() and w.islower() and len(w) > 3
            ]
            for tag in RATE
        }
        for tag in ("VBD", "VBN"):
            self.usual[tag] = [pair for pair in self.usual[tag] if pair[0].endswith("ed")]

    def other(self, row: list[str], chance: random.Random) -> Word | None:
        """Another word for one of a tree, or None where it stays."""
        form, tag = row[1], row[4]
        if (
            tag not in RATE
            or not form.isalpha()
            or row[3] == "AUX"
            or row[2] in KEPT
            or chance.random() > RATE[tag]
        ):
            return None
        if tag == "NNP":
            name = chance.choice(self.names)
            return (name, name) if form[0].isupper() and not form.isupper() and len(form) > 2 else None
        ending = {"VBD": "ed", "VBN": "ed", "NNS": "s", "VBG": "ing", "RB": "ly"}.get(tag, "")
        if not form.islower() or not form.endswith(ending):
            return None
        pool = self.fresh.get(tag) if chance.random() < 0.45 or tag == "RB" else None
        return chance.choice(pool or self.usual[tag])


def _counted(raw: Path) -> tuple[set[str], set[str]]:
    """The words that stand with a capital inside sentences, and those in small letters."""
    upper, lower = Counter[str](), Counter[str]()
    with raw.open(encoding="utf-8") as lines:
        for line in lines:
            for at, word in enumerate(WORD.findall(json.loads(line)["text"])):
                if word.isalpha() and word.islower():
                    lower[word] += 1
                elif word.isalpha() and at and word[0].isupper() and not word.isupper():
                    upper[word] += 1
    return set(upper), set(lower)


def _base(form: str, stems: set[str]) -> str:
    tries = (form[:-2], form[:-1], form[:-3] + "y" if form.endswith("ied") else "")
    return next((base for base in tries if base in stems), "")


def _with_s(word: str) -> str:
    if re.search(r"(?:s|sh|ch|x|z)$", word):
        return word + "es"
    return word[:-1] + "ies" if re.search(r"[^aeiou]y$", word) else word + "s"


def main(source: str, raw: str, target: str) -> None:
    """Write the copy."""
    rows, chance, written = list(sentences(Path(source))), random.Random(11), 0
    words = Words(rows, Path(raw))
    with gzip.open(target, "wt", encoding="utf-8") as out:
        for sentence in rows:
            changed = 0
            for row in sentence:
                if row[0].isdigit() and (new := words.other(row, chance)):
                    row[1], row[2] = new
                    changed += 1
            if changed and len(sentence) > SHORTEST:
                written += 1
                out.write("".join("\t".join(row) + "\n" for row in sentence) + "\n")
    print(f"{written} sentences -> {target}")


if __name__ == "__main__":
    main(*sys.argv[1:4])
