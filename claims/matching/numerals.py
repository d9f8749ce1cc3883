"""Reads numerals in digits and words: 26, 1,234.5, twenty-six, two and a half million, a dozen."""

from dataclasses import dataclass

from claims.matching.words import Word

UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12, "dozen": 12.0, "hundreds": 1e2, "thousands": 1e3,
    "millions": 1e6, "billions": 1e9, "dozens": 12.0,
}  # fmt: skip
PLURAL_SCALES = frozenset({"hundreds", "thousands", "millions", "billions", "dozens"})
GLUED_SCALES = frozenset({"k", "m", "mn", "bn", "tn"})
ORDINAL_WORDS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
}
ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
MOST_SLACK = 0.05  # Rounding explains a difference of at most this share of the number.


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written: its value, half the step of its last given digit, and the tokens it takes."""

    value: float
    slack: float
    first: int
    after: int
    is_ordinal: bool = False
    is_vague: bool = False


def numerals(tokens: tuple[Word, ...]) -> list[Numeral]:
    """All numerals of a token list, left to right, longest first."""
    found: list[Numeral] = []
    at = 0
    while at < len(tokens):
        numeral = _read(tokens, at)
        if numeral is None:
            at += 1
            continue
        found.append(numeral)
        at = numeral.after
    return found


def _read(tokens: tuple[Word, ...], at: int) -> Numeral | None:
    word = tokens[at].lower
    if word[0].isdigit():
        return _digits(tokens, at)
    if word in ORDINAL_WORDS:
        return Numeral(float(ORDINAL_WORDS[word]), 0.0, at, at + 1, is_ordinal=True)
    if word in PLURAL_SCALES:
        return Numeral(SCALES[word], 0.0, at, at + 1, is_vague=True)
    if word == "half" and _lower(tokens, at + 1) == "a" and _lower(tokens, at + 2) in SCALES:
        value = SCALES[tokens[at + 2].lower] / 2
        return Numeral(value, value * 0.05, at, at + 3)
    if word in ("a", "an", "several", "couple", "few"):
        return _article(tokens, at)
    return _spelled(tokens, at)


def _article(tokens: tuple[Word, ...], at: int) -> Numeral | None:
    following = _lower(tokens, at + 1)
    if following in SCALES and following not in GLUED_SCALES and following not in PLURAL_SCALES:
        vague = tokens[at].lower not in ("a", "an")
        return Numeral(SCALES[following], 0.0, at, at + 2, is_vague=vague)
    return None


def _digits(tokens: tuple[Word, ...], at: int) -> Numeral | None:
    text = tokens[at].lower
    if ":" in text or text.count(".") > 1:
        return None
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    after = at + 1
    following = _lower(tokens, after)
    glued = after < len(tokens) and tokens[after].start == tokens[at].end
    if glued and following in ORDINAL_ENDINGS:
        return Numeral(value, 0.0, at, after + 1, is_ordinal=True)
    slack = slack_of(text)
    while following in SCALES and (following not in GLUED_SCALES or glued or following in ("bn", "mn", "tn")):
        value, slack = value * SCALES[following], (slack if "." in text else 0.5) * SCALES[following]
        slack = min(slack, MOST_SLACK * value)
        after, glued = after + 1, False
        following = _lower(tokens, after)
    return Numeral(value, slack, at, after)


def slack_of(text: str) -> float:
    """Half a unit of the last digit that carries meaning; whole numbers under 1,000 are taken as exact."""
    if "." in text:
        return float(0.5 * 10 ** -len(text.split(".")[1]))
    digits = text.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    return min(0.5 * 10**zeros, MOST_SLACK * int(digits)) if len(digits) >= 4 and zeros >= 2 else 0.0


def _spelled(tokens: tuple[Word, ...], at: int) -> Numeral | None:
    total, current, here, seen = 0.0, 0.0, at, False
    while here < len(tokens):
        word = tokens[here].lower
        if word in UNITS and (not seen or tokens[here - 1].lower not in UNITS):
            current, seen = current + UNITS[word], True
        elif word in TENS and (not seen or tokens[here - 1].lower not in TENS | UNITS):
            current, seen = current + TENS[word], True
        elif seen and word in SCALES and word not in GLUED_SCALES | PLURAL_SCALES:
            current = (current or 1.0) * SCALES[word]
            if SCALES[word] >= 1e3:
                total, current = total + current, 0.0
        elif not (seen and word == "and" and _joins(tokens, here)):
            break
        here += 1
    if not seen:
        return None
    if here < len(tokens) and tokens[here].lower in ORDINAL_WORDS and tokens[here - 1].lower in TENS:
        return Numeral(
            total + current + ORDINAL_WORDS[tokens[here].lower], 0.0, at, here + 1, is_ordinal=True
        )
    return Numeral(total + current, 0.0, at, here)


def _joins(tokens: tuple[Word, ...], at: int) -> bool:
    """Whether "and" stands inside a numeral: after a hundred or thousand, before a small number."""
    return tokens[at - 1].lower in ("hundred", "thousand") and _lower(tokens, at + 1) in UNITS | TENS


def _lower(tokens: tuple[Word, ...], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""
