"""The library with what hangs on claims, its passages as vectors, the values of their numbers, and what is outside."""

from sources.models.figures import Figure
from sources.models.library import (
    AbsencePlan,
    Evidence,
    Graded,
    Passage,
    Publisher,
    QuoteCheck,
    Search,
    Snapshot,
    Source,
)
from sources.models.outside import Asking, Connection, FeedEntry, Host, WatchedFeed
from sources.models.vectors import PassageVector, SentenceModel

__all__ = [
    "AbsencePlan",
    "Asking",
    "Connection",
    "Evidence",
    "FeedEntry",
    "Figure",
    "Graded",
    "Host",
    "Passage",
    "PassageVector",
    "Publisher",
    "QuoteCheck",
    "Search",
    "SentenceModel",
    "Snapshot",
    "Source",
    "WatchedFeed",
]
