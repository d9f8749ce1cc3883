"""Words of a sentence as spans, phrases and anchors: what the two halves of decompose share."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.breaks import BREAKS, QUOTES, is_quote
from claims.extraction.chunks import CIRCUMSTANCE
from claims.extraction.lexicon import DAYS, MONTHS
from claims.extraction.shapes import Draft, Piece, Span
from claims.extraction.tokens import FINITE, VERB, Parsed, Token

Words = list[int]
Chain = list[Span | str]
NOUNS = ("NN", "NNS", "NNP", "NNPS")
PHRASE = frozenset((*NOUNS, "JJ", "JJS", "JJR", "DT", "PRP$", "POS", "CD", "HYPH", "$", "PDT"))


@dataclass
class Clause:
    """A split-off clause: its subject's words and its predicate's words."""

    subject: Words
    body: Words


def draft(p: Parsed, clause: Clause, who: Chain, rules: list[str], main: Sequence[int] = ()) -> Draft:
    """A clause as a draft: subject, then predicate, in the article's own words. `main` are the main verbs of its stretch."""
    body = strip_words(p, clause.body)
    pieces = [Piece(span=s) for s in (*runs(p, clause.subject), *runs(p, body))]
    start, end = anchor(p, body)
    inside = set(body)
    first = next(
        (at for at in main if at in inside), next((at for at in body if p.words[at].tag in FINITE), body[0])
    )
    verbs = [at for at in body if p.words[at].tag in VERB and at >= first]
    verbs = [
        at
        for at in verbs
        if p.words[at].lemma not in ("be", "have", "will", "would", "do", "could", "may", "can")
    ] or verbs
    made = Draft(start, end, pieces, p.number, list(who), list(rules))
    made.verb = p.words[verbs[0]].lemma if verbs else ""
    made.tense = tense([p.words[at] for at in body if at >= first])
    made.passive = any(p.words[at].tag == "VBN" for at in verbs[:1]) and any(
        p.words[at].low in ("be", "been", "being", "is", "are", "was", "were")
        for at in body
        if verbs and at < verbs[0]
    )
    made.question = p.words[body[-1]].text == "?" or (
        body[-1] + 1 < len(p.words) and p.words[body[-1] + 1].text == "?"
    )
    if clause.subject:
        made.subject = p.span(clause.subject[0], clause.subject[-1] + 1)
    return made


def tense(words: Sequence[Token]) -> str:
    """The tense of the first finite verb: past, present, perfect, past perfect, would, modal; "none" without one."""
    for at, word in enumerate(words):
        follows = any(w.tag == "VBN" for w in words[at + 1 : at + 4])
        if word.low in ("would", "could", "might"):
            return "would"
        if word.tag == "MD":
            return "modal"
        if word.tag in FINITE and word.lemma == "have" and follows:
            return "past perfect" if word.tag == "VBD" else "perfect"
        if word.tag in FINITE:
            return "past" if word.tag == "VBD" else "present"
    return "none"


def anchor(p: Parsed, body: Words) -> Span:
    """The longest run of words that holds a verb, and not that of a 'because …' behind it."""
    parts: list[Words] = []
    for at in body:
        if parts and adjoins(p, parts[-1][-1], at):
            parts[-1].append(at)
        else:
            parts.append([at])
    best = max(
        parts,
        key=lambda run: (
            any(p.words[at].tag in FINITE for at in run),
            p.words[run[0]].low not in CIRCUMSTANCE,
            len(run),
        ),
    )
    return p.span(best[0], best[-1] + 1)


def runs(p: Parsed, words: Words) -> list[Span]:
    """Words as spans of the article; neighbours become one."""
    spans: list[tuple[int, int]] = []
    for at in words:
        if spans and adjoins(p, spans[-1][1], at):
            spans[-1] = (spans[-1][0], at)
        else:
            spans.append((at, at))
    return [p.span(a, b + 1) for a, b in spans]


def adjoins(p: Parsed, one: int, other: int) -> bool:
    """Whether nothing but marks stands between two words."""
    return 0 < other - one <= 3 and all(w.text in BREAKS | QUOTES for w in p.words[one + 1 : other])


def pieces_of(p: Parsed, words: Words) -> list[Piece]:
    """Words as pieces of a wording."""
    return [Piece(span=span) for span in runs(p, words)]


def strip_words(p: Parsed, words: Words) -> Words:
    """A body without the punctuation at its end; closing quotation marks stay."""
    while len(words) > 1 and p.words[words[-1]].text in (",", ";", ":", ".", "—", "–", "-"):
        words = words[:-1]
    return words


def antecedent(p: Parsed, at: int) -> Words:
    """The noun phrase right before a relative clause or apposition; an age between commas is passed over."""
    end = at
    while end > 0 and (p.words[end - 1].text in BREAKS | QUOTES or _age(p, end - 1)):
        end -= 1
    if end == 0:
        return []
    start = _phrase_start(p, end)
    while start > 1 and p.words[start - 1].low == "of" and p.words[start - 2].tag in PHRASE:
        start = _phrase_start(p, start - 1)
    return list(range(start, end))


def _age(p: Parsed, at: int) -> bool:
    return p.words[at].tag == "CD" and len(p.words[at].text) <= 2 and at > 0 and p.words[at - 1].text == ","


def _phrase_start(p: Parsed, end: int) -> int:
    start = end - 1
    while start > 0 and _in_phrase(p, start - 1):
        start -= 1
    return start


def _in_phrase(p: Parsed, at: int) -> bool:
    word, following = p.words[at], p.words[at + 1]
    if following.tag in ("DT", "PRP$") or word.text in BREAKS or is_quote(word):
        return False
    if word.tag in NOUNS and following.tag not in ("POS", *NOUNS, "HYPH", "CD"):
        return False
    return word.tag in PHRASE


def ends_in_amount(p: Parsed, at: int) -> bool:
    """Whether the words before a part end in a number, a unit or a date, so that a record after them is theirs."""
    end = at
    while end > 0 and p.words[end - 1].text in BREAKS | QUOTES:
        end -= 1
    if end == 0:
        return False
    word = p.words[end - 1]
    near = p.words[max(0, end - 4) : end]
    return (
        word.tag == "CD" or word.text in "%)" or word.low in DAYS or word.low in MONTHS
        or word.low in ("year", "month", "week", "quarter", "night", "season", "percent", "points")
        or any(w.tag == "CD" or w.text in "%$£€" for w in near)
    )  # fmt: skip
