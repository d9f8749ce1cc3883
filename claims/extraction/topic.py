"""Stage 4b: what an article is about, in a few of its own words: what a claim that names nothing is about."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.lexicon import EVENT_NOUNS, PERSON_NOUNS, TIME_WORDS, related
from claims.extraction.names import Name
from claims.extraction.tokens import Parsed
from claims.extraction.wordlist import words

NOUN = ("NN", "NNS")
MODIFIER = ("NN", "NNS", "NNP", "NNPS", "JJ", "POS", "HYPH", "VBN")
GENERIC = words(
    "people person man woman men women year month week day hour minute time number part way thing "
    "percent % point million billion record rate side statement spokesperson reporter interview total "
    "level end start name country city town region area others other something nothing anything "
    "everything lot kind group member case cases result results figure figures data story photo "
    "report news source officials official authorities charge charges scene place home homes post "
    "position job share metre meter kilometre kilometer mile litre liter tonne ton hectare degree "
    "magnitude toll depth median half third quarter term spokesman law use"
)
SKIP = words(
    "opposition other former such own same new first last next previous similar early late second "
    "third fourth fifth sick"
)


@dataclass(frozen=True)
class Topic:
    """The words that name the topic, and the small words that show that a claim already speaks of it."""

    text: str
    words: frozenset[str]


def topic(text: str, title: Parsed | None, parsed: Sequence[Parsed], names: Sequence[Name]) -> Topic:
    """The noun that headline and text share with its fullest mention, and the name that goes with it.

    A name alone says who or where, not what an article is about: then there is none.
    """
    head = _head(title, parsed)
    mention = _fullest(text, title, parsed, head) if head else ""
    if not mention:
        return Topic("", frozenset())
    parts = [part for part in (mention, _name(names, title, mention)) if part]
    words = {w.lower() for part in parts for w in re.findall(r"\w{3,}", part)} - {"the", "and", "for"}
    return Topic(", ".join(parts), frozenset(words | {head}))


def _head(title: Parsed | None, parsed: Sequence[Parsed]) -> str:
    """The noun that headline, first sentence and text share: counted where it is no modifier of another noun."""
    weights: Counter[str] = Counter()
    for number, p in enumerate(parsed):
        for lemma in _nouns(p):
            weights[lemma] += 2 if number == 0 else 1
    for place, lemma in enumerate(_title_nouns(title, weights) if title is not None else []):
        weights[lemma] += 4 if place == 0 else 3
    best, top = "", 2.5
    for noun, weight in weights.items():
        kin = sum(0.6 * other for word, other in weights.items() if word != noun and related(noun, word))
        value = (weight + kin) * (2.2 if noun in EVENT_NOUNS else 0.4 if noun in PERSON_NOUNS else 1.0)
        if value > top:
            best, top = noun, value
    return best


def _title_nouns(title: Parsed, body: Counter[str]) -> list[str]:
    """The nouns of a headline: what the article uses as a noun, whatever the tagger makes of capitals."""
    found = []
    for at, word in enumerate(title.words):
        known = next(
            (w for w in (word.lemma, word.low, word.low.rstrip("s")) if w in body or w in EVENT_NOUNS), ""
        )
        following = title.words[at + 1].low if at + 1 < len(title.words) else ""
        if known and known not in GENERIC and following.rstrip("s") not in body:
            found.append(known)
    return found


def _nouns(p: Parsed) -> list[str]:
    """The lemmas of the nouns that are heads of their phrase; a headline's capitals do not matter."""
    found = []
    for at, word in enumerate(p.words):
        following = p.words[at + 1].tag if at + 1 < len(p.words) else ""
        heads = word.tag in NOUN and following not in NOUN and len(word.low) > 2
        if heads and not {word.lemma, word.low} & GENERIC and word.low not in TIME_WORDS:
            found.append(word.lemma)
    return found


def _fullest(text: str, title: Parsed | None, parsed: Sequence[Parsed], head: str) -> str:
    """The mention of a noun, or of a word for the same, with the most modifiers: names first, no numbers."""
    best, rank = head, (-1, 0.0)
    for p in [*parsed, *([title] if title is not None else [])]:
        for at, word in enumerate(p.words):
            if word.tag not in NOUN or not related(word.lemma, head):
                continue
            if at + 1 < len(p.words) and p.words[at + 1].tag in NOUN:
                continue
            lo = at
            while lo > 0 and p.words[lo - 1].tag in MODIFIER and p.words[lo - 1].low not in SKIP:
                lo -= 1
            while lo < at and p.words[lo].tag in ("POS", "HYPH"):
                lo += 1
            if p is title:
                lo = max(lo, at - 1)
            named = min(2, sum(w.tag in ("NNP", "NNPS") for w in p.words[lo:at]))
            size = min(at - lo, 3) + (0.5 if word.lemma == head else 0.0)
            if at - lo <= 5 and (named, size) > rank:
                best, rank = _words(p, lo, at + 1), (named, size)
    return best if rank[0] > 0 or best.isupper() else best[0].lower() + best[1:]


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
        value = (
            len(name.spans) + (2.5 if any(w in heads for w in name.words) else 0) + (1.0 if number < 4 else 0)
        )
        if value > top:
            best, top = name.full, value
    return "" if best and any(word in mention for word in best.split()) else best
