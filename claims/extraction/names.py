"""Stage 4a: who and what an article names, and under which shorter names it comes back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.extraction.first_names import GENDER
from claims.extraction.lexicon import DAYS, FEMALE, MALE, MONTHS, ORG_NOUNS, PERSON_NOUNS, SAY_FORMS, TITLES
from claims.extraction.shapes import Span
from claims.extraction.tokens import Parsed, Token
from claims.extraction.wordlist import words

PROPER = ("NNP", "NNPS")
INSIDE = words("of de del della da di al bin ibn van von der la le el & and for")
CALENDAR = frozenset([*DAYS, *MONTHS, "jan.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec."])
PLACES = words("in near at from off across outside around")
SUFFIXES = words("kc qc mp jr jr. sr sr. phd obe mbe cbe")


NEVER_NAMES = words(
    "no yes history untrue nonsense nothing nobody none never not patience shame silence time money people police experts "
    "officials residents witnesses doctors critics supporters opponents analysts researchers scientists lawyers prosecutors "
    "footage polls voters turnout rainfall inflation unemployment exports imports sales profits shares prices rents fees "
    "attendance tunnelling emissions temperatures deaths cases infections complaints half most many some few several "
    "asked speaking standing according capt gen col sgt lt prof update updated breaking live"
)
FIRMS = words(
    "minerals consulting builders bank group holdings motors energy foods airlines industries systems technologies "
    "resources capital partners freight media pharma oil steel mining shipping labs insurance"
)
CLUBS = words(
    "rovers wanderers rangers united city town county athletic albion villa dynamo sporting stars lions"
)
BODIES = ORG_NOUNS | FIRMS | CLUBS  # words in the names of what is no person


@dataclass
class Name:
    """One named person, body or place, with every place where it is mentioned."""

    full: str
    kind: str  # person, body, place
    gender: str = ""  # f, m or unknown
    spans: list[Span] = field(default_factory=list)
    calls: set[str] = field(
        default_factory=set
    )  # nouns that the article uses for it: party, company, striker

    @property
    def words(self) -> list[str]:
        """The words of the full name."""
        return self.full.split()


@dataclass(frozen=True)
class Mention:
    """A run of proper nouns: where, without its titles, and what stands around it."""

    sentence: int
    lo: int
    hi: int
    start: int  # of the titles before it
    person: bool
    gender: str
    place: int  # offset in the article


def mentions(p: Parsed, known: frozenset[str] = frozenset()) -> list[Mention]:
    """The proper names of a sentence; `known` are words that are names elsewhere in the article."""
    found = []
    at = 0
    while at < len(p.words):
        if not _proper(p, at) and not (at == 0 and p.words[0].text in known):
            at += 1
            continue
        end = at + 1
        while end < len(p.words) and (_proper(p, end) or _links(p, end)):
            if p.words[end].low in ("of", "at", "for") and _names_a_person(p, at, end):
                break  # Professor Ann Lee | of Kvernvik University Hospital
            end += 1
        one = _mention(p, at, end)
        if one is not None:
            found.append(one)
        at = end
    return found


def _capital_noun(word: Token) -> bool:
    return word.tag in PROPER or (word.tag in ("NN", "NNS") and word.text[:1].isupper())


def _names_a_person(p: Parsed, lo: int, hi: int) -> bool:
    """Whether words are a given name, with titles before it and a surname after it."""
    while lo < hi and p.words[lo].low.rstrip(".") in TITLES:
        lo += 1
    return hi - lo > 1 and p.words[lo].low in GENDER


def _proper(p: Parsed, at: int) -> bool:
    word = p.words[at]
    if word.low in CALENDAR or not word.text[:1].isupper():
        return False
    if word.tag in PROPER:
        return not _opens(p, at) or len(word.text) < 2 or not word.text.isalpha() or _named_start(p, at)
    if at == 0 and word.tag == "JJ" and len(p.words) > 1 and _capital_noun(p.words[1]):
        return True
    return (
        word.tag not in ("PRP", "PRP$", "CD", "DT", "MD", "UH")
        and not _opens(p, at)
        and word.low != "i"
        and word.text.isalpha()
        and (
            word.tag in ("JJ", "NN", "NNS", "VB") or (at + 1 < len(p.words) and p.words[at + 1].tag in PROPER)
        )
    )


def _opens(p: Parsed, at: int) -> bool:
    """Whether a word opens a sentence or a quotation, where its capital says little."""
    return at == 0 or p.words[at - 1].text in '“"‘:•'


def _named_start(p: Parsed, at: int) -> bool:
    """A capital at the start of a sentence says little: the next word or the parse must agree."""
    if at + 1 >= len(p.words):
        return False
    word, following = p.words[at], p.words[at + 1]
    if word.low in NEVER_NAMES:
        return False
    return (
        following.tag in (*PROPER, "POS", "VBD", "VBZ", "MD", "VBP", "NN", "IN", ",", "CC", "HYPH")
        or following.text == ","
    )


def _links(p: Parsed, at: int) -> bool:
    if at + 1 >= len(p.words) or not p.words[at + 1].text[:1].isupper() or p.words[at + 1].low in CALENDAR:
        return False
    word = p.words[at]
    if word.text in ("’", "'") and p.words[at - 1].low.endswith("s") and _capital_noun(p.words[at + 1]):
        return True  # the Dockers' Union
    if word.text in "-‐‑" and p.words[at - 1].end == word.start and word.end == p.words[at + 1].start:
        return True
    if word.text == "." and p.words[at - 1].low in TITLES and p.words[at - 1].end == word.start:
        return True  # Capt. Lee, where the stop is a token of its own
    return word.low in INSIDE - {"and", "for"} and p.words[at + 1].tag in PROPER


def _mention(p: Parsed, lo: int, hi: int) -> Mention | None:
    start, gender, person = lo, "", False
    for at in range(lo, hi if p.words[hi - 1].low not in ORG_NOUNS else lo):
        low = p.words[at].low.rstrip(".")
        if low in TITLES and at + 1 < hi:
            lo, person = (
                at + 1,
                person
                or low not in ("state", "department", "foreign", "defence", "justice", "health", "prime"),
            )
            gender = "f" if low in FEMALE else "m" if low in MALE else gender
    while lo < hi - 1 and p.words[lo].text == ".":
        lo += 1
    while hi > lo + 1 and p.words[hi - 1].low in INSIDE:
        hi -= 1
    if p.words[lo].low in ("the", "a", "an") or lo >= hi:
        lo += 1
    if lo >= hi:
        return None
    before = p.words[start - 1] if start else None
    if before is not None and (before.low in PERSON_NOUNS or before.low in ("colleague", "mr", "ms", "mrs")):
        person, gender = True, gender or ("f" if before.low in FEMALE else "m" if before.low in MALE else "")
    first = p.words[lo].low
    if hi - lo > 1 and first in GENDER and not _has_org_word(p, lo, hi):
        person, gender = True, gender or GENDER[first]
    if _followed_by_age(p, hi) or (
        start > 1 and p.words[start - 1].text == "," and p.words[start - 2].low in PERSON_NOUNS
    ):
        person = True
    return Mention(
        p.number,
        lo,
        hi,
        start if person else lo,
        person and not _has_org_word(p, lo, hi),
        gender,
        p.words[lo].start,
    )


def _followed_by_age(p: Parsed, hi: int) -> bool:
    return (
        hi + 2 < len(p.words)
        and p.words[hi].text == ","
        and p.words[hi + 1].tag == "CD"
        and p.words[hi + 2].text in ",."
    )


def _has_org_word(p: Parsed, lo: int, hi: int) -> bool:
    return any(
        w.low in ORG_NOUNS or w.low in FIRMS or w.low in ("street", "road", "survey") for w in p.words[lo:hi]
    )


def registry(text: str, parsed: Sequence[Parsed]) -> list[Name]:
    """Every name of the article. Shorter forms join the fuller one that came before or after them."""
    seen = frozenset(
        w.text
        for p in parsed
        for at, w in enumerate(p.words)
        if w.tag in PROPER and w.text[:1].isupper() and not _opens(p, at) and w.low not in NEVER_NAMES
    )
    found = [(p, one) for p in parsed for one in mentions(p, seen - {"The", "A", "In", "On", "It"})]
    known: list[Name] = []
    for p, one in sorted(found, key=lambda pair: -(pair[1].hi - pair[1].lo)):
        start, end = p.words[one.lo].start, p.words[one.hi - 1].end
        full = " ".join(text[start:end].split())
        name = _known(known, full, one)
        if name is None:
            name = Name(full, "person" if one.person else "body")
            known.append(name)
        name.kind = "person" if one.person and len(name.words) < 5 else name.kind
        name.gender = name.gender or one.gender
        name.spans.append((p.words[one.start].start, end))
        name.calls |= _calls(p, one)
    for name in known:
        _settle(name, found, text)
        name.spans.sort()
    return sorted(known, key=lambda n: n.spans[0])


def _known(known: list[Name], full: str, one: Mention) -> Name | None:
    words = full.split()
    for name in known:
        if name.full == full:
            return name
    start = one.place
    for name in known:
        have = [w for w in name.words if w.lower() not in SUFFIXES]
        if len(words) >= len(have):
            continue
        if name.kind != "person" and not one.person and ("of" in have or name.spans[0][0] > start):
            continue
        if words[-1] == have[-1] and all(w in have for w in words):
            return name
        short = not one.person and name.kind != "person" and words == have[: len(words)] and len(words[0]) > 3
        if short and (len(words) > 1 or name.words[-1].lower() in FIRMS):
            return name
    return None


def _calls(p: Parsed, one: Mention) -> set[str]:
    """The nouns right before a name, or in apposition to it."""
    calls = set()
    if one.start and p.words[one.start - 1].tag in ("NN", "NNS"):
        calls.add(p.words[one.start - 1].low)
    if one.start > 1 and p.words[one.start - 1].text == "," and not _speaks_next(p, one.hi):
        calls |= {w.low for w in p.words[one.start - 2 : one.start - 1] if w.tag in ("NN", "NNS")}
    if (
        one.hi + 2 < len(p.words)
        and p.words[one.hi].text == ","
        and p.words[one.hi + 1].low in ("a", "an", "the")
    ):
        for word in p.words[one.hi + 2 : one.hi + 9]:
            if word.tag not in ("NN", "JJ", "NNP", "CD", "VBN", "HYPH", "POS", "NNS", "RB"):
                break
            if word.tag in ("NN", "NNS"):
                calls.add(word.low)
    calls |= {
        w.low
        for w in p.words[one.lo : one.hi]
        if w.low in ORG_NOUNS or w.low in ("council", "trust", "forum")
    }
    return calls


def _speaks_next(p: Parsed, at: int) -> bool:
    """Whether a verb of saying comes next: 'had crossed the line, Lee replied' calls nobody a line."""
    return at < len(p.words) and p.words[at].low in SAY_FORMS


def _settle(name: Name, found: list[tuple[Parsed, Mention]], text: str) -> None:
    """A body becomes a person by what it does ('Osmonov said'), or a place by what stands before it."""
    if name.kind == "person":
        name.gender = name.gender or GENDER.get(name.words[0].lower(), "")
        return
    if name.calls & PERSON_NOUNS and 1 < len(name.words) < 4 and not name.calls & ORG_NOUNS:
        name.kind = "person"
        return
    for p, one in found:
        start = p.words[one.lo].start
        if not any(a <= start < b for a, b in name.spans):
            continue
        before = p.words[one.lo - 1].low if one.lo else ""
        if _surname(name, p.words[one.lo : one.hi]) and before not in ("the", "a", "an"):
            name.kind = "person"
            return
        if before in PLACES and not name.calls:
            name.kind = "place"
        says = one.hi < len(p.words) and p.words[one.hi].low in SAY_FORMS
        if (
            says
            and len(name.words) == 2
            and before != "the"
            and not name.calls & ORG_NOUNS
            and name.kind == "body"
            and not name.full.isupper()
        ):
            name.kind = name.kind if any(w.lower() in BODIES for w in name.words) else "person"


def _surname(name: Name, mention: Sequence[Token]) -> bool:
    """Whether a name of two or three words is called by its last word alone, as only people are."""
    words = name.words
    return (
        len(mention) == 1 < len(words) < 4
        and mention[0].text == words[-1]
        and words[-1].isalpha()
        and not words[0].isupper()
        and not name.calls & ORG_NOUNS
        and not {word.lower() for word in words} & (BODIES | {"of"})
    )


def at_span(known: Sequence[Name], start: int, end: int) -> list[Name]:
    """The names mentioned inside a span, in the order of the text."""
    hits = [(s, n) for n in known for s in n.spans if start <= s[0] and s[1] <= end]
    return [name for _, name in sorted(hits, key=lambda hit: hit[0])]


def main_body(known: Sequence[Name]) -> str:
    """The body that an article is about, which 'the company' may mean: named more often than any other; else ""."""
    bodies = sorted(((len(n.spans), n.full) for n in known if n.kind == "body"), reverse=True)
    clear = bodies and bodies[0][0] > 1 and (len(bodies) == 1 or bodies[0][0] > bodies[1][0])
    return bodies[0][1] if clear else ""
