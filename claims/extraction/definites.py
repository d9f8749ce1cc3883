"""Stage 4d: 'the company', 'the charge', 'the outage' into the names or fuller words that the article has given them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.extraction.chunks import PARTS
from claims.extraction.lexicon import FIRMS, ORG_NOUNS, PERSON_NOUNS, TIME_WORDS, related
from claims.extraction.names import Name, main_body
from claims.extraction.referents import Place, Words, referents
from claims.extraction.setting import called
from claims.extraction.shapes import Draft, Span
from claims.extraction.tokens import FINITE, Parsed, Token
from claims.extraction.topic import Topic
from claims.extraction.wordlist import words

DEFINITE = frozenset(("the", "this", "that", "these", "those", "such"))
CHARGES = words("charge charges allegation allegations accusation accusations claim claims")
BODIES = words(
    "company firm party group club ministry agency commission council government union bank charity "
    "team airline side department university hospital newspaper regulator forum association "
    "organisation organization federation"
)
KIN = {  # words in the names of what is called so
    "party": words("alliance front league congress movement union bloc democrats conservatives"),
    "council": words("board assembly"),
    "agency": words("service office bureau institute authority"),
    "ministry": words("department"),
    "forum": words("conference"),
}
ANY_BODY = words("company firm group club team organisation organization association airline charity maker")
MODIFIER = ("JJ", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "VBN", "CD", "RB")
ANYBODY = words(
    "man woman boy girl defendant suspect accused victim official politician teenager pensioner player patient candidate"
)
COUNTED = 4  # sentences back in which what was counted is looked for
UNITS = words(
    "year month week day hour minute second percent point million billion thousand hundred euro dollar pound crown franc peso "
    "rupee yen kilometre kilometer metre meter mile centimetre foot inch tonne ton kilogram litre degree time cent per"
)
PARTS_OF = words("half third quarter fifth tenth thirds quarters fifths tenths majority minority")
SHARES = PARTS_OF | words(
    "a an in nearly almost about around roughly some just only over under more less than one two three - % percent"
)
SOME = PARTS | words("each others")


@dataclass
class Resolved:
    """What resolution found for one draft: replacements by span, how sure, and the other reading if there is one."""

    replaced: dict[Span, str] = field(default_factory=dict)
    other: dict[Span, str] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)


class Definites:
    """What is known of an article while its claims are resolved, and look-ups of definite phrases in it."""

    def __init__(
        self,
        text: str,
        parsed: Sequence[Parsed],
        names: Sequence[Name],
        about: Topic,
        drafts: Sequence[Draft],
    ) -> None:
        self.text = text
        self.names = names
        self.about = about
        self.words = Words(parsed)
        self.found = referents(text, drafts, names, self.words)
        self.genders: dict[str, str] = {n.full: n.gender for n in names if n.gender}
        self.accused: list[tuple[int, str]] = []
        self.before: Span | None = None
        self.nouns = self._nouns(parsed)

    def _nouns(self, parsed: Sequence[Parsed]) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for p in parsed:
            for at, word in enumerate(p.words):
                if word.tag in ("NN", "NNS"):
                    found.setdefault(word.lemma, []).append(Place(p, at))
        return found

    def _aged(self, p: Parsed, at: int, out: Resolved) -> bool:
        """'the 23-year-old': the person named last."""
        words = p.words[at + 1 : at + 6]
        if len(words) < 5 or words[0].tag != "CD" or words[2].low != "year" or words[4].low != "old":
            return False
        people = [r for r in self.found if r.kind == "person" and r.named and r.start < p.words[at].start]
        if people:
            out.replaced[p.words[at].start, words[4].end] = people[-1].text
            out.rules.append(f"“{self.text[p.words[at].start : words[4].end]}” is {people[-1].text}")
        return True

    def _definite(self, one: Place, spans: Sequence[Span], out: Resolved) -> None:
        """'the company', 'the charge', 'the outage' into their names."""
        p, at = one.parsed, one.at
        if self._aged(p, at, out):
            return
        end = at + 1
        while end < len(p.words) and p.words[end].tag in MODIFIER and p.words[end].tag != "POS":
            end += 1
        head = end - 1
        if head == at or p.words[head].tag not in ("NN", "NNS") or end - at > 5:
            return
        following = p.words[end] if end < len(p.words) else None
        if following is not None and (
            following.low in ("of", "that", "who", "which") or following.tag in ("CD", "NNP")
        ):
            return
        when = p.words[at].low in ("this", "that", "these") and p.words[head].lemma in UNITS | TIME_WORDS
        if when or any(w.text[:1].isupper() for w in p.words[at + 1 : end]):
            return
        if (
            at > 1
            and p.words[at - 1].low == "of"
            and (p.words[at - 2].tag == "CD" or p.words[at - 2].text == "%")
        ):
            return
        if at > 1 and p.words[at - 1].text == "," and p.words[at - 2].tag in ("NNP", "NNPS"):
            return
        if (
            following is not None
            and following.text == ","
            and end + 1 < len(p.words)
            and p.words[end + 1].tag in ("NNP", "NNPS")
        ):
            return
        new = self._stands_for(p, at, head, spans)
        if new:
            span = (p.words[at].start, p.words[head].end)
            out.replaced[span] = new
            out.rules.append(f"“{self.text[span[0] : span[1]]}” is {new}")

    def _stands_for(self, p: Parsed, at: int, head: int, spans: Sequence[Span]) -> str:
        noun, place = p.words[head], p.words[at].start
        if noun.low in CHARGES and self.accused and noun.tag in ("NN", "NNS"):
            return (
                f"{self.text[p.words[at].start : noun.end]} ({self.accused[-1][1]})"
                if self.accused[-1][0] < place
                else ""
            )
        called = [n for n in self.names if noun.low in n.calls and n.spans[0][0] < place]
        if called:
            best = max(called, key=lambda n: max(b for a, b in n.spans if a < place))
            return "" if self._inside(best, spans) else best.full
        if noun.tag == "NN" and noun.low in PERSON_NOUNS | ORG_NOUNS:
            wanted = "person" if noun.low in PERSON_NOUNS else "body"
            if wanted == "body" and (fuller := self._fuller(p, at, head)):
                return fuller
            near = [
                r
                for r in self.found
                if r.start < place
                and r.named
                and r.kind == wanted
                and r.subject
                and p.number - r.sentence <= 2
            ]
            specific = head - at == 1 or any(w.tag == "NNP" for w in p.words[at + 1 : head])
            if wanted == "person" and noun.low not in ANYBODY:
                near = [r for r in near if self._is_called(r.text, noun.low)]
            if wanted == "body":
                like = {noun.low, *KIN.get(noun.low, ())}
                near = [r for r in near if noun.low in ANY_BODY or like & set(r.text.lower().split())]
            near = near if wanted == "person" or (noun.low in BODIES and specific) else []
            if near and head - at <= (2 if wanted == "person" else 4) and p.words[at].low == "the":
                best_near = (
                    near[-1]
                    if wanted == "body"
                    else max(near, key=lambda r: (self._count(r.text, place), r.start))
                )
                return "" if any(a <= best_near.start < b for a, b in spans) else best_near.text
            if noun.low in FIRMS and head - at == 1 and p.words[at].low == "the":
                name = main_body(self.names)
                inside = any(name in self.text[a:b] for a, b in spans)
                return "" if inside else name
            return ""
        return self._fuller(p, at, head)

    def _partial(self, one: Place, out: Resolved, *, first: bool) -> bool:
        """'212 of them', 'Eleven went to …', 'Not one had …': of what was counted last. Whether it was one of these."""
        p, at = one.parsed, one.at
        word, before = p.words[at], p.words[at - 1].low if at else ""
        if word.low == "them":
            if before != "of" or at < 2 or not _counts(p.words[at - 2]):
                return False
            span, put = (word.start, word.end), "the {}"
        elif (first or (before == "not" and at == 1)) and _counts(word) and _verb_follows(p, at):
            span, put = (word.start, word.end), word.text + " of the {}"
        elif first and (last := _share(p, at)):
            word = p.words[last]
            span, put = (word.start, word.end), word.text + " of the {}"
        else:
            return False
        things = self._things(p, p.words[at].start)
        if not things:
            return False
        out.replaced[span] = put.format(things)
        out.rules.append(f"“{word.text}” counts the {things}")
        return True

    def _things(self, p: Parsed, place: int) -> str:
        """The plural noun that was counted last, within two sentences, with the words that go with it."""
        best: tuple[int, str] = (-1, "")
        for lemma, places in self.nouns.items():
            if lemma in UNITS:
                continue
            for one in places:
                q, at = one.parsed, one.at
                word = q.words[at]
                if word.start >= place or not 0 <= p.number - q.number <= COUNTED or word.tag != "NNS":
                    continue
                lo = at
                while lo > 0 and q.words[lo - 1].tag in ("JJ", "NN", "HYPH"):
                    lo -= 1
                counted = lo > 0 and (
                    q.words[lo - 1].tag == "CD" or q.lows(max(0, lo - 2), lo) == ["number", "of"]
                )
                if counted and word.start > best[0]:
                    best = word.start, " ".join(self.text[q.words[lo].start : word.end].split())
        return best[1]

    def _is_called(self, full: str, noun: str) -> bool:
        """Whether the article calls somebody so beside the name: 'the mayor, Ann Lee'."""
        return noun in called(self.text, full)

    def _count(self, full: str, place: int) -> int:
        """How often somebody has been named so far."""
        return sum(1 for n in self.names if n.full == full for a, _ in n.spans if a < place)

    def _inside(self, name: Name, spans: Sequence[Span]) -> bool:
        return any(a <= s[0] and s[1] <= b for a, b in spans for s in name.spans)

    def _fuller(self, p: Parsed, at: int, head: int) -> str:
        """An earlier mention of the same noun, or of a word for the same thing, that says more."""
        noun, place = p.words[head], p.words[at].start
        best, rank = "", (head - at - 1) * 1.0
        for lemma, places in self.nouns.items():
            if not related(lemma, noun.lemma):
                continue
            for one in places:
                if one.parsed.words[one.at].start >= place:
                    break
                words, value = self._phrase(one)
                value -= 0.5 if lemma != noun.lemma else 0.0
                if value > rank + 0.4 and (one.parsed.words[one.at].tag == noun.tag):
                    best, rank = words, value
        if not best and any(related(noun.lemma, w) for w in self.about.words) and p.number > 0:
            best = self.about.text.split(", ")[0] if head - at == 1 else ""
        if not best:
            return ""
        start = p.words[at].text
        owned = "’s" in best.split()[0] or "'s" in best.split()[0]
        return best if owned else f"{start if start.lower() == 'the' else 'the'} {best}"

    def _phrase(self, one: Place) -> tuple[str, float]:
        """A noun with what stands before it, and how much that says."""
        p, at = one.parsed, one.at
        lo = at
        while lo > 0 and p.words[lo - 1].tag in ("JJ", "NN", "NNP", "NNPS", "POS", "HYPH") and at - lo < 5:
            lo -= 1
        while lo < at and (
            p.words[lo].tag in ("POS", "HYPH") or p.words[lo].low in ("other", "own", "same", "new", "first")
        ):
            lo += 1
        words = " ".join(self.text[p.words[lo].start : p.words[at].end].split())
        named = sum(w.text[:1].isupper() and w.tag.startswith("NNP") for w in p.words[lo:at])
        return words, float(at - lo) + named


def _counts(word: Token) -> bool:
    """Whether a word says how many."""
    return word.tag == "CD" or word.low in SOME


def _share(p: Parsed, at: int) -> int:
    """For 'one in five was', 'nearly half came', 'two-thirds ran': the last word of the share; 0 when it is none."""
    end = at
    while end < min(len(p.words) - 1, at + 6) and (p.words[end].tag == "CD" or p.words[end].low in SHARES):
        end += 1
    counted = any(w.low in PARTS_OF or w.low == "in" for w in p.words[at:end])
    return end - 1 if end > at + 1 and counted and p.words[end].tag in FINITE else 0


def _verb_follows(p: Parsed, at: int) -> bool:
    """Whether a finite verb comes next, or after one adverb."""
    after = [w.tag for w in p.words[at + 1 : at + 3]]
    return bool(after) and (after[0] in FINITE or (after[0] == "RB" and after[-1] in FINITE))
