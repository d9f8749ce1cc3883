"""Small English verb forms: the past of a participle in -ing."""

IRREGULAR = {
    "leave": "left", "bring": "brought", "make": "made", "take": "took", "fall": "fell", "rise": "rose", "hit": "hit",
    "cut": "cut", "put": "put", "set": "set", "shut": "shut", "break": "broke", "drive": "drove", "send": "sent",
    "give": "gave", "go": "went", "get": "got", "lose": "lost", "win": "won", "find": "found", "hold": "held", "keep": "kept",
    "lead": "led", "let": "let", "meet": "met", "pay": "paid", "run": "ran", "say": "said", "see": "saw", "sell": "sold",
    "buy": "bought", "shoot": "shot", "spend": "spent", "stand": "stood", "steal": "stole", "strike": "struck", "tear": "tore",
    "tell": "told", "throw": "threw", "wear": "wore", "write": "wrote", "become": "became", "begin": "began", "blow": "blew",
    "build": "built", "burn": "burned", "catch": "caught", "come": "came", "cost": "cost", "do": "did", "draw": "drew",
    "eat": "ate", "feed": "fed", "fight": "fought", "flee": "fled", "fly": "flew", "forbid": "forbade", "freeze": "froze",
    "grow": "grew", "have": "had", "hide": "hid", "hurt": "hurt", "know": "knew", "lay": "laid", "lie": "lay", "mean": "meant",
    "overtake": "overtook", "quit": "quit", "read": "read", "ride": "rode", "seek": "sought", "shake": "shook", "shed": "shed",
    "shrink": "shrank", "sink": "sank", "slide": "slid", "spread": "spread", "split": "split", "swear": "swore", "sweep": "swept",
    "teach": "taught", "wake": "woke", "withdraw": "withdrew", "overturn": "overturned", "beat": "beat", "be": "was",
    "cast": "cast", "deal": "dealt", "dig": "dug", "forget": "forgot", "hang": "hung", "light": "lit", "ring": "rang",
    "overrun": "overran", "overcome": "overcame", "overthrow": "overthrew", "undertake": "undertook", "outgrow": "outgrew",
    "withstand": "withstood", "uphold": "upheld", "foresee": "foresaw", "forgive": "forgave", "mistake": "mistook",
    "mislead": "misled", "arise": "arose", "awake": "awoke", "creep": "crept", "fling": "flung", "cling": "clung",
    "kneel": "knelt", "leap": "leapt", "sleep": "slept", "weep": "wept", "stick": "stuck", "sting": "stung", "swim": "swam",
    "sing": "sang", "spring": "sprang", "lend": "lent", "bend": "bent", "withhold": "withheld",
    "rip": "ripped", "bear": "bore", "choose": "chose", "oversee": "oversaw", "undergo": "underwent", "swing": "swung",
}  # fmt: skip
PASTS = frozenset(IRREGULAR.values()) - {
    "cut",
    "put",
    "set",
    "hit",
    "left",
    "read",
    "split",
    "lay",
    "let",
    "cast",
    "beat",
} | {"shut", "cost"}
VOWELS = "aeiou"


def past(participle: str, lemma: str) -> str:
    """The past tense of a verb given as its -ing form: 'killing' is 'killed'."""
    stem = participle.removesuffix("ing")
    for guess in (lemma, stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem):
        if guess in IRREGULAR:
            return IRREGULAR[guess]
    if lemma.endswith("e") and lemma[:-1] == stem:
        return lemma + "d"
    if lemma.endswith("y") and len(lemma) > 1 and lemma[-2] not in VOWELS:
        return lemma[:-1] + "ied"
    if stem.endswith("y") and len(stem) > 1 and stem[-2] not in VOWELS:
        return stem[:-1] + "ied"
    return stem + "ed"


def be(*, plural: bool) -> str:
    """The past of 'be' for a subject."""
    return "were" if plural else "was"
