"""Decompose: what hangs on a clause (relative clauses, participles, records, 'with …') as claims of their own."""

from collections.abc import Callable

from claims.extraction.breaks import BREAKS, Chunk
from claims.extraction.chunks import PARTS, WH, described_by_clause, finite_at, main_verbs
from claims.extraction.frames import frame
from claims.extraction.lexicon import SAY_FORMS
from claims.extraction.phrases import (
    Chain,
    Clause,
    Words,
    antecedent,
    draft,
    ends_in_amount,
    pieces_of,
    runs,
)  # fmt: skip
from claims.extraction.shapes import Draft, Piece
from claims.extraction.tokens import Parsed, Token
from claims.extraction.verbs import PASTS, be, past
from claims.extraction.wordlist import words

Walk = Callable[[int, int, Chain, Words], list[Draft]]
Split = Callable[[Parsed, Words, Words, Words], list[Clause]]
OPENS_SECOND = words("when after since")
TIMES = words("day week month year hour minute")
PREDICATES = ("VBD", "VBZ", "VBP", "VBN")
PUNISHES = words(
    "fine criticise criticize blame sue praise thank arrest punish suspend ban condemn sanction charge"
)
SHORT = words("hit cut put set shut")  # pasts that look like the verb itself
HEAVY = 6  # words of a clause with 'when' or 'after' that is a claim of its own
NO_NOUN = PARTS | words("more least fewer less")
PREPOSITIONS = words("of in at on for to from with by")


def embedded(p: Parsed, words: Words, subject: Words) -> list[Chunk]:
    """Relative clauses without a comma that report something: 'the gunmen who opened fire on a bus'."""
    found = []
    inside = set(words)
    for at in words[1:]:
        word = p.words[at]
        if (
            word.low not in ("who", "which")
            or word.tag not in ("WP", "WDT")
            or not p.words[at - 1].tag.startswith("NN")
        ):
            continue
        end = at + 1
        stop = subject[-1] + 1 if subject and subject[0] <= at <= subject[-1] else words[-1] + 1
        while end in inside and end < stop and p.words[end].low not in ("and", "but"):
            end += 1
        verbs = finite_at(p, at, end)
        if verbs and p.words[verbs[0]].tag == "VBD" and end - at >= 6 and _specific(p, at):
            found.append(Chunk(at, end, "", "relative"))
    return found


def _specific(p: Parsed, at: int) -> bool:
    """Whether a relative clause speaks of somebody, not of 'adults who slept little' in general."""
    head = antecedent(p, at)
    return bool(head) and (
        p.words[head[0]].tag in ("DT", "PRP$", "NNP", "CD") or p.words[head[-1]].tag in ("NNP", "NN")
    )


def for_doing(p: Parsed, words: Words, subject: Words, who: Chain) -> tuple[Words, list[Draft]]:
    """'was jailed for four years for stealing £1.2m' tells two things when both have a number."""
    for at in words[2:-3]:
        if (
            p.words[at].low not in ("for", "after", "by")
            or p.words[at + 1].tag != "VBG"
            or at + 1 not in set(words)
        ):
            continue
        before, after = [w for w in words if w < at], [w for w in words if w > at]
        both = all(any(p.words[w].tag == "CD" for w in side) for side in (before, after))
        subject = _punished(p, before) or subject
        if both and subject and frame(p, at + 1, after[-1] + 1) is None:
            made = _finite(p, at + 1, after[-1] + 1, subject, who)
            return (before, [made]) if made is not None else (words, [])
    return words, []


def _punished(p: Parsed, words: Words) -> Words:
    """For 'the regulator has fined Thamesford Water £18m for …': Thamesford Water, whose doing it was."""
    verb = next(
        (at for at in words[:-1] if p.words[at].tag in PREDICATES and p.words[at].lemma in PUNISHES), None
    )
    if verb is None:
        return []
    place = words.index(verb)
    if any(p.words[at].lemma == "be" for at in words[max(0, place - 3) : place]):
        return []
    at = next((at for at in words[place + 1 :] if _is_object(p.words[at], verb)), None)
    if at is None:
        return []
    start, end = at, at + 1
    while start - 1 > verb and p.words[start - 1].tag in ("DT", "JJ", "NN", "NNP", "NNPS", "PRP$"):
        start -= 1
    while end in words and p.words[end].dep == "flat":
        end += 1
    return list(range(start, end))


def _is_object(word: Token, verb: int) -> bool:
    return (
        word.head == verb and word.dep in ("obj", "iobj") and word.tag.startswith("NN") and word.text != "%"
    )


