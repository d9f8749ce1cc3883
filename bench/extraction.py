"""Figures that `manage.py evaluate` does not print: sentence spans, propositions, speed, worth of the parse.

Usage: python -m bench.extraction DATA_DIR [--record]
DATA_DIR has gold/, treebank/, propositions/ and checkworthiness/. `--record` adds a line with the date and the
figures to bench/history/extraction.jsonl, so that they can be followed over time. The blind articles are ours, in
training/data/blind/; the engine was written without them.
"""

import gzip
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.extraction import engine, grain, scoring, tokens
from claims.extraction.decompose import decompose
from claims.extraction.segment import split
from claims.extraction.shapes import Sentence

HISTORY = Path(__file__).parent / "history" / "extraction.jsonl"
BLIND = Path(__file__).resolve().parent.parent / "training" / "data" / "blind"


def paragraphs(path: Path, genre: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The paragraphs of a treebank with their sentence spans; text as it is joined by single spaces."""
    text, spans, wanted = "", [], False
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith(("# newdoc", "# newpar")) and not line.startswith("# newpar_block"):
                if wanted and spans:
                    yield text, spans
                text, spans = "", []
                wanted = genre in line if line.startswith("# newdoc") else wanted
            elif line.startswith("# text = "):
                sentence = line[9:].strip()
                text += " " if text else ""
                spans.append((len(text), len(text) + len(sentence)))
                text += sentence
    if wanted and spans:
        yield text, spans


def sentence_f1(path: Path, genre: str) -> tuple[float, int]:
    """F1 of exact sentence spans, paragraph by paragraph."""
    right = said = there = 0
    for text, spans in paragraphs(path, genre):
        found = split(text)
        right += len(set(found) & set(spans))
        said, there = said + len(found), there + len(spans)
    return 2 * right / max(1, said + there), there


def read(path: Path) -> list[dict]:
    """A gzipped JSON file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return json.load(lines)


def propositions(folder: Path) -> tuple[float, float]:
    """F1 of propositions as sets of words at Jaccard 0.8, against the closest rater; ours, and whole sentences."""
    docs = read(folder / "document_clusters.dev.json.gz")
    texts = {
        (doc["document_id"], number): sentence
        for cluster in docs for doc in cluster["documents"] for number, sentence in enumerate(doc["sentences"])
    }  # fmt: skip
    ours, whole = [0, 0, 0], [0, 0, 0]
    for row in read(folder / "propositions.dev.json.gz"):
        key = (row["sentence_id"]["document_id"], row["sentence_id"]["sentence_index"])
        if key not in texts:
            continue
        sentence = texts[key]
        all_said, one_said = said(sentence), [frozenset(range(len(sentence["tokens"])))]
        raters = [
            [frozenset(p["token_indices"]) for p in response["propositions"]]
            for response in row["segmentation_responses"]
            if not response["non_informational"]
        ]
        if raters:
            tally(all_said, closest(all_said, raters), ours)
            tally(one_said, closest(one_said, raters), whole)
    return f1(ours), f1(whole)


def closest(found: list[frozenset[int]], raters: list[list[frozenset[int]]]) -> list[frozenset[int]]:
    """The rater that agrees best: three people cut each sentence, and they agree with each other at 0.67."""

    def agreement(gold: list[frozenset[int]]) -> float:
        counts = [0, 0, 0]
        tally(found, gold, counts)
        return f1(counts)

    return max(raters, key=agreement)


def said(sentence: dict) -> list[frozenset[int]]:
    """Our drafts of a sentence as sets of its words."""
    text = sentence["sentence_text"]
    starts = [token["character_offset_of_token_in_sentence"] for token in sentence["tokens"]]
    parsed, _ = tokens.parse(text, "", [(0, Sentence(0, len(text), 0, "paragraph"))])
    found = []
    for draft in decompose(parsed[0]):
        spans = [piece.span for piece in draft.pieces if piece.span]
        inside = [n for n, word in enumerate(parsed[0].words) if any(a <= word.start < b for a, b in spans)]
        for part in grain.parts(parsed[0], inside):
            own = [(parsed[0].words[at].start, parsed[0].words[at].end) for at in part]
            found.append(frozenset(n for n, s in enumerate(starts) if any(a <= s < b for a, b in own)))
    return found


def tally(found: list[frozenset[int]], gold: list[frozenset[int]], counts: list[int]) -> None:
    """Greedy one-to-one matches at Jaccard 0.8."""
    left = list(gold)
    for one in found:
        best = max(left, key=lambda g: len(g & one) / max(1, len(g | one)), default=None)
        if best is not None and len(best & one) >= 0.8 * len(best | one):
            left.remove(best)
            counts[0] += 1
    counts[1] += len(found)
    counts[2] += len(gold)


def f1(counts: list[int]) -> float:
    """F1 from right, said and there."""
    return 2 * counts[0] / max(1, counts[1] + counts[2])


def speed(gold: Path) -> tuple[float, float]:
    """Words a second of the whole extraction and of the bare pipeline on whole texts, best of five, same run."""
    articles = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(gold.glob("*.json"))]
    words = sum(len(a["text"].split()) for a in articles)
    engine.extract(articles[0]["text"])
    ours = min(
        timed(lambda: [engine.extract(a["text"], title=a["title"]) for a in articles]) for _ in range(5)
    )
    bare = min(timed(lambda: [tokens.pipeline()(a["text"]) for a in articles]) for _ in range(5))
    return words / ours, words / bare


