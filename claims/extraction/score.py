"""Stage 7: how much a desk would want a claim checked, 0 to 1, with the reasons."""

import re

OPINION = re.compile(
    r"\b(?:should(?:n.t)?|ought to|i (?:think|believe|feel|hope|love|hate|wish|am|was|grew|have no)|we (?:think|believe|feel|hope)|beautiful|wonderful|"
    r"terrible|awful|great|amazing|ashamed|sorry|dream|disgrac\w+|shameful|madness|good idea|bad idea|proud|thank(?:s| you| god)?|pray\w*|thoughts|"
    r"congratulat\w+|welcome to|good (?:morning|evening|luck)|hope(?:s|d|ful)?|feels? like|heartbroken|devastated|delighted|thrilled|tired|angry|cruel|"
    r"in my (?:view|opinion))\b",
    re.I,
)
PROCESS = re.compile(
    r"\b(?:did not (?:immediately )?(?:respond|reply|answer|comment)|declined to comment|could not be reached|no comment|requests? for comment|"
    r"spoke on condition|asked not to be named|what we know|we will update|read more)\b",
    re.I,
)
STRONG = {
    "casualty": 0.9, "denial": 0.8, "accusation": 0.85, "evidence_status": 0.85, "prediction": 0.7, "policy": 0.75,
    "comparison": 0.85, "quantity": 0.8, "quotation": 0.55, "position": 0.7, "event": 0.65, "other": 0.5,
}  # fmt: skip


def score(wording: str, kind: str, *, quoted: bool, named: bool, numbers: int) -> tuple[float, tuple[str, ...]]:
    """Check-worthiness and what it rests on. Questions, feelings and boilerplate score low."""
    value, reasons = STRONG[kind], [f"type {kind}"]
    if wording.rstrip("”\"' ").endswith("?"):
        return 0.05, ("a question",)
    if PROCESS.search(wording):
        return 0.15, ("process talk",)
    if OPINION.search(wording) and kind in ("event", "other", "quotation", "position", "comparison"):
        value, reasons = value - 0.4, [*reasons, "opinion or feeling"]
    if numbers:
        value, reasons = value + 0.1, [*reasons, "has a number"]
    if named:
        value, reasons = value + 0.05, [*reasons, "names someone or something"]
    elif not numbers:
        value, reasons = value - 0.15, [*reasons, "names nobody"]
    if quoted and kind in ("event", "other", "quotation"):
        value, reasons = value - 0.2, [*reasons, "a quoted remark"]
    return round(min(max(value, 0.02), 0.98), 2), tuple(reasons)
