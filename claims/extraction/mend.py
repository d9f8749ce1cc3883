"""Stage 2, before decompose: finite verbs that the tagger took for something else.

"A spokesman, Gareth Lee, rejected claims that …" has no finite verb of its own when "rejected" is tagged as a participle. A
sentence has one, so the word that the tagger holds likeliest to be one becomes it.
"""

from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.chunks import INTRODUCES, main_verbs
from claims.extraction.tokens import FINITE, Parsed, Token
from claims.extraction.verbs import PASTS
from claims.extraction.wordlist import words

LEAST = 0.004  # probability of a finite tag below which a word is left as it is
AFTER_NOUN = 8.0  # how much likelier a participle right behind its subject is than the tagger says
HELPS = words("be been being was were is are am has have had having to get got gets 's 're")
NOMINATIVE = words("he she they we i")


def mended(p: Parsed) -> Parsed:
    """The sentence with its main verb tagged as one; the same object when nothing has to change."""
    changed = {at: "VBD" for at in range(1, len(p.words)) if _after_pronoun(p, at)}
    changed |= {at: "NNS" for at in range(len(p.words) - 1) if _opens_as_noun(p, at)}
    place = _missing(p, changed)
    if place is not None:
        changed[place] = _finite_tag(p.words[place])
    if not changed:
        return p
    return Parsed(
        p.number,
        [replace(word, tag=changed[at]) if at in changed else word for at, word in enumerate(p.words)],
    )


def _after_pronoun(p: Parsed, at: int) -> bool:
    """'it wounded', 'she quit': nothing but a verb follows 'he', 'she', 'they' so closely."""
    word = p.words[at]
    return (
        p.words[at - 1].low in NOMINATIVE
        and word.tag in ("VBN", "NN", "JJ")
        and (word.low in PASTS or word.low.endswith("ed"))
    )


def _opens_as_noun(p: Parsed, at: int) -> bool:
    """'while returns climbed': a word in -s right before a verb, at the start of its clause, is the subject."""
    word, following = p.words[at], p.words[at + 1]
    opens = at == 0 or p.words[at - 1].low in ("while", "that", "and", "but", ",", "as", "although", "whereas")
    return opens and word.tag == "VBZ" and following.tag == "VBD" and word.low not in HELPS


def _missing(p: Parsed, changed: dict[int, str]) -> int | None:
    """Where the main verb hides, when no word is tagged as one."""
    if changed or len(p.words) < 4 or p.words[-1].text == "?":
        return None
    if main_verbs(p, 0, len(p.words)):
        return None
    rated = [(_likely(p, at), at) for at in range(1, len(p.words)) if not _within(p, at)]
    best = max(rated, default=(0.0, 0))
    return best[1] if best[0] >= LEAST else None


def _likely(p: Parsed, at: int) -> float:
    word, before = p.words[at], p.words[at - 1]
    if word.tag in FINITE or word.tag not in ("VBN", "NN", "NNS", "VB", "JJ", "VBG"):
        return 0.0
    if before.low in HELPS or before.tag in ("DT", "PRP$", "POS", "TO", "MD") or word.tag == "VBG":
        return 0.0
    if any(w.low in HELPS for w in p.words[max(0, at - 3) : at]) and word.tag == "VBN":
        return 0.0
    if word.tag == "VBN" and at + 1 < len(p.words) and p.words[at + 1].low == "by":
        return 0.0
    near = before.tag.startswith("NN") or before.text == ","
    return word.finite * (AFTER_NOUN if near and word.tag == "VBN" else 1.0)


def _within(p: Parsed, at: int) -> bool:
    """Whether a word stands in a clause that 'that', 'which', 'when' … opened, with no comma since."""
    for back in range(at - 1, -1, -1):
        word = p.words[back]
        if word.text in (",", ";", "—", "–", "-"):
            return False
        if word.low in INTRODUCES and word.tag in ("WP", "WDT", "WP$", "WRB", "IN") and word.dep != "case":
            return True
    return False


def _finite_tag(word: Token) -> str:
    if word.low.endswith("ed") or word.low in PASTS:
        return "VBD"
    return "VBZ" if word.low.endswith("s") else "VBP"


def all_mended(parsed: Sequence[Parsed]) -> list[Parsed]:
    """Every sentence, mended."""
    return [mended(p) for p in parsed]
