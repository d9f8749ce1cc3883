"""How many independent origins a verdict has to rest on, and what is said where it has fewer."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from reviews.models import Rating
from sources import independence
from sources.models import Evidence

ENOUGH = 2
ASK, HINT, OFF = "ask", "hint", "off"  # what CLAIMDESK_TWO_ORIGINS may say
EXPLAINED = 3  # of the pieces that repeat another one


def wanted(rating: Rating) -> int:
    """How many independent origins this desk asks for before it says so; 0 where it asks for none."""
    return ENOUGH if rating.needs_two_origins and settings.CLAIMDESK_TWO_ORIGINS == ASK else 0


def lacking(rating: Rating, cited: Sequence[Evidence]) -> str:
    """What to tell whoever cites fewer origins than `rating` asks for: how many, why they count as one, what to do."""
    asks = _("“%(rating)s” asks for two independent origins.") % {"rating": rating.label}
    advice = _("Cite another origin, or say why a single source is enough.")
    return f"{asks} {_cited(cited)} {advice}"


def _cited(cited: Sequence[Evidence]) -> str:
    if not cited:
        return _("No evidence is cited.")
    if len(cited) == 1:
        return _("Only %(ref)s is cited.") % {"ref": cited[0].ref}
    why = independence.links(cited)
    told = "; ".join(why[:EXPLAINED]) + ("; …" if len(why) > EXPLAINED else "")
    return _("The %(n)s pieces that are cited have one: %(why)s.") % {"n": len(cited), "why": told}
