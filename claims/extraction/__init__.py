"""Article text to claim candidates: pure Python that knows no Django, one file a stage."""

from claims.extraction.engine import ENGINE, extract, parses
from claims.extraction.shapes import Candidate, Outcome, Quantity

__all__ = ["ENGINE", "Candidate", "Outcome", "Quantity", "extract", "parses"]
