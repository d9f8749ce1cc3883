"""Count which words are common in news: `claims/matching/weights/news.json`.

Usage: python training/news_words.py GOLD_DIR
Reads the texts of the gold articles and of training/data/articles, cut into passages as the source library's are, and
writes the share of the passages in which a stem stands.
"""

import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.matching.rarity import TABLE
from claims.matching.words import stems
from sources.passages import cut
from training.cases import ARTICLES

AT_LEAST = 3  # passages; what fewer have is rare, or of one article


def main(gold: Path) -> None:
    """Write the table."""
    texts = [
        json.loads(path.read_text(encoding="utf-8"))["text"]
        for path in sorted([*gold.glob("*.json"), *ARTICLES.glob("*.json")])
    ]
    passages = [text[start:end] for text in texts for start, end in cut(text)]
    having = Counter(stem for passage in passages for stem in set(stems(passage)))
    shares = {
        stem: round(count / len(passages), 4) for stem, count in sorted(having.items()) if count >= AT_LEAST
    }
    TABLE.write_text(json.dumps(shares, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(shares)} stems of {len(passages)} passages of {len(texts)} articles")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
