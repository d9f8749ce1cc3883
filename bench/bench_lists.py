"""Lists among 50,000 claims: `python bench/bench_lists.py`. With BENCH_DATABASE_URL on PostgreSQL, too."""

from __future__ import annotations

from house import on_each_database, table

RATIOS = (  # what should stay about the same, and what grows with the rows that it gives
    ("claims, page 1,000", "claims, page 1"),
    ("changes at the end", "changes from the beginning"),
    ("triage", "claims, page 1"),
    ("all", "claims, page 1"),
    ("all with a word", "all"),
    ("status of 1,000", "status of 1"),
)


def main() -> None:
    """Print milliseconds, then the ratios, which say more: they do not depend on the machine."""
    measured = on_each_database("bench.lists")
    table(measured, "ms, median of 7")
    ratios = {
        name: {f"{a} / {b}": found[a] / found[b] for a, b in RATIOS} for name, found in measured.items()
    }
    print()
    table(ratios, "times as long")


if __name__ == "__main__":
    main()
