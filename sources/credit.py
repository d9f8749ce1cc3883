"""Whom a text credits: the news agency named where agencies are named. Pure."""

from __future__ import annotations

import re

AGENCIES = {
    "Reuters": r"Reuters",
    "AP": r"AP|Associated Press|The Associated Press",
    "AFP": r"AFP|Agence France-Presse",
    "dpa": r"dpa|Deutsche Presse-Agentur",
    "EFE": r"EFE|Agencia EFE",
    "ANSA": r"ANSA",
    "PTI": r"PTI|Press Trust of India",
    "ANI": r"ANI",
    "Xinhua": r"Xinhua",
    "TASS": r"TASS",
    "Kyodo": r"Kyodo(?: News)?",
    "Anadolu": r"Anadolu(?: Agency)?|AA",
    "Bloomberg": r"Bloomberg(?: News)?",
    "PA": r"PA Media|Press Association|PA",
}
LOOKED_AT = 400  # characters at either end of a text: where agencies are credited
_ONE = "|".join(f"(?P<a{number}>{words})" for number, words in enumerate(AGENCIES.values()))
# “LOWFEN (Reuters) –”, “(AP)”, “– AFP”, “Source: dpa”, “Reporting by Reuters”; a mention in a sentence is no credit
_CREDIT = re.compile(rf"\((?:{_ONE})\)", re.ASCII)
_BEFORE = r"[—–-]+\s*|Source:\s*|Credit:\s*|With material from\s+|Reporting by\s+|By\s+"
_LINE = re.compile(rf"(?:^|\n)\s*(?:{_BEFORE})?(?:{_ONE})\s*\.?\s*(?:$|\n)")


def credited(text: str) -> str:
    """The agency that a text is from, by its usual name; empty where none is credited."""
    for part in (text[:LOOKED_AT], text[-LOOKED_AT:]):
        found = _CREDIT.search(part) or _LINE.search(part)
        if found:
            names = list(AGENCIES)
            return next(names[int(group[1:])] for group, words in found.groupdict().items() if words)
    return ""
