"""Stage 3, last part: whether a source that was named goes on in a claim beside which nobody is named.

"The commission said turnout was low. It stood at 64%." The second claim is still the commission's; "Police fired tear gas."
would be the article's own. A small model decides (`training/going.py`), by what stands between the two and how the
claim is made; where it is not sure enough the claim stays the article's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.capitals import CAPITALS
from claims.extraction.lexicon import FIRMS, ORG_NOUNS, PERSON_NOUNS
from claims.extraction.linear import GOES_ON
from claims.extraction.names import Name, main_body
from claims.extraction.setting import called, described, role_of
from claims.extraction.shapes import Draft, Sentence
from claims.extraction.speakers import STUDIES, stem
from claims.extraction.tokens import Parsed, Token
from claims.extraction.wordlist import words

EVEN = 0.5  # share above which a source is taken to go on
FAR = 6  # sentences after which a source is forgotten
SHORT = 3  # letters of words that tell no name
AHEAD = 4  # sentences in which whoever is named next is looked for
CLOCK = 14  # characters before a sentence in which the time of day of a new entry would stand
POINTERS = words("he she they it his her their its this that these those such both")
LINKS = words(
    "but however meanwhile separately also still then later earlier instead yet and so since while although"
)
MADE = frozenset(("relative", "participle", "record", "comparison tail", "with", "coordination"))
BARE = 3  # words of a speaker that may be a bare noun
INQUIRIES = STUDIES | words("researchers authors author scientists team paper researcher pollster pollsters")
OF = re.compile(r" (?:of|for|at|in|on|who|that|which|by|from|with|to|under|about|close|familiar|briefed) ")
VOICES = (
    PERSON_NOUNS
    | ORG_NOUNS
    | INQUIRIES
    | words(
        "people person police media press figures figure accounts account monitoring sensors bulletin record records ruling statement "
        "data statistics document documents letter email memo minutes judgment indictment lawsuit complaint filing notice footage video "
        "image photograph transcript testimony source insider group body family relative witness neighbour lawyer prosecutor expert "
        "observer investigator authority authorities official opposition defence prosecution state church majority minority economist "
        "analyst pilot crew staff management majesty leadership rebels forces troops separatists militants side sides both nations "
        "country couple pair two three four five man woman men women children child boy girl one ones others many some user fan "
        "owner operator reader listener viewer member guideline guidance code law constitution rulebook manual map model forecast "
        "forecaster inspection register log diary ledger receipt certificate website spokespeople columnist survivor passenger "
        "demographer seismologist hospital morgue"
    )
)
ACTING = frozenset(
    stem(verb)
    for verb in words(
        "deny accuse blame demand offer urge call promise vow pledge dismiss reject refuse threaten insist condemn back want oppose "
        "support warn appeal agree welcome endorse criticise criticize"
    )
)
NOBODY = words(
    "who which that it this what there with in on at to by of for as if when while and but or not than from"
)
THINGS = words("untrue untruth nonsense rubbish online footage yes no nothing instead never")
AFTER = words("on in by after before during at under for since until")


@dataclass(frozen=True)
class Source:
    """The last speaker that the article named: the draft it was named for, and its full name."""

    draft: Draft
    name: str


class Heard:
    """Remembers who spoke last while the claims of an article go by in their order."""

    def __init__(
        self,
        text: str,
        parsed: Sequence[Parsed],
        found: Sequence[Sentence],
        names: Sequence[Name],
        drafts: Sequence[Draft] = (),
    ) -> None:
        self.text, self.found, self.names = text, found, names
        self.following = _following(drafts)
        self.heard: list[str] = []
        self.tokens = {p.number: p.words for p in parsed}
        self.last: Source | None = None
        self.between = 0
        self.chained = False  # whether the claim before was the source's

    def speakers(self, draft: Draft, said: list[str]) -> list[str]:
        """Who says a claim: those named beside it, else the source that goes on, else nobody."""
        named = self.named(draft, said)
        if any(named) or any(named := self._same(draft)):
            return named
        seen = self.seen(draft)
        self.between += 1
        share = GOES_ON.probability([*seen, *chain(seen, chained=self.chained)])[0] if seen else 0.0
        self.chained = share > EVEN
        if self.last is None or not self.chained:
            return []
        draft.rules.append(f"{self.last.name} goes on")
        return [self.last.name]

    def named(self, draft: Draft, said: list[str]) -> list[str]:
        """Those named beside a claim, by their fuller names, or the study that it is of; they are the last from here on."""
        named = [self.fuller(one) for one in said if can_speak(one, draft)]
        if any(named):
            self.heard += [one for one in named if one]
        elif study := self._study(draft):
            draft.rules.append(f"{study} goes on")
            named = [study]
        if any(named):
            self.last, self.between, self.chained = Source(draft, named[0]), 0, True
        return named

    def _same(self, draft: Draft) -> list[str]:
        """For 'she added …' where nobody of the article is known to be one: the person that spoke last."""
        if self.last is None or len(draft.claimant) != 1 or isinstance(draft.claimant[0], str):
            return []
        pronoun = self.text[slice(*draft.claimant[0])].lower()
        known = {one.full for one in self.names if one.kind not in ("body", "place") and " " in one.full}
        if pronoun not in ("he", "she") or not any(one in self.last.name for one in known):
            return []
        draft.rules.append(f"{self.last.name} goes on")
        return [self.last.name]

    def fuller(self, name: str) -> str:
        """For 'the agency', 'the authors', 'the group', 'Dushanbe': the source that was named before and is one."""
        bare = name.removeprefix("The ").removeprefix("the ")
        if (country := CAPITALS.get(bare, "")) and country in self.text:
            return country
        head = bare.rsplit(" ", 1)[-1].lower()
        role = OF.split(bare)[0].rsplit(" ", 1)[-1]
        if role.islower() and (person := self._person(role)):
            return person
        if not bare or any(word[:1].isupper() for word in bare.split()[1:]) or len(bare.split()) > BARE:
            return name
        if bare[:1].isupper() and bare.lower() == name.lower() and head not in ORG_NOUNS | INQUIRIES:
            return name
        for one in reversed(self.heard):
            if one.lower() == name.lower() or not any(word[:1].isupper() for word in one.split()):
                continue
            about = called(self.text, one)
            if (head in INQUIRIES and INQUIRIES & about) or (head in ORG_NOUNS and head in about):
                return one
        return self._lead(head) or name

    def _study(self, draft: Draft) -> str:
        """For 'the researchers tracked …', 'the survey was conducted …': the study that was named before."""
        if draft.subject is None:
            return ""
        words = re.findall(r"[a-z]+", self.text[draft.subject[0] : draft.subject[1]].lower())[:3]
        if not set(words[:2]) & INQUIRIES or (
            words[0] in ("a", "an", "other", "another", "some") and "team" not in words[:2]
        ):
            return ""
        return next(
            (one for one in reversed(self.heard) if INQUIRIES & set(re.findall(r"[a-z]+", one.lower()))), ""
        )

    def _person(self, head: str) -> str:
        """For 'the mayor': whoever the article calls so beside a name."""
        if head not in PERSON_NOUNS:
            return ""
        found = [n.full for n in self.names if n.kind == "person" and head in called(self.text, n.full)]
        return found[0] if len(found) == 1 else ""

    def _lead(self, head: str) -> str:
        """For 'the company': the body that the article is about, if one is named far more often than others."""
        if head not in FIRMS:
            return ""
        return main_body(self.names)

    def seen(self, draft: Draft) -> list[str]:
        """The features of a claim beside which nobody is named."""
        if self.last is None:
            return []
        seen = marks(
            self.text, draft, self.tokens.get(draft.sentence, ()), self.last, self.found, self.between
        )
        return [*seen, *self._ahead(draft, self.last), *self._weight(draft, self.last)] if seen else []

    def _ahead(self, draft: Draft, last: Source) -> list[str]:
        """Who is named next: somebody by a pronoun, the source itself, a bare noun, another, or nobody for a while."""
        after = self.following.get(id(draft))
        if after is None or after.sentence - draft.sentence > AHEAD:
            return ["ahead:nobody"]
        said = after.claimant[0]
        kind = _pointing(said if isinstance(said, str) else self.text[said[0] : said[1]], last.name)
        near = self.found[after.sentence].block == self.found[draft.sentence].block
        where = (
            "sentence" if after.sentence == draft.sentence
            else "paragraph" if near
            else "further"
        )  # fmt: skip
        gap = min(draft.sentence - last.draft.sentence, 3)
        return [f"ahead:{kind}", f"ahead:{kind} {where}", f"ahead:{kind} gap {gap}"]

    def _weight(self, draft: Draft, last: Source) -> list[str]:
        """How much of what was said so far is the source's, and how much the two sentences share."""
        mine = sum(one == last.name for one in self.heard)
        share = mine / max(1, len(self.heard))
        kind = "alone" if share == 1 else "most" if share >= 0.5 else "some" if share >= 0.2 else "little"
        here, there = self.found[draft.sentence], self.found[last.draft.sentence]
        shared = len(self._long_words(here) & self._long_words(there))
        return [
            f"weight:{kind}",
            f"weight:{kind} paragraphs {min(here.block - there.block, 2)}",
            f"times:{min(mine, 3)}",
            f"voices:{min(len(set(self.heard)), 4)}",
            "cohesion:here" if here is there else f"cohesion:{min(shared, 2)}",
        ]

    def _long_words(self, sentence: Sentence) -> set[str]:
        """The beginnings of a sentence's long words."""
        return {w[:6] for w in re.findall(r"[a-z]{5,}", self.text[sentence.start : sentence.end].lower())}


