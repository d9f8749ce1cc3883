"""Times one match query among many earlier claims: `python -m bench.matching [CLAIMS]` (10,000 by default)."""

import random
import sys
import time
from statistics import quantiles

from claims.matching import Index

SUBJECTS = "ministry council railway hospital union company port school agency court bank farm museum airport".split()
PLACES = "Kessmouth Brennick Lowfen Duncarrow Pahalgam Valdeseca Gulzarpur Altomira Millgate Orrland Norvale".split()
VERBS = "reported denied promised closed opened lost gained sold bought banned allowed counted found hid raised".split()
THINGS = "workers trains patients jobs fires tests licences wells schools doses lorries houses votes crossings".split()
WHEN = "January March May July September November".split()


def main(count: int) -> None:
    rng = random.Random(7)  # noqa: S311 (made-up sentences, no secrets)
    claims = [sentence(rng) for _ in range(count)]
    start = time.perf_counter()
    index = Index(enumerate(claims))
    built = time.perf_counter() - start
    queries = [f"{rng.choice(claims)} {sentence(rng)}" for _ in range(300)]
    took = []
    for query in queries:
        start = time.perf_counter()
        index.search(query)
        took.append((time.perf_counter() - start) * 1000)
    cuts = quantiles(took, n=20)
    print(f"{count:,} claims: built in {built:.1f} s, one query p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms")


def sentence(rng: random.Random) -> str:
    return (
        f"The {rng.choice(SUBJECTS)} of {rng.choice(PLACES)} {rng.choice(VERBS)} {rng.randrange(2, 9000):,} "
        f"{rng.choice(THINGS)} and {rng.randrange(2, 99)} {rng.choice(THINGS)} near {rng.choice(PLACES)} "
        f"in {rng.choice(WHEN)} {rng.randrange(1990, 2026)}."
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
