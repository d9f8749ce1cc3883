"""An article as the desk shows it: its text in paragraphs, cut at the edges of its claims, and the claims beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from claims.extraction import ENGINE, parses
from claims.lifecycle import Anchor, Status
from claims.models import Article, Claim, Revision
from reviews import queries
from sources import queries as library
from sources.queries import NotAsked

MOST_LEVELS = 3  # highlights drawn inside each other; what lies deeper is a number at the end
CHUNK = 20  # paragraphs of a long article that are laid out together
LONG_CLAIMS, LONG_TEXT = 100, 48_000  # from here on the browser may skip what is off the screen
_BLANK_LINE, _LINE = re.compile(r"\n\s*\n"), re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class Place:
    """A claim with its number in the article. `inside` is the number of the claim around it, or 0."""

    number: int
    claim: Claim
    inside: int = 0

    @property
    def by(self) -> str:
        """Whose word the highlight shows: the machine's, a person's, or nobody's yet."""
        rows: Any = self.claim  # lists that the query put there
        if rows.live_verdicts or rows.current_publications:
            return "person"
        return "machine" if rows.current_suggestions and rows.current_suggestions[0].rating else "open"

    @property
    def rating(self) -> object:
        """The rating that colours the highlight: the newest word on the claim."""
        rows: Any = self.claim  # lists that the query put there
        if rows.live_verdicts:
            return rows.live_verdicts[0].rating
        if rows.current_publications:
            return rows.current_publications[0].verdict.rating
        return rows.current_suggestions[0].rating if rows.current_suggestions else None

    @property
    def off(self) -> bool:
        """Whether it is not checked."""
        return self.claim.status == Status.DISMISSED


@dataclass(slots=True)
class Mark:
    """A highlighted run of text. A claim cut by another has several: the first has the id, the last the number."""

    place: Place
    start: int
    end: int
    parts: list[Mark | str] = field(default_factory=list)
    deeper: list[Place] = field(default_factory=list)
    first: bool = True
    last: bool = True

    @property
    def nested(self) -> bool:
        """Whether other highlights lie inside: then the number is the link, not the whole run."""
        return any(isinstance(part, Mark) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with what stands in it: runs of text and marks."""

    number: int
    start: int
    end: int
    parts: list[Mark | str]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """All that an article's page shows of its text and claims."""

    article: Article
    revisions: list[Revision]
    paragraphs: list[Paragraph]
    places: list[Place]
    lost: list[Claim]  # reworded since, or gone from the newest text
    not_asked: list[NotAsked]  # services that could not be asked about its claims

    @property
    def revision(self) -> Revision | None:
        """The newest one."""
        return self.revisions[0] if self.revisions else None

    @property
    def whole_sentences(self) -> bool:
        """Whether the local engine read a language that it does not parse: then a claim is a sentence as it stands."""
        read = self.revision is not None and self.revision.engine == ENGINE
        return read and not parses(self.article.language)

    @property
    def long(self) -> bool:
        """Whether the text is cut into chunks."""
        return len(self.places) > LONG_CLAIMS or bool(self.paragraphs and self.paragraphs[-1].end > LONG_TEXT)

    @property
    def chunks(self) -> list[list[Paragraph]]:
        """The paragraphs, in one piece or in several."""
        size = CHUNK if self.long else max(1, len(self.paragraphs))
        return [self.paragraphs[at : at + size] for at in range(0, len(self.paragraphs), size)]

    def count(self, *statuses: str) -> int:
        """How many claims are in one of these statuses."""
        return sum(place.claim.status in statuses for place in self.places)


def of(user: User, article_id: int) -> ArticleView:
    """An article for its page. The same number of queries for any number of claims. Raises NotFound."""
    article = queries.article(user, article_id)
    revisions = queries.revisions_of(user, article_id)
    claims = list(queries.article_claims(user, article_id)) if revisions else []
    newest = revisions[0].pk if revisions else 0
    here = [claim for claim in claims if claim.revision_id == newest and claim.anchor == Anchor.ANCHORED]
    lost = [claim for claim in claims if claim.revision_id != newest or claim.anchor != Anchor.ANCHORED]
    places = _number(here)
    text = revisions[0].text if revisions else ""
    not_asked = library.not_asked(user, article_id)
    return ArticleView(article, revisions, paragraphs(text, places), places, lost, not_asked)


def spans(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs are: between blank lines, or lines where the text has no blank ones."""
    gap = _BLANK_LINE if _BLANK_LINE.search(text) else _LINE
    found, at = [], 0
    for match in [*gap.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[at:end].strip():
            found.append((at, end))
        at = match.end() if match else end
    return found


def paragraphs(text: str, places: Sequence[Place]) -> list[Paragraph]:
    """The text cut into paragraphs, with every claim marked where it stands. A claim may cross paragraphs."""
    found = []
    for number, (start, end) in enumerate(spans(text), start=1):
        inside = [
            Mark(
                place,
                max(start, place.claim.start),
                min(end, place.claim.end),
                first=place.claim.start >= start,
                last=place.claim.end <= end,
            )
            for place in places
            if place.claim.start < end and place.claim.end > start
        ]
        found.append(Paragraph(number, start, end, _nest(text, start, end, inside, MOST_LEVELS)))
    return found


def _number(claims: Sequence[Claim]) -> list[Place]:
    ordered = sorted(claims, key=lambda claim: (claim.start, -claim.end, claim.nth, claim.pk))
    around: list[Place] = []
    found = []
    for number, claim in enumerate(ordered, start=1):
        around = [place for place in around if place.claim.end >= claim.end and place.claim.end > claim.start]
        place = Place(number, claim, around[-1].number if around else 0)
        around.append(place)
        found.append(place)
    return found


def _nest(text: str, start: int, end: int, marks: list[Mark], levels: int) -> list[Mark | str]:
    """Put marks inside each other: longer ones around shorter ones, and one that crosses an edge is cut there."""
    parts: list[Mark | str] = []
    at = start
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.place.number))
    while waiting:
        mark = waiting.pop(0)
        inside, crossing = _take_inside(mark, waiting)
        waiting = sorted(
            [other for other in waiting if other.start >= mark.end] + crossing,
            key=lambda other: (other.start, -other.end),
        )
        parts += [text[at : mark.start]] if at < mark.start else []
        if levels > 1:
            mark.parts = _nest(text, mark.start, mark.end, inside, levels - 1)
        else:
            mark.parts, mark.deeper = (
                [text[mark.start : mark.end]],
                [other.place for other in inside if other.last],
            )
        parts.append(mark)
        at = mark.end
    return [*parts, text[at:end]] if at < end else parts


def _take_inside(mark: Mark, others: Sequence[Mark]) -> tuple[list[Mark], list[Mark]]:
    """The marks, or parts of marks, that lie in `mark`, and what is left over of those that cross its end."""
    inside, crossing = [], []
    for other in others:
        if other.start >= mark.end:
            continue
        if other.end <= mark.end:
            inside.append(other)
        else:
            inside.append(Mark(other.place, other.start, mark.end, first=other.first, last=False))
            crossing.append(Mark(other.place, mark.end, other.end, first=False, last=other.last))
    return inside, crossing


def words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words of a paragraph as spans, for choosing without a pointer."""
    for match in re.finditer(r"\S+", text[start:end]):
        yield start + match.start(), start + match.end()
