"""Decompose: one clause for each joined predicate, with the words that they share."""

import re

from claims.extraction.chunks import WH, main_verbs
from claims.extraction.phrases import Clause, Words
from claims.extraction.speakers import stem
from claims.extraction.tokens import FINITE, VERB, Parsed
from claims.extraction.wordlist import words

CLOCK = re.compile(r"\d{1,2}[.:]\d\d|\b\d{1,2}\s?[ap]\.?m", re.IGNORECASE)


GIVES = frozenset(stem(verb) for verb in words("give hand award offer show"))


def gapped(p: Parsed, run: Words, verbs: Words, subject: Words) -> tuple[Words, Clause, Words] | None:
    """'A won 38.6 percent and B 33.1', 'the poll gave A 38.6 percent and B 33.1': the first clause, the second with
    the verb that it leaves out, and where the second stands."""
    if not verbs or not subject:
        return None
    for place, at in enumerate(run):
        if p.words[at].low != "and" or at <= verbs[0] or not 2 <= len(run) - place - 1 <= 9:
            continue
        first, second = [w for w in run[:place] if w > verbs[0]], run[place + 1 :]
        if (apart := _counted_apart(p, run, place, first, second)) is not None:
            head, number, told = apart
            return head, Clause([], [*(w for w in run if w < number), *told]), second
        numbers = [w for w in second if p.words[w].tag == "CD"]
        shares = [w for w in first if p.words[w].tag == "CD"]
        if (
            len(numbers) != 1
            or len(shares) != 1
            or numbers[0] - second[0] < 1
            or any(p.words[w].tag in VERB for w in second)
        ):
            continue
        unit = [w for w in first if w > shares[0]][:1]
        percent = unit and p.words[unit[0]].low in ("%", "percent", "per", "points", "votes", "seats")
        if not percent or p.words[second[0]].tag not in ("NNP", "DT", "NNPS", "PRP$"):
            continue
        head = run[: place - 1] if p.words[at - 1].text == "," else run[:place]
        told = [w for w in run if verbs[0] <= w <= verbs[-1]]
        if stem(p.words[verbs[-1]].lemma) in GIVES:
            return head, Clause(subject, [*told, *second]), second
        holder, figure = ([w for w in second if (w < numbers[0]) == before] for before in (True, False))
        return head, Clause(holder, [*told, *figure]), second
    return None


def _counted_apart(
    p: Parsed, run: Words, place: int, first: Words, second: Words
) -> tuple[Words, int, Words] | None:
    """'23 violations by Varesh and 19 by Ordania': the first, where its number stands, and '19 violations by Ordania'."""
    numbers = [w for w in first if p.words[w].tag == "CD"]
    if len(second) < 3 or not numbers or p.words[second[0]].tag != "CD" or p.words[second[1]].tag != "IN":
        return None
    after = [w for w in first if w > numbers[-1]]
    noun = next((after[:n] for n, w in enumerate(after) if p.words[w].low == p.words[second[1]].low), [])
    if (
        not noun
        or len(noun) > 4
        or not p.words[noun[-1]].tag.startswith("NN")
        or p.words[second[2]].tag == "CD"
    ):
        return None
    return run[:place], numbers[-1], [second[0], *noun, *second[1:]]


def split_joined(p: Parsed, words: Words, verbs: Words, subject: Words) -> list[Clause]:
    """One clause for each joined predicate: 'denied the charge and offered to join'."""
    if not verbs:
        return [Clause([], words)]
    clauses: list[Clause] = []
    start, prefix = words, Words()
    for cut in (at for at in words[1:-1] if p.words[at].low in ("and", "but", "or")):
        match = _joins(p, words, cut)
        left, right = [at for at in start if at < cut], [at for at in start if at > cut]
        if match is None or not left or _one_event(p, left, right):
            continue
        clauses.append(Clause(prefix, left))
        right = right[1:] if p.words[right[0]].low == "that" and len(right) > 2 else right
        prefix = [at for at in words if at < match]
        start = right
    clauses.append(Clause(prefix, start))
    first = clauses[0]
    if not first.subject and not any(at in set(first.body) for at in subject):
        clauses[0] = Clause(subject, first.body)
    return [_with_subject(c, subject) for c in clauses]


def _with_subject(clause: Clause, subject: Words) -> Clause:
    """Words shared by a joined predicate that hold no subject of their own get the borrowed one."""
    if (
        clause.subject
        and subject
        and not set(subject) & set(clause.subject)
        and not set(subject) & set(clause.body)
    ):
        return Clause([*subject, *clause.subject], clause.body)
    return clause


def _joins(p: Parsed, words: Words, cut: int) -> int | None:
    """For an 'and' that joins predicates: where the matching earlier verb stands; -1 if the next clause has its own
    subject; None if it joins something else."""
    after = [at for at in words if at > cut]
    before = [at for at in words if at < cut]
    at = next((w for w in after[:3] if p.words[w].tag != "RB"), None)
    if at is None:
        return None
    tag = p.words[at].tag
    if tag in FINITE:
        same = [w for w in main_verbs(p, words[0], cut) if w in set(before)]
        return _start_of(p, same[0], before) if same else None
    if tag in VERB and tag != "VBG":
        same = [w for w in before if p.words[w].tag == tag]
        if same:
            return _start_of(p, same[-1], before)
        return next((w for w in before if p.words[w].tag == "VBD"), None) if tag == "VBN" else None
    if (wanted := _second_wish(p, before, after)) is not None:
        return wanted
    return _own_clause(p, words, cut, at, after)


def _second_wish(p: Parsed, before: Words, after: Words) -> int | None:
    """For 'expects sales to fall and the margin to recover': where the first of the two begins, behind the verb."""
    to = next((w for w in after[1:8] if p.words[w].tag == "TO"), None)
    verbs = [w for w in before if p.words[w].tag in FINITE]
    if to is None or not verbs or p.words[after[0]].tag not in ("DT", "NN", "NNS", "PRP$", "JJ", "NNP"):
        return None
    if (
        any(p.words[w].tag in (*VERB, "IN") for w in after if w < to)
        or to + 1 >= len(p.words)
        or p.words[to + 1].tag != "VB"
    ):
        return None
    first = [w for w in before if w > verbs[-1]]
    earlier = next((w for w in first if p.words[w].tag == "TO"), None)
    return verbs[-1] + 1 if earlier is not None and earlier > verbs[-1] + 1 else None


def _own_clause(p: Parsed, words: Words, cut: int, at: int, after: Words) -> int | None:
    finite = [w for w in after if p.words[w].tag in FINITE]
    if (
        not finite
        or finite[0] - at >= 6
        or p.words[finite[0]].dep not in ("conj", "ROOT", "parataxis", "aux", "cop")
    ):
        return None
    inside = p.words[cut + 1 : finite[0]]
    counted = len(inside) == 1 and inside[0].tag == "CD"
    if any(w.low in WH for w in inside) or not (counted or any(w.dep == "nsubj" for w in inside)):
        return None
    return -1 if main_verbs(p, words[0], cut) else None


def _start_of(p: Parsed, verb: int, before: Words) -> int:
    """An adverb right before a verb belongs to it."""
    at = verb
    while at - 1 in before and p.words[at - 1].tag == "RB" and p.words[at - 1].low not in ("not", "n't"):
        at -= 1
    return at


def _one_event(p: Parsed, left: Words, right: Words) -> bool:
    """Start and end of one event by the clock stay together."""
    one, other = (" ".join(p.words[at].text for at in side) for side in (left, right))
    return not right or bool(CLOCK.search(one) and CLOCK.search(other))
