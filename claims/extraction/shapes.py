"""The plain shapes that the stages of extraction hand on. Spans are (start, end) in code points."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]

BlockKind = Literal["headline", "heading", "dateline", "byline", "caption", "item", "notice", "paragraph"]
Bound = Literal["exact", "about", "at_least", "at_most", "more_than", "less_than", "range"]

FIRST_PERSON = (
    "first person"  # the rule of a claim that keeps its speaker in front for the sake of an 'I' or 'we'
)


@dataclass(frozen=True)
class Block:
    """A paragraph, headline, list item …: what stands between breaks of the text."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True)
class Sentence:
    """One sentence of one block. `whole` is False for a piece cut out of an overlong one."""

    start: int
    end: int
    block: int
    kind: BlockKind
    whole: bool = True


@dataclass(frozen=True)
class Quote:
    """Words between quotation marks; the span holds the marks, `inner` does not."""

    start: int
    end: int
    inner: Span


@dataclass(frozen=True)
class Quantity:
    """A number with what it means: 'at least 34 people' is 34, at_least, unit '', counted 'people'."""

    text: str
    value: float
    high: float | None
    bound: Bound
    unit: str
    counted: str
    start: int
    end: int


@dataclass(frozen=True)
class Setting:
    """What the type of a claim may depend on besides its words."""

    claimant: str = ""
    speech: str = ""  # lemma of the verb it was said with
    verb: str = ""  # lemma of its own verb
    quoted: bool = False
    role: str = ""  # what the claimant is: one of ROLES, "other", or "" for the article
    accused: bool = False  # a charge against the claimant, or whom it speaks for, stands in the article
    accuser: bool = False
    own: bool = False  # the claim is about the claimant's own side
    answers: bool = False  # words of accusation stand right before it
    compared: bool = False  # it was split off as the record or comparison at the end of a clause
    tense: str = ""  # of its own verb: past, present, perfect, past perfect, would, modal, none


@dataclass(frozen=True)
class Candidate:
    """One claim that the machine proposes; `text[start:end] == quote` in the article, always.

    `added` are spans of `text` (the wording) that do not stand in the quote; `alternatives` are other
    wordings that are possible; `rules` say what made the claim and `reasons` what its score rests on.
    """

    text: str
    quote: str
    start: int
    end: int
    type: str
    claimant: str
    check_worthiness: float
    needs_wording: bool = False
    rules: tuple[str, ...] = ()
    added: tuple[Span, ...] = ()
    alternatives: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    setting: Setting = Setting()


@dataclass(frozen=True)
class Outcome:
    """The claims of a text, which engine made them, and why it was not the one that was asked for."""

    candidates: Sequence[Candidate]
    engine: str
    note: str = ""


@dataclass(frozen=True)
class Piece:
    """A part of a wording: words of the article (`span`) or words that were added (`span` is None)."""

    text: str = ""
    span: Span | None = None


@dataclass
class Draft:
    """A claim on its way through the stages: where it stands, and the pieces that its wording is made of."""

    start: int
    end: int
    pieces: list[Piece]
    sentence: int
    claimant: list[Span | str] = field(
        default_factory=list
    )  # outermost speaker last: ["Y", "X"] is X citing Y
    rules: list[str] = field(default_factory=list)
    context: bool = True  # whether a topic may be added when the wording names nothing
    verb: str = ""  # lemma of the predicate
    speech: str = ""  # lemma of the verb it was said with
    quoted: bool = False
    question: bool = False
    passive: bool = False
    tense: str = ""
    subject: Span | None = None