def later(p: Parsed, words: Words, verb: int) -> int | None:
    """Where 'when …' or 'after …' opens a clause that tells a second thing: with a subject, a verb and weight of its own."""
    for place, at in enumerate(words):
        if at <= verb + 1 or p.words[at].low not in OPENS_SECOND or p.words[at].tag not in ("IN", "WRB"):
            continue
        rest = words[place + 1 :]
        if len(rest) < HEAVY or rest[-1] - rest[0] + 1 != len(rest) or p.words[rest[0]].tag in ("VBG", "VBN"):
            continue
        finite = [
            w for w in rest if p.words[w].tag == "VBD" or (w > rest[0] and p.words[w].low in PASTS | SHORT)
        ]
        told = finite and finite[0] - rest[0] <= 9
        if told and p.words[rest[0]].tag in ("DT", "NNP", "NNS", "CD", "PRP$", "JJ", "NN", "NNPS"):
            return at
    return None


def bare_object(p: Parsed, words: Words, verb: int) -> tuple[Words, list[Draft]]:
    """'under a law that parliament adopted by 102 votes', 'the flat she had rented for 44 years': the clause as a claim of
    its own when it has a number, and the words before it."""
    for place, at in enumerate(words):
        if at <= verb + 1 or not p.words[at - 1].tag.startswith("NN"):
            continue
        word = p.words[at]
        that = word.low in ("that", "which") and word.tag in ("WDT", "IN") and at + 1 < len(p.words)
        lo = at + 1 if that else at
        subject = p.words[lo]
        if not (subject.tag in ("NN", "NNP", "NNS") if that else subject.low in ("he", "she", "they")):
            continue
        rest = words[place:]
        finite = [w for w in rest if w > lo and p.words[w].tag == "VBD"][:1]
        whole = rest[-1] - rest[0] + 1 == len(rest) and any(p.words[w].tag == "CD" for w in rest)
        head = antecedent(p, at)
        if finite and finite[0] - lo <= 2 and whole and head:
            last = finite[0] + 1
            while last < rest[-1] and p.words[last].tag in ("VBN", "RB"):
                last += 1
            pieces = [Piece(span=p.span(lo, last)), *pieces_of(p, head)]
            if last <= rest[-1]:
                pieces.append(Piece(span=p.span(last, rest[-1] + 1)))
            verb_word = p.words[last - 1]
            made = Draft(*p.span(at, rest[-1] + 1), pieces, p.number, [], ["relative"], verb=verb_word.lemma)
            return words[:place], [made]
    return words, []


def relative(p: Parsed, part: Chunk, subject: Words, who: Chain, walk: Walk, split: Split) -> list[Draft]:
    """'X, which did Y' gives 'X did Y'; 'the hospital, which said Y' gives Y with the hospital as claimant."""
    apposed = described_by_clause(p, part.lo, part.hi)
    lo = part.lo if apposed is None else apposed
    while lo < part.hi and apposed is None and p.words[lo].low not in WH:
        lo += 1
    body = list(range(lo + 1, part.hi))
    head = antecedent(p, part.lo)
    if head and p.words[head[-1]].lemma in TIMES:
        return []  # 40 puffs a day, which she called hard to explain
    if subject and head and subject[-1] == head[-1] and len(subject) <= 12:
        head = subject
    if not body or not head:
        return []
    found = frame(p, body[0], part.hi)
    if found is not None and found.joined == body[0]:
        speaker = head if found.verb == body[0] else list(range(body[0], found.verb))
        return walk(found.content, part.hi, [p.span(speaker[0], speaker[-1] + 1), *who], speaker)
    verbs = main_verbs(p, body[0], part.hi)
    if not verbs:
        return []
    if apposed is not None or (
        p.words[lo].low in ("who", "which") and verbs[0] - body[0] <= 2 and lo == part.lo
    ):
        made = [
            _with_head(p, c, head, []) for c in split(p, body, verbs, head)
        ]  # an aside is the article's own
    else:
        made = [_object_relative(p, lo, part, head, who, verbs[-1])]
    made[0].start = p.words[part.lo].start
    return made


def _with_head(p: Parsed, clause: Clause, head: Words, who: Chain) -> Draft:
    shared = [at for at in clause.subject if at not in head]
    return draft(p, Clause([*head, *shared], clause.body), who, ["relative"])


