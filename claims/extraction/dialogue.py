"""Interviews in questions and answers: which paragraphs are somebody's answers, and whose."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from claims.extraction.lexicon import ORG_NOUNS
from claims.extraction.names import Name
from claims.extraction.shapes import Block

LABEL = re.compile(
    r"(?:\*\*)?(?P<who>Q|A|Question|Answer|(?:[A-ZÀ-Þ][\w’'.-]*)(?: [A-ZÀ-Þ][\w’'.-]*){0,3})(?:\*\*)?:(?:\*\*)?[ \t]+"
    r"(?=[\"“‘]?[A-ZÀ-Þ0-9])"
)
QUESTION = re.compile(r"\?[\"”’]?\s*$")
FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|We|My|Our|I[’'](?:m|ve|d|ll)|[Ww]e[’'](?:re|ve|d|ll))\b")
YOU = re.compile(r"\b[Yy]ou(?:r|rs)?\b")
REMARK = 160  # characters of a remark that an interviewer makes
ASKED = frozenset(("q", "question"))
ANSWERED = frozenset(("a", "answer"))
TURNS, QUESTIONS, LONGEST = 4, 3, 400
OWN = 0.5  # share of answers in the first person below which questions are only headings


@dataclass(frozen=True)
class Dialogue:
    """The answers of an interview: block number to the label before it, "" for the one person interviewed."""

    answers: Mapping[int, str] = field(default_factory=dict)
    prefixes: Mapping[int, int] = field(default_factory=dict)  # characters of the label
    opens: int = 0  # offset at which the first question stands

    def speaker(self, block: int, title: str, names: Sequence[Name]) -> str:
        """The full name of who answers in a block; empty when nobody does, or nobody can be told."""
        label = self.answers.get(block)
        if label is None:
            return ""
        people = [n for n in names if n.kind == "person" or _may_be_person(n)]
        if label:
            return next((n.full for n in people if label.split()[-1] in n.words), label)
        early = [(sum(a < self.opens for a, _ in n.spans), n) for n in people]
        named = [
            (count and count + 2 * (n.words[-1] in title) + (n.kind == "person"), n) for count, n in early
        ]
        best = max(named, key=lambda one: one[0], default=None)
        return best[1].full if best is not None and best[0] else ""


def _may_be_person(name: Name) -> bool:
    """Two or three words none of which is a body's: enough for whoever an interview opens with."""
    return name.kind == "body" and 1 < len(name.words) < 4 and not {w.lower() for w in name.words} & ORG_NOUNS


def dialogue(text: str, parts: Sequence[Block]) -> Dialogue:
    """Find the turns of an interview: by labels before paragraphs, or by questions that stand alone."""
    return _labelled(text, parts) or _asked(text, parts) or Dialogue()


def _labelled(text: str, parts: Sequence[Block]) -> Dialogue | None:
    marks = {
        number: match
        for number, block in enumerate(parts)
        if (match := LABEL.match(text, block.start, block.end)) is not None
    }
    counts = Counter(match["who"] for match in marks.values())
    often = {who for who, count in counts.items() if count > 1}
    marks = {number: match for number, match in marks.items() if match["who"] in often}
    if len(often) < 2 or len(marks) < TURNS:
        return None
    asking = Counter(
        match["who"] for n, match in marks.items() if QUESTION.search(text[parts[n].start : parts[n].end])
    )
    asker = next((who for who in often if who.lower() in ASKED), "") or max(often, key=lambda w: asking[w])
    answers: dict[int, str] = {}
    current: str | None = None
    for number in range(min(marks), len(parts)):
        if number in marks:
            who = marks[number]["who"]
            current = None if who == asker else "" if who.lower() in ANSWERED else who
        if current is not None and (number in marks or FIRST_PERSON.search(_block(text, parts[number]))):
            answers[number] = current
    lengths = {number: match.end() - match.start() for number, match in marks.items()}
    return Dialogue(answers, lengths, parts[min(marks)].start)


def _asked(text: str, parts: Sequence[Block]) -> Dialogue | None:
    asked = [
        number
        for number, block in enumerate(parts)
        if block.end - block.start <= LONGEST
        and (QUESTION.search(_block(text, block)) or _put_to(_block(text, block)))
        and text[block.start] not in '"“‘«'
    ]
    if not any(QUESTION.search(_block(text, parts[number])) for number in asked) or len(asked) < QUESTIONS:
        return None
    answers: dict[int, str] = {}
    for at, number in enumerate(asked):
        last = asked[at + 1] if at + 1 < len(asked) else len(parts)
        for place in range(number + 1, last):
            own = FIRST_PERSON.search(_block(text, parts[place]))
            if place == number + 1 or own or at + 1 < len(asked):
                answers[place] = ""
            else:
                break
    personal = sum(bool(FIRST_PERSON.search(_block(text, parts[number]))) for number in answers)
    if not answers or personal < OWN * len(answers):
        return None
    return Dialogue(answers, {}, parts[asked[0]].start)


def _put_to(block: str) -> bool:
    """'The trust says you exaggerated.': words to the person interviewed, without a question mark."""
    return len(block) < REMARK and bool(YOU.search(block)) and not FIRST_PERSON.search(block)


def _block(text: str, block: Block) -> str:
    return text[block.start : block.end]
