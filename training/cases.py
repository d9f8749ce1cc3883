"""Claims as the model for types sees them: each with its setting, as the engine finds it, and the type it should have.

Four sources: our own sentences, our own passages (a sentence with the one before it), our own articles, and the gold
articles.
"""

import csv
import json
from dataclasses import dataclass, replace
from pathlib import Path

from claims.extraction.engine import extract
from claims.extraction.features import ADDED
from claims.extraction.kind import looked_at, spoken
from claims.extraction.scoring import anchored, extracted, match
from claims.extraction.shapes import Candidate, Setting

DATA = Path(__file__).parent / "data"
ARTICLES = DATA / "articles"
SAID = (" said", " says", " alleged", "according to", " told ", " claim", " warned")
MOST = 0.5  # of a sentence that a claim must hold to stand for it


@dataclass(frozen=True)
class Case:
    """What is seen of one claim; `group` keeps an article together when folds are made."""

    wording: str
    seen: tuple[str, ...]
    kind: str
    group: str


def all_cases(gold_folder: Path) -> list[Case]:
    """Every case there is to learn from: our own sentences, passages and articles, and the gold articles."""
    return [*sentences(), *passages(), *gold(ARTICLES), *gold(gold_folder)]


def sentences() -> list[Case]:
    """Each sentence as it stands, and as the engine words it when it makes one claim of it."""
    found: list[Case] = []
    for number, (kind, _, text) in enumerate(_rows("sentences.tsv")):
        if kind == "none":
            continue
        group = f"own {number % 10}"
        spoken = any(word in text for word in SAID)
        setting = Setting("someone" if spoken else "", quoted=text.startswith("“"))
        found.append(_case(text, setting, kind, group))
        made = extract(text)
        if len(made) == 1 and len(made[0].quote) > MOST * len(text):
            found.append(_as_made(made[0], kind, group))
    return found


def passages() -> list[Case]:
    """The longest claim that the engine makes of the last sentence of each passage."""
    found: list[Case] = []
    for number, (kind, before, text) in enumerate(_rows("passages.tsv")):
        made = [one for one in extract(f"{before} {text}") if one.start > len(before)]
        if made:
            longest = max(made, key=lambda one: one.end - one.start)
            found.append(_as_made(longest, kind, f"own {number % 10}"))
    return found


def gold(folder: Path) -> list[Case]:
    """Each gold claim in the wording of its label, of its anchor, and of the engine where that matches."""
    found: list[Case] = []
    for path in sorted(folder.glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        made = extracted(article)
        pairs = match(made, anchored(article))
        for at, claim in enumerate(article["claims"]):
            spoken = claim["claimant"] not in ("article", "")
            setting = Setting(claim["claimant"] if spoken else "")
            if at in pairs:
                found.append(_as_made(made[pairs[at]], claim["type"], article["id"]))
                setting = replace(made[pairs[at]].setting, compared=False)
            wordings = sorted({claim["text"], claim["anchor"]})
            found += [_case(words, setting, claim["type"], article["id"]) for words in wordings]
    return found


def _as_made(made: Candidate, kind: str, group: str) -> Case:
    return _case(spoken(made.text, made.rules), made.setting, kind, group)


def _case(wording: str, setting: Setting, kind: str, group: str) -> Case:
    bare = ADDED.sub("", wording)
    return Case(bare, tuple(looked_at(bare, setting)), kind, group)


def _rows(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
