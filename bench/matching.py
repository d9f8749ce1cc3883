"""Times one match query among many earlier claims: `python -m bench.matching [CLAIMS]` (10,000 by default)."""

import random
import sys
import time
from itertools import accumulate
from statistics import quantiles

from claims.matching import Index

WORDS = 30_000  # Different words, used as unevenly as in a language (Zipf's law).
SYLLABLES = (
    "ka ro mi ten sal vor du pel an gri hos te lum bar ix no qua fer sto we il mar che du ber ou".split()
)


def main(count: int) -> None:
    rng = random.Random(7)
    words = list(dict.fromkeys("".join(rng.choices(SYLLABLES, k=rng.randrange(2, 5))) for _ in range(WORDS)))
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    claims = [sentence(rng, words, weights) for _ in range(count)]
    start = time.perf_counter()
    index = Index(enumerate(claims))
    built = time.perf_counter() - start
    took = []
    for _ in range(300):
        query = f"{rng.choice(claims)} {sentence(rng, words, weights)}"
        start = time.perf_counter()
        index.search(query)
        took.append((time.perf_counter() - start) * 1000)
    cuts = quantiles(took, n=20)
    print(f"{count:,} claims: built in {built:.1f} s, one query p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms")


def sentence(rng: random.Random, words: list[str], weights: list[float]) -> str:
    """Twenty words and a number."""
    return f"{' '.join(rng.choices(words, cum_weights=weights, k=20))} {rng.randrange(2, 9000):,}."


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
