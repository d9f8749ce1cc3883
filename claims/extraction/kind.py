"""Stage 5: which type a claim has. First rule that fits, in the order of the annotation guideline."""

import re
from collections.abc import Sequence
from functools import lru_cache

from claims.extraction.features import ADDED, features
from claims.extraction.linear import KINDS
from claims.extraction.setting import marks
from claims.extraction.shapes import FIRST_PERSON, Setting

TYPES = (
    "casualty", "denial", "accusation", "evidence_status", "prediction", "policy", "comparison", "quantity",
    "quotation", "position", "event", "other",
)  # fmt: skip

NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|"
    r"scores|several|many|no one|nobody|all)"
)
PEOPLE = (
    r"(?:people|persons?|men|man|women|woman|children|child|boys?|girls?|civilians?|soldiers?|troops|officers?|police|"
    r"passengers?|workers?|residents?|students?|patients?|victims?|bod(?:y|ies)|others|migrants?|tourists?|fighters?|"
    r"militants?|members?|staff|personnel|crew|lives|miners?|firefighters?|villagers?|pilgrims?|worshippers?|fans?)"
)
HARM = (
    r"(?:kill(?:s|ed|ing)?|die[sd]?|dying|dead|deaths?|wound(?:s|ed|ing)?|injur(?:e|es|ed|ing|y|ies)|hurt|missing|"
    r"unaccounted|hospitali[sz]ed|casualt(?:y|ies)|fatal(?:ly|ities|ity)?|drown(?:ed|ing)?|bodies|lost (?:his|her|their) li|"
    r"perished|maimed|critical condition|fell ill|sickened|infected|claimed the lives|death toll|shot dead|burned|burnt|"
    r"slain|murdered|executed|massacred|survivors?|survived|critically|stable condition|trapped)"
)
RULES: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (name, why, re.compile(pattern, re.IGNORECASE | re.DOTALL))
    for name, why, pattern in (
        ("casualty", "counts dead, hurt, missing or ill", rf"\b{NUMBER}\b.{{0,60}}\b{HARM}\b|\b{HARM}\b.{{0,45}}\b{NUMBER}\b"),
        ("casualty", "counts dead, hurt, missing or ill", rf"\b(?:death toll|the dead|the wounded|the injured)\b|\b{HARM}\b.{{0,12}}\b{PEOPLE}\b"),
        ("denial", "someone denies it", r"\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|disput(?:e|es|ed) (?:that|the)|dismiss(?:es|ed)? (?:the )?"
            r"(?:reports?|claims?|allegations?|suggestions?|accusations?|rumou?rs?)|reject(?:s|ed|ing)? (?:that|the|all|any|those|these)?\s?.{0,20}"
            r"(?:claims?|allegations?|accusations?|charges?|suggestions?|reports?|criticism)|no knowledge of|no record of|pleaded not guilty|"
            r"nothing to do with|had no (?:part|role|involvement|hand) in|was not (?:involved|responsible)|maintains? (?:his|her|their|its) innocence)\b"),
        ("accusation", "someone is blamed", r"\b(?:accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|alleg(?:e|es|ed|ing|edly|ations?)|"
            r"(?:is|was|are|were) (?:behind|responsible for|to blame for|complicit in)|claims? that .* (?:stole|lied|bribed)|"
            r"link(?:s|ed|ing) .{2,40} to (?:the|an?) .{0,30}(?:attack|bombing|killings?|crime|murder|shooting)|sponsor(?:s|ed|ing) terror\w*|"
            r"substandard|tamper(?:ed|ing)|cover(?:ed|ing)?[- ]up|brib(?:e|es|ed|ery)|embezzl\w+|stole|stolen|forged|falsified|"
            r"knew about|already knew|had been (?:warned|told) about)\b"),
        ("evidence_status", "says whether evidence exists", r"\b(?:(?:no|any|other|further|little|insufficient|lack of|verifiable|independent|without|more) "
            r"(?:\w+ ){0,3}(?:evidence|proof|records?|confirmation|indication|signs?|trace|data)|"
            r"(?:evidence|proof) (?:that|of|was|were|has|had|is|for|against|to)|"
            r"(?:not|never|n.t|nobody|no one|yet to|unable to|could not|fail(?:s|ed)? to|declined to|refused to) (?:\w+ ){0,3}"
            r"(?:verif\w+|confirm\w*|corroborat\w+|authenticat\w+|prove[nd]?|publish\w*|release[d]?|produce[d]?|suppl(?:y|ied)|hand\w* (?:it |them )?over|"
            r"made? .{0,30}public|provide[d]? (?:any |the )?(?:evidence|proof|data|details)|substantiat\w+)|"
            r"(?:independently|officially) (?:verified|confirmed)|claimed? responsibility|unverified|unconfirmed|"
            r"(?:presented|offered|provided|produced|supplied|showed|shared|gave) no|statistical(?:ly)? signifi\w+|observational|"
            r"(?:tests?|samples?|autops\w+|results?) (?:\w+ ){0,3}(?:showed|confirmed|found|came back|(?:was|were) (?:positive|negative)))\b"),
        ("prediction", "about what is to come", r"\b(?:will|would|shall|won.t|expect(?:s|ed|ing)?|forecasts?|predict(?:s|ed|ion|ing)?|project(?:s|ed|ions?) |plan(?:s|ned|ning)? to|"
            r"pledg(?:e|es|ed|ing)|promis(?:e|es|ed|ing)|vow(?:s|ed|ing)?|(?:is|are|was|were) (?:due|set|scheduled|expected|likely|about|to (?:be|begin|start|open|meet))|"
            r"intend(?:s|ed)? to|going to|aim(?:s|ed|ing)? to|next (?:week|month|year|spring|summer|autumn|winter|season)|by 20[2-9]\d|"
            r"sees? .{2,30} averaging)\b"),
        ("policy", "a rule, law or budget", r"\b(?:law|rules?|regulations?|legislation|ban(?:s|ned)?|bill|decree|tariffs?|mandat(?:e|es|ed|ory)|"
            r"must|may (?:not |no |be |lose )|can (?:be )?fined?|is required|are required|prohibit(?:s|ed)?|allocat(?:e|es|ed|ion)|target of|"
            r"(?:tax|duty|levy|subsid(?:y|ies)) (?:of|on|is|was)|quota|penalt(?:y|ies)|legal limit|minimum wage|eligible|entitle[sd]?)\b"),
        ("comparison", "a change, rank or record", r"(?:\b(?:(?:more|less|fewer)(?! than (?:[$£€¥]?\d|an? |half|" + NUMBER + r"))|higher|lower|faster|slower|greater|bigger|smaller|larger|better|worse|older|younger|longer|shorter|"
            r"cheaper|stronger|weaker|dearer|earlier|rarer|richer|poorer)\b.{0,60}\bthan\b|\b(?:highest|lowest|largest|smallest|biggest|longest|shortest|deadliest|worst|best|fastest|"
            r"slowest|strongest|weakest|most \w+|least \w+|hottest|coldest|wettest|driest|oldest|youngest|highest-ever)\b.{0,40}\b(?:since|ever|in|on record|for|of)\b|"
            r"\bfirst\b.{0,40}\b(?:since|ever)\b|"
            r"(?<!-)\b(?:up(?! to)|down|ros|ris|fell|fall|fallen|drop|dropp|declin|increas|decreas|grew|grow|grown|jump|jumped|slid|slip|slow|climb|climbed|plung|soar|surg|shrank|shrunk|doubl|tripl|halv|gain|lost|rose|risen|rise|"
            r"decline|increase|decrease|collapsed|slowed|narrowed|widened|improved|worsened)\w*\b.{0,30}(?:\d|percent|per cent|half|third|quarter|fifth|tenth)|"
            r"\b(?:compared (?:with|to)|down from|up from|versus|against \d|(?:twice|three times|four times|five times|double|half) (?:as|the|that)|same as|times (?:more|the)|"
            r"times as|as (?:much|many) .{0,40}\bas|(?:points?|minutes?|hours?|days?|weeks?|months?|years?|%|percent|per cent|ris\w+|gr[eo]w\w*|fall\w*|rose|fell) "
            r"(?:faster|slower|higher|lower|longer|shorter|earlier|later|more|less|fewer|cheaper|dearer)|(?:above|below) (?:the )?.{0,30}(?:average|forecast|expect\w*|median|target)|about average|outnumber\w*|exceed\w*|surpass\w*|(?<!no )(?<!bank )(?<!club-)record(?= (?:high|low|year|number|of \d|for the|in the)))\b)"),
        ("quantity", "gives a number", rf"[$£€¥]\s?\d|\d|\b{NUMBER}\b (?:of |\w+)|\b(?:half|a third|a quarter|two thirds|twice|million|billion|percent|per cent)\b"),
    )
)  # fmt: skip
POSITION = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:for|on)|urg(?:e|es|ed|ing)|demand(?:s|ed|ing)?|offer(?:s|ed|ing)? to|back(?:s|ed|ing)? |support(?:s|ed|ing)?|"
    r"oppos(?:e|es|ed|ing)|refus(?:e|es|ed|ing) to|rul(?:e|es|ed|ing) out|want(?:s|ed)? |welcom(?:e|es|ed)|condemn(?:s|ed|ing)?|criticis?z?(?:e|es|ed)|"
    r"endors(?:e|es|ed)|agreed to|propos(?:e|es|ed|ing)|insist(?:s|ed|ing)? (?:on|that)|favou?r(?:s|ed)?|appeal(?:s|ed|ing)? (?:for|to)|seek(?:s|ing)?|"
    r"sought|reject(?:s|ed|ing)?|ready to|willing to|committed to|recommend(?:s|ed|ing)?|warn(?:s|ed|ing)?|ask(?:s|ed|ing)? (?:for|the|that)|in touch with|"
    r"resist(?:s|ed)?|threaten(?:s|ed)? to|invit(?:e|es|ed)|stands? by|agree(?:s|d) with)\b",
    re.IGNORECASE,
)
MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
WHEN = re.compile(
    rf"\b\d{{1,2}}[.:]\d\d(?:\s?[ap]\.?m\b\.?)?|\b\d{{1,2}}\s?[ap]\.?m\b\.?|\b\d{{1,2}} {MONTHS}(?: (?:19|20)\d\d)?|"
    rf"\b{MONTHS} \d{{1,2}}(?:, (?:19|20)\d\d)?\b|\b(?:19|20)\d\d(?:-\d\d)?\b"
)
EVENT = re.compile(
    r"\b(?:was|were|been|being|had|has|have|is|are)? ?(?:\w+ed|shut|left|met|sent|struck|hit|held|took|began|won|signed|broke|built|fled|shot|made|"
    r"went|came|gave|set|led|cut|put|fell|flew|fought|sold|bought|brought|drove|spoke|wrote|opened|resigned)\b",
    re.IGNORECASE,
)
SPOKEN = re.compile(r".{2,80}? said: “(.+?)”?[.?!]?(?: \[.*)?$")


