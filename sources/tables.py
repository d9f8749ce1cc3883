"""A table as sentences that can be searched and quoted: each row with the names of its columns. Pure."""

from __future__ import annotations

import csv
import io

from claims.intake import plain
from common.errors import Invalid

MOST_ROWS = 20_000
LONGEST_CELL = 2_000


def read_csv(data: bytes, name: str) -> str:
    """One paragraph a row: “Region: North; Deaths: 26.” Raises Invalid for what is no table."""
    text = plain.decode(data)
    try:
        dialect = csv.Sniffer().sniff(text[:8_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        rows = [row for row in csv.reader(io.StringIO(text), dialect) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Invalid(
            f"{name} is no table that the desk can read: {error}. Paste its text instead."
        ) from None
    if len(rows) < 2 or len(rows[0]) < 2:
        raise Invalid(
            f"{name} has no table: a first row with names and rows below it. Paste its text instead."
        )
    if len(rows) > MOST_ROWS:
        raise Invalid(f"{name} has more than {MOST_ROWS:,} rows. Give the part that matters.")
    names = [cell.strip() or f"Column {place}" for place, cell in enumerate(rows[0], start=1)]
    return "\n\n".join(_sentence(names, row) for row in rows[1:])


def _sentence(names: list[str], row: list[str]) -> str:
    pairs = zip(names, row, strict=False)
    cells = [f"{name}: {' '.join(cell.split())[:LONGEST_CELL]}" for name, cell in pairs if cell.strip()]
    return "; ".join(cells) + "."
