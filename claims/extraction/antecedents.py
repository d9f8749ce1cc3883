"""Stage 4d: which of the things before it a pronoun stands for. A small model decides (`training/antecedents.py`).

"The two officers left the barracks. They had been paid": the officers. What can be meant is every name, subject and
other noun of the sentences before; the model looks at how far back it stands, as what, how often it was named, and what
the pronoun does.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims.extraction.definites import UNITS
from claims.extraction.first_names import likely
from claims.extraction.lexicon import ORG_NOUNS, SAY_FORMS, TIME_WORDS
from claims.extraction.linear import ANTECEDENTS
from claims.extraction.referents import NOBODY, Place, Referent, Words, head_noun, kind_of_noun
from claims.extraction.speakers import stem
from claims.extraction.tokens import Parsed, Token
from claims.extraction.wordlist import words

FAR = {"it": 3, "they": 3, "f": 10, "m": 10}  # sentences back in which it is looked for
CLIMB = 6  # words up from a pronoun to the verb of saying that it stands under
MOST = 40  # candidates, the nearest
SIZE = 6  # words before a noun that go with it
BEFORE_NOUN = frozenset(
    ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "VBN", "VBG", "CD", "DT", "PRP$", "RBS")
)
NEVER_FIRST = frozenset(("POS", "HYPH", "VBN", "VBG"))
NOTHING = NOBODY | TIME_WORDS | UNITS | words("way part lot kind number rest fact case example addition")
MEASURING = words(
    "rise fall drop climb stand hit reach remain total average increase decrease grow shrink cost exceed"
)
ACTING = frozenset(
    stem(word)
    for word in words(
        "announce deny accuse blame demand offer urge call promise plan publish release report warn ask want hope expect agree "
        "decide decline refuse win lose buy sell pay employ hire open close build run own present supply produce provide show "
        "give intend apologise"
    )
)
OWNED = words("its his her their our my")


@dataclass(frozen=True)
class Candidate:
    """What a pronoun may stand for, and the word of it that carries the meaning."""

    one: Referent
    head: Token

    @property
    def role(self) -> str:
        """As what it stands in its sentence."""
        return "subject" if self.one.subject else self.head.dep


@dataclass(frozen=True)
class Pronoun:
    """What the features of every candidate for a pronoun need to know of it. `tellers` are where subjects begin."""

    wanted: str
    low: str
    sentence: int
    part: str
    first: str
    does: str
    tellers: frozenset[int]

    @classmethod
    def at(cls, place: Place, wanted: str) -> Pronoun:
        """Read the pronoun at a place."""
        token = place.parsed.words[place.at]
        part = token.dep if token.dep in ("nsubj", "obj", "obl") else "other"
        return cls(
            wanted,
            token.low,
            place.parsed.number,
            "own" if token.tag == "PRP$" else part,
            "first" if place.at < 2 else "later",
            doing(place),
            _tellers(place),
        )


class Antecedents:
    """Everything in an article that can be referred back to. Built once an article."""

    def __init__(
        self,
        text: str,
        parsed: Sequence[Parsed],
        found: Sequence[Referent],
        words: Words,
        topic: Iterable[str],
    ) -> None:
        """`found` are the names and subjects; other nouns are looked for here. `topic` are the words for it."""
        known = {one.start for one in found}
        called = {one.start for one in found if one.named}
        both = (*found, *(one for one in things(text, parsed) if one.start not in known))
        self.all = sorted(
            (
                one
                for one in both
                if one.named or text[one.end : one.end + 2] != ", " or one.end + 2 not in called
            ),
            key=lambda one: one.start,
        )
        self.heads = {
            (one.start, one.end): head for one in self.all if (head := _head(one, words)) is not None
        }
        self.nouns = Counter(head.lemma for head in self.heads.values())
        self.names = Counter(one.text for one in found if one.named)
        self.topic = frozenset(topic)

    def ranked(self, pronoun: Place, wanted: str, genders: Mapping[str, str]) -> list[tuple[float, Referent]]:
        """What a pronoun may stand for, likeliest first, each with its share of the odds. `wanted` is f, m, it, they."""
        odds = [
            (math.exp(ANTECEDENTS.scores(marks)[0]), option.one)
            for option, marks in self.seen(pronoun, wanted, genders)
        ]
        total = sum(value for value, _ in odds)
        return sorted(((value / total, one) for value, one in odds), key=lambda pair: -pair[0])

    def seen(
        self, pronoun: Place, wanted: str, genders: Mapping[str, str]
    ) -> list[tuple[Candidate, list[str]]]:
        """What a pronoun may stand for, nearest first, each with its features."""
        options, asked = self.options(pronoun, wanted, genders), Pronoun.at(pronoun, wanted)
        openers = dict[int, int]()  # where the first candidate of each sentence begins
        for option in options:
            openers[option.one.sentence] = min(
                option.one.start, openers.get(option.one.sentence, option.one.start)
            )
        return [
            (option, self.marks(asked, option, rank, openers, genders)) for rank, option in enumerate(options)
        ]

    def options(self, pronoun: Place, wanted: str, genders: Mapping[str, str]) -> list[Candidate]:
        """What stands before a pronoun and fits it, nearest first; each once, where it was named last."""
        place, number = pronoun.parsed.words[pronoun.at].start, pronoun.parsed.number
        found: dict[str, Candidate] = {}
        ruling = _ruling(pronoun)
        for one in reversed(self.all):
            if one.end > place or (one.start, one.end) not in self.heads or one.text in found:
                continue
            if number - one.sentence > FAR[wanted] or len(found) == MOST:
                break
            head = self.heads[one.start, one.end]
            own = one.sentence == number and head.dep == "nsubj" and head.head in ruling
            if fits(one, wanted, genders) and not own:
                found[one.text] = Candidate(one, head)
        pairs = [(c.one.start, c.one.end) for c in found.values() if c.one.named and c.one.kind == "people"]
        return [c for c in found.values() if not any(a < c.one.start and c.one.end <= b for a, b in pairs)]

    def marks(
        self,
        pronoun: Pronoun,
        candidate: Candidate,
        rank: int,
        openers: Mapping[int, int],
        genders: Mapping[str, str],
    ) -> list[str]:
        """The features of one candidate for one pronoun."""
        one, head, role = candidate.one, candidate.head, candidate.role
        gap, place = min(pronoun.sentence - one.sentence, 4), min(rank, 6)
        kind = ("named " if one.named else "") + one.kind
        often = min(self.names[one.text] if one.named else self.nouns[head.lemma], 4)
        opens = one.start == openers[one.sentence]
        about = not self.topic.isdisjoint(one.text.lower().split())
        out = [
            f"gap:{gap}", f"gap:{gap} {role}", f"gap:{gap} opens {opens}", f"gap:{gap} speaker {one.speaker}",
            f"gap:{gap} {pronoun.part}", f"gap:{gap} {pronoun.first}", f"role:{role}", f"kind:{kind}", f"how:{_how(one)}",
            f"rank:{place}", f"rank:{place} gap {gap}", f"often:{often} {one.named}", f"part:{pronoun.part} {role}",
            f"part:{pronoun.part} {kind}", f"first:{pronoun.first} {role}", f"dep:{head.dep} {one.kind}",
            f"does:{pronoun.does} {one.kind}", f"does:{pronoun.does} {kind}", f"word:{pronoun.low} {role}",
            f"word:{pronoun.low} {kind}", f"tag:{head.tag} {one.named}", f"tag:{head.tag} {role}", f"topic:{about} {kind}",
        ]  # fmt: skip
        if pronoun.tellers and gap == 0:
            out.append(f"tells:{any(one.start <= start < one.end for start in pronoun.tellers)} {one.kind}")
        if pronoun.wanted in ("f", "m"):
            out.append(f"gender:{_gender(one, pronoun.wanted, genders)}")
        return [*out, *(f"{pronoun.wanted} {name}" for name in out)]


def things(text: str, parsed: Sequence[Parsed]) -> list[Referent]:
    """Every common noun of an article with the words that go with it."""
    found = []
    for p in parsed:
        for at, word in enumerate(p.words):
            following = p.words[at + 1].tag if at + 1 < len(p.words) else ""
            if word.tag not in ("NN", "NNS") or following in ("NN", "NNS") or word.lemma in NOTHING:
                continue
            lo = at
            while lo > 0 and p.words[lo - 1].tag in BEFORE_NOUN and at - lo < SIZE:
                lo -= 1
                if p.words[lo].tag in ("DT", "PRP$"):
                    break
            while lo < at and (p.words[lo].tag in NEVER_FIRST or p.words[lo].low in ("least", "most")):
                lo += 1
            start, end = p.words[lo].start, word.end
            phrase = " ".join(text[start:end].split())
            found.append(
                Referent(start, end, phrase, kind_of_noun(word), "", p.number, subject=False, named=False)
            )
    return found


def fits(one: Referent, wanted: str, genders: Mapping[str, str]) -> bool:
    """Whether a pronoun can stand for it."""
    gender = genders.get(one.text, one.gender)
    if wanted in ("f", "m"):
        return (one.kind == "person" or _may_be_a_person(one)) and gender in ("", wanted)
    if wanted == "it":
        return one.kind in ("body", "thing", "place") and not (one.kind == "body" and gender)
    return one.kind in ("people", "body")


def doing(pronoun: Place) -> str:
    """What a subject pronoun does: say, act, stand at a figure, be something, have something done to it, or else."""
    p, at = pronoun.parsed, pronoun.at
    token = p.words[at]
    if token.dep != "nsubj" or token.head == at:
        return "nothing"
    verb = p.words[token.head]
    if verb.low in SAY_FORMS:
        return "says"
    if verb.tag == "VBN" and any(w.lemma == "be" for w in p.words[at + 1 : token.head]):
        return "undergoes"
    if verb.lemma in MEASURING or verb.tag == "CD" or verb.text == "%":
        return "measures"
    if stem(verb.lemma) in ACTING:
        return "acts"
    return "is" if not verb.tag.startswith("VB") else "else"


def _tellers(pronoun: Place) -> frozenset[int]:
    """In 'Brennick said it would close its bakery', where whoever says what the pronoun stands in is named."""
    p, at = pronoun.parsed, pronoun.at
    for _ in range(CLIMB):
        above = p.words[at].head
        if above == at:
            return frozenset()
        at = above
        if p.words[at].low in SAY_FORMS:
            verbs = {at, p.words[at].head} if p.words[at].dep == "conj" else {at}
            return frozenset(w.start for w in p.words if w.dep == "nsubj" and w.head in verbs)
    return frozenset()


def _ruling(pronoun: Place) -> frozenset[int]:
    """For an object, the verb that it belongs to and those before whose subject it shares: no subject is its own object."""
    p, at = pronoun.parsed, pronoun.at
    token = p.words[at]
    if token.dep not in ("obj", "iobj", "obl") or token.tag == "PRP$":
        return frozenset()
    found, verb = set[int](), token.head
    while verb not in found:
        found.add(verb)
        has_subject = any(word.dep == "nsubj" and word.head == verb for word in p.words)
        if has_subject or p.words[verb].dep not in ("conj", "xcomp"):
            break
        verb = p.words[verb].head
    return frozenset(found)


def _head(one: Referent, words: Words) -> Token | None:
    tokens = [place.parsed.words[place.at] for place in words.inside((one.start, one.end))]
    return head_noun(tokens) or (tokens[-1] if tokens else None)


def _may_be_a_person(one: Referent) -> bool:
    """Whether a name of two or three words that was taken for a body's holds no word for one."""
    parts = one.text.split()
    return (
        one.named
        and one.kind == "body"
        and len(parts) in (2, 3)
        and all(word[:1].isupper() for word in parts)
        and not {word.lower() for word in parts} & ORG_NOUNS
    )


def _how(one: Referent) -> str:
    opening = one.text.split(" ", 1)[0].lower()
    if one.named:
        return "name"
    return opening if opening in ("the", "a", "an") else "owned" if opening in OWNED else "bare"


def _gender(one: Referent, wanted: str, genders: Mapping[str, str]) -> str:
    if genders.get(one.text, one.gender):
        return "known"
    guess = likely(one.text.split(" ", 1)[0]) if one.named else ""
    return "open" if not guess else "likely" if guess == wanted else "unlikely"
