"""Stage 4: pronouns, short names and 'the company' into what they stand for; what cannot be settled is said so."""

import re
from collections.abc import Sequence

from claims.extraction.antecedents import Antecedents
from claims.extraction.definites import DEFINITE, Definites, Resolved
from claims.extraction.lexicon import FIRMS, related
from claims.extraction.names import Name, at_span, main_body
from claims.extraction.referents import Place, Referent
from claims.extraction.shapes import Draft, Piece, Span
from claims.extraction.speakers import STUDIES
from claims.extraction.tokens import Parsed, Token
from claims.extraction.topic import Topic
from claims.extraction.wordlist import words

FEMININE = frozenset(("she", "her", "hers", "herself"))
MASCULINE = frozenset(("he", "him", "his", "himself"))
NEUTER = frozenset(("it", "its"))
PLURAL = frozenset(("they", "them", "their", "theirs"))
OWNING = frozenset(("his", "her", "its", "their"))
SURE = 0.45  # share of the odds below which a pronoun inside a wording stays as it is
CLOSE = 0.75  # of the best reading's share from which a second one is offered beside it
POINTED = words(
    "finding decision move claim statement figure promise allegation change measure result "
    "announcement plan proposal ruling conclusion warning estimate rise fall increase decline "
    "suggestion accusation assertion forecast"
)
LONGEST_OWNER = 4  # words of an owner without a name that a wording can carry: 'the former engineer’s'
BY = 60  # characters after a study in which its maker is looked for
MADE_BY = re.compile(r"\bby (?:the )?$")
IDIOMS = words("kind own way peak height best most worst")
BOTH = words(
    "nations countries sides neighbours neighbors governments capitals teams clubs companies states "
    "parties rivals"
)


