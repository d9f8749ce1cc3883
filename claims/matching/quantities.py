"""Reads quantities: value, bound or hedge, unit, what is counted and what happened to it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.matching.dates import read_dates
from claims.matching.numerals import Numeral, numerals
from claims.matching.shares import Share, shares
from claims.matching.units import CURRENCIES, CURRENCY_WORDS, MEASURES, PEOPLE, ROLES
from claims.matching.words import STOP_WORDS, Word, plain, stem, words

BOUND_BEFORE = re.compile(
    r"(?:\b(?P<at_least>at least|no fewer than|not fewer than|no less than|not less than|a minimum of|minimum of)"
    r"|\b(?P<more_than>more than|over|above|exceeding|exceeded|exceeds|upwards of|in excess of|greater than|surpassed)"
    r"|\b(?P<at_most>at most|up to|as many as|as much as|no more than|not more than|a maximum of|maximum of)"
    r"|\b(?P<less_than>less than|fewer than|under|below|just under)"
    r"|\b(?P<nearly>nearly|almost|close to|just short of)"
    r"|\b(?P<about>about|around|roughly|approximately|some|an estimated|estimated|circa|approx))"
    r"\s+(?:the\s+)?[$€£¥₹]?$",
    re.IGNORECASE,
)
BOUND_AFTER = re.compile(
    r"^\s*(?:(?P<at_least>or more|or greater|\+|plus\b)|(?P<at_most>or less|or fewer)|(?P<about>or so|-odd|odd\b))",
    re.IGNORECASE,
)
LOOSE = {"about": 0.1, "nearly": 0.1}  # How far a hedged number may be off, as a share of it.
BOUND_WORDS = {
    "at_least": "at least ", "more_than": "more than ", "at_most": "at most ", "less_than": "less than ",
    "nearly": "nearly ", "about": "about ",
}  # fmt: skip
AROUND = 4  # Words on either side that say what a number measures.
CLAUSE_END = re.compile(r"[.;:!?,()\n]|\b(?:while|but|and|as well as)\b")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number in a text and what it measures; `value` is in the unit's base, `given` as written."""

    value: float
    high: float
    slack: float
    bound: str
    kind: str  # count, percent, money, rank, age, or a dimension: length, mass, area, time, …
    unit: str
    nouns: tuple[str, ...]
    role: str
    around: frozenset[str]
    given: str
    start: int
    end: int

    @property
    def head(self) -> str:
        """The last of the words after the number, mostly the thing counted."""
        return self.nouns[-1] if self.nouns else ""

    @property
    def words(self) -> str:
        """The quantity as its text gives it, hedge included."""
        return f"{BOUND_WORDS.get(self.bound, '')}{self.given}"

    @property
    def interval(self) -> tuple[float, float]:
        """The values that the words allow, both ends included."""
        low, high = self.value - self.slack, self.high + self.slack
        loose = LOOSE.get(self.bound, 0.0)
        if self.bound in ("at_least", "more_than"):
            return low, float("inf")
        if self.bound in ("at_most", "less_than"):
            return float("-inf"), high
        if self.bound == "nearly":
            return self.value * (1 - loose), high
        return low - loose * self.value, high + loose * self.value


