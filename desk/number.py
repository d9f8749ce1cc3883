"""The panel of a claim's number: what the claim says, what it was later, and the forms to say more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any  # what a form field takes and gives

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Role
from claims.models import Claim
from desk.claim_forms import Day
from reviews import moving
from reviews.actions.figures import LENGTHS, Given
from reviews.models import Publication
from reviews.plotting import Plot, plot
from sources.models import Evidence, Figure

GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


class NumberField(forms.DecimalField):
    """A number as people type it: thousands may be apart by commas."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").strip()
        return super().to_python(typed.replace(",", "") if GROUPED.fullmatch(typed) else typed)


class ValueForm(forms.Form):
    """A value of the claim's number."""

    bound = forms.ChoiceField(label=gettext_lazy("Bound"), choices=Figure.Bound.choices)
    value = NumberField(label=gettext_lazy("Value"))
    upper = NumberField(label=gettext_lazy("Upper value, where between"), required=False)
    scope = forms.CharField(
        label=gettext_lazy("What and where is counted"), required=False, max_length=LENGTHS["scope"]
    )
    according_to = forms.CharField(label=gettext_lazy("According to"), max_length=LENGTHS["according_to"])
    as_of = forms.DateField(label=gettext_lazy("As of"), widget=Day)
    at = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def given(self) -> Given:
        """What the action takes. The form is valid."""
        return Given(**self.cleaned_data)


class StatedForm(ValueForm):
    """What number the claim itself gives."""

    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        required=False,
        max_length=LENGTHS["unit"],
        help_text=gettext_lazy("people, %, km"),
    )


class FigureForm(ValueForm):
    """What the number was on a day, according to someone, and what shows it."""

    evidence = forms.IntegerField(label=gettext_lazy("Shown by"), required=False, widget=forms.Select)
    reason = forms.CharField(
        label=gettext_lazy("How you know it"),
        required=False,
        max_length=LENGTHS["reason"],
        help_text=gettext_lazy("Needed where no quote has the number."),
    )


@dataclass(frozen=True, slots=True)
class Panel:
    """All that the panel shows. Without `said` nothing was read yet; `may_decide` is not for who only proposes."""

    said: Figure | None
    live: list[Figure]
    out: list[Figure]
    plot: Plot | None
    may_decide: bool


def panel(
    user: User, claim: Claim, figures: Sequence[Figure], publication: Publication | None
) -> Panel | None:
    """The panel of a claim; None where the claim gives no number and nobody has said one."""
    if not figures and moving.claimed(claim.text) is None:
        return None
    live = [one for one in figures if one.state in Figure.LIVE]
    counted = [one for one in live if one.state == Figure.State.ACCEPTED]
    out = [one for one in figures if one.state not in Figure.LIVE]
    is_public = publication is not None and publication.retracted_at is None
    said = next((one for one in counted if one.stated), None)
    return Panel(said, live, out, plot(counted), user.role >= Role.EDITOR or not is_public)


def fill(
    claim: Claim, evidence: Sequence[Evidence], said: Figure | None, bound: Mapping[str, forms.Form]
) -> dict[str, forms.Form]:
    """The two forms, new ones or those that were refused: what the claim says, and one more value."""
    more = bound.get("figure") or FigureForm(prefix="figure", initial={"as_of": timezone.localdate()})
    select = more.fields["evidence"].widget
    assert isinstance(select, forms.Select)
    more.fields["value"].help_text = said.unit if said else ""
    offered = [item for item in evidence if not item.set_aside]
    select.choices = [("", _("No evidence here")), *((item.pk, _named(item)) for item in offered)]
    return {
        "figure": more,
        "stated": bound.get("stated") or StatedForm(prefix="stated", initial=_first(claim, said)),
    }


def look_again_on(claim: Claim, figures: Sequence[Figure]) -> date | None:
    """When a verdict on this claim's number is proposed to be looked at again, by type; None where it does not move."""
    days: int | None = settings.CLAIMDESK_HORIZONS.get(claim.type)
    counts = any(one.stated and one.state == Figure.State.ACCEPTED for one in figures)
    return timezone.localdate() + timedelta(days=days) if days and counts else None


def _first(claim: Claim, said: Figure | None) -> dict[str, object]:
    """What the form to correct the claim's number begins with: what was said, or what its wording seems to say."""
    if said is not None:
        names = ("bound", "unit", "scope", "according_to", "as_of", "at")
        return {**{name: getattr(said, name) for name in names}, **_plain(said.value, said.upper)}
    article, read = claim.revision.article, moving.claimed(claim.text)
    first: dict[str, object] = {
        "according_to": claim.claimant or article.outlet,
        "as_of": timezone.localdate(article.published_at or claim.created_at),
    }
    if read is not None:
        first |= {"bound": read.value.bound, "unit": read.unit, "scope": read.scope}
        first |= _plain(read.value.value, read.value.upper)
    return first


def _plain(value: Decimal, upper: Decimal | None) -> dict[str, object]:
    return {
        "value": format(value.normalize(), "f"),
        "upper": format(upper.normalize(), "f") if upper is not None else "",
    }


def _named(item: Evidence) -> str:
    return f"{item.ref}: {item.snapshot.source.title[:60]}"
