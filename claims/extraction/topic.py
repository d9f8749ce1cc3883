"""Stage 4b: what an article is about, in a few of its own words: what a claim that names nothing is about."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.lexicon import EVENT_NOUNS, PERSON_NOUNS, TIME_WORDS, related
from claims.extraction.names import Name
from claims.extraction.tokens import Parsed

NOUN = ("NN", "NNS")
MODIFIER = ("NN", "NNS", "NNP", "NNPS", "JJ", "POS", "HYPH", "VBN")
GENERIC = frozenset(
    "people person man woman men women year month week day hour minute time number part way thing percent % point million billion "
    "record rate side statement spokesperson reporter interview total level end start name country city town region area others "
    "other something nothing anything everything lot kind group member case cases result results figure figures data story "
    "photo report news source officials official authorities charge charges scene place home homes post position job share "
    "median half third quarter price prices term".split()
)


@dataclass(frozen=True)
class Topic:
    """The words that name the topic, and the small words that show that a claim already speaks of it."""

    text: str
    words: frozenset[str]


def topic(text: str, title: Parsed | None, parsed: Sequence[Parsed], names: Sequence[Name]) -> Topic:
    """The noun that headline and text share with its fullest mention, and the name that goes with it."""
    head = _head(title, parsed)
    mention = _fullest(text, title, parsed, head) if head else ""
    name = _name(names, title, mention)
    parts = [part for part in (mention, name) if part]
    words = {w.lower() for part in parts for w in re.findall(r"\w{3,}", part)} - {"the", "and", "for"}
    if head:
        words |= {head}
    return Topic(", ".join(parts), frozenset(words))


def _head(title: Parsed | None, parsed: Sequence[Parsed]) -> str:
    weights: Counter[str] = Counter()
    for number, p in enumerate(parsed):
        for word in p.words:
            if word.tag in NOUN and word.low not in GENERIC and word.low not in TIME_WORDS and len(word.low) > 2:
                weights[word.lemma] += 2 if number == 0 else 1
    heads = {word.low for word in title.words if word.low.isalpha()} if title is not None else set()
    best, top = "", 0.0
    for noun, weight in weights.items():
        value = float(weight)
        if any(noun in (h, h.rstrip("s")) for h in heads):
            value = value * 2 + 2
        elif any(related(noun, h) for h in heads):
            value = value * 1.5 + 1
        elif parsed and not any(w.lemma == noun for w in parsed[0].words):
            value *= 0.6
        if noun in EVENT_NOUNS:
            value *= 1.6
        if noun in PERSON_NOUNS:
            value *= 0.4
        if value > top and weight > 1:
            best, top = noun, value
    return best


def _fullest(text: str, title: Parsed | None, parsed: Sequence[Parsed], head: str) -> str:
    """The mention of a noun with the most modifiers, names first, no numbers."""
    best, rank = head, (-1, 0)
    for p in [*parsed, *([title] if title is not None else [])]:
        for at, word in enumerate(p.words):
            if word.lemma != head and not (p is title and word.low.rstrip("s") == head):
                continue
            if word.tag not in NOUN and p is not title:
                continue
            lo = at
            while lo > 0 and p.words[lo - 1].tag in MODIFIER and p.words[lo - 1].low not in ("opposition", "other", "former"):
                lo -= 1
            while lo < at and p.words[lo].tag in ("POS", "HYPH"):
                lo += 1
            if p is title:
                lo = max(lo, at - 1)
            named = sum(w.text[:1].isupper() for w in p.words[lo:at]) if p is not title else 0
            phrase = _words(p, lo, at + 1)
            if at - lo <= 5 and (min(named, 3), at - lo) > rank:
                best, rank = phrase, (min(named, 3), at - lo)
    return best[0].lower() + best[1:] if rank[0] <= 0 and not best.isupper() else best


def _words(p: Parsed, lo: int, hi: int) -> str:
    out = ""
    for at in range(lo, hi):
        gap = at > lo and p.words[at].start > p.words[at - 1].end
        out += (" " if gap else "") + p.words[at].text
    return out


def _name(names: Sequence[Name], title: Parsed | None, mention: str) -> str:
    """The name that the article comes back to most, unless the mention holds it."""
    heads = {word.text for word in title.words} if title is not None else set()
    best, top = "", 1.5
    for number, name in enumerate(names):
        value = len(name.spans) + (2.5 if any(w in heads for w in name.words) else 0) + (1.0 if number < 4 else 0)
        if value > top:
            best, top = name.full, value
    return "" if best and any(word in mention for word in best.split()) else best