def _following(drafts: Sequence[Draft]) -> dict[int, Draft]:
    """For each draft (by identity) the next one beside which somebody is named."""
    found, after = dict[int, Draft](), None
    for draft in reversed(drafts):
        if after is not None:
            found[id(draft)] = after
        if draft.claimant:
            after = draft
    return found


def _pointing(who: str, name: str) -> str:
    """How words for a speaker point to a source: by a pronoun, by its name, as a bare noun, or not."""
    low = who.lower()
    if low in POINTERS:
        return "pronoun"
    if {w for w in low.split() if len(w) > SHORT} & set(name.lower().split()):
        return "same"
    return "the" if low.startswith("the ") and who[4:] == low[4:] else "other"


def chain(seen: Sequence[str], *, chained: bool) -> list[str]:
    """What it adds that the claim before was, or was not, the source's."""
    kept = [name for name in seen if name.startswith(("paragraphs:", "role:", "tense:")) and " " not in name]
    kept += [name for name in seen if name in ("flag:number", "flag:study", "flag:named subject")]
    return [f"chain:{chained}", *(f"chain:{chained} {name}" for name in kept)]


def can_speak(name: str, draft: Draft) -> bool:
    """Whether what was read as a speaker is one: beside a verb of saying or asking nearly anybody can be."""
    told = bool(draft.speech) or stem(draft.verb) in ACTING
    return speaks(name) or (told and name.split(" ", 1)[0].lower() not in NOBODY | THINGS)