@lru_cache(maxsize=4_096)
def read_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities in the text, in order; calendar dates are not quantities."""
    flat, tokens = plain(text), words(text)
    taken = [(when.start, when.end) for when in read_dates(text)]
    parts = [share for share in shares(tokens) if not _inside(tokens, share, taken)]
    taken += [(tokens[share.first].start, tokens[share.after - 1].end) for share in parts]
    read = [_of_share(flat, tokens, share) for share in parts]
    found = [n for n in numerals(tokens) if not _inside(tokens, n, taken) and not n.is_vague]
    skip = False
    for place, numeral in enumerate(found):
        if skip:
            skip = False
            continue
        following = found[place + 1] if place + 1 < len(found) else None
        upper = following if following and _is_range(flat, tokens, numeral, following) else None
        skip = upper is not None
        quantity = _quantity(flat, tokens, numeral, upper)
        if quantity:
            read.append(quantity)
    return tuple(sorted(read, key=lambda quantity: quantity.start))


def _of_share(flat: str, tokens: tuple[Word, ...], share: Share) -> Quantity:
    """A share in words as a percentage."""
    start, end = tokens[share.first].start, tokens[share.after - 1].end
    return Quantity(
        share.value, share.value, share.slack, _bound(flat, start, end), "percent", "%",
        _nouns(tokens[share.after :], flat, end), _role(tokens, share.first, share.after, flat),
        _around(tokens, share.first, share.after), flat[start:end], start, end,
    )  # fmt: skip


def _inside(tokens: tuple[Word, ...], numeral: Numeral | Share, taken: list[tuple[int, int]]) -> bool:
    start, end = tokens[numeral.first].start, tokens[numeral.after - 1].end
    return any(start < right and left < end for left, right in taken)


def _is_range(flat: str, tokens: tuple[Word, ...], low: Numeral, high: Numeral) -> bool:
    between = flat[tokens[low.after - 1].end : tokens[high.first].start].strip().lower()
    before = flat[: tokens[low.first].start].rstrip().lower()
    joined = between in ("-", "to") or (between == "and" and before.endswith("between"))
    return joined and high.value > low.value and not low.is_ordinal


def _quantity(
    flat: str, tokens: tuple[Word, ...], numeral: Numeral, upper: Numeral | None
) -> Quantity | None:
    start, last = tokens[numeral.first].start, upper or numeral
    end = tokens[last.after - 1].end
    after = tokens[last.after :]
    kind, unit, factor, used = _unit(flat, start, end, after)
    if numeral.is_ordinal:
        kind, unit, factor, used = "rank", "", 1.0, 0
    if (
        kind == "count"
        and numeral.first == last.first
        and numeral.value in (0.0, 1.0)
        and not flat[start].isdigit()
    ):
        return None  # "one" is a pronoun more often than a number.
    scale = last.value / high_value if upper and (high_value := _bare(tokens, upper)) else 1.0
    value = numeral.value * (scale if upper and scale > 1 and numeral.value < upper.value / scale else 1.0)
    bound = "" if upper else _bound(flat, start, end)
    if used:
        end = after[used - 1].end
    if kind == "percent" and not used:
        end = flat.index("%", end) + 1
    if unit in CURRENCIES.values() and start and flat[start - 1] in CURRENCIES:
        start -= 1
    return Quantity(
        value * factor, last.value * factor, max(numeral.slack, last.slack) * factor, bound, kind, unit,
        _nouns(after[used:], flat, end), _role(tokens, numeral.first, last.after, flat),
        _around(tokens, numeral.first, last.after + used), flat[start:end], start, end,
    )  # fmt: skip


def _bare(tokens: tuple[Word, ...], numeral: Numeral) -> float:
    try:
        return float(tokens[numeral.first].lower.replace(",", ""))
    except ValueError:
        return 0.0


def _bound(flat: str, start: int, end: int) -> str:
    before = BOUND_BEFORE.search(flat[max(0, start - 24) : start])
    after = BOUND_AFTER.search(flat[end : end + 14])
    for match in (before, after):
        if match and match.lastgroup:
            return match.lastgroup
    return ""


def _unit(flat: str, start: int, end: int, after: tuple[Word, ...]) -> tuple[str, str, float, int]:
    """Kind, unit, factor into the base unit, and how many of the following tokens name it."""
    if flat[end : end + 2].lstrip().startswith("%"):
        return "percent", "%", 1.0, 0
    if start and flat[start - 1] in CURRENCIES:
        return "money", CURRENCIES[flat[start - 1]], 1.0, 0
    following = [word.lower for word in after[:2]]
    if following[:1] in (["percent"], ["pct"]):
        return "percent", "%", 1.0, 1
    if following == ["per", "cent"]:
        return "percent", "%", 1.0, 2
    if following and following[0] in ("percentage", "point", "points") and "percentage" in following:
        return "points", "percentage points", 1.0, 2
    if following and following[0] in CURRENCY_WORDS:
        return "money", CURRENCY_WORDS[following[0]], 1.0, 1
    if len(following) == 2 and following[1] in CURRENCY_WORDS and following[0] in ("us", "american", "u.s"):
        return "money", CURRENCY_WORDS[following[1]], 1.0, 2
    return _measure(after)


def _measure(after: tuple[Word, ...]) -> tuple[str, str, float, int]:
    for length in (2, 1):
        name = " ".join(word.lower for word in after[:length])
        if len(after) < length or name not in MEASURES:
            continue
        kind, unit, factor = MEASURES[name]
        following = after[length].lower if len(after) > length else ""
        if kind == "time" and following == "old":
            return "age", "years", 1.0, length
        return ("ago" if kind == "time" and following == "ago" else kind), unit, factor, length
    return "count", "", 1.0, 0


def _nouns(after: tuple[Word, ...], flat: str, end: int) -> tuple[str, ...]:
    """Stems of the words right after the number, up to the first function word or mark: what is counted."""
    nouns: list[str] = []
    for word in after[:4]:
        if set(flat[end : word.start]) - {" ", "-", "%"} or word.lower in STOP_WORDS - {"other", "more"}:
            if word.lower != "of" or nouns:
                break
            continue
        if word.lower[0].isdigit():
            break
        end = word.end
        if word.lower not in ("other", "more", "new"):
            nouns.append("people" if word.lower in PEOPLE else stem(word.lower))
    return tuple(nouns)


def _around(tokens: tuple[Word, ...], first: int, after: int) -> frozenset[str]:
    """Stems of the content words near a number: what it measures."""
    near = (*tokens[max(0, first - AROUND) : first], *tokens[after : after + AROUND])
    return frozenset(
        stem(word.lower) for word in near if word.lower not in STOP_WORDS and not word.lower[0].isdigit()
    )


def _role(tokens: tuple[Word, ...], first: int, after: int, flat: str) -> str:
    """What happened to what is counted: the nearest casualty word, a word across a clause end counting double."""
    best, role = 9, ""
    for place in range(max(0, first - 6), min(len(tokens), after + 7)):
        if first <= place < after or tokens[place].lower not in ROLES:
            continue
        is_before = place < first
        gap = (
            flat[tokens[place].end : tokens[first].start]
            if is_before
            else flat[tokens[after - 1].end : tokens[place].start]
        )
        distance = (first - place) if is_before else (place - after + 1)
        distance += 4 * len(CLAUSE_END.findall(gap))
        if distance < best:
            best, role = distance, ROLES[tokens[place].lower]
    return role