def _object_relative(p: Parsed, wh: int, part: Chunk, head: Words, who: Chain, verb: int) -> Draft:
    """'apnoea, which the team did not measure' gives 'the team did not measure apnoea'."""
    rest = pieces_of(p, list(range(wh + 1, part.hi)))
    put = pieces_of(p, head)
    start, end = p.span(part.lo, part.hi)
    before = [p.words[at].low for at in range(part.lo, wh)]
    lead = [Piece(span=p.span(part.lo, wh))] if wh > part.lo else []
    if before == ["of"] and (counted := _counted(p, part.lo, far=True)):
        put = [Piece(text="the"), *pieces_of(p, counted)]  # 46 violations since Nov. 3, of which 31 were …
    if p.words[wh].low == "whose":
        pieces = [*put, Piece(text="’s"), *rest]
    elif before and before[-1] in PREPOSITIONS:
        pieces = [*lead, *put, Piece(text=","), *rest] if before[-1] == "of" else [*rest, *lead, *put]
    elif p.words[wh].low == "where":
        pieces = [*rest, Piece(text="in"), *put]
    else:
        pieces = [*rest, *put]
    return Draft(start, end, pieces, p.number, list(who), ["relative"], verb=p.words[verb].lemma)


def participle(
    p: Parsed, side: Chunk, subject: Words, who: Chain, walk: Walk, *, spoken: bool
) -> list[Draft]:
    """', killing 19 people and wounding 34' gives one claim for each participle, in the past tense."""
    found = frame(p, side.lo, side.hi)
    if found is not None and p.words[side.lo].low in SAY_FORMS:
        speaker: Chain = [p.span(subject[0], subject[-1] + 1)] if subject and not spoken else []
        made = walk(found.content, side.hi, [*speaker, *who], subject)
        for one in made:
            one.rules.append("attribution")
        return made
    drafts = []
    start = side.lo
    tag = p.words[side.lo].tag
    for at in range(side.lo, side.hi + 1):
        joins = at + 1 < side.hi and p.words[at].low == "and" and p.words[at + 1].tag == tag
        if (at == side.hi or joins) and at > start:
            drafts.append(_finite(p, start, at, subject, who))
            start = at + 1
    return [d for d in drafts if d is not None]


def _finite(p: Parsed, lo: int, hi: int, subject: Words, who: Chain) -> Draft | None:
    """A participle as a finite verb with the subject of its clause."""
    at = next((w for w in range(lo, hi) if p.words[w].tag in ("VBG", "VBN")), None)
    if at is None or hi - lo < 2 or not subject:
        return None
    verb = p.words[at]
    lead = [Piece(span=p.span(lo, at))] if at > lo else []
    pieces = pieces_of(p, subject)
    if verb.tag == "VBG":
        pieces += [*lead, Piece(text=past(verb.low, verb.lemma))]
        rest = [Piece(span=p.span(at + 1, hi))] if at + 1 < hi else []
    else:
        pieces.append(Piece(text=be(plural=p.words[subject[-1]].tag in ("NNS", "NNPS"))))
        rest = [*lead, Piece(span=p.span(at, hi))]
    return Draft(*p.span(lo, hi), [*pieces, *rest], p.number, list(who), ["participle"], verb=verb.lemma)


def tail(p: Parsed, side: Chunk, base: Draft | None, who: Chain) -> list[Draft]:
    """A record or comparison at the end: about the amount before it, or about the noun before it."""
    span = p.span(side.lo, side.hi)
    if side.mark == "" and base is not None and base.verb == "be" and base.subject is not None:
        pieces = [Piece(span=base.subject), Piece(text="was"), Piece(span=span)]
        return [Draft(*span, pieces, p.number, list(who), ["record"], verb="be", subject=base.subject)]
    owned = p.words[side.lo].low in ("its", "our", "their") and p.words[side.lo - 2].tag == "NNP"
    if (owned or not ends_in_amount(p, side.lo)) and p.words[side.lo].low in (
        "the",
        "its",
        "their",
        "his",
        "her",
        "our",
        "my",
    ):
        head = antecedent(p, side.lo)
        if head:
            pieces = [*pieces_of(p, head), Piece(text="was"), Piece(span=span)]
            return [Draft(*span, pieces, p.number, list(who), ["record"], verb="be")]
    if base is None:
        return []
    pieces = [*base.pieces, Piece(text=","), Piece(span=span)]
    return [
        Draft(*span, pieces, p.number, list(who), ["comparison tail"], verb=base.verb, subject=base.subject)
    ]


