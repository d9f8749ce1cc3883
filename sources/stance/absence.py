"""Claims about an absence ("has presented no evidence"): a passage that shows it presented refutes them."""

import re

PROOF = (
    r"(?:evidence|proof|documents?|documentation|data|photographs?|videos?|recordings?|dossiers?"
    r"|intercepts?)"
)
GIVE = (
    r"(?:present|provid|offer|produc|releas|publish|shar|show|submit|suppl|disclos|furnish|give|gave|given|hand|"
    r"unveil|reveal|display|made public|make public|cit)\w*"
)
NONE = (
    r"(?:\bno\b|\bnot\b|n't\b|\bnever\b|\bwithout\b|\bnone\b|\black(?:s|ed|ing)?\b|\bfail(?:s|ed|ing)?\b|\bdeclin\w+"
    r"|\brefus\w+|\byet to\b|\babsence of\b)"
)
ABSENT = re.compile(
    rf"{NONE}[^.;]{{0,60}}\b{PROOF}\b|\b{PROOF}\b[^.;]{{0,40}}(?:{NONE}[^.;]{{0,30}})", re.IGNORECASE
)
PRESENTED = re.compile(
    rf"\b{GIVE}\b[^.;]{{0,60}}\b{PROOF}\b|\b{PROOF}\b[^.;]{{0,40}}\b(?:was|were|been|is|are)\b[^.;]{{0,20}}\b{GIVE}",
    re.IGNORECASE,
)
ASKED = re.compile(
    rf"\b(?:demand|ask|urg|call(?:ed|s|ing)? (?:on|for)|challeng|promis|pledg|vow|will|would|could|should"
    rf"|may|might|must|plan)\w*\b[^.;]{{0,60}}\b{GIVE}",
    re.IGNORECASE,
)


def is_absence(claim: str) -> bool:
    """Whether a claim says that evidence is missing."""
    return bool(ABSENT.search(claim))


def says_absent(text: str) -> bool:
    """Whether a passage says that evidence is missing."""
    return bool(ABSENT.search(text))


def says_presented(text: str) -> bool:
    """Whether a passage says that evidence was presented, not merely asked for or promised."""
    return bool(PRESENTED.search(text)) and not ABSENT.search(text) and not ASKED.search(text)
