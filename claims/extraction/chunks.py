"""Decompose, first half: what each part of a stretch between two breaks is."""

import re
from collections.abc import Sequence

from claims.extraction.breaks import DASHES, Chunk, Role, cut
from claims.extraction.lexicon import DAYS, MONTHS, SAY_FORMS
from claims.extraction.tokens import FINITE, VERB, Parsed, Token
from claims.extraction.verbs import PASTS
from claims.extraction.wordlist import words

WH = words("who which whom whose where")
CC = words("and but or yet so nor")
LEVELS = re.compile(
    r"(?:(?:slow|ris|eas|fall|climb|drop|narrow|widen|declin|improv)\w*|up|down|compared|versus|against|plus|minus|including|excluding|such|"
    r"as|not|rather|instead|mostly|mainly|especially|particularly|based|born|aged)$"
)
LEVEL_WORDS = re.compile(
    r"(?:down|up|slowing|easing|rising|falling|compared|versus) (?:\w+ )?(?:from|with|to)\b"
)
PARTS = words(
    "most many some all none half both several few one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
SPANS = words("seconds minutes hours days weeks months years moments just shortly soon not long a two three")
ORDERS = words("asked told urged ordered")
CIRCUMSTANCE = words("as because if unless until")
SUBORDINATE = words("although though whereas while despite")
TAIL = re.compile(
    r"(?:(?:and|but|or) )?(?:the |its |his |her |their |our |my |a |by far )*(?:(?:second|third|fourth|fifth|joint)[- ])?"
    r"(?:\w+est|most (?!of)\w+|least \w+|record|first|last|all-time)\b(?! (?:week|month|year|night|time))|"
    r"(?:(?:and|or) )?(?:about|around|roughly|nearly|almost|more than|less than|fewer than|just|only|at least|well|far|slightly|up to)?\s?"
    r"(?:(?:twice|double|triple|half|\w+ times) (?:the|as|its|that|what|more)|average\b|(?:exactly )?the same\b|in line with|above|below)|"
    r"(?:more|less|fewer|higher|lower|faster|slower|better|worse|larger|smaller|bigger|longer|shorter) .{0,25}than (?:the |in |a |any |all |that )|"
    r"(?:about |around |roughly |nearly |almost |some |more than |less than |just over |just under )?(?:one in \w+|(?:a|one) (?:third|quarter|"
    r"fifth|tenth|half)|half|two[- ]thirds|three[- ]quarters|[\d.]+ ?(?:%|per ?cent)) of (?:its|the|their|his|her|all|what)\b|"
    r"or (?:about |nearly |almost |roughly |some )?[\d.]+ ?(?:%|per)",
    re.IGNORECASE,
)
DEADVERB = re.compile(
    r"(?:separately|meanwhile|however|moreover|furthermore|instead|yes|no|well|still|also|too|besides|nevertheless|nonetheless|"
    r"by (?:contrast|comparison)|in (?:addition|contrast|comparison)|for (?:example|instance)|of course|in fact|indeed|"
    r"on the other hand|at the same time|then|overall|in total|in all|later|earlier)$",
    re.IGNORECASE,
)
AGE = re.compile(r"(?:aged )?\d{1,2}$|of [A-Z]\w+$")


def chunks(p: Parsed, lo: int, hi: int) -> list[Chunk]:
    """The parts of a stretch, each with its role."""
    bare = cut(p, lo, hi)
    return [
        Chunk(c.lo, c.hi, c.mark, role)
        for c, role in zip(bare, (_role(p, bare, at) for at in range(len(bare))), strict=True)
    ]


def finite_at(p: Parsed, lo: int, hi: int) -> list[int]:
    """The places of finite verbs. Where the tagger sees none, a participle without an auxiliary counts that has
    a subject or is the predicate ("the wounded remained", tagged as if passive)."""
    found = [at for at in range(lo, hi) if p.words[at].tag in FINITE and not _month(p, at, lo)]
    if found:
        return found
    return [
        at
        for at in range(lo + 1, hi)
        if p.words[at].tag in ("VBN", "NN", "JJ", "VB") and _disguised(p, lo, at)
    ][:1]


def _month(p: Parsed, at: int, lo: int) -> bool:
    return p.words[at].low in ("may", "march") and p.words[at].text[0].isupper() and at > lo


def _disguised(p: Parsed, lo: int, at: int) -> bool:
    word = p.words[at]
    if any(
        w.low in ("be", "been", "being", "was", "were", "is", "are", "has", "have", "had", "to")
        for w in p.words[max(lo, at - 3) : at]
    ):
        return False
    if word.tag != "VBN" and word.low not in PASTS and not word.low.endswith("ed"):
        return False
    by = at + 1 < len(p.words) and p.words[at + 1].low == "by" and word.tag == "VBN"
    if by and not any(w.tag in ("CD", "RB", "PDT") for w in p.words[at + 2 : at + 4]):
        return False
    subject = any(w.dep == "nsubj" and w.head == at for w in p.words[lo:at])
    return subject or word.dep in ("ROOT", "conj", "parataxis")


def likely_verb(p: Parsed, words: list[int]) -> list[int]:
    """For a clause in which the tagger saw no finite verb: the first participle right after a noun."""
    inside = set(words)
    for at in words[2:]:
        word = p.words[at]
        if (
            word.tag not in ("VBN", "NN", "NNS", "VB")
            or at - 1 not in inside
            or (word.tag != "VBN" and word.low not in PASTS)
        ):
            continue
        if p.words[at - 1].tag.startswith(("NN", "CD")) and not (
            at + 1 < len(p.words) and p.words[at + 1].low == "by"
        ):
            return [at]
    return []


def main_verbs(p: Parsed, lo: int, hi: int) -> list[int]:
    """Finite verbs that do not stand in a clause with who, which, that, if, when … inside the stretch."""
    return [at for at in finite_at(p, lo, hi) if not _inside(p, lo, at)]


INTRODUCES = WH | words(
    "that if when because after before as since until unless where while although though whether how why what"
)


def _inside(p: Parsed, lo: int, at: int) -> bool:
    """Whether a finite verb belongs to a clause that opens between lo and the verb."""
    seen = 0
    for back in range(at - 1, lo - 1, -1):
        word = p.words[back]
        if word.tag in FINITE:
            seen += 1
        if word.low in INTRODUCES and word.tag in ("WP", "WDT", "WP$", "WRB", "IN", "SCONJ") and seen == 0:
            if (
                word.tag == "IN"
                and word.low in ("as", "since", "after", "before", "until")
                and word.dep == "case"
            ):
                continue
            return True
    return False


def _role(p: Parsed, parts: list[Chunk], at: int) -> Role:
    """What a part is: by its first word, then by what it holds."""
    lo, hi = parts[at].lo, parts[at].hi
    first = p.words[lo].low
    if first in ("according", "citing"):
        return "source"
    if is_speaker(p, lo, hi):
        return "speaker"
    verbs = finite_at(p, lo, hi)
    phrase = " ".join(p.lows(lo, min(hi, lo + 14)))
    if at == 0:
        return _first_role(p, parts, lo, hi, phrase)
    if described_by_clause(p, lo, hi) is not None and at + 1 < len(parts):
        return "relative"
    return (
        _fixed_role(p, lo, hi, verbs, phrase)
        or _joined_role(p, parts, at, verbs)
        or _participle_role(p, parts[at], verbs)
        or _nominal(p, parts, at, verbs)
    )


def _fixed_role(p: Parsed, lo: int, hi: int, verbs: list[int], phrase: str) -> Role | None:
    """Roles that the first words give away: 'which …', 'down from …', '61', 'the highest since …'."""
    first = p.words[lo]
    if first.low in SAY_FORMS and first.tag == "VBG":
        return "participle"
    if LEVEL_WORDS.match(phrase):
        return "adjunct"
    piped = hi - lo > 2 and p.words[lo + 1].low in ("which", "whom", "whose") and first.tag == "IN"
    if first.low in WH or piped:
        return "relative" if verbs else "aside"
    if AGE.match(p_text(p, lo, hi)) and hi - lo <= 3:
        return "age"
    if (
        not verbs
        and hi - lo > 3
        and (first.tag == "CD" or first.low in PARTS)
        and p.lows(lo + 1, lo + 3) == ["of", "them"]
    ):
        return "partial"
    return "tail" if TAIL.match(phrase) and not _late_verb(p, lo, hi) else None


def described_by_clause(p: Parsed, lo: int, hi: int) -> int | None:
    """Where the clause opens in ', a trading house that belongs to …,' after a name; None for anything else."""
    if p.words[lo].low not in ("a", "an") or lo < 2 or p.words[lo - 2].tag not in ("NNP", "NNPS"):
        return None
    for at in range(lo + 1, min(hi - 2, lo + 7)):
        if p.words[at].tag in ("WDT", "WP") and p.words[at].low in ("that", "which", "who"):
            return at if any(w.tag in FINITE for w in p.words[at + 1 : at + 3]) else None
        if p.words[at].tag in FINITE:
            return None
    return None


def _joined_role(p: Parsed, parts: list[Chunk], at: int, verbs: list[int]) -> Role | None:
    """Roles of 'and …', 'although …', 'against 44% for …', 'with a margin of 2.5 points'."""
    lo, hi = parts[at].lo, parts[at].hi
    first = p.words[lo].low
    number = any(w.tag == "CD" for w in p.words[lo:hi])
    if first in CC:
        opens = p.words[lo + 1 if lo + 1 < hi else lo].tag in VERB
        return "coordinate" if verbs or opens or _subject_alone(p, parts, at) else "list"
    if first == "that" and p.words[lo - 1].low in ("and", "but") and (verbs or _subject_alone(p, parts, at)):
        return "coordinate"
    if first in SUBORDINATE and verbs:
        return "subordinate"
    if first in ("against", "versus") and number and "for" in p.lows(lo, hi):
        return "against"
    return "with" if first == "with" and number else None


def _participle_role(p: Parsed, part: Chunk, verbs: list[int]) -> Role | None:
    """Roles of ', killing 19', ', mostly held by …', and of what stands after a dash."""
    lo, hi = part.lo, part.hi
    first = p.words[lo]
    if first.tag in ("VBG", "VBN") and not LEVELS.match(first.low) and not verbs and hi - lo > 1:
        return "participle"
    if first.tag == "RB" and hi - lo > 2 and p.words[lo + 1].tag in ("VBG", "VBN") and not verbs:
        return "participle"
    return "coordinate" if part.mark in DASHES and verbs else None


def _subject_alone(p: Parsed, parts: list[Chunk], at: int) -> bool:
    """', and the company, Agila, did not …': a joined clause whose subject is cut off from its verb."""
    return any(p.words[c.lo].tag in FINITE for c in parts[at + 2 : at + 4]) and len(parts) > at + 2


def _first_role(p: Parsed, parts: list[Chunk], lo: int, hi: int, phrase: str) -> Role:
    if DEADVERB.match(phrase) and len(parts) > 1:
        return "opening"
    if words_open(p, lo) and not main_verbs(p, lo, hi) and len(parts) > 1:
        return "adjunct"
    return "main"


def words_open(p: Parsed, lo: int) -> bool:
    """Whether a stretch opens like a circumstance rather than a subject: a preposition, a conjunction, an adverb."""
    return p.words[lo].tag in ("IN", "RB", "WRB", "TO", "VBG", "VBN") or p.words[lo].low in ("when", "once")


def _nominal(p: Parsed, parts: list[Chunk], at: int, verbs: list[int]) -> Role:
    """A part without a mark of its own: goes on with the main clause, or is an apposition or a list item."""
    lo, hi = parts[at].lo, parts[at].hi
    if p.words[lo].low in CIRCUMSTANCE and p.words[lo].tag == "IN":
        return "adjunct"
    if p.words[lo].low in SPANS and any(low in ("before", "after") for low in p.lows(lo + 1, lo + 3)):
        return "adjunct"  # hours before talks were to open
    if verbs:
        return "coordinate" if _own_subject(p, lo, verbs[0]) and _had_verb(p, parts, at) else "main"
    later = parts[at + 1 :]
    if any(w.low in ("and", "or") for w in p.words[lo:hi]) or any(
        p.words[c.lo].low in ("and", "or") for c in later
    ):
        return "list"
    if DEADVERB.match(" ".join(p.lows(lo, hi))):
        return "opening"
    return "aside" if p.words[lo].tag in ("DT", "NNP", "NN", "PRP$", "NNPS", "JJ", "CD") else "adjunct"


def _own_subject(p: Parsed, lo: int, verb: int) -> bool:
    return verb > lo and any(w.tag.startswith(("NN", "PRP", "DT", "CD", "EX")) for w in p.words[lo:verb])


def _had_verb(p: Parsed, parts: list[Chunk], at: int) -> bool:
    return any(main_verbs(p, c.lo, c.hi) for c in parts[:at])


def _late_verb(p: Parsed, lo: int, hi: int) -> bool:
    """Whether a stretch has a finite verb of its own before any 'since', 'that', 'than' …"""
    for word in p.words[lo:hi]:
        if word.low in ("since", "that", "than", "who", "which", "ever", "it", "they", "as", "in"):
            return False
        if word.tag in FINITE:
            return True
    return False


def is_speaker(p: Parsed, lo: int, hi: int) -> bool:
    """Whether a part only says who said it: 'the agency said on Monday', 'said Ann Lee'."""
    words = p.words
    if hi - lo < 2 or hi - lo > 24:
        return False
    if words[lo].low in SAY_FORMS and words[lo].tag in ("VBD", "VBZ", "VBN", "NN", "NNS"):
        if (words[lo + 1].tag in ("IN", "RB") and words[lo + 1].low != "that") or words[lo + 1].low.endswith(
            "day"
        ):
            return lo > 0 and words[lo - 1].text == "," and not finite_at(p, lo + 1, hi)
        return (
            not _takes(p, lo, hi)
            and words[lo + 1].tag.startswith(("NN", "DT", "PRP", "JJ", "CD"))
            and words[lo + 1].low not in ("that", "his", "it", "he", "they", "the fact")
            and not (len(finite_at(p, lo + 1, hi)) > 0 and not any(w.low in WH for w in words[lo + 1 : hi]))
        )
    place = said_at(p, lo, hi)
    if place is None or place == lo or any(w.low == "than" for w in words[lo:place]):
        return False
    if words[place - 1].low in ("been", "being", "was", "were"):
        return False  # the crossing had been reported as faulty
    rest = words[place + 1 : hi]
    if words[place].low in ORDERS and any(w.tag == "TO" for w in rest):
        return False  # he had asked officials to look at it
    if any(w.tag in FINITE and not _hangs(rest, at) for at, w in enumerate(rest)) or any(
        w.low == "that" and w.tag == "IN" for w in rest
    ):
        return False
    if (
        rest
        and rest[0].tag.startswith(("NN", "CD", "JJ", "PRP$"))
        and words[place].low not in ("told", "tells", "asked")
        and not _timely(rest[0].low)
    ):
        return False
    if (
        rest
        and rest[0].tag == "DT"
        and words[place].low not in ("told", "tells", "asked")
        and not any(_timely(w.low) for w in rest[:4])
    ):
        return False
    return words[lo].tag.startswith(("NN", "DT", "PRP", "JJ", "CD", "VBN")) and words[lo].low not in CC


def _takes(p: Parsed, verb: int, hi: int) -> bool:
    """Whether a verb of saying has an object here and no subject: 'reported a 21% fall in profit'."""
    parts = {w.dep for w in p.words[verb + 1 : hi] if w.head == verb}
    return "obj" in parts and "nsubj" not in parts


def _hangs(rest: Sequence[Token], at: int) -> bool:
    """'said in a report published on Thursday': a participle that the tagger took for a past."""
    return at > 1 and rest[0].tag == "IN" and rest[at].low.endswith("ed") and rest[at - 1].tag == "NN"


def _timely(low: str) -> bool:
    return (
        low in DAYS
        or low in MONTHS
        or low in ("yesterday", "today", "here", "late", "later", "last", "earlier", "this")
    )


def said_at(p: Parsed, lo: int, hi: int) -> int | None:
    """The place of the first verb of saying, when nothing but its subject goes before it."""
    for at in range(lo, hi):
        word = p.words[at]
        if word.low in SAY_FORMS and word.tag in ("VBD", "VBZ", "VBP", "VBN", "NN", "VB", "NNS"):
            if at > lo and p.words[at - 1].text == "-":
                continue
            if word.tag == "NN" and word.low.endswith("ing"):
                continue  # no warning
            if word.tag in ("NN", "NNS", "VB") and not (at == hi - 1 or word.low in ("said", "says", "told")):
                continue
            return at
        if (word.tag in FINITE and word.low not in ("has", "have", "had")) or word.low in INTRODUCES:
            return None
    return None


def p_text(p: Parsed, lo: int, hi: int) -> str:
    """The words of a stretch with single spaces."""
    return " ".join(word.text for word in p.words[lo:hi])