def partial(p: Parsed, side: Chunk, subject: Words, verbs: Words, who: Chain) -> list[Draft]:
    """'63 detainees have died, most of them of hunger' gives 'most of the detainees have died of hunger'; ', three of
    them police officers' gives '… were police officers'."""
    counted = _counted(p, side.lo)
    whole = counted or list(subject)
    while whole and (
        not p.words[whole[0]].tag.startswith(("NN", "JJ", "VB")) or p.words[whole[0]].low in NO_NOUN
    ):
        whole = whole[1:]
    if not whole:
        return []
    rest = side.lo + 3
    if p.words[rest].tag in ("IN", "TO", "VBN") and verbs:
        end = verbs[0] + 1
        while end < side.lo and p.words[end].tag in ("VBN", "VBG", "RB", "VB"):
            end += 1
        told = Piece(span=p.span(verbs[0], end))
        if counted and subject and counted[0] > verbs[0]:  # killed five civilians, two of them in a school
            told = Piece(text="were" if p.words[verbs[0]].tag == "VBD" else "are")
    else:
        told = Piece(text="were")
    pieces = [Piece(span=p.span(side.lo, side.lo + 2)), Piece(text="the"), *pieces_of(p, whole), told]
    pieces.append(Piece(span=p.span(rest, side.hi)))
    return [Draft(*p.span(side.lo, side.hi), pieces, p.number, list(who), ["part of it"], verb="be")]


def _counted(p: Parsed, at: int, *, far: bool = False) -> Words:
    """For ', two of them children': the plural noun with a number right before, 'five civilians'; or anywhere before."""
    end = at - 1
    while end > 0 and (p.words[end].text in BREAKS or (far and not _numbered(p, end))):
        end -= 1
    if p.words[end].tag not in ("NNS", "NNPS"):
        return []
    start = end
    while start > 0 and p.words[start - 1].tag in ("JJ", "NN", "NNP"):
        start -= 1
    return list(range(start, end + 1)) if start and p.words[start - 1].tag == "CD" else []


def _numbered(p: Parsed, at: int) -> bool:
    return p.words[at].tag == "NNS" and any(w.tag == "CD" for w in p.words[max(0, at - 2) : at])


def with_amount(p: Parsed, side: Chunk, subject: Words, who: Chain) -> list[Draft]:
    """'…, with a margin of error of 2.5 points' gives 'X had a margin of error of 2.5 points'."""
    if not subject or side.lo + 1 >= side.hi:
        return []
    pieces = [*pieces_of(p, subject), Piece(text="had"), Piece(span=p.span(side.lo + 1, side.hi))]
    owner = p.span(subject[0], subject[-1] + 1)
    return [
        Draft(*p.span(side.lo, side.hi), pieces, p.number, list(who), ["with"], verb="have", subject=owner)
    ]


def absolute(p: Parsed, words: Words, who: Chain) -> list[Draft]:
    """'with votes from 31 of 36 councils counted' gives 'votes from 31 of 36 councils were counted'."""
    last = words[-1]
    if p.words[last].tag != "VBN":
        return []
    opens = [at for at in words if p.words[at].low == "with"]
    if (
        not opens
        or not any(p.words[at].tag == "CD" for at in words if at > opens[-1])
        or last - opens[-1] < 3
    ):
        return []
    lo = opens[-1] + 1
    verb = be(plural=p.words[lo].tag != "NN")
    pieces = [Piece(span=p.span(lo, last)), Piece(text=verb), Piece(span=p.span(last, last + 1))]
    return [Draft(*p.span(lo, last + 1), pieces, p.number, list(who), ["with"], verb=p.words[last].lemma)]


def against(p: Parsed, side: Chunk, words: Words, who: Chain) -> list[Draft]:
    """'A had 51% of the vote, against 44% for B' gives 'B had 44% of the vote'."""
    place = next(at for at in range(side.lo, side.hi) if p.words[at].low == "for")
    verbs = main_verbs(p, words[0], words[-1] + 1)
    if place + 1 >= side.hi or place == side.lo + 1 or not verbs:
        return []
    holder, number = p.span(place + 1, side.hi), p.span(side.lo + 1, place)
    of = next((at for at in words if p.words[at].low == "of" and at > verbs[0]), None)
    rest = [Piece(span=p.span(of, words[-1] + 1))] if of is not None else []
    pieces = [Piece(span=holder), Piece(span=p.span(verbs[0], verbs[0] + 1)), Piece(span=number), *rest]
    return [Draft(number[0], holder[1], pieces, p.number, list(who), ["comparison split"], verb="have")]


__all__ = [
    "absolute",
    "against",
    "antecedent",
    "bare_object",
    "embedded",
    "for_doing",
    "later",
    "partial",
    "participle",
    "relative",
    "runs",
    "tail",
    "with_amount",
]
