"""From a machine's suggestion to a first draft: only what is still empty. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any  # A draft keeps what was typed, as JSON.

from reviews.models import Suggestion


def reasons(suggestion: Suggestion) -> str:
    """The suggestion's reasons as a paragraph that cites what they rest on."""
    cites = " ".join(f"[{ref}]" for ref in suggestion.refs)
    return " ".join(part for part in (*map(str, suggestion.reasons), cites) if part)


def filled(fields: Mapping[str, Any], suggestion: Suggestion | None) -> dict[str, Any]:
    """A draft's fields with the empty ones taken from the suggestion. An abstention gives nothing."""
    if suggestion is None or suggestion.rating is None:
        return dict(fields)
    offered = {"rating": suggestion.rating.slug, "rationale": reasons(suggestion)}
    return {
        **fields,
        **{name: text for name, text in offered.items() if not str(fields.get(name) or "").strip()},
    }