class Resolver(Definites):
    """Looks up what the words of an article stand for. Built once an article; what it learns of gender it keeps."""

    def __init__(
        self,
        text: str,
        parsed: Sequence[Parsed],
        names: Sequence[Name],
        about: Topic,
        drafts: Sequence[Draft],
    ) -> None:
        super().__init__(text, parsed, names, about, drafts)
        self.antecedents = Antecedents(text, parsed, self.found, self.words, about.words)

    def resolve(self, draft: Draft) -> Resolved:
        """The replacements for one draft."""
        out = Resolved()
        spans = [piece.span for piece in draft.pieces if piece.span is not None]
        places = [one for span in spans for one in self.words.inside(span)]
        for number, one in enumerate(places):
            token = one.parsed.words[one.at]
            if self._partial(one, out, first=number == 0):
                continue
            if token.low in FEMININE | MASCULINE | NEUTER | PLURAL:
                self._pronoun(one, spans, out, first=number == 0)
            elif token.low in ("this", "that", "these", "those") and number == 0 and self._stands_alone(one):
                self._demonstrative(one, out)
            elif token.low in DEFINITE:
                self._definite(one, spans, out)
                if number == 0 and token.low != "the":
                    self._pointing(one, out)
            elif token.low == "both" or (
                token.low == "two"
                and number
                and places[number - 1].parsed.words[places[number - 1].at].low == "the"
            ):
                self._both(one, out)
        self._short_names(spans, out)
        if draft.verb in ("accuse", "allege", "blame", "link") or draft.speech in ("accuse", "allege"):
            self.accused.append((draft.start, self._charge(draft)))
        self.before = (draft.start, draft.end)
        return out

    def speaker(self, claimant: Span | str) -> str:
        """Who says it, by full name; a body without its article."""
        if isinstance(claimant, str):
            return claimant
        places = self.words.inside(claimant)
        if len(places) <= 2 and places:
            low = places[0].parsed.words[places[0].at].low
            wanted = _wanted(low)
            if wanted and len(places) == 1:
                best = [referent for _, referent in self._options(places[0], wanted)]
                best = [r for r in best if wanted != "it" or r.kind == "body"] or best
                return self._named(best[0], claimant[0]).removeprefix("The ") if best else ""
        inside = [n for n in at_span(self.names, *claimant) if not self._owned(n, claimant)]
        inside = [n for n in inside if not self._only_where(n, claimant)] or inside
        if maker := self._maker(claimant):
            return maker
        people = [n.full for n in inside if n.kind == "person"]
        if people:
            return people[0]
        if inside and len(places) - len(inside[0].words) <= 3 and self._ends(inside[-1], claimant):
            return inside[-1].full
        return self._body(claimant, places)

    def _maker(self, claimant: Span) -> str:
        """For 'an opinion poll published last month by Afrolytics': who made it."""
        if not STUDIES & set(self.text[slice(*claimant)].lower().split()):
            return ""
        for name in self.names:
            for start, _ in name.spans:
                between = self.text[claimant[0] : start].lower()
                near = claimant[0] < start < claimant[1] + BY
                if near and MADE_BY.search(between) and not any(mark in between for mark in ",.;:"):
                    return name.full
        return ""

    def _body(self, claimant: Span, places: Sequence[Place]) -> str:
        """A speaker without a name: 'the commission' becomes the fuller form the article has used."""
        out = Resolved()
        for one in places[:1]:
            if one.parsed.words[one.at].low in DEFINITE:
                self._definite(one, [claimant], out)
            elif _wanted(one.parsed.words[one.at].low):
                self._pronoun(one, [claimant], out, first=True)
        words = self.text[claimant[0] : claimant[1]]
        for span, new in sorted(out.replaced.items(), reverse=True):
            words = words[: span[0] - claimant[0]] + new + words[span[1] - claimant[0] :]
        words = " ".join(words.split()).strip(' ,;:“”"')
        cut = words.find(", ")
        words = words[:cut] if cut > 8 else words
        return words.removeprefix("the ").removeprefix("The ")

    def _ends(self, name: Name, span: Span) -> bool:
        """Whether a name is the last thing in a span, so that the span is the name with its titles."""
        return any(
            a < span[1] and not self.text[b : span[1]].strip(' ,;:“”"') for a, b in name.spans if span[0] <= a
        )

    def _only_where(self, name: Name, span: Span) -> bool:
        """Whether a name only tells where: 'Antananarivo' in 'the Regional Storm Centre in Antananarivo'."""
        before = [self.text[span[0] : a].split()[-1:] for a, b in name.spans if span[0] < a and b <= span[1]]
        return bool(before) and all(
            word and word[0].lower() in ("in", "at", "near", "from") for word in before
        )

    def _owned(self, name: Name, span: Span) -> bool:
        """Whether a name only owns what the span is about: 'Quillpay' in 'Quillpay’s chief executive'."""
        return any(
            self.text[b : b + 2] in ("’s", "'s", "’ ", "' ")
            for a, b in name.spans
            if span[0] <= a and b < span[1]
        )

    def _pronoun(self, one: Place, spans: Sequence[Span], out: Resolved, *, first: bool = False) -> None:
        token = one.parsed.words[one.at]
        wanted = _wanted(token.low)
        if self._idle(one) or (wanted == "it" and self._expletive(one)):
            out.open += [token.text] if first else []
            return
        if wanted == "it" and first and (same := self._predicate(one)):
            self._replace(token, same, out, first=first)
            return
        options = self._options(one, wanted)
        if not options:
            out.open.append(token.text)
            return
        share, best = options[0]
        if wanted in ("f", "m") and best.named:
            self.genders[best.text] = wanted
        if any(a <= best.start and best.end <= b for a, b in spans) and best.start < token.start:
            return
        long = token.low in OWNING and not best.named and len(best.text.split()) > LONGEST_OWNER
        if long or (share < SURE and not first):
            out.open += [token.text] if first or not long else []
            return
        name = self._named(best, token.start)
        if not first and any(rule.endswith(f" is {name}") for rule in out.rules):
            return  # the wording has it already: 'Quillpay would publish its findings'
        self._replace(token, name, out, first=first)
        if len(options) > 1 and options[1][0] > CLOSE * share:
            self._replace(token, options[1][1].text, out, first=first, other=True)

    def _replace(self, token: Token, name: str, out: Resolved, *, first: bool, other: bool = False) -> None:
        """Put a name in a pronoun's place, as its owner where the pronoun owns; or note it as the other reading."""
        owning = token.low in OWNING and token.tag == "PRP$"
        new = _owner(name) if owning else _plain(name, first=first)
        (out.other if other else out.replaced)[token.start, token.end] = new
        if not other:
            out.rules.append(f"“{token.text}” is {name}")

    def _idle(self, one: Place) -> bool:
        """'of its kind', 'two of them': stands for nothing outside its own words."""
        p, at = one.parsed, one.at
        following = p.words[at + 1].low if at + 1 < len(p.words) else ""
        of_them = at > 0 and p.words[at - 1].low == "of" and p.words[at].low == "them"
        return of_them or (p.words[at].tag == "PRP$" and following in IDIOMS)

    def _options(self, one: Place, wanted: str) -> list[tuple[float, Referent]]:
        """What a pronoun can stand for with its share of the odds, best first."""
        return self.antecedents.ranked(one, wanted, self.genders)

    def _predicate(self, one: Place) -> str:
        """For 'It was the deadliest fire since 2011': the fire, if the article has spoken of one."""
        p, at = one.parsed, one.at
        if (
            at + 3 >= len(p.words)
            or p.words[at + 1].low not in ("was", "is")
            or p.words[at + 2].low not in ("the", "a", "an")
        ):
            return ""
        for place in range(at + 3, min(at + 9, len(p.words))):
            word = p.words[place]
            if word.tag == "NN" and (
                place + 1 == len(p.words) or not p.words[place + 1].tag.startswith("NN")
            ):
                earlier = [
                    k
                    for k in self.nouns
                    if related(k, word.lemma) and self.nouns[k][0].parsed.number < p.number
                ]
                return f"The {word.text}" if earlier else ""
        return ""

    def _named(self, best: Referent, place: int) -> str:
        """A referent's words with the pronoun or short form at their front resolved in turn: 'His ministry'."""
        if best.named:
            return best.text
        places = self.words.inside((best.start, best.start + 1))
        if not places or best.start >= place:
            return best.text
        low = places[0].parsed.words[places[0].at].low
        inner = Resolved()
        if low in OWNING:
            self._pronoun(places[0], [], inner, first=True)
        elif low == "the":
            self._definite(places[0], [], inner)
        for span, new in inner.replaced.items():
            if span[0] == best.start and span[1] <= best.end:
                return new + self.text[span[1] : best.end]
        return self._called(best) or best.text

    def _called(self, one: Referent) -> str:
        """For 'the company': the only body that the article calls so, before or after, or the one that it is about."""
        opening, _, noun = one.text.lower().partition(" ")
        if opening != "the" or one.kind != "body":
            return ""
        names = [name.full for name in self.names if noun in name.calls and name.kind != "person"]
        if len(names) == 1:
            return names[0]
        return main_body(self.names) if noun in FIRMS and not names else ""

    def _expletive(self, one: Place) -> bool:
        """'It is raining', 'it would be cruel to': stands for nothing."""
        following = one.parsed.words[one.at + 1 : one.at + 9]
        if one.parsed.words[one.at].low != "it" or not following:
            return False
        lows = [w.low for w in following]
        if lows[0] in (
            "is",
            "was",
            "would",
            "will",
            "has",
            "remains",
            "seems",
            "appears",
            "became",
            "'s",
            "’s",
        ):
            adjective = any(w.tag in ("JJ", "VBN") for w in following[1:4])
            return adjective and any(
                low in ("that", "to", "whether", "how", "if", "when") for low in lows[2:]
            )
        return lows[0] in ("rained", "snowed", "rain", "snow") or (
            lows[:2] == ["did", "not"] and "rain" in lows
        )

    def _stands_alone(self, one: Place) -> bool:
        following = one.parsed.words[one.at + 1 : one.at + 2]
        return bool(following) and following[0].tag in ("VBZ", "VBD", "VBP", "MD")

    def _demonstrative(self, one: Place, out: Resolved) -> None:
        """'This was an operation': the topic if there is one; two readings are possible, so it is flagged."""
        token = one.parsed.words[one.at]
        if not self.about.text:
            out.open.append(token.text)
            return
        out.replaced[token.start, token.end] = "The " + self.about.text.split(", ")[0]
        out.other[token.start, token.end] = token.text
        out.rules.append(f"“{token.text}” may be the {self.about.text}")

    def _pointing(self, one: Place, out: Resolved) -> None:
        """'That finding did not …': the words of the claim before it, in brackets."""
        p, at = one.parsed, one.at
        span = (p.words[at].start, p.words[at].end)
        if (
            any(a <= span[0] < b for a, b in out.replaced)
            or at + 1 >= len(p.words)
            or p.words[at + 1].lemma not in POINTED
        ):
            return
        noun = p.words[at + 1]
        out.replaced[span] = "The"
        if self.before is not None and self.before[1] <= span[0] and self.before[1] - self.before[0] < 220:
            words = " ".join(self.text[self.before[0] : self.before[1]].split())
            out.replaced[noun.start, noun.end] = f"{noun.text} ({words})"
            out.rules.append(f"“{p.words[at].text} {noun.text}” points at the claim before")

    def _both(self, one: Place, out: Resolved) -> None:
        """'both nations', 'the two countries': the pair that was named last."""
        p, at = one.parsed, one.at
        if at + 1 >= len(p.words) or p.words[at + 1].low not in BOTH:
            return
        place = p.words[at].start
        pairs = [r.text for r in self.found if r.kind == "people" and r.named and r.end < place]
        if pairs:
            start = p.words[at - 1].start if p.words[at].low == "two" else p.words[at].start
            out.replaced[start, p.words[at + 1].end] = pairs[-1]
            out.rules.append(f"“{self.text[start : p.words[at + 1].end]}” is {pairs[-1]}")

    def _charge(self, draft: Draft) -> str:
        """What somebody is accused of, for 'denied the charge'."""
        words = " ".join(self.text[draft.start : draft.end].split())
        for mark in (" of ", " for ", " that "):
            place = words.find(mark)
            if 0 < place < len(words) - 12:
                return words[place:].strip()
        return words

    def _short_names(self, spans: Sequence[Span], out: Resolved) -> None:
        """A surname becomes the full name, a short form the long one, unless the wording has it already."""
        given: set[str] = set()
        for name, span in sorted(((n, s) for n in self.names for s in n.spans), key=lambda pair: pair[1]):
            if not any(a <= span[0] and span[1] <= b for a, b in spans):
                continue
            words = " ".join(self.text[span[0] : span[1]].split())
            if (
                name.full not in words
                and name.full not in given
                and not any(a <= span[0] < b for a, b in out.replaced)
            ):
                out.replaced[span] = name.full
                out.rules.append(f"“{words}” is {name.full}")
            given.add(name.full)


def _wanted(low: str) -> str:
    for forms, wanted in ((FEMININE, "f"), (MASCULINE, "m"), (NEUTER, "it"), (PLURAL, "they")):
        if low in forms:
            return wanted
    return ""


def _owner(name: str) -> str:
    return name + ("’" if name.endswith("s") else "’s")


def _plain(name: str, *, first: bool) -> str:
    lower = (
        name[:1].lower() + name[1:]
        if name[:4] in ("The ", "Its ", "His ", "Her ") or name[:2] == "A " or name[:3] == "An "
        else name
    )
    return name if first else lower


def with_topic(draft: Draft, words: str, about: Topic) -> list[Piece]:
    """The pieces of a draft, with the topic in brackets when its wording does not speak of it."""
    low = words.lower()
    if not about.text or not draft.context or any(w[:6] in low for w in about.words):
        return draft.pieces
    return [*draft.pieces, Piece(text=f"[{about.text}]")]
