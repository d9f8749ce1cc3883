"""Attribution inside a sentence: 'X said that …', 'X had told her that …', and where what was said begins."""

from dataclasses import dataclass

from claims.extraction.breaks import BREAKS, QUOTES, is_quote
from claims.extraction.chunks import CC, INTRODUCES, WH, finite_at, words_open
from claims.extraction.lexicon import SAY_FORMS, SAY_NEEDS_THAT
from claims.extraction.tokens import FINITE, Parsed
from claims.extraction.wordlist import words

AUX = words("be been being was were is are am get got gets")
SHORTEST = 4  # words of "that" with a clause
TOLD = words("told tells telling assured warned reminded informed showed shown")


@dataclass(frozen=True)
class Frame:
    """Words that say who says: subject [lo, verb), the verb, and the content [content, hi)."""

    lo: int
    verb: int
    content: int
    joined: int  # where the clause before a joined verb of saying ends; equals lo when there is none
    quoted: bool
    after: tuple[int, int] | None = (
        None  # the speaker in '“Untrue,” replied Lee: …', who stands behind the verb
    )


def frame(p: Parsed, lo: int, hi: int) -> Frame | None:
    """The first verb of saying whose content follows, if the stretch is built that way."""
    for at in range(lo, hi):
        word = p.words[at]
        if (
            word.low not in SAY_FORMS
            or not _verbal(p, at, lo)
            or (at > lo and _in_relative(p, lo, at, within=0))
        ):
            continue
        content = _content(p, at, hi)
        if content is None:
            continue
        if (behind := _behind(p, lo, at, content)) is not None:
            return Frame(lo, at, content, lo, quoted=False, after=behind)
        joined = _joined(p, lo, at)
        if joined is None:
            return None
        quoted = p.words[content - 1].text in QUOTES or p.words[content].text in QUOTES
        return Frame(lo, at, content, joined, quoted)
    return None


def _behind(p: Parsed, lo: int, verb: int, content: int) -> tuple[int, int] | None:
    """The words between a verb of saying that a quotation ends before, and the colon after its speaker."""
    if verb == lo or p.words[verb - 1].text not in QUOTES or p.words[content - 1].text != ":":
        return None
    return (verb + 1, content - 1) if content - 1 > verb + 1 else None


def _verbal(p: Parsed, at: int, lo: int) -> bool:
    word = p.words[at]
    if at > lo and p.words[at - 1].low in AUX:
        return False
    if at > lo and p.words[at - 1].low in ("-", "to", "the", "a", "an", "of", "no", "not", "never"):
        return False
    if word.tag == "VBG":
        return at == lo or p.words[at - 1].text in BREAKS | QUOTES | {"-"}
    return word.tag in ("VBD", "VBZ", "VBP", "VBN") or (
        word.low in ("said", "says", "told", "estimated", "show", "shows")
    )


def _content(p: Parsed, verb: int, hi: int) -> int | None:
    """Where what is said begins, or None when the verb takes no clause here."""
    at = verb + 1
    if at >= hi:
        return None
    low = p.words[verb].low
    limit = min(hi, at + 18)
    for place in range(at, limit):
        word = p.words[place]
        if word.low == "that" and place + 1 < hi and _conjunction(p, place, at):
            # Right behind the verb it opens a clause, whose verb may be tagged as a noun.
            sure = place == at and word.tag == "IN" and hi - place > SHORTEST
            return place + 1 if sure or _clause_follows(p, place + 1, hi) else None
        if (
            word.text in ("“", '"', "‘", "«")
            and place - at < 12
            and (place == at or p.words[place - 1].text in (":", ","))
        ):
            return place + 1 if place + 1 < hi else None
        if word.text == ":" and place + 2 < hi:
            return place + 1
        if word.tag in FINITE or word.text in (";", "—", "–") or word.low in ("and", "but"):
            break
    if low in ("asked", "asks") or (
        low in SAY_NEEDS_THAT | TOLD and low not in ("told", "estimated", "warned", "added")
    ):
        return None
    start = _after_adjunct(p, at, hi)
    if start is not None and _bare_clause(p, start, hi):
        return start
    return None


def _conjunction(p: Parsed, place: int, at: int) -> bool:
    """Whether this 'that' opens a clause; the tagger often takes it for 'that one'."""
    if p.words[place].tag in ("IN", "WDT"):
        return True
    following = p.words[place + 1]
    if p.words[at - 1].low in TOLD and place - at < 4:
        return True
    return place - at < 4 and following.text not in BREAKS and following.tag not in FINITE


def _clause_follows(p: Parsed, at: int, hi: int) -> bool:
    return bool(finite_at(p, at, hi))


