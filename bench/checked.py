"""How quickly fact-checks are taken in, and found among many: p95 of one query, and how well the right one is found.

Usage: python -m bench.checked DATA_DIR [ROWS] [--database]   (DATA_DIR has matching/; ROWS 100,000 if not said)
It works in the database that DATABASE_URL names, or a temporary one. Claims beyond the set are two of them crossed.
With --database the database finds the candidates even of few rows.
"""

import gc
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, quantiles

import django


def main(data: str, count: int, *, in_memory: bool) -> None:
    from claims.checked import store  # noqa: PLC0415
    from claims.checked.feed import Row  # noqa: PLC0415 after django.setup
    from claims.checked.store import like, take_in  # noqa: PLC0415
    from sources.evaluation import average_precision, read_matching  # noqa: PLC0415

    if not in_memory:
        store.IN_MEMORY = 0
    found = read_matching(Path(data) / "matching" / "checkthat2020_task2")
    chance = random.Random(1)

    def rows() -> Iterator[Row]:
        texts = [text for _, text in found.claims]
        for number in range(count):
            if number < len(found.claims):
                key, text = found.claims[number]
            else:
                one, other = chance.choice(texts).split(), chance.choice(texts).split()
                key, text = f"made-{number}", " ".join([*one[: len(one) // 2], *other[len(other) // 2 :]])
            claim, _, title = text.partition("\n")
            yield Row(
                number,
                url=f"https://checks.example/{key}",
                claim=claim[:1000],
                title=title[:300],
                publisher="P",
                rating="False",
            )

    began = time.perf_counter()
    told = take_in(rows(), by=None, feed="bench")
    print(f"taken in: {told.read / (time.perf_counter() - began):.0f} rows a second ({told.new} new)")
    gc.collect()
    gc.freeze()  # what this script holds is not what a worker holds
    like("a first query reads what the process holds")
    took, gains = [], []
    for query, text in found.queries["dev"].items():
        start = time.perf_counter()
        hits = like(text, limit=5)
        took.append(1000 * (time.perf_counter() - start))
        gains.append(
            average_precision([one.url.rsplit("/", 1)[1] for one, _ in hits], found.relevant["dev"][query])
        )
    print(
        f"one query among {count:,}: median {quantiles(took, n=20)[9]:.1f} ms, p95 {quantiles(took, n=20)[18]:.1f} ms"
    )
    print(f"MAP@5 on CheckThat! 2020 dev: {mean(gains):.3f}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("Not measured: give the folder of the data sets, as in python -m bench.checked DATA_DIR")
        sys.exit(0)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {  # noqa: TID251 the settings of a desk of its own
            "CLAIMDESK_DATA": folder,
            "CLAIMDESK_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True)
        django.setup()
        given = [one for one in sys.argv[1:] if one != "--database"]
        main(given[0], int(given[1]) if len(given) > 1 else 100_000, in_memory="--database" not in sys.argv)
