"""Whether two quantities measure the same thing, and whether their values can both be true."""

from dataclasses import dataclass

from claims.matching.quantities import Quantity

FAR = 1.5  # "At least 26" is met by 28; past this factor it is met in letter only.


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a given quantity stands to a claimed one: agrees, conflicts or open."""

    verdict: str
    claimed: Quantity
    given: Quantity


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether both measure the same kind of thing, so that different values mean something."""
    if one.kind != other.kind or one.unit != other.unit:
        return False
    if one.kind == "rank":
        return bool(one.head) and (one.head in other.nouns or other.head in one.nouns)
    if one.role and other.role:
        return one.role == other.role and (one.kind != "count" or _same_counted(one, other, lenient=True))
    if one.kind != "count":
        if one.role or other.role:
            return _same_counted(one, other, lenient=False)
        return bool(one.around & other.around) or not (one.around and other.around)
    return _same_counted(one, other, lenient=False)


def _same_counted(one: Quantity, other: Quantity, *, lenient: bool) -> bool:
    if set(one.nouns) & set(other.nouns):
        return True
    return lenient and (not one.nouns or not other.nouns)


def agree(claimed: Quantity, given: Quantity) -> Agreement:
    """Compare two comparable quantities; bounds, hedges and rounding are taken at their word."""
    low, high = claimed.interval
    floor, ceiling = given.interval
    if ceiling < low or floor > high or _strictly_outside(claimed, given):
        return Agreement("conflicts", claimed, given)
    if low <= floor and ceiling <= high:
        far = claimed.bound in ("at_least", "more_than") and given.value > FAR * claimed.value
        small = claimed.bound in ("at_most", "less_than") and given.value * FAR < claimed.value
        return Agreement("open" if far or small else "agrees", claimed, given)
    if not claimed.bound and given.value == claimed.value and given.bound in ("at_least", "about", "nearly"):
        return Agreement("agrees", claimed, given)
    if not claimed.bound and not given.bound:
        return Agreement("agrees", claimed, given)  # One of them is rounded, and the other rounds to it.
    return Agreement("open", claimed, given)


def _strictly_outside(claimed: Quantity, given: Quantity) -> bool:
    """ "More than 26" is not met by 26 itself; with rounded numbers nobody is that exact."""
    if given.bound or given.slack or claimed.slack:
        return False
    if claimed.bound == "more_than":
        return given.value <= claimed.value
    return claimed.bound == "less_than" and given.value >= claimed.value
