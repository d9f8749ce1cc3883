"""What to look at before a verdict is submitted, as sentences. Pure, over rows that are loaded; the action decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.extraction.quantities import quantities
from claims.lifecycle import ClaimType
from common import prose
from reviews import sourcing
from reviews.absence import Absence
from reviews.models import Rating
from sources import independence
from sources.models import Evidence, Search, Source

DAY = "j F Y"
WEAK = frozenset((Source.Reliability.D, Source.Reliability.E, Source.Reliability.F))
UNLIKELY = frozenset((Source.Credibility.DOUBTFUL, Source.Credibility.IMPROBABLE))
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")


class Level(models.TextChoices):
    """How much a check weighs: what stops a submission, what deserves a look, what is as it should be."""

    STOP = "stop", gettext_lazy("Fix first")
    LOOK = "look", gettext_lazy("Look")
    OK = "ok", gettext_lazy("Fine")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a person has written so far. `cites` holds the ids of evidence that was ticked, `search` a logged search."""

    rating: str = ""
    summary: str = ""
    rationale: str = ""
    single_source: str = ""
    cites: Sequence[int] = ()
    search: int | None = None


def before_submit(
    written: Written,
    evidence: Sequence[Evidence],
    *,
    searches: Sequence[Search] = (),
    rating: Rating | None = None,
    claim_type: str = "",
    absence: Absence | None = None,
) -> list[Check]:
    """The checks of a draft, what stops it first. All but `rating`, which it chose, is of its claim."""
    cited = cited_by(written, evidence)
    found = [
        *_missing(written, evidence, cited),
        *_found_after_all(written, searches),
        *_weak(written, evidence, cited, claim_type),
        *(check for check in _planned(absence) if check.level == Level.LOOK),
        *([Check(Level.OK, _("Every cited quote is in our copy of its source."))] if cited else []),
        *_origins(written, cited, rating),
    ]
    order = list(Level)
    return sorted(found, key=lambda check: order.index(check.level))


def of_absence(absence: Absence) -> list[Check]:
    """What was done for an absence and what is still to do, as a check list."""
    if absence.last is None:
        return [Check(Level.LOOK, _("No search is recorded yet.")), *_planned(absence)]
    told = ngettext(
        "Searched in %(n)s place, last on %(day)s.",
        "Searched in %(n)s places, last on %(day)s.",
        absence.places,
    )
    day = date_format(timezone.localtime(absence.last), DAY)
    return [Check(Level.OK, told % {"n": absence.places, "day": day}), *_planned(absence)]


