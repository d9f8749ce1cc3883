"""Figures that were measured once, kept a line a day in `history/`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "history"


def record(name: str, figures: dict[str, Any]) -> None:
    """Append the figures to `history/NAME.jsonl` with today's date."""
    FOLDER.mkdir(exist_ok=True)
    day = datetime.now(UTC).date().isoformat()  # noqa: TID251 no Django here
    with (FOLDER / f"{name}.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps({"day": day, **figures}, ensure_ascii=False) + "\n")
