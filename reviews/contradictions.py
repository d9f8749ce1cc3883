"""Whether two claims of the desk contradict each other: in their figures, or in what was decided on them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from claims.matching.agreement import agree, comparable
from claims.matching.compare import compare
from claims.matching.dates import MONTHS, read_dates, same_date
from claims.matching.quantities import Quantity, read_quantities
from claims.matching.units import PEOPLE
from claims.matching.words import names, without_topic, words

SAME_TIME = 31  # days between two articles beyond which undated figures tell of two events
APART = 2  # steps of the rating scale, 1 to 5, beyond which two verdicts are not two shades of one
MIDDLE = 3
NOT_COMPARED = frozenset({"age", "ago", "rank"})  # they tell of one person or one list, not of an event
ANYONE = frozenset("people person persons dead killed casualties deaths fatalities lives victims".split())
PART = re.compile(
    r"\s+(?:\w+\s+)?(?:of|among)\s+(?:the|them|those|these|whom|its|their|our)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What is compared of a claim: its wording, who says so, the day of its article, the rating if one was decided."""

    text: str
    claimant: str = ""
    day: date | None = None
    rating: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What each of two claims says where both cannot be right."""

    one: str
    other: str


def of_values(one: Statement, other: Statement) -> Difference | None:
    """The first figures of one event that cannot both hold; bounds, hedges and rounding are taken at their word."""
    if not _same_event(one, other):
        return None
    ours, theirs = _figures(one.text), _figures(other.text)
    loose = compare(without_topic(one.text), without_topic(other.text)).relation == "related"
    for left in ours:
        rivals = [
            right
            for right in theirs
            if measures_the_same(one.text, left, other.text, right)
            and not (loose and not _one_fate(left, right))
        ]
        if not rivals or any(can_both_hold(left, right) for right in rivals):
            continue
        alone = [right for right in rivals if not any(can_both_hold(right, mine) for mine in ours)]
        if alone:
            return Difference(_told(one.text, left), _told(other.text, alone[0]))
    return None


def of_verdicts(one: Statement, other: Statement) -> Difference | None:
    """The ratings of one claim that stands in two articles, where one holds it for true and the other for false."""
    if one.number is None or other.number is None or abs(one.number - other.number) < APART:
        return None
    if not min(one.number, other.number) < MIDDLE < max(one.number, other.number):
        return None
    told = compare(one.text, other.text)
    same = told.relation == "same" and not told.differs
    return Difference(one.rating, other.rating) if same and _same_event(one, other) else None


def _same_event(one: Statement, other: Statement) -> bool:
    """Whether nothing says that two statements are about two days, two places or the opposite of each other."""
    told = compare(without_topic(one.text), without_topic(other.text))
    if told.relation == "different" or {"date", "negation"} & set(told.differs):
        return False
    ours, theirs = _named(one, other), _named(other, one)
    if ours - theirs and theirs - ours:
        return False
    if told.relation == "related" and not ours & theirs:
        return False
    return _same_time(one, other)


def _same_time(one: Statement, other: Statement) -> bool:
    dated = [same_date(a, b) for a in read_dates(one.text) for b in read_dates(other.text)]
    if any(dated):
        return True
    if one.day is None or other.day is None:
        return True
    return abs((one.day - other.day).days) <= SAME_TIME


def _named(statement: Statement, beside: Statement) -> set[str]:
    """The names in a wording, without months and without those who say it: they are no place."""
    who = [said.casefold() for said in (statement.claimant, beside.claimant) if said]
    found = set()
    for name in names(statement.text):
        bare = " ".join(word for word in name.split() if word not in MONTHS)
        if bare and not any(bare in said or said in bare for said in who):
            found.add(bare)
    return found


def _figures(text: str) -> list[Quantity]:
    return [figure for figure in read_quantities(text) if figure.kind not in NOT_COMPARED]


def measures_the_same(text: str, figure: Quantity, other_text: str, other: Quantity) -> bool:
    """Whether two figures count the same thing, and neither only a part of the other's."""
    return comparable(figure, other) and not _is_part(text, figure, other_text, other)


def _one_fate(one: Quantity, other: Quantity) -> bool:
    """Whether both count what befell people: where wordings share little, two sums of money are two matters."""
    return bool(one.role) and one.role == other.role


def _is_part(text: str, figure: Quantity, other_text: str, other: Quantity) -> bool:
    """Whether one counts a group within the other's, as 12 children among 26 people: then both may hold."""
    ours, theirs = PART.match(text, figure.end), PART.match(other_text, other.end)
    if bool(ours) != bool(theirs):
        part, whole = (figure, other) if ours else (other, figure)
        return part.value <= whole.value
    left, right = _who(text, figure), _who(other_text, other)
    if not left or not right or left == right:
        return False
    if left not in ANYONE and right not in ANYONE:
        return True
    part, whole = (figure, other) if right in ANYONE else (other, figure)
    return part.value <= whole.value


def _who(text: str, figure: Quantity) -> str:
    """The word for the people whom a figure counts; empty when it counts none or does not say."""
    following = [word.lower for word in words(text) if word.start >= figure.end][:2]
    return next((word for word in following if word in PEOPLE), "")


def can_both_hold(one: Quantity, other: Quantity) -> bool:
    """Whether bounds, hedges and rounding leave room for both."""
    return agree(one, other).verdict != "conflicts" and agree(other, one).verdict != "conflicts"


def _told(text: str, figure: Quantity) -> str:
    """The figure with its hedge and the words after it, as the wording has them."""
    following = [word for word in words(text) if word.start >= figure.end][: max(1, len(figure.nouns))]
    end = following[-1].end if following and figure.nouns else figure.end
    return f"{figure.words}{text[figure.end : end]}"[:200]
