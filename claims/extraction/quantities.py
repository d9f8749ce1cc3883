"""Stage 6: the numbers of a wording, with their bound, unit and what is counted."""

import re
from functools import lru_cache

from claims.extraction.shapes import Bound, Quantity
from claims.extraction.wordlist import words

ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    w: 10 * (i + 2) for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0, "score": 20.0,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12, "b": 1e9, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
PARTS = {
    "half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fourth": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6, "seventh": 1 / 7,
    "eighth": 1 / 8, "ninth": 1 / 9, "tenth": 1 / 10,
}  # fmt: skip
TIMES = {
    "twice": 2.0,
    "double": 2.0,
    "doubled": 2.0,
    "triple": 3.0,
    "tripled": 3.0,
    "trebled": 3.0,
    "treble": 3.0,
}
BOUNDS: tuple[tuple[Bound, str], ...] = (
    ("at_least", r"at least|no (?:fewer|less) than|a minimum of|minimum of|upwards? of"),
    ("at_most", r"at most|up to|as (?:many|much|high|few|low) as|no more than|not more than|a maximum of|maximum of"),
    ("more_than", r"(?:slightly |well |just |far )?(?:more than|over|above|greater than|in excess of|exceeding)"),
    ("less_than", r"(?:slightly |well |just |far )?(?:less than|fewer than|under|below|shy of)"),
    ("about", r"about|around|roughly|approximately|some|nearly|almost|close to|an estimated|estimated|circa|c\."
              r"|approx\.?|just"),
)  # fmt: skip
MONEY = r"(?:[A-Z]{1,3})?[$£€¥₹₽₩₺₴]|(?:USD|EUR|GBP|JPY|CHF|AUD|CAD|INR|CNY|Rs\.?)\s?"
WORD = r"(?:" + "|".join([*ONES, *TENS]) + r")"
WORDS = rf"{WORD}(?:[- ](?:and )?(?:{WORD}|hundred|thousand|million|billion|trillion))*"
DIGITS = r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen|lakh|crore)s?\b|(?:k|mn|m|bn|tn|b)\b"
UNIT = (
    r"%|per ?cent(?:age points?)?|percent(?:age points?)?|percentage points?|°[CF]?|"
    r"(?:kilo|centi|milli)?met(?:re|er)s?|kilograms?|grams?|"
    r"(?:milli)?lit(?:re|er)s?|tonnes?|tons?|miles?|feet|foot|inch(?:es)?|acres?|hectares?|barrels?|gallons?|"
    r"km|kg|cm|mm|mg|mph|kph|km/h|kWh|MWh|GWh|MW|GW|"
    r"seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|"
    r"dollars?|euros?|pounds?|yen|yuan|rupees?|roubles?|rubles?|pesos?|zlotys?|francs?|kronor|kroner|rand|lira|naira|"
    r"shillings?|won|points?|times"
)
NUMBER = re.compile(
    rf"(?P<bound>\b(?:{'|'.join(p for _, p in BOUNDS)})\s+)?"
    rf"(?P<money>{MONEY})?"
    rf"(?:(?P<digits>(?<![\w.,]){DIGITS}|(?<=[$£€¥₹₽₩₺₴]){DIGITS})|\b(?P<words>{WORDS}|an?(?= (?:hundred|thousand|million|"
    rf"billion|dozen|third|quarter|fifth|tenth|half)\b))\b|\b(?P<part>half|twice|double|doubled|triple|tripled|trebled)\b)"
    rf"(?:[\s-]?(?P<scale>{SCALE}))?"
    rf"(?:[- ](?P<fraction>(?:{'|'.join(PARTS)})s?)\b)?"
    rf"(?:\s?(?:to|–|-|—|and)\s?(?P<high>(?:{MONEY})?(?:{DIGITS}))(?:[\s-]?(?P<hscale>{SCALE}))?)?"
    rf"(?:[\s-]?(?P<unit>{UNIT})(?!\w))?",
    re.IGNORECASE,
)
MONTHS = "january february march april may june july august september october november december".split()
NOT_COUNTS = re.compile(
    rf"(?:{'|'.join(MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s*$", re.IGNORECASE
)
MONTH_NEXT = re.compile(rf"\s*(?:st|nd|rd|th)?\s?(?:of )?(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
COUNTED = re.compile(
    r"\s*(?:of (?:the |its |their |his |her |all |any )?)?((?:[\w’'-]+ ){0,2}?[A-Za-zÀ-ÿ][\w’'-]+)"
)
STOP = words(
    "in on at by for from with as were was are is be been had has have and or but who which that to "
    "of the a an since after before over under during between against than per when while until about "
    "killed died said wounded injured"
)


@lru_cache(maxsize=512)
def quantities(wording: str) -> tuple[Quantity, ...]:
    """Every number of a wording that is an amount; dates, clock times and names of things are left out."""
    found = []
    for match in NUMBER.finditer(wording):
        read = _read(wording, match)
        if read is not None:
            found.append(read)
    return tuple(found)


def _read(wording: str, match: re.Match[str]) -> Quantity | None:
    before, after = wording[: match.start()], wording[match.end() :]
    if _is_date(match, before, after):
        return None
    value = _value(match)
    if value is None:
        return None
    high = _number(match["high"]) if match["high"] else None
    if high is not None:
        scale = (match["hscale"] or match["scale"] or "").lower().rstrip("s")
        high *= SCALES.get(scale, 1.0)
        value = value * SCALES.get(scale, 1.0) if match["hscale"] and not match["scale"] else value
        if not value < high:
            high = None
    unit = (match["unit"] or "").lower() or (match["money"] or "").strip()
    unit = "%" if unit.replace(" ", "") in ("percent", "%") else unit
    bound = "range" if high is not None else _bound(match["bound"])
    return Quantity(
        match.group().strip(), value, high, bound, unit, _counted(match, after), match.start(), match.end()
    )


def _is_date(match: re.Match[str], before: str, after: str) -> bool:
    digits = match["digits"]
    if digits is None or match["money"] or match["unit"] or match["scale"]:
        lone = (match["words"] or "").lower()
        return (
            lone in ("one", "a", "an") and not match["scale"] and not match["fraction"] and not match["unit"]
        )
    if NOT_COUNTS.search(before) or MONTH_NEXT.match(after):
        return True
    if re.match(r"[:.]\d\d|\s?[ap]\.?m\b", after) or re.search(r"\d[:.]$", before):
        return True
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", digits):
        return not re.match(r"\s+(?:people|of|were|cases|troops|soldiers|homes|jobs|men|women)\b", after)
    return bool(
        re.search(
            r"\b(?:article|section|chapter|route|flight|number|no\.|page|group|covid)[- ]$",
            before,
            re.IGNORECASE,
        )
    )


def _value(match: re.Match[str]) -> float | None:
    part = (match["part"] or "").lower()
    if part:
        value: float | None = TIMES.get(part, PARTS.get(part))
    elif match["digits"]:
        value = _number(match["digits"])
    else:
        value = _spelled(match["words"])
    if value is None:
        return None
    scale = (match["scale"] or "").lower()
    value *= SCALES.get(scale, SCALES.get(scale.rstrip("s"), 1.0))
    if match["fraction"]:
        value *= PARTS[match["fraction"].lower().rstrip("s") if match["fraction"] != "half" else "half"]
    return value


def _number(digits: str) -> float:
    return float(re.sub(r"[^\d.]", "", digits) or 0)


def _spelled(words: str) -> float:
    """The value of a number in words: 'four hundred and two' is 402."""
    total, current = 0.0, 0.0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in ONES or word in TENS:
            current += ONES.get(word, TENS.get(word, 0))
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in SCALES:
            total += (current or 1) * SCALES[word]
            current = 0.0
        elif word in ("a", "an"):
            current = 1.0
    return total + current


def _bound(words: str | None) -> Bound:
    said = (words or "").strip()
    for name, pattern in BOUNDS:
        if said and re.fullmatch(pattern, said, re.IGNORECASE):
            return name
    return "exact"


def _counted(match: re.Match[str], after: str) -> str:
    """What stands after the number: its noun, up to the next small word."""
    if (match["money"] or match["unit"]) and not after.startswith(" of "):
        return ""
    following = COUNTED.match(after[:80])
    if following is None or after[:1] in ",.;:)":
        return ""
    kept: list[str] = []
    for word in after[following.start() : 80].replace(" of the ", " ").replace(" of ", " ").split():
        bare = word.strip(',.;:)”"')
        if bare.lower() in STOP or not bare:
            break
        kept.append(bare)
        if word != bare or len(kept) == 3:
            break
    return " ".join(kept)
