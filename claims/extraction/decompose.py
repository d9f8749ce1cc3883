"""Stage 2: a parsed sentence into drafts, one for each fact, with who says it."""

from claims.extraction import sides
from claims.extraction.breaks import BREAKS, QUOTES, Chunk
from claims.extraction.chunks import CC, chunks, likely_verb, main_verbs, words_open
from claims.extraction.frames import Frame, frame, subject_of
from claims.extraction.groups import Group, grouped
from claims.extraction.joins import gapped, split_joined
from claims.extraction.lexicon import SAY_FORMS
from claims.extraction.phrases import Chain, Words, draft
from claims.extraction.shapes import FIRST_PERSON, Draft, Piece
from claims.extraction.speakers import stem
from claims.extraction.tokens import Parsed

LONG = 5  # words of a clause behind a comma that tells something although 'after' or 'because' opens it
TURNS = frozenset(
    stem(w)
    for w in "accuse call urge deny demand offer reject dismiss condemn blame refuse promise vow warn".split()
)


def decompose(p: Parsed, answers: str = "") -> list[Draft]:
    """The drafts of one sentence. `answers` is who speaks in an interview's answer, else empty."""
    return _Sentence(p, answers).walk(0, len(p.words), [answers] if answers else [], [])


class _Sentence:
    """The recursion over one sentence; every method returns drafts and changes nothing."""

    def __init__(self, parsed: Parsed, answers: str = "") -> None:
        self.p = parsed
        self.answers = answers

    def walk(self, lo: int, hi: int, chain: Chain, borrowed: Words) -> list[Draft]:
        """The drafts of the words lo to hi, said by `chain`; `borrowed` is the subject a clause without one takes."""
        lo, hi = _strip(self.p, lo, hi)
        if hi - lo < 2:
            return []
        found = frame(self.p, lo, hi)
        if found is not None:
            return self._framed(found, lo, hi, chain, borrowed)
        return self._groups(lo, hi, chain, borrowed)

    def _framed(self, found: Frame, lo: int, hi: int, chain: Chain, borrowed: Words) -> list[Draft]:
        """X said that …: the content is the claim, X the claimant; what goes before stays a claim of its own."""
        p = self.p
        drafts: list[Draft] = []
        subject = borrowed
        if found.after is not None:
            left, right = subject_of(p, *found.after)
            subject = list(range(left, right))
        elif found.joined > lo:
            drafts = self._groups(lo, found.joined, chain, borrowed)
            first = main_verbs(p, lo, found.joined)
            before = list(range(lo, found.joined))
            subject = _subject(p, before, first[0]) if first else before
        elif found.verb > lo:
            left, right = subject_of(p, lo, found.verb)
            subject = list(range(left, right))
            for part in chunks(p, lo, found.verb):
                if part.role == "relative":
                    drafts += self._relative(part, subject, chain)
        inner: Chain = [*([p.span(subject[0], subject[-1] + 1)] if subject else []), *chain]
        turn = _turns_back(p, found.content, hi)
        content = self.walk(found.content, turn, inner, subject)
        if turn < hi and subject:
            drafts += self._groups(turn + 1, hi, chain, subject)
        for one in content:
            one.speech = one.speech or p.words[found.verb].lemma
            one.rules.append("attribution")
        written = p.words[found.verb].lemma in ("write", "tweet", "post", "text") and found.quoted
        if not content or written or (found.quoted and _first_person(p, found.content)):
            return [*drafts, _whole(p, lo, hi, inner)]
        return drafts + content

    def _groups(self, lo: int, hi: int, chain: Chain, borrowed: Words) -> list[Draft]:
        parts = chunks(self.p, lo, hi)
        added = next((c for c in parts[1:] if _adds(self.p, c, hi)), None)
        groups = grouped(self.p, [c for c in parts if added is None or c.lo < added.lo])
        drafts: list[Draft] = []
        subject = borrowed
        for group in groups:
            who = [*group.speaker, *chain]
            told = group.speaker or self.answers
            if told and group.words and _first_person(self.p, group.words[0]):
                drafts.append(_spoken(self.p, group, who))
                continue
            inner = self._joined_frame(group, who, subject)
            if inner is not None:
                drafts += inner
                continue
            made, subject = self._clauses(group, who, subject)
            drafts += made
        if added is not None:
            speaker = next((g.speaker for g in reversed(groups) if g.speaker), [])
            who = speaker or ([self.p.span(subject[0], subject[-1] + 1)] if subject else [])
            drafts += self._added(added, hi, [*who, *chain], subject)
        return drafts

    def _added(self, part: Chunk, hi: int, who: Chain, subject: Words) -> list[Draft]:
        """', adding that …', ', telling jurors that …': the same speaker goes on to the end of the sentence."""
        found = frame(self.p, part.lo, hi)
        assert found is not None
        made = self.walk(found.content, hi, who, subject)
        for one in made:
            one.rules.append("attribution")
        return made

    def _joined_frame(self, group: Group, who: Chain, subject: Words) -> list[Draft] | None:
        """A joined clause that is itself 'and said that …'."""
        if not group.words or not group.joined:
            return None
        lo, hi = _strip(self.p, group.words[0], group.words[-1] + 1)
        found = frame(self.p, lo, hi)
        if found is None or group.words[-1] + 1 - group.words[0] != len(group.words):
            return None
        return self._framed(found, lo, hi, who, subject)

    def _clauses(self, group: Group, who: Chain, subject: Words) -> tuple[list[Draft], Words]:
        p = self.p
        words = _open(p, group.words)
        if (
            group.joined
            and len(words) > LONG
            and p.words[words[0]].low in ("after", "when", "because", "once")
        ):
            words = words[1:]
        if not words:
            return [], subject
        inside = set(words)
        verbs = [at for at in main_verbs(p, words[0], words[-1] + 1) if at in inside]
        verbs = verbs or ([] if group.joined else likely_verb(p, words))
        own = _subject(p, words, verbs[0]) if verbs else []
        own = own or subject
        told = sides.embedded(p, words, own)
        words, drafts = self._split_off(words, verbs, own, who)
        if verbs or not group.joined:
            verbs = [at for at in verbs if at <= words[-1]]
            for number, clause in enumerate(split_joined(p, words, verbs, own)):
                drafts.append(draft(p, clause, who, ["clause"] if number == 0 else ["coordination"], verbs))
                if own and drafts[-1].subject is None:
                    drafts[-1].subject = p.span(own[0], own[-1] + 1)
        base = drafts[-1] if drafts else None
        for part in told:
            drafts += self._relative(part, own, who)
        drafts += sides.absolute(p, words, who)
        for side in group.sides:
            drafts += self._side(side, group, own, base, who)
        return drafts, own or subject

    def _split_off(self, words: Words, verbs: Words, own: Words, who: Chain) -> tuple[Words, list[Draft]]:
        """What stays of a clause, and what inside it tells a second thing: 'for stealing …', 'when …', 'and B 33.1'."""
        p = self.p
        words, drafts = sides.for_doing(p, words, own, who)
        if not verbs:
            return words, drafts
        if (second := sides.later(p, words, verbs[0])) is not None:
            drafts += self.walk(second + 1, words[-1] + 1, who, [])
            words = [at for at in words if at < second]
        words, told = sides.bare_object(p, words, verbs[0])
        drafts += told
        if (pair := gapped(p, words, verbs, own)) is not None:
            words, other, place = pair
            drafts.append(draft(p, other, who, ["gap"]))
            drafts[-1].start, drafts[-1].end = p.span(place[0], place[-1] + 1)
            drafts[-1].subject = drafts[-1].subject or p.span(own[0], own[-1] + 1)
        return words, drafts

    def _relative(self, part: Chunk, subject: Words, who: Chain) -> list[Draft]:
        return sides.relative(self.p, part, subject, who, self.walk, split_joined)

    def _side(self, side: Chunk, group: Group, subject: Words, base: Draft | None, who: Chain) -> list[Draft]:
        """The claims of a part that hangs on a clause."""
        p = self.p
        if side.role == "relative":
            return self._relative(side, subject, who)
        if side.role == "participle":
            doer = _doer(p, group, side, subject)
            return sides.participle(p, side, doer, who, self.walk, spoken=bool(group.speaker))
        if side.role == "subordinate":
            return self.walk(side.lo + 1, side.hi, who, subject)
        if side.role == "tail":
            return sides.tail(p, side, base, who)
        if side.role == "partial":
            verbs = main_verbs(p, group.words[0], group.words[-1] + 1) if group.words else []
            return sides.partial(p, side, subject, verbs, who)
        if side.role == "with":
            return sides.with_amount(p, side, subject, who)
        if side.role == "against":
            return sides.against(p, side, group.words, who)
        return []