def speaks(name: str) -> bool:
    """Whether what was read as a speaker can be one: a name, or a word for people, bodies and what they publish."""
    parts = name.split()
    if not parts or any(word[:1].isupper() for word in parts[1:]):
        return bool(parts)
    if parts[0][:1].isupper() and len(parts) == 1 and parts[0].lower() not in THINGS:
        return True
    heads = OF.split(name)[0]
    head = heads.rsplit(" ", 1)[-1].lower().strip(".,’'\"”")
    singular = head[:-3] + "y" if head.endswith("ies") else head.removesuffix("s")
    return bool({head, singular} & VOICES)


def marks(
    text: str, draft: Draft, tokens: Sequence[Token], before: Source, found: Sequence[Sentence], between: int
) -> list[str]:
    """The features of one claim after a source; empty when the source is too far back to be asked about.

    `tokens` are the words of the claim's sentence; `between` counts the claims since then that named nobody.
    """
    here, there = found[draft.sentence], found[before.draft.sentence]
    gap = draft.sentence - before.draft.sentence
    if gap > FAR or any(_new_entry(text, s) for s in found[before.draft.sentence + 1 : draft.sentence + 1]):
        return []
    role = role_of(described(text, before.name))
    inside = [w for w in tokens if draft.start <= w.start < draft.end]
    out = [
        f"gap:{min(gap, 4)}",
        f"paragraphs:{min(here.block - there.block, 3)}",
        f"between:{min(between, 3)}",
        f"role:{role}",
        f"said:{before.draft.speech or 'itself'}",
    ]
    out += [f"made:{rule}" for rule in draft.rules if rule in MADE]
    if gap == 0:
        out += [f"here:{rule}" for rule in draft.rules if rule in MADE]
    flags = {
        "number": any(w.tag == "CD" or w.text == "%" for w in inside),
        "earlier number": any(c.isdigit() for c in text[before.draft.start : before.draft.end]),
        "named subject": bool(inside) and any(w.tag == "NNP" for w in _subject(text, draft, tokens)),
        "same subject": _shares(text, draft, before.name),
        "person": before.name.count(" ") in (1, 2) and before.name.istitle(),
        "study": bool({w.lower() for w in before.name.split()} & STUDIES),
        "quotation": "“" in text[here.start : here.end] or '"' in text[here.start : here.end],
        "earlier quotation": before.draft.quoted,
        "first of paragraph": here.start == _block_start(found, draft.sentence),
        "passive": draft.passive,
    }
    out += [f"flag:{name}" for name, there in flags.items() if there]
    out += [f"tense:{draft.tense or 'none'}", *_openings(tokens), f"verb:{stem(draft.verb)}"]
    out += [f"role:{role} {name}" for name in ("number", "same subject", "named subject") if flags[name]]
    out += [f"role:{role} gap {min(gap, 3)}", f"role:{role} paragraphs {min(here.block - there.block, 2)}"]
    out += [f"tense:{draft.tense or 'none'} paragraphs {min(here.block - there.block, 2)}"]
    if flags["number"] and flags["earlier number"]:
        out.append("flag:numbers both")
    return out


