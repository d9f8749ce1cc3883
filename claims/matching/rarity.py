"""How much a word tells: the fewer of the texts at hand, and of news at large, have it, the more."""

import json
import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "weights" / "news.json"
# Passages of news as which what is common in news counts, beside the texts at hand: three documents cannot say that
# "people" is common.
NEWS = 1_000
UNKNOWN = 20  # texts as which a language counts of which nothing is known
ENGLISH = frozenset({"en", "und", ""})


class Rarity:
    """Weights of stems, by in how many of some texts they stand. In English what is common in news counts too."""

    def __init__(self, texts: Iterable[Iterable[str]], *, language: str = "en") -> None:
        """`texts` are given by their stems."""
        given = [frozenset(text) for text in texts]
        self._having = Counter(stem for text in given for stem in text)
        self._news = news() if is_english(language) else {}
        self._size = len(given) + (NEWS if self._news else UNKNOWN)

    def weight(self, stem: str) -> float:
        """In English about 7 for what next to no text has, 2 for a word of every tenth, 0 for what is in all."""
        having = self._having[stem] + NEWS * self._news.get(stem, 0.0)
        return max(0.0, math.log((self._size + 1) / (having + 0.5)))

    def of(self, stems: Iterable[str]) -> float:
        """The weight of several together."""
        return sum(map(self.weight, stems))


def is_english(language: str) -> bool:
    """Whether a text is English, or taken for it because nobody said what it is."""
    return language.lower().split("-", maxsplit=1)[0] in ENGLISH


@lru_cache(maxsize=1)
def news() -> dict[str, float]:
    """In which share of the passages of news a stem stands, for those that are not rare (training/news_words.py)."""
    shares: dict[str, float] = json.loads(TABLE.read_text(encoding="utf-8"))
    return shares