def _turns_back(p: Parsed, lo: int, hi: int) -> int:
    """In 'X said that … and accused Y', where the sentence turns back to what X did; hi when it does not."""
    for at in range(lo + 2, hi - 2):
        if p.words[at].low != "and":
            continue
        following = p.words[at + 1]
        if (
            following.tag == "VBD"
            and stem(following.lemma) in TURNS
            and p.words[lo].low not in ("he", "she", "it", "they")
        ):
            return at
    return hi


def _adds(p: Parsed, part: Chunk, hi: int) -> bool:
    """Whether a part goes on with the speech of the one before: 'adding that', 'telling jurors that'."""
    if part.role != "participle" or p.words[part.lo].low not in SAY_FORMS or p.words[part.lo].tag != "VBG":
        return False
    found = frame(p, part.lo, hi)
    return found is not None and found.verb == part.lo


def _doer(p: Parsed, group: Group, side: Chunk, subject: Words) -> Words:
    """Whose doing a participle tells: that of a relative clause right before it, else of the main clause."""
    for part in sides.embedded(p, group.words, []):
        if part.hi <= side.lo and part.hi > group.words[-1] - 2:
            return sides.antecedent(p, part.lo) or subject
    return subject


def _first_person(p: Parsed, at: int) -> bool:
    return any(w.low in ("i", "we", "our", "my", "us") for w in p.words[at : at + 2])


