"""Numbers as people read them: grouped, without idle zeros, with their bound and unit."""

from __future__ import annotations

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

SIGNS = "$€£¥₹₽₩₺₴"  # stand before the number
CLOSE = ("%", "°", "°C", "°F")  # stand right behind it


def number(value: Decimal) -> str:
    """A number with its thousands apart: "1,842", "5.1"."""
    plain = Decimal(format(value.normalize(), "f"))
    return str(formats.number_format(plain, use_l10n=True, force_grouping=True))


def amount(value: Decimal, upper: Decimal | None, bound: str) -> str:
    """A value with the word for its bound; "between 20 and 30" where there is an upper one."""
    if upper is not None:
        return _("between %(low)s and %(high)s") % {"low": number(value), "high": number(upper)}
    return f"{bound} {number(value)}".strip()


def with_unit(amount: str, unit: str) -> str:
    """An amount with its unit where it belongs: "26 people", "5.1%"; "at least £3"."""
    if not unit:
        return amount
    if unit[-1] in SIGNS:
        words = amount.split(" ")
        return " ".join(f"{unit}{word}" if word[:1].isdigit() else word for word in words)
    return f"{amount}{unit}" if unit in CLOSE else f"{amount} {unit}"
