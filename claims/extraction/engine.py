"""The stages of extraction in their order: article text in, claim candidates out. Knows no Django."""

from datetime import date

from claims.extraction import plain, wording
from claims.extraction.kind import kind_of
from claims.extraction.quantities import quantities
from claims.extraction.quotes import holding, quotes
from claims.extraction.score import score
from claims.extraction.segment import blocks, sentences
from claims.extraction.shapes import Candidate, Draft, Quote

ENGINE = "claimdesk-rules 0.1"


def extract(
    text: str, *, title: str = "", published: date | None = None, language: str = "en"
) -> list[Candidate]:
    """The checkable claims of an article, in its order. Any text is fine; `text[start:end] == quote` always."""
    parts = blocks(text, title)
    said = quotes(text, parts)
    drafts = plain.decompose(text, sentences(text, parts), english=language.startswith("en"))
    return [_candidate(text, draft, said) for draft in drafts if draft.start < draft.end]


def _candidate(text: str, draft: Draft, said: list[Quote]) -> Candidate:
    words, added = wording.render(text, draft.pieces, {})
    quoted = draft.quoted or holding(said, draft.start, draft.end) is not None
    claimant = ", citing ".join(
        speaker if isinstance(speaker, str) else text[speaker[0] : speaker[1]] for speaker in draft.claimant
    )
    kind, why = kind_of(words, claimant=claimant, speech=draft.speech, quoted=quoted, verb=draft.verb)
    numbers = quantities(words)
    named = any(word[:1].isupper() for word in words.split()[1:])
    worth, reasons = score(words, kind, quoted=quoted, named=named, numbers=len(numbers))
    return Candidate(
        text=words,
        quote=text[draft.start : draft.end],
        start=draft.start,
        end=draft.end,
        type=kind,
        claimant=claimant,
        check_worthiness=worth,
        needs_wording=True,
        rules=tuple(draft.rules),
        added=added,
        reasons=(f"{kind}: {why}", *reasons),
        quantities=numbers,
    )