def _block_start(found: Sequence[Sentence], number: int) -> int:
    while number > 0 and found[number - 1].block == found[number].block:
        number -= 1
    return found[number].start


def _new_entry(text: str, sentence: Sentence) -> bool:
    """Whether a sentence opens an entry of a live blog, where whoever spoke before has ended."""
    before = (
        "\n" + text[: sentence.start]
        if sentence.start < CLOCK
        else text[sentence.start - CLOCK : sentence.start]
    )
    line = before.rsplit("\n", 1)[-1].strip() if "\n" in before else ""
    return bool(line) and line[0].isdigit() and any(mark in line for mark in ":.h")


def _subject(text: str, draft: Draft, tokens: Sequence[Token]) -> list[Token]:
    if draft.subject is None:
        return []
    return [w for w in tokens if draft.subject[0] <= w.start < draft.subject[1]]


def _shares(text: str, draft: Draft, name: str) -> bool:
    """Whether the claim's subject is the source itself."""
    if draft.subject is None:
        return False
    subject = {w for w in text[draft.subject[0] : draft.subject[1]].lower().split() if len(w) > SHORT}
    return bool(subject & set(name.lower().split()))


def _openings(tokens: Sequence[Token]) -> list[str]:
    """How the sentence begins."""
    if not tokens:
        return []
    first = tokens[0]
    low = first.low
    kind = (
        "pointer" if low in POINTERS
        else "link" if low in LINKS
        else "circumstance" if low in AFTER
        else "the" if low == "the"
        else "a" if low in ("a", "an")
        else "number" if first.tag == "CD"
        else "name" if first.tag in ("NNP", "NNPS")
        else "other"
    )  # fmt: skip
    return [f"opens:{kind}", f"opens:{low}"]
