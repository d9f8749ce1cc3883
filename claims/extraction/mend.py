"""Stage 2, before decompose: finite verbs that the tagger took for something else.

"A spokesman, Gareth Lee, rejected claims that …" has no finite verb of its own when "rejected" is tagged as a participle. A
sentence has one, so the word that the tagger holds likeliest to be one becomes it.
"""

from collections.abc import Mapping
from dataclasses import replace

from claims.extraction.chunks import INTRODUCES, main_verbs
from claims.extraction.tokens import FINITE, Parsed, Token
from claims.extraction.verbs import PASTS
from claims.extraction.wordlist import words

LEAST = 0.004  # probability of a finite tag below which a word is left as it is
JOINED = 0.05  # the same for a clause that may also be the last of a list
AFTER_NOUN = 8.0  # how much likelier a participle right behind its subject is than the tagger says
HELPS = words("be been being was were is are am has have had having to get got gets 's 're")
WISHES = words(
    "plans wants hopes aims intends expects needs seeks agrees refuses promises vows pledges threatens offers continues"
)
NOMINATIVE = words("he she they we i")
# verbs that are no nouns in any of their forms, so that the tagger's guess of a noun or preposition is wrong
ONLY_VERBS = words(
    "accuse deny insist expect predict allow require contain include maintain believe argue consider become provide receive remain "
    "seem want admit allege announce attribute undertake reject dismiss acknowledge acquire adopt appoint approve arrive assert assume "
    "assure avoid begin belong bring build buy carry choose comply concede conclude confirm consist contend continue "
    "contradict convict create criticise criticize declare decline deliver depend describe deserve destroy determine develop disagree "
    "disclose discover distribute divide earn eliminate emphasise employ enable encourage endorse enforce enjoy ensure "
    "establish exceed exclude exist explain expose extend forbid forgive generate happen hire identify ignore imply impose improve "
    "indicate inform inspect intend introduce invade invent investigate join justify keep know lose lower mention "
    "mislead obtain occur oppose organise organize overturn participate perform persuade possess prefer prevent proclaim "
    "prohibit promote prosecute prove publish pursue realise realize reassure recognise recognize recommend refuse regret "
    "reiterate rely remove replace resign resolve restore retain reveal satisfy seek sell send suffer suggest suppose survive suspend "
    "tell threaten understand urge warn withdraw withhold write"
)


def mended(p: Parsed) -> Parsed:
    """The sentence with its verbs tagged as such; the same object when nothing has to change."""
    for rule in (_pronouns, _single, _main, _joined):
        p = _retagged(p, rule(p))
    return p


def _retagged(p: Parsed, tags: Mapping[int, str]) -> Parsed:
    if not tags:
        return p
    return Parsed(p.number, [replace(w, tag=tags[at]) if at in tags else w for at, w in enumerate(p.words)])


def _pronouns(p: Parsed) -> dict[int, str]:
    return {at: "VBD" for at in range(1, len(p.words)) if _after_pronoun(p, at)}


def _single(p: Parsed) -> dict[int, str]:
    verbs = {at: tag for at in range(1, len(p.words)) if (tag := _only_a_verb(p, at))}
    verbs |= {
        at: "VBD" for at in range(1, len(p.words)) if p.words[at].tag == "NNP" and p.words[at].text in PASTS
    }
    verbs |= {at: "VBZ" for at in range(1, len(p.words) - 1) if p.words[at].low in WISHES and _wishes(p, at)}
    nouns = [at for at in range(len(p.words) - 1) if _opens_as_noun(p, at) or _is_subject(p, at)]
    return verbs | dict.fromkeys(nouns, "NNS")


def _wishes(p: Parsed, at: int) -> bool:
    """'Tarnholt plans to shed', where the tagger sees plans."""
    before = p.words[at - 1]
    return (
        p.words[at].tag == "NNS"
        and p.words[at + 1].tag == "TO"
        and before.tag in ("NNP", "NN")
        and before.end < p.words[at].start
    )


def _main(p: Parsed) -> dict[int, str]:
    place = _missing(p)
    return {} if place is None else {place: _finite_tag(p.words[place])}


def _joined(p: Parsed) -> dict[int, str]:
    return dict(_joined_clauses(p)) | {at: "VBD" for at in range(2, len(p.words)) if _goes_on(p, at)}


def _after_pronoun(p: Parsed, at: int) -> bool:
    """'it wounded', 'she quit': nothing but a verb follows 'he', 'she', 'they' so closely."""
    word = p.words[at]
    return (
        p.words[at - 1].low in NOMINATIVE
        and word.tag in ("VBN", "NN", "JJ")
        and (word.low in PASTS or word.low.endswith("ed"))
    )


def _only_a_verb(p: Parsed, at: int) -> str:
    """'residents there accuse', 'the law allows': the finite tag of a word that can be nothing else; "" when it is fine."""
    word, before = p.words[at], p.words[at - 1]
    if word.tag not in ("NN", "NNS", "IN", "JJ", "NNP", "VB") or not word.text.islower():
        return ""
    if (
        before.low in HELPS
        or before.tag in ("TO", "MD", "DT", "PRP$", "POS")
        or before.low in ("not", "n't", "n’t")
    ):
        return ""
    if word.low.endswith("s") and _lemma(word.low) in ONLY_VERBS:
        return "VBZ"
    if (
        word.low in ONLY_VERBS
        and (before.tag in ("NNS", "NNPS") or before.low == "there")
        and not _helped(p, at)
    ):
        return "VBP"
    return ""