def _whole(p: Parsed, lo: int, hi: int, who: Chain) -> Draft:
    """The stretch as it stands, wrapper and all: a quotation."""
    span = p.span(lo, hi)
    return Draft(*span, [Piece(span=span)], p.number, who, ["quotation"], quoted=True)


def _spoken(p: Parsed, group: Group, who: Chain) -> Draft:
    """Words in the first person keep their speaker in front: 'Wrzos said: “We are not starting a cycle”'."""
    words = _open(p, group.words) or group.words
    span = p.span(words[0], words[-1] + 1)
    speaker = (group.speaker or who)[0]
    lead = [Piece(span=speaker)] if not isinstance(speaker, str) else [Piece(text=speaker)]
    pieces = [*lead, Piece(text="said: “"), Piece(span=span), Piece(text="”")]
    return Draft(*span, pieces, p.number, who, ["quotation", FIRST_PERSON], quoted=True)


def _open(p: Parsed, words: Words) -> Words:
    """Without a leading 'and', 'but', 'that' or an adverb that only links."""
    while words and (
        p.words[words[0]].low in CC | {"that", "then"} or p.words[words[0]].text in QUOTES | BREAKS
    ):
        pointing = p.words[words[0]].low == "that" and p.words[words[0]].tag not in ("IN", "WDT")
        if pointing and (len(words) < 2 or p.words[words[1]].tag not in ("DT", "PRP", "PRP$", "NNP", "NNS")):
            break
        words = words[1:]
    return words


def _subject(p: Parsed, words: Words, verb: int) -> Words:
    """The words before a verb that are its subject: circumstances at the front are left out."""
    before = [at for at in words if at < verb and p.words[at].text not in QUOTES]
    while before and p.words[before[-1]].tag in ("RB", "MD") and p.words[before[-1]].dep != "nsubj":
        before = before[:-1]
    before = _without_time(p, before)
    if not before or not words_open(p, before[0]):
        return before
    for at in reversed(before):
        if p.words[at].dep in ("nsubj", "expl"):
            return [w for w in before if w >= p.left_edge(at, before[0])]
    gap = [n for n in range(1, len(before)) if before[n] - before[n - 1] > 1]
    return before[gap[-1] :] if gap else before


def _without_time(p: Parsed, before: Words) -> Words:
    """'Kyrgyzstan on Thursday accused': the day is no part of the subject."""
    if len(before) > 2 and p.words[before[-2]].low == "on" and p.words[before[-1]].low.endswith("day"):
        return before[:-2]
    return before


def _strip(p: Parsed, lo: int, hi: int) -> tuple[int, int]:
    if hi - lo > 2 and p.words[lo].low == "so" and p.words[lo + 1].low == "far":
        lo += 2
    while lo < hi and (p.words[lo].text in BREAKS | QUOTES | {".", "-", "…"} or p.words[lo].low in CC):
        lo += 1
    while hi > lo and p.words[hi - 1].text in (BREAKS - {")", "?", "!"}) | QUOTES | {".", "-", "…"}:
        hi -= 1
    return lo, hi
