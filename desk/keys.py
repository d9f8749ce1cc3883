"""The key map, from which buttons get their keys and the help is drawn. A key presses a control that is on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Key:
    """One shortcut. `stroke` is what is pressed: one key, two in a row ("g q"), or with Ctrl ("Ctrl+Enter")."""

    name: str
    stroke: str
    label: str | Promise
    where: str | Promise

    @property
    def shown(self) -> str:
        """How the key is written on a button."""
        return " ".join(part if len(part) > 1 else part.upper() for part in self.stroke.split(" ")).replace(
            "+", " "
        )

    @property
    def aria(self) -> str:
        """How `aria-keyshortcuts` wants it; two strokes in a row have no form there."""
        if " " in self.stroke:
            return ""
        return self.stroke.replace("Ctrl+", "Control+") if len(self.stroke) > 1 else self.stroke.upper()


EVERYWHERE, LISTS, TRIAGE = _("Everywhere"), _("Lists"), _("Queue")
ARTICLE, CLAIM, REVIEW = _("Article"), _("Claim"), _("Review")

KEYS: tuple[Key, ...] = (
    Key("help", "?", _("All keys"), EVERYWHERE),
    Key("search", "/", _("Search"), EVERYWHERE),
    Key("go_queue", "g q", _("Go to the queue"), EVERYWHERE),
    Key("go_articles", "g a", _("Go to the articles"), EVERYWHERE),
    Key("go_review", "g r", _("Go to review"), EVERYWHERE),
    Key("go_published", "g p", _("Go to what is published"), EVERYWHERE),
    Key("undo", "z", _("Undo"), EVERYWHERE),
    Key("close", "Escape", _("Close, or leave a text box"), EVERYWHERE),
    Key("next", "j", _("Next"), LISTS),
    Key("previous", "k", _("Previous"), LISTS),
    Key("open", "Enter", _("Open"), LISTS),
    Key("select", "x", _("Select"), LISTS),
    Key("arrived", ".", _("Show what is new"), LISTS),
    Key("accept", "c", _("Accept: this will be checked"), TRIAGE),
    Key("take", "t", _("Take the claim"), TRIAGE),
    Key("dismiss", "d", _("Dismiss, then 1 to 7 for the reason"), TRIAGE),
    Key("reopen", "o", _("Reopen"), TRIAGE),
    Key("add", "a", _("Add a claim"), ARTICLE),
    Key("reword", "e", _("Edit the wording"), ARTICLE),
    Key("split", "s", _("Split"), ARTICLE),
    Key("merge", "m", _("Merge the selected claims"), ARTICLE),
    Key("new", "n", _("Add an article, or a source"), ARTICLE),
    Key("verdict", "v", _("Choose a verdict, then 1 to 7"), CLAIM),
    Key("write", "w", _("Write the reasons"), CLAIM),
    Key("use", "u", _("Use the suggestion"), CLAIM),
    Key("comment", "m", _("Comment"), CLAIM),
    Key("history", "h", _("History"), CLAIM),
    Key("before", "b", _("Checked before"), CLAIM),
    Key("figure", "f", _("Add a value of its number"), CLAIM),
    Key("cite", "[", _("Cite, in a text box"), CLAIM),
    Key("name", "@", _("Name a colleague, in a comment"), CLAIM),
    Key("submit", "Ctrl+Enter", _("Submit for approval"), CLAIM),
    Key("approve", "Ctrl+Enter", _("Approve"), REVIEW),
    Key("return", "r", _("Return"), REVIEW),
    Key("diff", "d", _("Show the differences"), REVIEW),
)
BY_NAME = {key.name: key for key in KEYS}


def attributes(name: str) -> dict[str, str]:
    """What makes a control one that the named key presses."""
    key = BY_NAME[name]
    return {"data-key": key.stroke, **({"aria-keyshortcuts": key.aria} if key.aria else {})}


def groups() -> Iterator[tuple[str | Promise, list[Key]]]:
    """The keys by place, for the help."""
    for where, keys in groupby(KEYS, key=lambda key: key.where):
        yield where, list(keys)
