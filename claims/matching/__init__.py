"""Finds claims that were checked before: pure Python and numpy, knows no Django."""

from claims.matching.compare import Compared, compare
from claims.matching.index import Hit, Index, cleaned, grams, rarity_in, similar

__all__ = ["Compared", "Hit", "Index", "cleaned", "compare", "grams", "rarity_in", "similar"]