def _after_adjunct(p: Parsed, at: int, hi: int) -> int | None:
    """Skip 'on Thursday', 'in an email', 'the newspaper' between a verb of saying and its bare clause."""
    word = p.words[at]
    if word.text in BREAKS:
        return None
    if word.low in ("on", "late", "earlier", "yesterday", "today", "monday", "tuesday", "wednesday", "thursday", "friday",
                    "saturday", "sunday"):  # fmt: skip
        step = 2 if word.low in ("on", "late", "earlier") else 1
        return at + step if at + step < hi else None
    return at


def _bare_clause(p: Parsed, at: int, hi: int) -> bool:
    """Subject and finite verb, with no break but a relative clause between them."""
    for place in range(at, hi):
        word = p.words[place]
        if word.low in ("that", "which", "who") and place == at:
            return False
        if word.tag in FINITE:
            # Not 'reported a fall and said it would …'.
            return place > at and p.words[place - 1].low not in ("and", "but")
        if word.text in (";", ":", "—", "–"):
            return False
        if word.text == "," and not (place + 1 < hi and p.words[place + 1].low in WH | {"the", "a"}):
            return False
        if word.tag == "VBN" and place > at + 1 and not finite_at(p, place + 1, hi):
            return p.words[place - 1].tag.startswith(("NN", "RB", "CD", "JJ"))
    return False


def _joined(p: Parsed, lo: int, verb: int) -> int | None:
    """lo when only a subject stands before the verb; the end of the clause before it for '… and said'; else None."""
    if verb == lo:
        return lo
    outside = [
        at for at in finite_at(p, lo, verb) if not _in_relative(p, lo, at) and not _auxiliary(p, at, verb)
    ]
    if not outside:
        return lo
    back = verb - 1
    while back > lo and p.words[back].tag == "RB":
        back -= 1
    if p.words[back].low in ("and", "but"):
        return back
    return None


def _auxiliary(p: Parsed, at: int, verb: int) -> bool:
    return p.words[at].low in ("has", "have", "had", "also", "would", "will", "could") and verb - at <= 3


def _in_relative(p: Parsed, lo: int, at: int, *, within: int = 1) -> bool:
    """Whether a word stands in a clause with who, which …, with at most `within` finite verbs since."""
    seen = 0
    for back in range(at - 1, lo - 1, -1):
        word = p.words[back]
        if word.tag in FINITE:
            seen += 1
        if word.low in INTRODUCES and word.tag in ("WP", "WDT", "WP$", "WRB", "IN") and seen <= within:
            return True
    return False


def subject_of(p: Parsed, lo: int, verb: int) -> tuple[int, int]:
    """The words of the subject before a verb: its name if an apposition gives one."""
    pieces = _pieces(p, lo, verb)
    if not pieces:
        return lo, verb
    while len(pieces) > 1 and (words_open(p, pieces[0][0]) or p.words[pieces[0][0]].low in CC):
        pieces = pieces[1:]
    last = pieces[-1]
    if last[1] == verb and p.words[last[0]].low not in WH and not finite_at(p, *last):
        return _trim_aux(p, *last)
    named = [piece for piece in pieces if _named(p, *piece)]
    named = [
        piece for piece in named if not any(w.tag == "POS" for w in p.words[piece[0] : piece[1]])
    ] or named
    return _trim_aux(p, *(named[0] if named else pieces[0]))


def _trim_aux(p: Parsed, lo: int, hi: int) -> tuple[int, int]:
    while hi > lo + 1 and (
        p.words[hi - 1].tag in ("MD", "RB") or p.words[hi - 1].low in ("has", "have", "had", "also")
    ):
        hi -= 1
    if p.words[lo].low in CC and hi - lo > 1:
        lo += 1
    if p.words[lo].tag == "IN" or p.words[lo].low == "separately":
        for at in range(hi - 1, lo, -1):
            if p.words[at].dep == "nsubj":
                return p.left_edge(at, lo), hi
    return lo, hi


def _named(p: Parsed, lo: int, hi: int) -> bool:
    first = p.words[lo]
    return first.tag in ("NNP", "NNPS") and not finite_at(p, lo, hi) and first.low not in WH


def _pieces(p: Parsed, lo: int, hi: int) -> list[tuple[int, int]]:
    pieces, start = [], lo
    for at in range(lo, hi + 1):
        if at == hi or p.words[at].text in BREAKS or is_quote(p.words[at]):
            if at > start:
                pieces.append((start, at))
            start = at + 1
    return [piece for piece in pieces if p.words[piece[0]].low not in WH]
