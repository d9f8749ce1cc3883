"""The forms of the claim's page: they read what was typed and keep it; what it means is decided by the actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any  # Django's form arguments.

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common.numbers import LARGEST_COUNT, whole
from desk import keys
from reviews.actions.absence_plans import LENGTHS, Planned
from reviews.actions.verdicts import RATIONALE_LENGTH, SINGLE_SOURCE_LENGTH, SUMMARY_LENGTH, Proposed
from reviews.checks import Written
from reviews.models import Rating
from sources.models import Evidence, Search, Source

FIRST_GRADE = ("", _("As the publisher’s documents begin"))
MOMENT = "%Y-%m-%dT%H:%M"  # what a browser's date and time field sends


def graded(choices: type[Source.Reliability] | type[Source.Credibility]) -> list[tuple[object, object]]:
    """A half of the Admiralty scale, as a person chooses from it: "B: Usually reliable"."""
    return [(grade.value, format_lazy("{}: {}", grade.value, grade.label)) for grade in choices]


class Day(forms.DateInput):
    """A date field as the browser draws it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Moment(forms.DateTimeInput):
    """A date and time field as the browser draws it."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=MOMENT)


class VerdictForm(forms.Form):
    """What a fact-checker proposes."""

    rating = forms.ChoiceField(label=_("Your verdict"), required=False, widget=forms.RadioSelect)
    summary = forms.CharField(
        label=_("One-sentence summary"),
        required=False,
        max_length=SUMMARY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "short"}),
    )
    rationale = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=RATIONALE_LENGTH,
        strip=False,
        help_text=_("Readers see this text and every source that you cite, as in [E1]."),
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
    )
    single_source = forms.CharField(
        label=_("Why a single source is enough"),
        required=False,
        max_length=SINGLE_SOURCE_LENGTH,
        help_text=_("Readers see this. Left out when two independent origins are cited."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "short"}),
    )
    search = forms.ChoiceField(label=_("Rests on a search"), required=False)
    as_of = forms.DateField(label=_("True as of"), required=False, widget=Day)
    expires_on = forms.DateField(label=_("Look again on"), required=False, widget=Day)

    def __init__(
        self,
        *args: Any,
        ratings: Iterable[Rating],
        searches: Iterable[Search],
        again: date | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        if again is not None:
            self.initial["expires_on"] = again
            self.fields["expires_on"].help_text = _(
                "Proposed, because this number may move. Change or clear it."
            )
        self.ratings = list(ratings)
        self._choose("rating", [(rating.slug, rating.label) for rating in self.ratings])
        self._choose("search", [("", _("No search")), *((str(made.pk), _named(made)) for made in searches)])

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def proposed(self) -> Proposed:
        """What the action takes. The form is valid."""
        given = self.cleaned_data
        return Proposed(
            rating=given["rating"],
            rationale=given["rationale"],
            summary=given["summary"],
            search=int(given["search"]) if given["search"] else None,
            as_of=given["as_of"],
            expires_on=given["expires_on"],
            single_source=given["single_source"],
        )


def typed(data: Any) -> dict[str, Any]:
    """The fields of a verdict as they were typed, valid or not: what a draft keeps. `data` is a QueryDict."""
    names = ("rating", "summary", "rationale", "single_source", "as_of", "expires_on")
    fields = {name: str(data.get(name, "")) for name in names}
    return {**fields, "search": whole(str(data.get("search", "")))}


def written(fields: dict[str, Any]) -> Written:
    """A draft's fields as the checks want them."""
    return Written(
        rating=str(fields.get("rating") or ""),
        summary=str(fields.get("summary") or ""),
        rationale=str(fields.get("rationale") or ""),
        single_source=str(fields.get("single_source") or ""),
        search=fields.get("search") or None,
    )


class ReasonForm(forms.Form):
    """A step that wants a reason."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "class": "short"}),
    )


class PublishForm(forms.Form):
    """When to publish, and what a correction says."""

    at = forms.DateTimeField(
        label=_("Not before"), required=False, widget=Moment, help_text=_("Leave empty to publish now.")
    )
    note = forms.CharField(
        label=_("What changed"),
        required=False,
        help_text=_("Readers see this above a corrected fact-check."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "short"}),
    )


class CommentForm(forms.Form):
    """What one says to colleagues."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=5000,
        help_text=_("Not public. Name a colleague with @, by name or user name, and they are told."),
        widget=forms.Textarea(
            attrs={
                "rows": 2,
                "dir": "auto",
                "class": "short",
                "data-names": True,
                **keys.attributes("comment"),
            }
        ),
    )


