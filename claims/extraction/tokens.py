"""The words of a sentence with what the parse says of them, at their places in the article."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.pipeline import Tagger
from spacy.tokens import Doc

from claims.extraction.shapes import Sentence, Span

MODEL = Path(__file__).parent / "model"
PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\n": " ", "\xa0": " "})
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
VERB = FINITE | {"VB", "VBG", "VBN"}
BATCH = 64


@dataclass(frozen=True, slots=True)
class Token:
    """One word. `head` is a place in the same sentence; `finite` is how likely the tagger holds it for a finite verb."""

    text: str
    low: str
    lemma: str
    tag: str
    dep: str
    head: int
    start: int
    end: int
    finite: float = 0.0


@dataclass(frozen=True)
class Parsed:
    """A sentence with its words; `number` is its place among the article's sentences."""

    number: int
    words: Sequence[Token]

    def span(self, lo: int, hi: int) -> Span:
        """The article's span of the words from lo to hi, hi excluded."""
        return self.words[lo].start, self.words[hi - 1].end

    def lows(self, lo: int, hi: int) -> list[str]:
        """The words from lo to hi in small letters."""
        return [word.low for word in self.words[lo:hi]]

    def left_edge(self, place: int, lo: int) -> int:
        """The first word of what depends on a word, not before lo."""
        edge = place
        for at in range(place - 1, lo - 1, -1):
            if not self._under(at, place):
                break
            edge = at
        return edge

    def _under(self, at: int, place: int) -> bool:
        for _ in range(12):
            head = self.words[at].head
            if head == place:
                return True
            if head == at:
                return False
            at = head
        return False


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """The parsing model, loaded once a process."""
    return spacy.load(MODEL, disable=["morphologizer"])  # its features are not read here


def available() -> bool:
    """Whether the model is there."""
    return (MODEL / "meta.json").exists()


def parse(
    text: str, title: str, sentences: Sequence[tuple[int, Sentence]]
) -> tuple[list[Parsed], Parsed | None]:
    """Parse (number, sentence) pairs, each as a document of its own, and the title with them in one go."""
    raw = [text[s.start : s.end].translate(PLAIN) for _, s in sentences]
    docs = list(pipeline().pipe([*raw, title.translate(PLAIN)], batch_size=BATCH))
    parsed = [
        Parsed(number, _words(text, sentence.start, doc, odds))
        for (number, sentence), doc, odds in zip(sentences, docs[:-1], _finite(docs[:-1]), strict=True)
    ]
    return parsed, Parsed(-1, _words(title, 0, docs[-1], [0.0] * len(docs[-1]))) if title.strip() else None


def _words(text: str, offset: int, doc: Doc, odds: Sequence[float]) -> list[Token]:
    kept = [token for token in doc if not token.is_space]
    place = {token.i: at for at, token in enumerate(kept)}
    words = []
    for at, token in enumerate(kept):
        start = offset + token.idx
        end = start + len(token)
        words.append(
            Token(
                text[start:end], token.lower_, token.lemma_.lower(), token.tag_, token.dep_.split(":")[0],
                place.get(token.head.i, at), start, end, odds[token.i],
            )
        )  # fmt: skip
    return words


def _finite(docs: Sequence[Doc]) -> list[list[float]]:
    """For each token of each document, the share of the tagger's belief that lies on finite tags."""
    tagger = cast("Tagger", pipeline().get_pipe("tagger"))
    places = [at for at, label in enumerate(tagger.labels) if label in FINITE]
    shares: list[list[float]] = []
    for scores in tagger.model.predict(docs) if docs else ():
        belief = np.exp(scores - scores.max(axis=1, keepdims=True, initial=0.0))
        shares.append((belief[:, places].sum(axis=1) / belief.sum(axis=1)).tolist())
    return shares