def timed(work) -> float:
    """Processor seconds."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def latency(gold: Path) -> float:
    """Milliseconds of processor time for an article of about 500 words, warm: the median of nine."""
    texts = [json.loads(path.read_text(encoding="utf-8"))["text"] for path in sorted(gold.glob("*.json"))]
    text = " ".join("\n\n".join(texts).split(" ")[:500])
    engine.extract(text)
    return 1000 * sorted(timed(lambda: engine.extract(text)) for _ in range(9))[4]


def measured(folder: Path) -> dict[str, float]:
    """Every figure by its name."""
    found: dict[str, float] = {}
    for genre in ("GUM_news", "GUM_interview", "GUM_bio", "GUM_voyage", "GUM_textbook", "GUM_speech"):
        found[f"sentence spans, {genre}, F1"], _ = sentence_f1(
            folder / "treebank" / "gum-dev.conllu.gz", genre
        )
    ours, whole = propositions(folder / "propositions")
    found |= {"propositions at Jaccard 0.8, F1": ours, "propositions, whole sentences, F1": whole}
    for path in sorted((folder / "checkworthiness").glob("checkthat2024*")):
        found[f"check-worthiness, {path.name.split('.')[0]}, AP"] = scoring.checkworthiness(path)["map"]
    fast, bare = speed(folder / "gold")
    found |= {"words a second": fast, "share of the bare pipeline": fast / bare}
    found["500 words, warm, ms"] = latency(folder / "gold")
    with_parse = scoring.extraction(folder / "gold")
    blind = scoring.extraction(BLIND)
    available, tokens.available = tokens.available, lambda: False
    without = scoring.extraction(folder / "gold")
    tokens.available = available
    for name in ("f1", "precision", "recall", "type_accuracy", "claimant_accuracy"):
        found[f"gold, {name}"] = with_parse[name]
        found[f"blind articles, {name}"] = blind[name]
    found["gold without the parse, f1"] = without["f1"]
    return {name: round(value, 3) for name, value in found.items()}


def main(arguments: list[str]) -> None:
    """Print the figures, one a line, and keep them if asked to."""
    named = [one for one in arguments if not one.startswith("--")]
    if not named:
        print("Not measured: give the folder of the data sets, as in python -m bench.extraction DATA_DIR")
        return
    found = measured(Path(named[0]))
    for name, value in found.items():
        print(f"{name:<55} {value:g}")
    if "--record" in arguments:
        HISTORY.parent.mkdir(exist_ok=True)
        with HISTORY.open("a", encoding="utf-8") as lines:
            day = datetime.now(UTC).date().isoformat()  # noqa: TID251 no Django here
            lines.write(json.dumps({"day": day, "engine": engine.ENGINE, **found}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
