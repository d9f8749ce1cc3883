"""Decompose: the parts of a sentence gathered into clauses, each with who says it and what hangs on it."""

from dataclasses import dataclass, field

from claims.extraction.breaks import Chunk
from claims.extraction.chunks import finite_at, main_verbs
from claims.extraction.frames import subject_of
from claims.extraction.lexicon import SAY_FORMS
from claims.extraction.phrases import Chain, Words
from claims.extraction.shapes import Span
from claims.extraction.tokens import FINITE, Parsed

HANGS = ("relative", "participle", "tail", "subordinate", "with", "against", "partial")


@dataclass
class Group:
    """One clause with its own subject or a borrowed one, and what hangs on it."""

    words: Words = field(default_factory=list)
    sides: list[Chunk] = field(default_factory=list)
    speaker: Chain = field(default_factory=list)
    joined: bool = False
    apart: bool = False  # after a semicolon: 'X said' behind it does not reach back


def grouped(p: Parsed, parts: list[Chunk]) -> list[Group]:
    """The clauses of a sentence in their order."""
    groups = [Group()]
    for number, part in enumerate(parts):
        here = groups[-1]
        if _names_speaker(p, parts, number):
            if p.words[part.lo].tag == "NNP" and not finite_at(p, part.lo, part.hi):
                here.speaker = [p.span(part.lo, part.hi)]
            continue
        if part.role == "speaker" and (named := _before(p, parts, number)):
            _take(p, named, groups)
        elif part.role in ("speaker", "source"):
            who = _speaker(p, part)
            for group in _same_breath(groups):
                group.speaker = group.speaker or [who]
        elif part.role == "coordinate" and _complete(p, here, part):
            groups.append(Group(list(range(part.lo, part.hi)), joined=True, apart=part.mark == ";"))
        elif part.role in HANGS:
            here.sides.append(part)
        elif part.role not in ("opening", "age"):
            here.words += range(part.lo, part.hi)
    return groups


def _complete(p: Parsed, group: Group, part: Chunk) -> bool:
    """Whether a clause has its verb, so that the next part begins another."""
    return bool(group.words) and (
        part.mark == ";" or bool(main_verbs(p, group.words[0], group.words[-1] + 1))
    )


def _take(p: Parsed, named: list[Chunk], groups: list[Group]) -> None:
    """Appositions that name the speaker leave the clause that they stood in."""
    taken = {at for one in named for at in range(one.lo, one.hi)}
    groups[-1].words = [at for at in groups[-1].words if at not in taken]
    best = next((c for c in named if p.words[c.lo].tag == "NNP" and "’s" not in p.lows(c.lo, c.hi)), named[0])
    for group in groups:
        group.speaker = group.speaker or [p.span(best.lo, best.hi)]


def _same_breath(groups: list[Group]) -> list[Group]:
    """The groups since the last semicolon."""
    last = max((at for at, group in enumerate(groups) if group.apart), default=0)
    return groups[last:]


def _names_speaker(p: Parsed, parts: list[Chunk], number: int) -> bool:
    """Whether a part goes on naming the speaker after 'said the author, …' at the end of a sentence."""
    back = number - 1
    while back > 0 and parts[back].role in ("age", "aside"):
        back -= 1
    before = parts[back]
    inverted = back >= 0 and before.role == "speaker" and p.words[before.lo].low in SAY_FORMS
    if number and before.role == "source" and parts[number].role == "aside":
        return p.words[parts[number].lo].tag == "NNP"  # according to the inspector, Ann Lee
    if not inverted or back == number or parts[number].role in ("coordinate", "participle", "relative"):
        return False
    return not any(p.words[c.lo].tag in FINITE for c in parts[number:])


def _before(p: Parsed, parts: list[Chunk], number: int) -> list[Chunk]:
    """For '…, Ann Lee, the minister, told the paper': the appositions before the verb, which name the speaker."""
    first = p.words[parts[number].lo]
    if (
        first.low not in SAY_FORMS
        or number < 2
        or not (first.low in ("told", "tells") or _ends_there(p, parts[number]))
    ):
        return []
    found: list[Chunk] = []
    for part in reversed(parts[1:number]):
        if part.role not in ("aside", "list", "age") or main_verbs(p, part.lo, part.hi):
            break
        found.insert(0, part)
    return found


def _ends_there(p: Parsed, part: Chunk) -> bool:
    return (
        part.hi - part.lo == 1
        or p.words[part.lo + 1].tag in ("IN", "RB")
        or p.words[part.lo + 1].low.endswith("day")
    )


def _speaker(p: Parsed, part: Chunk) -> Span:
    """The words of the speaker in 'X said on Monday', 'said X', 'according to X'."""
    lo, hi = part.lo, part.hi
    if p.words[lo].low == "according":
        return p.span(min(lo + 2, hi - 1), hi)
    if p.words[lo].low in SAY_FORMS or p.words[lo].low == "citing":
        return p.span(lo + 1, hi)
    for at in range(lo, hi):
        if p.words[at].low in SAY_FORMS:
            left, right = subject_of(p, lo, at)
            return p.span(left, right)
    return p.span(lo, hi)
