"""Forms of the queue and the article pages. They check shapes; what may be done is for the actions to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import queries as people
from accounts.models import User
from claims.lifecycle import ClaimType, Dismissal, Priority
from common.numbers import LARGEST
from desk.rows import ClaimForm
from sources.connectors import KINDS

WORDING = 1000
AREA: dict[str, Any] = {"dir": "auto", "hx-morph-skip": True}  # attributes of a box that a person types in


class ArticleForm(forms.Form):
    """An article by its address, its text or a file."""

    url = forms.URLField(
        label=_("Address"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        error_messages={"invalid": _("That is not the address of a page. It begins with https://")},
        help_text=_("The desk fetches the page and keeps what it says now."),
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        strip=False,
        help_text=_("Leave a blank line between paragraphs."),
        widget=forms.Textarea(attrs={**AREA, "rows": 8}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("Plain text, HTML, Word (.docx) or PDF, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,.md,.html,.htm,.docx,.pdf"}),
    )
    title = forms.CharField(
        label=_("Headline"), required=False, max_length=300, widget=forms.TextInput({"dir": "auto"})
    )
    outlet = forms.CharField(
        label=_("Outlet"), required=False, max_length=200, widget=forms.TextInput({"dir": "auto"})
    )
    published_at = forms.DateTimeField(
        label=_("Published"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        """One way in at a time: what to do with two is not for the desk to guess."""
        given = super().clean() or {}
        ways = [name for name in ("text", "file") if given.get(name) and str(given[name]).strip()]
        if not ways and not given.get("url") and not self.errors:
            raise forms.ValidationError(_("Give an address, paste a text or choose a file."))
        if len(ways) > 1:
            raise forms.ValidationError(_("You gave a text and a file. Clear one of them."))
        return given


class ReviseForm(forms.Form):
    """The article's words as they are now."""

    text = forms.CharField(
        label=_("The text as it is now"), strip=False, widget=forms.Textarea(attrs={**AREA, "rows": 12})
    )


class DismissForm(ClaimForm):
    """Why a claim is not checked."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=Dismissal.choices,
        error_messages={"required": _("Say why the claim is dismissed.")},
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, widget=forms.TextInput({"dir": "auto"})
    )
    duplicate_of = forms.IntegerField(required=False, max_value=LARGEST)


class AssignForm(ClaimForm):
    """Who shall have it."""

    to: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("Give to"),
        queryset=None,
        to_field_name="username",
        empty_label=_("Choose a colleague"),
        error_messages={"invalid_choice": _("That person does not check claims here.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]  # a ModelChoiceField, known by its name
        field.queryset = people.people_who_can_hold_claims()
        field.label_from_instance = lambda person: person.name


class PlanForm(ClaimForm):
    """How soon it is wanted."""

    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority.choices, coerce=int)
    due_at = forms.DateTimeField(
        label=_("Due"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
    )


class RewordForm(ClaimForm):
    """A claim's wording, so that it can be read alone."""

    text = forms.CharField(
        label=_("Wording"),
        max_length=WORDING,
        help_text=_("One sentence that can be understood without the article."),
        widget=forms.Textarea(attrs={**AREA, "rows": 3, "data-focus": True}),
    )
    type = forms.ChoiceField(label=_("Type"), choices=ClaimType.choices)
    claimant = forms.CharField(
        label=_("Said by"), required=False, max_length=200, widget=forms.TextInput({"dir": "auto"})
    )


class AddForm(ClaimForm):
    """A claim found by a person: its words, and how it reads alone. `made` is the new claim's id."""

    made: int = 0

    quote = forms.CharField(
        label=_("Words in the article"),
        strip=False,
        help_text=_("Exactly as they stand there."),
        widget=forms.Textarea(attrs={**AREA, "rows": 2}),
    )
    text = forms.CharField(
        label=_("Wording"),
        required=False,
        max_length=WORDING,
        help_text=_("One sentence that can be understood without the article. Empty: the words themselves."),
        widget=forms.Textarea(attrs={**AREA, "rows": 3, "data-focus": True}),
    )
    type = forms.ChoiceField(
        label=_("Type"), required=False, choices=[("", _("Not said")), *ClaimType.choices]
    )
    claimant = forms.CharField(
        label=_("Said by"), required=False, max_length=200, widget=forms.TextInput({"dir": "auto"})
    )
    before = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    after = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    near = forms.IntegerField(required=False, min_value=0, max_value=LARGEST, widget=forms.HiddenInput)


class SplitForm(ClaimForm):
    """The parts of a claim, one on each line."""

    wordings = forms.CharField(
        label=_("The parts, one on each line"),
        help_text=_("Each a sentence that can be understood alone. Two to ten."),
        widget=forms.Textarea(attrs={**AREA, "rows": 5}),
    )


class MergeForm(ClaimForm):
    """Which of the selected claims stays."""

    keep = forms.IntegerField(
        max_value=LARGEST, error_messages={"required": _("Choose the claim that stays.")}
    )


class FeedForm(forms.Form):
    """A feed to watch."""

    address = forms.CharField(label=_("Address of the feed"), max_length=500, help_text=_("RSS or Atom."))
    label = forms.CharField(
        label=_("Publisher"),
        max_length=100,
        required=False,
        help_text=_("Its documents are filed under this name. Empty: the name of its site."),
    )


class ConnectionForm(forms.Form):
    """A service outside to set up. What is left empty is the service's own."""

    kind = forms.ChoiceField(
        label=_("Service"), choices=[(kind, made().label) for kind, made in KINDS.items()]
    )
    label = forms.CharField(label=_("Name"), max_length=100, required=False)
    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        required=False,
        help_text=_("Empty: the public one. Feed and SearXNG need theirs, an archive its sitemap."),
    )
    per_minute = forms.FloatField(
        label=_("Requests a minute"),
        min_value=0.1,
        max_value=6000,
        required=False,
        help_text=_("Empty: what the service bears."),
    )
    per_day = forms.IntegerField(label=_("Requests a day"), min_value=1, max_value=1_000_000, initial=1000)

    def clean_per_minute(self) -> float:
        """Nothing given is the service's own rate."""
        return float(self.cleaned_data["per_minute"] or 0)
