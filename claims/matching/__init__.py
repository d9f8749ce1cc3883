"""Finds claims that were checked before: pure Python and numpy, knows no Django."""

from claims.matching.compare import Compared, compare
from claims.matching.index import Hit, Index, Near, cleaned, grams, rarity_in, similar
from claims.matching.rerank import MEANING

__all__ = [
    "MEANING",
    "Compared",
    "Hit",
    "Index",
    "Near",
    "cleaned",
    "compare",
    "grams",
    "rarity_in",
    "similar",
]
