"""Articles through the whole pipeline, one worker: `python bench/bench_pipeline.py`. See README.md."""

from __future__ import annotations

from house import on_each_database, table


def main() -> None:
    """Print the pace, then where the time goes."""
    table(on_each_database("bench.pipeline"), "one process")


if __name__ == "__main__":
    main()
