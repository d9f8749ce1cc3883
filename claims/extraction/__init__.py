"""Article text to claim candidates: pure Python that knows no Django, one file a stage."""

from claims.extraction.engine import ENGINE, extract
from claims.extraction.shapes import Candidate, Quantity

__all__ = ["ENGINE", "Candidate", "Quantity", "extract"]
