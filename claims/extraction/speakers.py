"""Stage 3, second half: whose claim it is when no words of saying stand beside it."""

from collections.abc import Sequence

from claims.extraction.quotes import holding
from claims.extraction.shapes import Draft, Quote, Sentence, Span
from claims.extraction.wordlist import words

OWN_WORDS = words(
    "deny accuse blame demand offer urge call promise vow pledge rule dismiss reject refuse expect "
    "forecast see project predict estimate put log record warn back condemn allege link propose want "
    "oppose support threaten insist dispute criticise criticize welcome endorse recommend reiterate "
    "appeal agree measure register tally count intend plan aim hope attribute undertake"
)


STUDIES = words("poll survey study report audit analysis review census trial")


def stem(verb: str) -> str:
    """A lemma without a final e or doubled consonant: the lemmatizer makes 'logge' of 'logged'."""
    bare = verb.rstrip("e")
    return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] else bare


OWN_STEMS = frozenset(stem(word) for word in OWN_WORDS)


def carry(text: str, drafts: Sequence[Draft], sentences: Sequence[Sentence], quotes: Sequence[Quote]) -> None:
    """Give quoted words without a speaker the speaker of the quotation around them, and a demand or denial its subject."""
    for number, draft in enumerate(drafts):
        if draft.claimant:
            continue
        if holding(quotes, draft.start, draft.end) is not None:
            _from_neighbours(drafts, number, sentences, draft)
        elif draft.passive:
            continue
        elif stem(draft.verb) in OWN_STEMS and draft.subject is not None and not _puts(text, draft):
            draft.claimant = [draft.subject]
        elif draft.subject is not None and (study := _study(text, draft.subject)):
            draft.claimant = [study]


def _puts(text: str, draft: Draft) -> bool:
    """'put a warning on the clip' is a deed; 'put the height at 6.8 metres' says something."""
    return draft.verb == "put" and " at " not in text[draft.start : draft.end]


def _study(text: str, subject: Span) -> Span | None:
    """'A poll published by Afrolytics' speaks for Afrolytics; 'the survey' for itself."""
    words = text[subject[0] : subject[1]]
    if not any(word.strip(",.").lower() in STUDIES for word in words.split()[:6]):
        return None
    place = words.find(" by ")
    return (
        (subject[0] + place + 4, subject[1])
        if place > 0 and words[place + 4 : place + 5].isupper()
        else subject
    )


def _from_neighbours(
    drafts: Sequence[Draft], number: int, sentences: Sequence[Sentence], draft: Draft
) -> None:
    """The speaker of the nearest claim in the same paragraph, earlier ones first."""
    block = sentences[draft.sentence].block
    before = [d for d in reversed(drafts[:number]) if sentences[d.sentence].block == block and d.claimant]
    after = [d for d in drafts[number + 1 :] if sentences[d.sentence].block == block and d.claimant]
    for one in (*before, *after):
        draft.claimant = list(one.claimant[:1])
        draft.rules.append("speaker of the quotation")
        return
