"""Stage 5, first half: what stands around a claim: who says it, what they are to it, and what was said before."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from claims.extraction.classes import classes_of
from claims.extraction.shapes import Draft, Setting
from claims.extraction.speakers import stem
from claims.extraction.wordlist import words

ROLES = {
    "court": words("judge coroner court tribunal jury magistrate inquest magistrates ombudsman"),
    "prosecution": words("prosecutor prosecution prosecutors plaintiff plaintiffs claimants indictment lawsuit complaint"),
    "lawyer": words("lawyer lawyers barrister attorney solicitor counsel"),
    "critic": words(
        "opposition rival rivals critic critics campaigner campaigners activist activists watchdog union unions whistleblower "
        "former resident residents victim victims survivor survivors relative relatives parent parents tenants tenant neighbours "
        "shadow protesters campaign charity ex"
    ),
    "study": words(
        "study survey poll report audit researchers researcher authors author paper trial analysis review census scientist "
        "scientists professor university institute epidemiologist economist"
    ),
    "counter": words(
        "bureau statistics office agency commission observers bank board hospital hospitals registry monitors survey service "
        "institute regulator authority"
    ),
    "company": words(
        "company firm manufacturer operator airline retailer club owner owners contractor developer chairman executive chief "
        "manager management trust director supplier spokesman spokeswoman spokesperson"
    ),
    "state": words(
        "minister ministry government president mayor governor army military police council councillor senator mp secretary "
        "official officials department kremlin officer general"
    ),
}  # fmt: skip
CHARGES = re.compile(
    r"\b(?:accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|su(?:e|es|ed|ing)|charg(?:ed|ing)|convict(?:ed|ing)|alleg(?:e|es|ed|ing)|"
    r"criticis(?:ed|ing)|condemn(?:s|ed|ing)|indict(?:ed|ing)|prosecut(?:ed|ing)|fault(?:s|ed)|denounc(?:ed|ing)|"
    r"complain(?:s|ed|ts?) (?:about|against|of)|(?:case|evidence|claims?|allegations?|complaints?|lawsuit|accusations?) against)\b"
)
CHARGE_NOUN = re.compile(
    r"\b(?:accus\w+|blam\w+|alleg\w+|charges?|claims?|claimed|lawsuit|complain\w*|criticism|suspect\w*|suspicio\w+|scandal)\b",
    re.IGNORECASE,
)
WRONG = re.compile(
    r"\b(?:ignor(?:ed?|ing|es)|conceal\w*|hid(?:den|e|es|ing)?|cover(?:ed|ing)?[- ]up|falsif\w+|forg(?:ed|ing|ery)|fak(?:ed?|ing)|"
    r"st(?:ole|olen|eals?|ealing)|brib\w+|kickbacks?|misl(?:ed|ead\w*)|li(?:ed|es to)|fail(?:s|ed|ing|ure)?|neglect\w*|negligen\w+|"
    r"breach\w*|viol(?:ated?|ating|ation\w*)|broke|dump(?:ed|ing)|pollut\w+|leak(?:ed|ing)|threat(?:en\w*|s)|bull(?:y|ied|ying)|"
    r"harass\w*|intimidat\w+|assault\w*|attack(?:ed|ing|s)?|shell(?:ed|ing)|fir(?:ed|ing) (?:on|at|into)|open(?:ed|ing) fire|"
    r"tortur\w+|beat(?:en|ing)?|sabotag\w+|tamper\w*|manipulat\w+|rigg(?:ed|ing)|inflat(?:ed|ing)|overcharg\w+|underpa\w+|cheat\w*|"
    r"exploit\w*|discriminat\w+|exclud\w+|withh(?:eld|old\w*)|delay(?:ed|ing)?|block(?:ed|ing)?|obstruct\w*|silenc(?:ed|ing)|"
    r"sack(?:ed|ing)|pressur\w+|loot\w*|smuggl\w+|launder\w*|embezzl\w+|siphon\w*|divert\w*|pocket(?:ed|ing)|skim\w*|backdat\w+|"
    r"shred\w*|delet\w+|destroy\w*|eras(?:ed|ing)|doctored|alter(?:ed|ing)|disregard\w*|skipp(?:ed|ing)|substandard|unsafe|illegal\w*|"
    r"unlawful\w*|without (?:permission|consent|warning|authori[sz]ation|a licen[cs]e|telling)|too late|hours late|knowing(?:ly)?|"
    r"already knew|knew|(?:was|were|been) (?:warned|told)|warnings?|ramm(?:ed|ing)|violent\w*|corrupt\w*|fraud\w*|secret(?:ly)?|"
    r"abus\w+|expelled|seiz(?:ed|ing)|abduct\w+|execut(?:ed|ing)|cut corners|wrong(?:ly|doing)?|mishandl\w+|contributed to|"
    r"responsible for|caused by|refus(?:ed|ing)|rush(?:ed|ing)|mistreat\w*|mismanag\w+|squander\w*|wast(?:ed|ing)|tricked|spied|hack\w+|"
    r"copied|plagiari\w+|poison\w*|evict\w*|stalk\w*|extort\w*|favou?red|jumped the queue|lights off|locked (?:in|out))\b",
    re.IGNORECASE,
)  # fmt: skip
NEGATED = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot)\b|n[’']t\b", re.IGNORECASE
)
NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+")
SMALL = words(
    "the a an he she it they his her its their in on at of and but for no mr ms mrs dr we i this that"
)
OWN = words("i we our my us")
BLOC = re.compile(r"\b(?:European|African|Soviet) Union\b|\bUnited (?:States|Kingdom|Nations)\b")
WINDOW = 70  # characters around a word of accusation, or a name, that are looked at
LOOKED = (
    100_000  # characters in which a claimant’s first mention is looked for, so that the work stays linear
)
BEFORE = 250  # characters before a claim that it may answer
ORGS = words(
    "company firm club council ministry government army police commission union party team trust board hospital airline bank "
    "school court agency group management department contractor operator"
)


@dataclass(frozen=True)
class Sides:
    """Who is charged with something in an article, and who charges; names in small letters."""

    accused: frozenset[str] = frozenset()
    accusers: frozenset[str] = frozenset()


def sides(texts: Iterable[str]) -> Sides:
    """Read off the words around each charge, sentence by sentence."""
    accused: set[str] = set()
    accusers: set[str] = set()
    for sentence in texts:
        for match in CHARGES.finditer(sentence):
            before = sentence[max(0, match.start() - WINDOW) : match.start()]
            after = sentence[match.end() : match.end() + WINDOW]
            passive = re.search(r"\b(?:is|was|were|are|been|being)\W+(?:\w+ly )?$", before)
            accused |= names(before if passive else after)
            if not passive:
                accusers |= names(before)
    return Sides(frozenset(accused), frozenset(accusers))


def names(text: str) -> frozenset[str]:
    """The capitalised words of a stretch, in small letters and without a possessive."""
    found = (match.group().lower() for match in NAME.finditer(text))
    return frozenset(re.sub(r"[’']s?$", "", word) for word in found) - SMALL


@lru_cache(maxsize=256)
def role_of(described: str) -> str:
    """The role that the words around a name point to; the first of ROLES that has one of them."""
    there = set(re.findall(r"[a-zà-ÿ]+", BLOC.sub("", described).lower()))
    return next((role for role, marks in ROLES.items() if there & marks), "other")


def described(text: str, claimant: str) -> str:
    """The claimant with what the article says beside its first mention: 'the club’s lawyer, Ann Lee'."""
    last = claimant.rsplit(" ", 1)[-1]
    at = text.find(claimant, 0, LOOKED)
    at = text.find(last, 0, LOOKED) if at < 0 else at
    if at < 0 or not claimant[:1].isupper():
        return claimant
    before = re.split(r"[.?!;\n“”]\s?|, (?:and|but|which|who) ", text[max(0, at - WINDOW) : at])[-1]
    after = text[at + len(claimant) : at + len(claimant) + WINDOW]
    apposed = re.match(r"(?:’s? \w+|, [^.;\n]+?)(?=,|\.|$)", after)
    return f"{before} {claimant} {apposed.group() if apposed else ''}"


def called(text: str, name: str) -> frozenset[str]:
    """The words, in small letters, that stand beside the first mention of a name, its own among them."""
    return frozenset(re.findall(r"[a-z]+", described(text, name).lower()))


def setting(
    text: str, draft: Draft, wording: str, subject: str, claimant: str, seen: Sides, *, quoted: bool
) -> Setting:
    """The setting of one claim. `wording` and `subject` are resolved, `text` is the article."""
    bare = Setting(
        claimant,
        draft.speech,
        draft.verb,
        quoted,
        compared=bool({"comparison tail", "record"} & set(draft.rules)),
        tense=draft.tense,
    )  # fmt: skip
    if not claimant:
        return bare
    about = described(text, claimant)
    own = names(about) | (set(re.findall(r"[a-z]+", about.lower())) & ORGS)
    first = set(re.findall(r"[a-z]+", wording.lower())) & OWN
    subject_words = names(subject) | (set(re.findall(r"[a-z]+", subject.lower())) & ORGS)
    return replace(
        bare,
        role=role_of(about),
        accused=bool(own & seen.accused),
        accuser=bool(own & seen.accusers),
        own=bool(first or own & subject_words),
        answers=bool(CHARGE_NOUN.search(text[max(0, draft.start - BEFORE) : draft.start])),
    )


def marks(wording: str, where: Setting) -> list[str]:
    """The setting as features."""
    wrong, negated = bool(WRONG.search(wording)), bool(NEGATED.search(wording))
    found = {
        "said": f"said:{where.speech}" if where.speech else "",
        "role": f"role:{where.role}" if where.role else "",
    }
    flags = {
        "wrong": wrong, "negated": negated, "accused": where.accused, "accuser": where.accuser, "own": where.own,
        "answers": where.answers,
    }  # fmt: skip
    out = [value for value in found.values() if value]
    if where.verb:
        out.append(f"verb:{stem(where.verb)}")
        out += [f"acts:{kind}" for kind in classes_of(where.verb)]
        out += [f"acts:{kind} {where.tense}" for kind in classes_of(where.verb)]
    out.append(f"tense:{where.tense}")
    out += [f"set:{name}" for name, there in flags.items() if there]
    if where.claimant:
        side = "own" if where.own else "other"
        out.append(f"side:{side}")
        out += [
            f"side:{side} {name}"
            for name in ("wrong", "negated", "accused", "accuser", "answers")
            if flags[name]
        ]
        if negated and (where.accused or where.answers):
            out.append("side:negated answer")
        if wrong and not negated:
            out.append("side:plain wrong")
            out.append(f"wrong {where.role}")
    return out
