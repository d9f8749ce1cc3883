"""Stage 4c: what a pronoun or a bare 'the company' can stand for, nearest and likeliest first."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from claims.extraction.lexicon import FEMALE, MALE, ORG_NOUNS, PERSON_NOUNS, PRONOUNS
from claims.extraction.names import Name
from claims.extraction.shapes import Draft, Span
from claims.extraction.tokens import Parsed, Token
from claims.extraction.wordlist import words

NOBODY = words(
    "nothing nobody none something everything anything someone anyone everyone somebody everybody one"
)


@dataclass(frozen=True)
class Referent:
    """A person, body or thing at one place of the article."""

    start: int
    end: int
    text: str
    kind: str  # person, body, place, thing, people
    gender: str
    sentence: int
    subject: bool
    named: bool
    speaker: bool = False


@dataclass(frozen=True)
class Place:
    """A word with its sentence, for look-ups by offset."""

    parsed: Parsed
    at: int


class Words:
    """All parsed words of the article, found by offset."""

    def __init__(self, parsed: Sequence[Parsed]) -> None:
        self.places = [Place(p, at) for p in parsed for at in range(len(p.words))]
        self.starts = [one.parsed.words[one.at].start for one in self.places]

    def inside(self, span: Span) -> list[Place]:
        """The words that begin inside a span."""
        return self.places[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]


def referents(text: str, drafts: Sequence[Draft], names: Sequence[Name], words: Words) -> list[Referent]:
    """Everything that can be referred back to, in the order of the article."""
    spoken = {s for d in drafts for s in d.claimant if not isinstance(s, str)}
    subjects = {d.subject for d in drafts if d.subject} | spoken
    found: dict[int, Referent] = {}
    for name in names:
        for start, end in name.spans:
            at = words.inside((start, start + 1))
            number = at[0].parsed.number if at else 0
            subject = any(a <= start and end <= b for a, b in subjects) and not _possessive(text, end)
            says = subject and any(a <= start and end <= b for a, b in spoken)
            found[start] = Referent(
                start,
                end,
                name.full,
                name.kind,
                name.gender,
                number,
                subject=subject,
                named=True,
                speaker=says,
            )
    for span in subjects:
        held = [
            r for r in found.values()
            if span[0] <= r.start and r.end <= span[1] and not _possessive(text, r.end) and not _inside(text, span, r)
        ]  # fmt: skip
        noun = _noun(text, span, words)
        if noun is not None and not held:
            found[span[0]] = replace(noun, speaker=span in spoken)
    for one in (*_owners(text, words), *_pairs(text, names, words)):
        found.setdefault(one.start, one)
    return [found[start] for start in sorted(found)]


def _owners(text: str, words: Words) -> list[Referent]:
    """'The commission’s chairwoman': the commission, which 'it' may stand for."""
    found = []
    for one in words.places:
        p, at = one.parsed, one.at
        owns = p.words[at].tag == "POS" and at > 1 and p.words[at - 1].low in ORG_NOUNS
        if not owns and not (at > 1 and p.words[at - 1].low in ORG_NOUNS and p.words[at - 2].low == "the"):
            continue
        lo = at - 1
        while lo > 0 and p.words[lo - 1].tag in ("JJ", "NN", "DT", "NNP"):
            lo -= 1
        start, end = p.words[lo].start, p.words[at - 1].end
        found.append(
            Referent(
                start, end, " ".join(text[start:end].split()), "body", "", p.number, subject=owns, named=False
            )
        )
    return found


def _pairs(text: str, names: Sequence[Name], words: Words) -> list[Referent]:
    """'India and Pakistan': two names that 'they' may stand for together."""
    spans = sorted((span, name.full) for name in names if name.kind != "person" for span in name.spans)
    found = []
    for (one, first), (other, second) in pairwise(spans):
        if first != second and text[one[1] : other[0]].strip() == "and":
            at = words.inside(one)
            number = at[0].parsed.number if at else 0
            found.append(
                Referent(
                    one[0] - 1,
                    other[1],
                    f"{first} and {second}",
                    "people",
                    "",
                    number,
                    subject=False,
                    named=True,
                )
            )
    return found


def _inside(text: str, span: Span, one: Referent) -> bool:
    """Whether a name only stands inside a longer phrase: 'Millgate' in '1,200 residents of the Millgate district'."""
    before = text[span[0] : one.start].split()
    return any(word.lower() in ("of", "in", "at", "from", "for", "by", "to", "on", "with") for word in before)


def _possessive(text: str, end: int) -> bool:
    return text[end : end + 2] in ("’s", "'s") or text[end : end + 1] in ("’", "'")


def _noun(text: str, span: Span, words: Words) -> Referent | None:
    """A subject without a name: 'the former engineer', 'tally sheets'."""
    places = words.inside(span)
    if not places or places[0].parsed.words[places[0].at].low in PRONOUNS - {
        "this",
        "that",
        "his",
        "her",
        "its",
        "their",
    }:
        return None
    tokens = [one.parsed.words[one.at] for one in places]
    head = head_noun(tokens)
    if head is None or head.low in NOBODY:
        return None
    gender = "f" if head.low in FEMALE else "m" if head.low in MALE else ""
    return Referent(
        span[0],
        span[1],
        _short(text[span[0] : span[1]]),
        kind_of_noun(head),
        gender,
        places[0].parsed.number,
        subject=True,
        named=False,
    )


def head_noun(tokens: Sequence[Token]) -> Token | None:
    """The noun that a phrase is about: its last one before 'of …', 'who …' or an apposition."""
    nouns: list[Token] = []
    for token in tokens:
        if token.tag.startswith("NN"):
            nouns.append(token)
        elif nouns and token.tag in ("IN", "WP", "WDT", "VBN", "VBG", ","):
            break
    return nouns[-1] if nouns else None


def kind_of_noun(head: Token) -> str:
    """What a common noun names: people where there are several, else a person, body or thing."""
    if head.tag in ("NNS", "NNPS"):
        return "people"
    return "person" if head.low in PERSON_NOUNS else "body" if head.low in ORG_NOUNS else "thing"


def _short(words: str) -> str:
    """A phrase without the clause that hangs on it."""
    kept: list[str] = []
    for word in words.split():
        if word.lower() in ("who", "which", "that", "whose", "where") or (kept and kept[-1].endswith(",")):
            break
        kept.append(word)
    return " ".join(kept or words.split()).rstrip(",;:")
