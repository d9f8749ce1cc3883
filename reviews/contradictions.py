"""Whether two claims of the desk contradict each other: in their figures, or in what was decided on them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from claims.matching.agreement import agree, comparable
from claims.matching.compare import compare
from claims.matching.dates import MONTHS, When, read_dates, same_date
from claims.matching.numerals import SCALES, TENS, UNITS
from claims.matching.quantities import Quantity, read_quantities
from claims.matching.units import PEOPLE
from claims.matching.words import STOP_WORDS, names, plain, stem, stems, without_topic, words
from reviews.distinctions import of_another_sort, other_kind
from reviews.tallies import differ

SAME_TIME = 31  # days between two articles beyond which undated figures tell of two events
APART = 2  # steps of the rating scale, 1 to 5, beyond which two verdicts are not two shades of one
MIDDLE = 3
NOT_COMPARED = frozenset({"age", "ago", "rank"})  # they tell of one person or one list, not of an event
SAME = frozenset({"same", "near_duplicate"})
ANYONE = frozenset("people person persons dead killed casualties deaths fatalities lives victims".split())
SUFFERERS = frozenset(map(stem, ANYONE | {"cases", "case", "wounded", "injured"}))
PART = re.compile(
    r"\s+(?:\w+\s+)?(?:of|among)\s+(?:the|them|those|these|whom|its|their|our)\b", re.IGNORECASE
)
WHOLE = frozenset(
    {"percent", "area", "length", "time"}
)  # "of the" after them names what is measured, not a part
TOLL = re.compile(r"\btoll\b[^.;:!?()]*$", re.IGNORECASE)
TURNOUT = re.compile(
    r"\bturn-?out\b|\b(?:voters|electorate|eligible|entitled)\b.{0,40}?"
    r"\b(?:took part|turned out|cast|went to the polls|voted(?! (?:for|against|to|in favour|yes|no)\b))",
    re.IGNORECASE,
)
VOTERS = frozenset({"turnout", "voters"})  # they begin a sentence, and are no names
NO_NAMES = (
    frozenset(UNITS)
    | TENS.keys()
    | SCALES.keys()
    | frozenset("no not fewer less nearly some several since".split())
)
PERIOD = re.compile(
    r"\b(?P<which>this|last|next|previous) (?P<unit>year|month|week|season|quarter|summer|winter)\b",
    re.IGNORECASE,
)
# What happens to one thing once, so that two dates of it cannot both be right.
ONCE = frozenset(
    map(
        stem,
        "signed founded established built completed opened inaugurated launched resigned born died began started "
        "ended entered took came expires expired married abolished ratified dissolved adopted".split(),
    )
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
    """The first figures of one event that cannot both hold.

    Bounds, hedges and rounding are taken at their word.
    """
    if not _same_event(one, other):
        return None
    if tallies := _of_tallies(one, other):
        return tallies
    ours, theirs = _figures(without_topic(one.text)), _figures(without_topic(other.text))
    loose = compare(without_topic(one.text), without_topic(other.text)).relation not in SAME
    for left in ours:
        rivals = [
            right
            for right in theirs
            if _measures_the_same(one.text, left, other.text, right, alone=not loose and _alone(ours, theirs))
            and not (
                loose and not _one_fate(one, left, other, right) and not _one_matter(one, left, other, right)
            )
        ]
        if not rivals or any(can_both_hold(left, right) for right in rivals):
            continue
        alone = [right for right in rivals if not any(can_both_hold(right, mine) for mine in ours)]
        if alone:
            return Difference(_told(one.text, left), _told(other.text, alone[0]))
    return None


def _of_tallies(one: Statement, other: Statement) -> Difference | None:
    """The results of one vote or one game."""
    found = differ(one.text, other.text)
    if found is None:
        return None
    loose = compare(without_topic(one.text), without_topic(other.text)).relation not in SAME
    shared = frozenset(stems(one.text)) & frozenset(stems(other.text))
    named = {part for name in _named(one, other) & _named(other, one) for part in stems(name)}
    if loose and not (shared & named and shared - named):
        return None
    return Difference(found[0].given, found[1].given)


def of_verdicts(one: Statement, other: Statement) -> Difference | None:
    """The ratings of one claim that stands in two articles, where one holds it for true and the other for false."""
    if one.number is None or other.number is None or abs(one.number - other.number) < APART:
        return None
    if not min(one.number, other.number) < MIDDLE < max(one.number, other.number):
        return None
    told = compare(one.text, other.text)
    same = told.relation == "same" and not told.differs and not _says_more(one, other)
    return Difference(one.rating, other.rating) if same and _same_event(one, other) else None


def _says_more(one: Statement, other: Statement) -> bool:
    """Whether a statement has a word for something that the other does not speak of: a verdict may hang on it."""
    who = frozenset(stems(f"{one.claimant} {other.claimant}"))
    ours, theirs = (frozenset(stems(without_topic(text))) for text in (one.text, other.text))
    return bool((ours ^ theirs) - who)


def of_dates(one: Statement, other: Statement) -> Difference | None:
    """Two dates of what happens once, in wordings that else say the same."""
    ours, theirs = read_dates(without_topic(one.text)), read_dates(without_topic(other.text))
    if len(ours) != 1 or len(theirs) != 1 or ours[0].bound or theirs[0].bound:
        return None
    if same_date(ours[0], theirs[0]) is not False or _figures(one.text) or _figures(other.text):
        return None
    left, right = (frozenset(stems(_beside_dates(text))) for text in (one.text, other.text))
    told = compare(_beside_dates(one.text), _beside_dates(other.text))
    if told.relation != "same" or told.differs:
        return None
    if not left & right & ONCE or (left - right and right - left) or not _same_names(one, other):
        return None
    return Difference(ours[0].words, theirs[0].words)


def _beside_dates(text: str) -> str:
    """What a text says beside its dates."""
    bare = plain(without_topic(text))
    for when in reversed(read_dates(bare)):
        bare = f"{bare[: when.start]} {bare[when.end :]}"
    return bare


def _same_event(one: Statement, other: Statement) -> bool:
    """Whether nothing says that two statements are about two days, two places or the opposite of each other."""
    told = compare(without_topic(one.text), without_topic(other.text))
    if {"date", "negation"} & set(told.differs):
        return False
    if told.relation == "different" and not _on_the_others_topic(one.text, other.text):
        return False
    if not _same_names(one, other) or other_kind(one.text, other.text):
        return False
    if told.relation not in SAME and not _named(one, other) & _named(other, one):
        return False
    return _same_time(one, other)


def _on_the_others_topic(one: str, other: str) -> bool:
    """Whether a wording has all the words of the topic that was added to the other."""
    for text, beside in ((one, other), (other, one)):
        topic = frozenset(stems(text[len(without_topic(text).rstrip('.!?”"')) :]))
        if len(topic) > 1 and topic <= frozenset(stems(beside)):
            return True
    return False


def _same_names(one: Statement, other: Statement) -> bool:
    ours, theirs = _named(one, other), _named(other, one)
    return not (ours - theirs and theirs - ours)


def _periods(text: str) -> dict[str, str]:
    """Which year or month a text speaks of from where it stands: this one, the last."""
    return {found["unit"].lower(): found["which"].lower() for found in PERIOD.finditer(text)}


def _same_time(one: Statement, other: Statement) -> bool:
    here, there = _periods(one.text), _periods(other.text)
    if any(here[unit] != there[unit] for unit in here.keys() & there.keys()):
        return False
    ours, theirs = _dated(one), _dated(other)
    if any(same_date(a, b) for a in ours for b in theirs):
        return True
    if _of_another_year(ours, theirs, other.day) or _of_another_year(theirs, ours, one.day):
        return False
    if one.day is None or other.day is None:
        return True
    return abs((one.day - other.day).days) <= SAME_TIME


def _dated(statement: Statement) -> list[When]:
    return [when for when in read_dates(statement.text) if when.year or when.month]


def _of_another_year(dated: list[When], undated: list[When], day: date | None) -> bool:
    """Whether a statement is of a year, and the other, without a date, was made in another: it is of its own time."""
    years = [when.year for when in dated if when.year and not when.bound]
    return bool(years) and not undated and day is not None and day.year not in years


def _named(statement: Statement, beside: Statement) -> set[str]:
    """The names in a wording, without months, without those who say it, and without words that merely begin it."""
    who = [said.casefold() for said in (statement.claimant, beside.claimant) if said]
    small = {word.text for word in words(beside.text)}
    found = set()
    for name in names(statement.text):
        bare = " ".join(word for word in name.split() if word not in MONTHS)
        if not bare or bare in NO_NAMES or bare in small:
            continue
        if not any(bare in said or said in bare for said in who):
            found.add(bare)
    return found


def _figures(text: str) -> list[Quantity]:
    return [_read(text, figure) for figure in read_quantities(text) if figure.kind not in NOT_COMPARED]


def _read(text: str, figure: Quantity) -> Quantity:
    """A figure with what a whole sentence tells of it: a toll further ahead, of which things it is a number."""
    if not figure.role and figure.kind == "count" and TOLL.search(text[: figure.start]):
        figure = replace(figure, role="killed")
    if figure.kind == "percent" and TURNOUT.search(text):
        figure = replace(figure, role="turnout")
    if figure.role and set(figure.nouns) & SUFFERERS:
        figure = replace(figure, nouns=("people",))
    part = PART.match(text, figure.end)
    if not figure.nouns and part:
        following = [
            word for word in words(text) if word.start >= part.end() and word.lower not in STOP_WORDS
        ]
        figure = replace(figure, nouns=tuple(stem(word.lower) for word in following[:2]))
    return figure


def _alone(ours: list[Quantity], theirs: list[Quantity]) -> bool:
    """Whether both wordings have one figure: where they else say the same, it can only be the same one."""
    return len(ours) == 1 and len(theirs) == 1


def _measures_the_same(text: str, figure: Quantity, other_text: str, other: Quantity, *, alone: bool) -> bool:
    same = measures_the_same(text, figure, other_text, other)
    if not same and alone and figure.kind == other.kind != "count" and figure.unit == other.unit:
        same = figure.role == other.role and not _is_part(text, figure, other_text, other)
    return same and not of_another_sort(text, figure, other_text, other)


def measures_the_same(text: str, figure: Quantity, other_text: str, other: Quantity) -> bool:
    """Whether two figures count the same thing, and neither only a part of the other's."""
    return comparable(figure, other) and not _is_part(text, figure, other_text, other)