@lru_cache(maxsize=512)
def _hits(wording: str) -> tuple[bool, ...]:
    """For each rule, whether its words are there."""
    return tuple(bool(pattern.search(_counted(name, wording))) for name, _, pattern in RULES)


@lru_cache(maxsize=512)
def by_rule(wording: str, *, verb: str = "") -> tuple[str, str]:
    """The type that the words alone point to, and the reason for it."""
    for (name, why, _), hit in zip(RULES, _hits(wording), strict=True):
        if name == "quantity" and _stands_for_itself(wording, verb):
            break
        if hit and not _excepted(name, wording, verb):
            return name, why
    if POSITION.search(wording):
        return "position", "what someone calls for, offers or refuses"
    if re.search(r"[“\"].+[”\"]", wording):
        return "quotation", "that someone said these words"
    if EVENT.search(wording):
        return "event", "says that something happened"
    return "other", "a state of affairs"


def kind_of(wording: str, where: Setting) -> tuple[str, str]:
    """The type of a claim and the reason for it: the model decides, the rules are one of its features."""
    bare = ADDED.sub("", wording)
    ruled, why = by_rule(bare, verb=where.verb)
    if where.speech in ("deny", "dismiss", "reject", "refute", "dispute"):
        return "denial", "said in denial"
    if where.speech in ("accuse", "allege", "blame"):
        return "accusation", "said as an accusation"
    if ruled == "position" and where.verb in ("urge", "demand", "call", "appeal"):
        return ruled, why
    if where.compared:
        return "comparison", "the comparison that a figure ends in"
    kind, share, because = KINDS.best(looked_at(bare, where))
    if kind in ("", ruled):
        return ruled, why
    return kind, f"{', '.join(because)} ({share:.0%})"


