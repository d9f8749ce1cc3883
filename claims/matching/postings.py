"""An inverted index in arrays: add documents one by one, score them all against a query by BM25."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_SIZE = (
    10_000  # A small collection says little about which words are rare: weigh as if it were this large.
)

Floats = NDArray[np.float64]


class Postings:
    """Term → (document, count), growing; document numbers run from 0."""

    def __init__(self, *, k1: float = 1.2, b: float = 0.75) -> None:
        """`k1` and `b` are BM25's saturation and length normalisation."""
        self.k1, self.b = k1, b
        self.documents: dict[str, array[int]] = {}
        self.counts: dict[str, array[int]] = {}
        self.lengths: array[int] = array("I")
        self._idfs: dict[str, float] = {}

    def __len__(self) -> int:
        """How many documents are in it."""
        return len(self.lengths)

    def add(self, terms: Iterable[str]) -> None:
        """Append the next document."""
        counted = Counter(terms)
        number = len(self.lengths)
        for term, count in counted.items():
            if term not in self.documents:
                self.documents[term] = array("I")
                self.counts[term] = array("H")
            self.documents[term].append(number)
            self.counts[term].append(min(count, 65_535))
        self.lengths.append(sum(counted.values()))
        self._idfs.clear()

    def idf(self, term: str) -> float:
        """How much a term tells: high when few documents have it, highest when none has."""
        known = self._idfs.get(term)
        if known is None:
            size, having = max(len(self), LEAST_SIZE), len(self.documents.get(term, ()))
            known = self._idfs[term] = math.log1p((size - having + 0.5) / (having + 0.5))
        return known

    def scores(self, terms: Iterable[str]) -> Floats:
        """The BM25 score of every document; a term said twice counts once."""
        size = len(self)
        query = [term for term in dict.fromkeys(terms) if term in self.documents]
        if not query or not size:
            return np.zeros(size)
        documents = np.concatenate([np.frombuffer(self.documents[term], np.uint32) for term in query])
        counts = np.concatenate([np.frombuffer(self.counts[term], np.uint16) for term in query]).astype(
            np.float32
        )
        idfs = [self.idf(term) for term in query]
        weights = np.repeat(np.array(idfs, np.float32), [len(self.documents[term]) for term in query])
        lengths = np.frombuffer(self.lengths, np.uint32)
        saturation = (self.k1 * (1 - self.b + self.b * lengths / max(lengths.mean(), 1.0))).astype(np.float32)
        parts = weights * counts * np.float32(self.k1 + 1) / (counts + saturation[documents])
        return np.bincount(documents, parts, minlength=size).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Common:
    """In how many of `size` documents terms stand, and how many terms a document has on average."""

    size: int
    having: Mapping[str, int]
    length: float


def common(documents: Iterable[Iterable[str]]) -> Common:
    """What is common in a sample of documents, given by their terms. A small sample counts as if it were larger."""
    having: Counter[str] = Counter()
    size = terms = 0
    for document in documents:
        counted = Counter(document)
        having.update(counted.keys())
        size, terms = size + 1, terms + sum(counted.values())
    return Common(max(size, LEAST_SIZE), having, terms / max(size, 1))


class Few:
    """Some documents chosen of many, scored as `Postings` does; `Common` and not the few say which terms are rare."""

    def __init__(self, known: Common, *, k1: float = 1.2, b: float = 0.75) -> None:
        """`k1` and `b` are BM25's saturation and length normalisation."""
        self.known, self.k1, self.b = known, k1, b
        self.documents: list[Sequence[str]] = []
        self._idfs: dict[str, float] = {}

    def add(self, terms: Iterable[str]) -> None:
        """Append the next document."""
        self.documents.append(tuple(terms))

    def idf(self, term: str) -> float:
        """How much a term tells: high when few documents have it."""
        found = self._idfs.get(term)
        if found is None:
            having = self.known.having.get(term, 0)
            found = self._idfs[term] = math.log1p((self.known.size - having + 0.5) / (having + 0.5))
        return found

    def scores(self, terms: Iterable[str]) -> Floats:
        """The BM25 score of every document; a term said twice counts once."""
        weights = {term: self.idf(term) for term in terms}
        usual = max(self.known.length, 1.0)
        found = np.zeros(len(self.documents))
        for place, document in enumerate(self.documents):
            saturation = self.k1 * (1 - self.b + self.b * len(document) / usual)
            counted = Counter(term for term in document if term in weights)
            found[place] = sum(
                weights[term] * count * (self.k1 + 1) / (count + saturation)
                for term, count in counted.items()
            )
        return found