def cited_by(written: Written, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence that a draft cites, by [E1] in its text or by a tick."""
    named = set(prose.references(written.rationale))
    return [item for item in evidence if item.ref in named or item.pk in written.cites]


def _missing(written: Written, evidence: Sequence[Evidence], cited: Sequence[Evidence]) -> list[Check]:
    known = {item.ref for item in evidence}
    texts = []
    if not written.rating:
        texts.append(_("Choose a verdict."))
    if not written.rationale.strip():
        texts.append(_("Say why: readers see your reasons."))
    texts += [
        _("%(ref)s is not there. Cite another piece.") % {"ref": ref}
        for ref in prose.references(written.rationale)
        if ref not in known
    ]
    aside = [item.ref for item in cited if item.set_aside]
    texts += [_("%(ref)s was set aside. Bring it back or do not cite it.") % {"ref": ref} for ref in aside]
    if not cited and written.search is None:
        texts.append(_("Cite a piece of evidence, or choose the search that found nothing."))
    return [Check(Level.STOP, text) for text in texts]


def _origins(written: Written, cited: Sequence[Evidence], rating: Rating | None) -> list[Check]:
    """Whether what is cited comes from more than one origin, or a reason stands in for the second."""
    reason = written.single_source.strip()
    if independence.origins(cited) >= sourcing.ENOUGH:
        left_out = _("There are two origins: your reason for a single source will be left out.")
        more = [Check(Level.LOOK, left_out)] if reason else []
        return [Check(Level.OK, _("At least two independent origins.")), *more]
    if reason:
        return [Check(Level.LOOK, _("It rests on a single source. Readers are told why."))]
    if rating is not None and sourcing.wanted(rating):
        return [Check(Level.STOP, sourcing.lacking(rating, cited))]
    if cited and settings.CLAIMDESK_TWO_ORIGINS != sourcing.OFF:
        return [Check(Level.LOOK, _("All that is cited comes from one origin."))]
    return []


def _found_after_all(written: Written, searches: Sequence[Search]) -> list[Check]:
    if all(search.shows_absence for search in searches if search.pk == written.search):
        return []
    text = _(
        "The search that it rests on found something. Cite it, or say at the search why none of it bears."
    )
    return [Check(Level.STOP, text)]


def _weak(
    written: Written, evidence: Sequence[Evidence], cited: Sequence[Evidence], claim_type: str
) -> list[Check]:
    texts = []
    if not written.summary.strip():
        texts.append(_("There is no one-sentence summary. Most readers read only that."))
    if cited and (unknown := _unquoted(written.summary, cited)):
        texts.append(_("The figure %(figure)s of the summary is in no cited quote.") % {"figure": unknown[0]})
    grades = [item.snapshot.source for item in cited]
    if cited and all(source.reliability in WEAK or source.credibility in UNLIKELY for source in grades):
        texts.append(_("No cited source is graded C3 or better."))
    texts += _left_out(evidence, cited)
    rests_on_absence = written.rating == "unproven" or claim_type == ClaimType.EVIDENCE_STATUS
    if rests_on_absence and written.search is None:
        texts.append(_("Nothing says where was looked. Record a search and let the verdict rest on it."))
    return [Check(Level.LOOK, text) for text in texts]


def _planned(absence: Absence | None) -> list[Check]:
    if absence is None:
        return []
    plan = absence.plan
    refuted = Check(Level.LOOK, _("Nothing says what would refute the claim."))
    if plan.would_refute:
        refuted = Check(Level.OK, _("What would refute it: %(text)s") % {"text": plan.would_refute})
    asked = Check(Level.LOOK, _("The claimant was not asked yet."))
    if plan.asked_on:
        told = {"day": date_format(plan.asked_on, DAY), "how": plan.asked_how, "answer": plan.answer}
        answered = _("The claimant was asked on %(day)s (%(how)s) and answered: %(answer)s")
        silent = _("The claimant was asked on %(day)s (%(how)s). No answer so far.")
        asked = Check(Level.OK, (answered if plan.answer else silent) % told)
    again = _("Once it is public it is searched for again by itself, a week after the last search.")
    if absence.next_search:
        day = date_format(absence.next_search, DAY)
        again = _("The machine searches again by itself on %(day)s.") % {"day": day}
    return [refuted, asked, Check(Level.OK, again)]


def _left_out(evidence: Sequence[Evidence], cited: Sequence[Evidence]) -> list[str]:
    left = [item for item in evidence if not item.set_aside and item not in cited]
    against = [item.ref for item in left if item.stance == Evidence.Stance.REFUTES]
    other = [item.ref for item in left if item.stance == Evidence.Stance.SUPPORTS]
    texts = []
    if against:
        texts.append(_("%(refs)s contradicts and is not mentioned.") % {"refs": ", ".join(against)})
    if other:
        told = ngettext(
            "%(refs)s is not cited. Cite it or set it aside.",
            "%(refs)s are not cited. Cite them or set them aside.",
            len(other),
        )
        texts.append(told % {"refs": ", ".join(other)})
    return texts


def _unquoted(summary: str, cited: Sequence[Evidence]) -> list[str]:
    """The figures of a summary that no cited quote gives, neither in digits nor in words."""
    written = {number for item in cited for number in _numbers(item.quote)}
    amounts = [amount for item in cited for amount in quantities(item.quote)]
    meant = {value for amount in amounts for value in (amount.value, amount.high)}
    return [number for number in _numbers(summary) if number not in written and _value(number) not in meant]


def _numbers(text: str) -> list[str]:
    return [number.replace(",", "") for number in _NUMBER.findall(text)]


def _value(number: str) -> float | None:
    try:
        return float(number)
    except ValueError:  # a date or a version: 3.5.2025
        return None