class SearchForm(forms.Form):
    """A search that was made, with what it gave."""

    places = forms.CharField(
        label=_("Where you looked"),
        max_length=500,
        help_text=_("Archives, registers, sites: each by its name."),
    )
    query = forms.CharField(label=_("What you looked for"), max_length=500)
    found = forms.IntegerField(label=_("How much you found"), min_value=0, max_value=LARGEST_COUNT, initial=0)
    made_at = forms.DateTimeField(
        label=_("When"), required=False, widget=Moment, help_text=_("Leave empty for now.")
    )
    set_aside = forms.CharField(
        label=_("Why none of it bears on the claim"),
        required=False,
        max_length=300,
        help_text=_("Only where you found something. Readers see this when the verdict rests on the search."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "short"}),
    )
    note = forms.CharField(
        label=_("What came of it"),
        required=False,
        help_text=_("Readers see this when the verdict rests on the search."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "short"}),
    )


class AbsenceForm(forms.Form):
    """How an absence is checked, beside the searches."""

    would_refute = forms.CharField(
        label=_("What would refute the claim"),
        required=False,
        max_length=LENGTHS["would_refute"],
        help_text=_(
            "Such as a court record, a signed order, a photograph. Readers see this with the verdict."
        ),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "short"}),
    )
    asked_on = forms.DateField(label=_("Claimant asked on"), required=False, widget=Day)
    asked_how = forms.CharField(
        label=_("How"),
        required=False,
        max_length=LENGTHS["asked_how"],
        help_text=_("By mail, by phone, in person; whom."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    answer = forms.CharField(
        label=_("What they answered"),
        required=False,
        max_length=LENGTHS["answer"],
        help_text=_("Leave empty while there is no answer."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "short"}),
    )
    next_on = forms.DateField(
        label=_("Next search on"),
        required=False,
        widget=Day,
        help_text=_("Leave empty for a week after the last search."),
    )

    def planned(self) -> Planned:
        """What the action takes. The form is valid."""
        return Planned(**self.cleaned_data)


class QuoteForm(forms.Form):
    """A passage of a source, word for word."""

    quote = forms.CharField(
        label=_("Quote"),
        strip=True,
        help_text=_("Word for word as in our copy."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "class": "short"}),
    )
    stance = forms.ChoiceField(label=_("What it does for the claim"), choices=Evidence.Stance.choices)


class SourceForm(forms.Form):
    """A document for the library: an address to open, or its text pasted in."""

    url = forms.URLField(
        label=_("Address"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text=_("With https://"),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        allow_empty_file=True,
        help_text=_("PDF, Word, HTML, text or CSV; 10 MB at most."),
    )
    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    publisher = forms.CharField(label=_("Publisher"), max_length=200, required=False)
    origin = forms.CharField(
        label=_("Origin"),
        max_length=200,
        required=False,
        help_text=_("Who the publisher has it from, such as a news agency. Empty: it is their own."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Source.Kind.choices, initial=Source.Kind.REPORT)
    reliability = forms.ChoiceField(
        label=_("Grade: who says it"), choices=[FIRST_GRADE, *graded(Source.Reliability)], required=False
    )
    credibility = forms.TypedChoiceField(
        label=_("Grade: what is said"),
        choices=[FIRST_GRADE, *graded(Source.Credibility)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    published_on = forms.DateField(label=_("Published on"), required=False, widget=Day)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        help_text=_("Leave empty and the desk opens the address and reads the page."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )

    def published_at(self) -> datetime | None:
        """The day of publication as a moment. The form is valid."""
        day = self.cleaned_data["published_on"]
        return timezone.make_aware(datetime.combine(day, time())) if day else None


def _named(made: Search) -> str:
    day = timezone.localtime(made.made_at).strftime("%Y-%m-%d")
    return f"{day}: “{made.query[:60]}”, {made.places[:60]}: {made.result}"
