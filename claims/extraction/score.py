"""Stage 7: how much a desk would want a claim checked, 0 to 1, with the reasons."""

import re

from claims.extraction.features import ADDED, features
from claims.extraction.kind import by_rule
from claims.extraction.linear import WORTH

PROCESS = re.compile(
    r"\b(?:did not (?:immediately )?(?:respond|reply|answer|comment)|declined to comment|could not be reached|no comment|"
    r"requests? for comment|spoke on condition|asked not to be named|"
    r"not authori[sz]ed to (?:speak|discuss|talk|brief|comment)|wished to remain anonymous|requested anonymity|"
    r"would not comment|neither confirm nor deny|(?:did|have) not return(?:ed)? (?:a |any )?(?:phone )?calls?|what we know|we will update|read more)\b",
    re.IGNORECASE,
)


def score(wording: str, *, quoted: bool, spoken: bool, asked: bool = False) -> tuple[float, tuple[str, ...]]:
    """Check-worthiness and what it rests on. Questions and boilerplate score low whatever their words."""
    bare = ADDED.sub("", wording)
    if asked or bare.rstrip("”\"' .").endswith("?"):
        return 0.05, ("a question",)
    if PROCESS.search(bare):
        return 0.15, ("process talk",)
    share, speaks_for, against = WORTH.probability(
        features(bare, by_rule(bare)[0], quoted=quoted, spoken=spoken)
    )
    reasons = [f"for: {', '.join(speaks_for)}"] if speaks_for else []
    if against:
        reasons.append(f"against: {', '.join(against)}")
    return round(min(max(share, 0.01), 0.99), 2), tuple(reasons)


def sentence_score(sentence: str) -> float:
    """Check-worthiness of a sentence that stands alone, to more places than are shown, for ranking."""
    bare = sentence.strip()
    if bare.rstrip("”\"' .").endswith("?"):
        return 0.05 * WORTH.probability(features(bare, by_rule(bare)[0], quoted=False, spoken=False))[0]
    return WORTH.probability(features(bare, by_rule(bare)[0], quoted=False, spoken=False))[0]
