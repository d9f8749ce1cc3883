"""Numbers and dates of a claim against those of a passage: agreements and mismatches, as sentences."""

from dataclasses import dataclass

from claims.matching.agreement import agree, comparable
from claims.matching.dates import fits, read_dates, same_date
from claims.matching.quantities import Quantity, read_quantities


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison: what it was about, how it went, and the sentence for people."""

    about: str  # number or date
    verdict: str  # agrees, conflicts, open, missing
    reason: str


def numbers(claim: str, text: str) -> list[Finding]:
    """One finding for each quantity of the claim; the best fitting of the passage's decides."""
    given, ours = read_quantities(text), read_quantities(claim)
    found = [(claimed, _number(claimed, _left_over(claimed, ours, given))) for claimed in ours]
    return [finding for claimed, finding in found if claimed.kind != "rank" or finding.verdict != "missing"]


def _left_over(
    claimed: Quantity, ours: tuple[Quantity, ...], given: tuple[Quantity, ...]
) -> tuple[Quantity, ...]:
    """The passage's quantities without those that are another number of the claim."""
    others = {other.value for other in ours if other is not claimed and other.value != claimed.value}
    return tuple(quantity for quantity in given if quantity.value not in others)


def _number(claimed: Quantity, given: tuple[Quantity, ...]) -> Finding:
    measured = _same_measure(claimed, given)
    rivals = [quantity for quantity in given if comparable(claimed, quantity)]
    rivals += [
        quantity for quantity in measured if quantity.value == claimed.value and quantity not in rivals
    ]
    if not rivals:
        return Finding("number", "missing", f"The source gives no number to set beside {claimed.words}.")
    results = [agree(claimed, rival) for rival in rivals]
    for verdict in ("agrees", "open"):
        for result in results:
            if result.verdict == verdict:
                return Finding("number", verdict, _sentence(verdict, claimed, result.given))
    same = any(quantity.kind == claimed.kind and quantity.value == claimed.value for quantity in given)
    if same or len({rival.value for rival in (*rivals, *measured)}) > 1:
        listed = ", ".join(list(dict.fromkeys(rival.words for rival in (*rivals, *measured)))[:3])
        reason = f"The source gives several numbers ({listed}) beside the claim's {claimed.words}."
        return Finding("number", "open", reason)
    return Finding("number", "conflicts", _sentence("conflicts", claimed, rivals[0]))


def _same_measure(claimed: Quantity, given: tuple[Quantity, ...]) -> list[Quantity]:
    """The percentages beside a percentage, the metres beside metres: which is meant is not for a machine."""
    if claimed.kind in ("count", "rank"):
        return []
    return [quantity for quantity in given if (quantity.kind, quantity.unit) == (claimed.kind, claimed.unit)]


def _sentence(verdict: str, claimed: Quantity, given: Quantity) -> str:
    if verdict == "conflicts":
        return f"The source says {given.words}, the claim says {claimed.words}."
    if verdict == "open":
        return f"The source says {given.words}, which neither confirms nor excludes {claimed.words}."
    if given.words.lower() == claimed.words.lower():
        return f"The source also says {given.words}."
    return f"The source says {given.words}, which fits the claim's {claimed.words}."


def dates(claim: str, text: str) -> list[Finding]:
    """One finding for each date of the claim."""
    given, ours = read_dates(text), read_dates(claim)
    findings = []
    for claimed in ours:
        others = [other for other in ours if other is not claimed]
        results = [
            (fits(claimed, when), when)
            for when in given
            if not any(same_date(other, when) for other in others)
        ]
        agreeing = [when for fit, when in results if fit]
        if agreeing:
            findings.append(Finding("date", "agrees", f"The source also dates it {agreeing[0].words}."))
        elif results and all(fit is False for fit, _ in results):
            bound = f"{claimed.bound} " if claimed.bound else ""
            verdict = "conflicts" if len(results) == 1 else "open"
            said = " and ".join(when.words for _, when in results[:3])
            findings.append(
                Finding("date", verdict, f"The source says {said}, the claim says {bound}{claimed.words}.")
            )
        else:
            findings.append(
                Finding("date", "missing", f"The source gives no date to set beside {claimed.words}.")
            )
    return findings