def _helped(p: Parsed, at: int) -> bool:
    """Whether 'will', 'did', 'to' … stand near before a verb, so that it is no finite one."""
    return any(w.tag in ("MD", "TO") or w.low in ("do", "does", "did") for w in p.words[max(0, at - 6) : at])


def _lemma(form: str) -> str:
    if form.endswith("ies"):
        return form[:-3] + "y"
    return form[:-2] if form[:-2] in ONLY_VERBS else form[:-1]


def _opens_as_noun(p: Parsed, at: int) -> bool:
    """'while returns climbed': a word in -s right before a verb, at the start of its clause, is the subject."""
    word, following = p.words[at], p.words[at + 1]
    opens = at == 0 or p.words[at - 1].low in (
        "while",
        "that",
        "and",
        "but",
        ",",
        "as",
        "although",
        "whereas",
    )
    return opens and word.tag == "VBZ" and following.tag == "VBD" and word.low not in HELPS


def _is_subject(p: Parsed, at: int) -> bool:
    """'found that pumps had failed': what the parse takes for a subject is no verb, whatever the tagger says."""
    word = p.words[at]
    return word.tag == "VBZ" and word.dep == "nsubj" and word.low.endswith("s") and word.low not in HELPS


def _goes_on(p: Parsed, at: int) -> bool:
    """'covered 26,000 bikes and cost us', 'affected 900,000 people, and led to a law': after a past comes another."""
    word = p.words[at]
    joined = p.words[at - 1].low in ("and", "but", "then") or (
        p.words[at - 1].tag == "RB" and p.words[at - 2].low in ("and", "but")
    )
    if (
        not joined
        or word.tag not in ("VBN", "NN", "JJ", "VB")
        or not (word.low in PASTS or word.low.endswith("ed"))
    ):
        return False
    for back in range(at - 2, -1, -1):
        before = p.words[back]
        if before.tag in ("VBN", "VBG", "VB", "MD", "VBZ", "VBP") or before.low in HELPS:
            return False
        if before.tag == "VBD":
            return True
    return False


def _joined_clauses(p: Parsed) -> list[tuple[int, str]]:
    """', and network charges account for a fifth': the verb of a joined clause in which no word is tagged as one."""
    found = []
    for at in range(2, len(p.words) - 4):
        if p.words[at].low not in ("and", "but", "while") or p.words[at - 1].text not in (",", ";"):
            continue
        end = next(
            (e for e in range(at + 1, len(p.words)) if p.words[e].text in (",", ";", ".", "-")), len(p.words)
        )
        if end - at < 5 or p.words[at + 1].tag not in ("DT", "NN", "NNS", "NNP", "JJ", "PRP$", "CD", "NNPS"):
            continue
        if any(w.tag in FINITE for w in p.words[at:end]):
            continue
        rated = [(_likely(p, place), place) for place in range(at + 2, end)]
        best = max(rated, default=(0.0, 0))
        if best[0] >= JOINED:
            found.append((best[1], _finite_tag(p.words[best[1]])))
    return found


def _missing(p: Parsed) -> int | None:
    """Where the main verb hides, when no word is tagged as one."""
    if len(p.words) < 4 or p.words[-1].text == "?":
        return None
    verbs = main_verbs(p, 0, len(p.words))
    finite = [at for at in verbs if p.words[at].tag in FINITE]
    if finite and p.words[finite[0] - 1].low in ("and", "but") and finite[0] > 3:
        rated = [(_likely(p, at), at) for at in range(1, finite[0] - 1) if not _within(p, at)]
        best = max(rated, default=(0.0, 0))
        return best[1] if best[0] >= LEAST else None
    if finite:
        return None
    if verbs and verbs[0] > 0 and p.words[verbs[0]].low not in HELPS:
        return verbs[0]
    rated = [(_likely(p, at), at) for at in range(1, len(p.words)) if not _within(p, at)]
    best = max(rated, default=(0.0, 0))
    return best[1] if best[0] >= LEAST else None


def _likely(p: Parsed, at: int) -> float:
    word, before = p.words[at], p.words[at - 1]
    if word.tag in FINITE or word.tag not in ("VBN", "NN", "NNS", "VB", "JJ", "VBG"):
        return 0.0
    if before.low in HELPS or before.tag in ("DT", "PRP$", "POS", "TO", "MD") or word.tag == "VBG":
        return 0.0
    if any(w.low in HELPS for w in p.words[max(0, at - 3) : at]) and word.tag == "VBN":
        return 0.0
    if word.tag == "VBN" and at + 1 < len(p.words) and p.words[at + 1].low == "by":
        return 0.0
    if word.tag != "VBN" or not (before.tag.startswith("NN") or before.text == ","):
        return word.finite
    takes = at + 1 < len(p.words) and p.words[at + 1].tag in ("CD", "DT", "PRP", "PRP$", "NNP", "$")
    return max(word.finite, 0.0005) * (AFTER_NOUN * 10 if takes else AFTER_NOUN)


def _within(p: Parsed, at: int) -> bool:
    """Whether a word stands in a clause that 'that', 'which', 'when' … opened, with no comma since."""
    for back in range(at - 1, -1, -1):
        word = p.words[back]
        if word.text in (",", ";", "—", "–", "-"):
            return False
        if word.low in INTRODUCES and word.tag in ("WP", "WDT", "WP$", "WRB", "IN") and word.dep != "case":
            return True
    return False


def _finite_tag(word: Token) -> str:
    if word.low.endswith("ed") or word.low in PASTS:
        return "VBD"
    return "VBZ" if word.low.endswith("s") else "VBP"
