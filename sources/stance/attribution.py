"""Who says it: denials by the accused and accusations by one side are statements, not evidence."""

import re

from claims.matching.words import names, stem, stems, words

DENY = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es|ed|ing)|disput(?:es|ed|ing)"
    r"|denials?)\b|\bcall(?:s|ed|ing)? (?:the |these |those )?(?:allegations?|accusations?|claims?|charges?|reports?)",
    re.IGNORECASE,
)
ACCUSE = re.compile(
    r"\b(?:accus(?:e|es|ed|ing|ations?)|alleg(?:e|es|ed|edly|ing|ations?)|blam(?:e|es|ed|ing)|claim(?:s|ed|ing)?"
    r"|suspect(?:s|ed)?|link(?:s|ed|ing)|insist(?:s|ed)|maintain(?:s|ed)|purported(?:ly)?)\b",
    re.IGNORECASE,
)
SPEECH = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old)|according to|stat(?:es|ed)|announc(?:es|ed)|add(?:s|ed)|wr(?:ites|ote)"
    r"|tweeted|posted|argu(?:es|ed)|report(?:s|ed)|think(?:s)?|believ(?:es|ed)|warn(?:s|ed))\b",
    re.IGNORECASE,
)


def says_so_itself(claim: str, pattern: re.Pattern[str]) -> bool:
    """Whether the claim is itself about such a statement, so that a report of it bears on it."""
    return bool(pattern.search(claim))


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
    """Whether a name is one of the claim's, "Pakistani" and "Pakistan" counted as one."""
    parts = [stem(word.lower) for word in words(name)]
    return any(part == other or (len(part) > 4 and len(other) > 4 and part[:5] == other[:5]) for part in parts for other in asked)


def _titled(text: str, name: str) -> str:
    place = text.lower().find(name)
    return text[place : place + len(name)] if place >= 0 else name.title()


def accuser(claim: str, text: str) -> str:
    """Who the passage quotes as alleging what the claim states as a fact; empty when nobody."""
    match = ACCUSE.search(text)
    if not match or ACCUSE.search(claim):
        return ""
    found = names(text[: match.start()] + ".")
    return _titled(text, found[-1]) if found else "somebody"
