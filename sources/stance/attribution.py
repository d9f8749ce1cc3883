"""Who says it: denials by the accused and accusations by one side are statements, not evidence."""

import re

from claims.matching.words import names, stem, stems, words

DENY = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es|ed|ing)|disput(?:es|ed|ing)"
    r")\b|\bcall(?:s|ed|ing)? (?:the |these |those )?(?:allegations?|accusations?|claims?|charges?|reports?)",
    re.IGNORECASE,
)
ACCUSE = re.compile(
    r"\b(?:accus(?:e|es|ed|ing|ations?)|alleg(?:e|es|ed|edly|ing|ations?)|blam(?:e|es|ed|ing)|claim(?:s|ed|ing)?"
    r"|suspect(?:s|ed)?|link(?:s|ed|ing)|insist(?:s|ed)|maintain(?:s|ed)|purported(?:ly)?)\b",
    re.IGNORECASE,
)
UNSURE = re.compile(r"\b(?:whether|if|would|could|might|unless|supposed(?:ly)?|rumou?red)\b", re.IGNORECASE)
FORECAST = re.compile(
    r"\b(?:forecasts?|expect(?:s|ed|ing)?|predict(?:s|ed|ion)?|project(?:s|ed|ion)|estimates? for|target(?:s|ed)?"
    r"|aims? to|plan(?:s|ned) to|is set to|are set to|by the end of)\b",
    re.IGNORECASE,
)
EARLY = re.compile(
    r"\b(?:first|early|initial|preliminary|provisional) (?:reports?|bulletin|counts?|figures?|estimates?|tolls?)\b"
    r"|\bso far\b|\bmay (?:change|rise)\b|\bexpected to rise\b|\bearlier figure\b",
    re.IGNORECASE,
)
FIRST_WORD = re.compile(r"\bmore (?:to follow|follows)\b|\bfirst (?:statement|word)\b", re.IGNORECASE)

CAPITALS = {
    stem(city): stem(country)
    for city, country in (
        pair.split("=")
        for pair in "islamabad=pakistan delhi=india moscow=russia kremlin=russia kyiv=ukraine beijing=china "
        "tehran=iran ankara=turkey riyadh=saudi damascus=syria pyongyang=korea kabul=afghanistan cairo=egypt "
        "baghdad=iraq paris=france berlin=germany rome=italy madrid=spain tokyo=japan dushanbe=tajikistan "
        "bishkek=kyrgyzstan yerevan=armenia baku=azerbaijan jerusalem=israel caracas=venezuela minsk=belarus".split()
    )
}  # How news names a government; the rest needs a person.


def denier(claim: str, text: str) -> str:
    """The party of the claim that the passage quotes as denying it; empty when there is none."""
    match = DENY.search(text)
    if not match or DENY.search(claim):
        return ""
    before = text[: match.start()]
    asked = frozenset(stems(claim))
    for name in reversed(names(before + ".")):
        if _family(name, asked):
            return _titled(text, name)
    return ""


def _family(name: str, asked: frozenset[str]) -> bool:
    return any(is_kin(stem(word.lower), asked) for word in words(name))


def is_kin(one: str, others: frozenset[str]) -> bool:
    """Whether a stem is among others, "Pakistani" and "Pakistan" counted as one, capitals known by their country."""
    one = CAPITALS.get(one, one)
    return one in others or any(
        CAPITALS.get(other, other) == one or (len(one) > 4 and other[:5] == one[:5]) for other in others
    )


def _titled(text: str, name: str) -> str:
    place = text.lower().find(name)
    return text[place : place + len(name)] if place >= 0 else name.title()


def is_disputed(claim: str, text: str) -> bool:
    """Whether a passage tells that somebody denies or alleges something, or what might be, where the claim does not."""
    return any(words.search(text) and not words.search(claim) for words in (DENY, ACCUSE, UNSURE))


def is_question(text: str) -> bool:
    """Whether a passage asks and does not say."""
    return text.rstrip(" \"'”’").endswith("?")


def is_early(text: str) -> bool:
    """Whether a passage calls its own figures early."""
    return bool(EARLY.search(text))


def is_first_report(head: str) -> bool:
    """Whether a document's first lines tell that it is an early report of a story, which others will replace."""
    return is_early(head) or bool(FIRST_WORD.search(head))


def is_forecast(claim: str, text: str) -> bool:
    """Whether a passage speaks of what is expected, where the claim does not."""
    return bool(FORECAST.search(text)) and not FORECAST.search(claim)


def is_unsure(claim: str, text: str) -> bool:
    """Whether a passage speaks of what might be, where the claim does not."""
    return bool(UNSURE.search(text)) and not UNSURE.search(claim)


def accuser(claim: str, text: str) -> str:
    """Who the passage quotes as alleging what the claim states as a fact; empty when nobody."""
    match = ACCUSE.search(text)
    if not match or ACCUSE.search(claim):
        return ""
    found = names(text[: match.start()] + ".")
    return _titled(text, found[-1]) if found else "somebody"