def spoken(wording: str, rules: Sequence[str]) -> str:
    """What is typed of a claim: 'Lee said: “I signed it”' by what Lee says, anything else as it stands."""
    found = SPOKEN.match(wording) if FIRST_PERSON in rules else None
    return found.group(1) if found else wording


def _counted(name: str, wording: str) -> str:
    """For the rule of quantities, the wording without its dates and times of day, which count nothing."""
    return WHEN.sub(" ", wording) if name == "quantity" else wording


def looked_at(bare: str, where: Setting) -> list[str]:
    """What the model for types sees of a claim without its added words: the claim itself, and its setting."""
    seen = features(bare, by_rule(bare, verb=where.verb)[0], quoted=where.quoted, spoken=bool(where.claimant))
    return [*seen, *(f"fires:{name}" for name in fired(bare)), *marks(bare, where)]


def fired(wording: str) -> list[str]:
    """The types whose rules the words meet, whatever comes first."""
    found = {name for (name, _, _), hit in zip(RULES, _hits(wording), strict=True) if hit}
    return sorted(found | ({"position"} if POSITION.search(wording) else set()))


def _excepted(name: str, wording: str, verb: str) -> bool:
    """Where a rule's words mislead."""
    if name == "prediction" and re.search(r"\bwould (?:not )?have\b", wording, re.IGNORECASE):
        return True
    return name == "prediction" and verb in ("accuse", "deny", "demand")


def _stands_for_itself(wording: str, verb: str) -> bool:
    """Positions stay positions although they hold a number of little weight."""
    return bool(verb in ("demand", "offer", "urge", "call", "refuse") and POSITION.search(wording))