def _one_fate(one: Statement, figure: Quantity, other: Statement, given: Quantity) -> bool:
    """Whether both count what befell people: where wordings share little, two sums of money are two matters.

    Or the turnout of what both name.
    """
    if figure.role == "turnout" and not (_named(one, other) & _named(other, one)) - VOTERS:
        return False
    return bool(figure.role) and figure.role == given.role


def _one_matter(one: Statement, figure: Quantity, other: Statement, given: Quantity) -> bool:
    """Whether both figures stand beside the same name and the same other word, each the only one of its kind."""
    for statement, mine in ((one, figure), (other, given)):
        if sum((item.kind, item.unit) == (mine.kind, mine.unit) for item in _figures(statement.text)) > 1:
            return False
    shared = figure.around & given.around
    named = {part for name in _named(one, other) & _named(other, one) for part in stems(name)}
    return figure.kind != "count" and bool(shared & named) and bool(shared - named)


def _is_part(text: str, figure: Quantity, other_text: str, other: Quantity) -> bool:
    """Whether one counts a group within the other's, as 12 children among 26 people: then both may hold."""
    if figure.kind in WHOLE:
        return False
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
    if (
        one.kind == other.kind == "percent"
        and _one_is_whole(one, other)
        and abs(one.value - other.value) <= 0.5
    ):
        return True
    return agree(one, other).verdict != "conflicts" and agree(other, one).verdict != "conflicts"


def _one_is_whole(one: Quantity, other: Quantity) -> bool:
    """Whether one percentage is given in whole points and the other more exactly."""
    return one.value.is_integer() != other.value.is_integer()


def _told(text: str, figure: Quantity) -> str:
    """The figure with its hedge and the words after it, as the wording has them."""
    nouns = next((given.nouns for given in read_quantities(text) if given.start == figure.start), ())
    following = [word for word in words(text) if word.start >= figure.end][: len(nouns)]
    end = following[-1].end if following else figure.end
    return f"{figure.words}{text[figure.end : end]}"[:200]
