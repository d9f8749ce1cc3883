"""The stages of extraction in their order: article text in, claim candidates out. Knows no Django."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from claims.extraction import decompose, names, plain, tokens, topic, wording
from claims.extraction.dates import dated
from claims.extraction.definites import Resolved
from claims.extraction.dialogue import Dialogue, dialogue
from claims.extraction.going import Heard
from claims.extraction.kind import kind_of, spoken
from claims.extraction.mend import mended
from claims.extraction.quantities import quantities
from claims.extraction.quotes import holding, quotes
from claims.extraction.resolve import Resolver, with_topic
from claims.extraction.score import score
from claims.extraction.segment import blocks, sentences
from claims.extraction.setting import Sides, setting, sides
from claims.extraction.shapes import Candidate, Draft, Piece, Quote, Sentence, Span
from claims.extraction.speakers import carry
from claims.extraction.wordlist import words

ENGINE = "claimdesk-rules 0.4"
CLAIMING = ("paragraph", "item")
SECTION = 250  # sentences that are resolved together: more than any article has
SMALL = words(
    "the of and to in a is was for on that with as it by at from were had has be not said he she they his"
)
LETTERS = 0.25  # share of letters below which a line is a table, a rule or a row of marks: nothing to parse
PRONOUN = words("he she they it this these those we his her their its i who which")


def extract(
    text: str, *, title: str = "", published: date | None = None, language: str = "en"
) -> list[Candidate]:
    """The checkable claims of an article, in its order. Any text is fine; `text[start:end] == quote` always."""
    parts = blocks(text, title)
    said = quotes(text, parts)
    talk = dialogue(text, parts)
    found = sentences(text, parts, talk.prefixes)
    english = parses(language) and reads_as_english(text)
    parties = sides([title, *(text[s.start : s.end] for s in found)]) if english else Sides()
    if english and tokens.available():
        candidates = _parsed(text, title, found, said, parties, talk)
    else:
        candidates = [
            _candidate(text, draft, said, Resolved(), _plain_speakers(text, draft), parties)
            for draft in plain.decompose(text, found, english=english)
            if any(map(str.isalpha, text[draft.start : draft.end]))
        ]
    kept = {(c.start, c.end, c.text): c for c in candidates if any(map(str.isalpha, c.text)) and c.quote}
    ordered = sorted(kept.values(), key=lambda c: (c.start, c.end))
    if published is None or not english:
        return ordered
    return [replace(c, reasons=(*c.reasons, *dated(c.text, published))) for c in ordered]


def parses(language: str) -> bool:
    """Whether texts in a language (BCP 47) are parsed; in others a claim is a whole sentence, as it stands."""
    return language.lower().split("-", maxsplit=1)[0] == "en"


def reads_as_english(text: str) -> bool:
    """Whether small English words are as frequent as in English: an article marked wrongly is not parsed."""
    words = text[:6000].lower().split()
    return len(words) < 40 or sum(word in SMALL for word in words) >= 0.1 * len(words)


def _parsed(
    text: str, title: str, found: Sequence[Sentence], said: Sequence[Quote], parties: Sides, talk: Dialogue
) -> list[Candidate]:
    """Section by section, so that the work stays linear; only book-length texts have more than one."""
    wanted = [
        (number, s) for number, s in enumerate(found) if s.kind in CLAIMING and _reads(text[s.start : s.end])
    ]
    candidates: list[Candidate] = []
    for start in range(0, len(wanted), SECTION):
        section = wanted[start : start + SECTION]
        first = bisect_left(said, section[0][1].start, key=attrgetter("start"))
        last = bisect_left(said, section[-1][1].end, key=attrgetter("start"))
        candidates += _section(text, title, section, found, said[first:last], parties, talk)
    return candidates


def _reads(sentence: str) -> bool:
    """Whether there are words enough to parse."""
    return sum(map(str.isalpha, sentence)) >= LETTERS * len(sentence)


def _section(
    text: str,
    title: str,
    wanted: Sequence[tuple[int, Sentence]],
    found: Sequence[Sentence],
    said: Sequence[Quote],
    parties: Sides,
    talk: Dialogue,
) -> list[Candidate]:
    parsed, head = tokens.parse(text, title, wanted)
    parsed = [mended(p) for p in parsed]
    known = names.registry(text, parsed)
    drafts = [
        draft
        for p in parsed
        for draft in decompose.decompose(p, talk.speaker(found[p.number].block, title, known))
    ]
    carry(text, drafts, found, said)
    about = topic.topic(text, head, parsed, known)
    resolver = Resolver(text, parsed, known, about, drafts)
    candidates = []
    heard = Heard(text, parsed, found, known, drafts)
    for draft in drafts:
        resolved = resolver.resolve(draft)
        words, _ = wording.render(text, draft.pieces, resolved.replaced)
        draft.pieces = with_topic(draft, words, about)
        speakers = heard.speakers(draft, [resolver.speaker(one) for one in draft.claimant])
        candidates.append(_candidate(text, draft, said, resolved, speakers, parties))
    return candidates


def _plain_speakers(text: str, draft: Draft) -> list[str]:
    return [one if isinstance(one, str) else text[one[0] : one[1]] for one in draft.claimant]


def _candidate(
    text: str,
    draft: Draft,
    said: Sequence[Quote],
    resolved: Resolved,
    speakers: Sequence[str],
    parties: Sides,
) -> Candidate:
    words, added = wording.render(text, draft.pieces, resolved.replaced)
    others = _other(text, draft, resolved)
    quoted = draft.quoted or holding(said, draft.start, draft.end) is not None
    claimant = ", citing ".join(dict.fromkeys(one for one in reversed(speakers) if one))
    subject = wording.render(text, [Piece(span=draft.subject)], resolved.replaced)[0] if draft.subject else ""
    where = setting(text, draft, words, subject, claimant, parties, quoted=quoted)
    kind, why = kind_of(spoken(words, draft.rules), where)
    numbers = quantities(words)
    worth, reasons = score(words, quoted=quoted, spoken=bool(claimant), asked=draft.question)
    first = words.lstrip('“"‘[(').split(" ", 1)[0].strip(",.’'").lower()
    if first in PRONOUN:
        worth, reasons = round(worth / 2, 2), (*reasons, "does not stand alone")
    return Candidate(
        text=words,
        quote=text[draft.start : draft.end],
        start=draft.start,
        end=draft.end,
        type=kind,
        claimant=claimant,
        check_worthiness=worth,
        needs_wording=bool(resolved.open or others or first in PRONOUN),
        rules=(*draft.rules, *resolved.rules),
        added=added,
        alternatives=others,
        reasons=(f"{kind}: {why}", *reasons),
        quantities=numbers,
        setting=where,
    )


def _other(text: str, draft: Draft, resolved: Resolved) -> tuple[str, ...]:
    """The wording of the second reading, when there is one."""
    if not resolved.other:
        return ()
    spans: dict[Span, str] = {**resolved.replaced, **resolved.other}
    return (wording.render(text, draft.pieces, spans)[0],)
