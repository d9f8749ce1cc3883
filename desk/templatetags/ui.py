"""Small pieces of the page that every template uses: icon, badge, step strip, face, foreign text, keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from django import template
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.contrib.messages.storage.base import Message
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext as _

from accounts.models import User
from claims.lifecycle import ClaimType, Status
from claims.models import Claim
from desk import keys, shell, undo
from desk.article_text import Mark, Place
from reviews.models import Rating
from sources import independence

register = template.Library()

SLOTS = ("true", "mostly", "misleading", "disputed", "false", "unproven", "none")
LINE = (Status.NEW, Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW, Status.APPROVED, Status.PUBLISHED)
TYPE_ICONS = {
    ClaimType.CASUALTY: "num",
    ClaimType.QUANTITY: "num",
    ClaimType.COMPARISON: "ctx",
    ClaimType.QUOTATION: "quote",
    ClaimType.EVIDENCE_STATUS: "search",
    ClaimType.DENIAL: "dismiss",
    ClaimType.ACCUSATION: "against",
    ClaimType.POSITION: "user",
    ClaimType.PREDICTION: "clock",
    ClaimType.POLICY: "book",
    ClaimType.EVENT: "cal",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of the icons in the sprite, for decoration beside a word."""
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name
    )


@register.simple_tag
def type_icon(type: str) -> SafeString:
    """The icon of a claim type."""
    return icon(TYPE_ICONS.get(ClaimType(type), "info"))


def slot(rating: Rating) -> str:
    """The colour slot of a rating: a newsroom's own rating without one looks neutral."""
    return rating.slug if rating.slug in SLOTS else "none"


@register.filter
def verdict_class(rating: Rating | None) -> str:
    """The class that sets a rating's colours."""
    return f"v-{slot(rating)}" if rating else ""


@register.simple_tag
def badge(rating: Rating, kind: str = "person", score: float | None = None) -> SafeString:
    """A verdict. `kind` says who: machine (dashed), person (tinted), published (filled)."""
    said = {"machine": _("Suggested:"), "person": _("Proposed:"), "published": _("Published:")}[kind]
    return format_html(
        '<span class="badge v-{} {}"><span class="sr">{} </span>{}{}{}</span>',
        slot(rating),
        kind,
        said,
        icon(slot(rating)),
        rating.label,
        "" if score is None else f" {score:.2f}",
    )


@register.simple_tag
def claim_badge(claim: Claim) -> SafeString:
    """The newest word on a claim: what a person proposes, else what is published, else what the machine suggests.

    Wants a claim from `reviews.queries`, with its row parts.
    """
    rows: Any = claim  # the prefetched lists are attributes that the model does not declare
    if rows.live_verdicts and claim.status != Status.PUBLISHED:
        return badge(rows.live_verdicts[0].rating, "person")
    if rows.current_publications:
        return badge(rows.current_publications[0].verdict.rating, "published")
    suggestion = rows.current_suggestions[0] if rows.current_suggestions else None
    if suggestion and suggestion.rating:
        return badge(suggestion.rating, "machine", suggestion.confidence)
    return mark_safe("")


@register.simple_tag
def steps(claim: Claim) -> SafeString:
    """How far a claim is in the work: a position and a word, no colour."""
    place = LINE.index(Status(claim.status)) if claim.status in LINE else -1
    blocks = "".join(f'<b class="{"on" if n <= place else ""}"></b>' for n in range(len(LINE)))
    strip = format_html('<i aria-hidden="true">{}</i>', mark_safe(blocks)) if place >= 0 else ""  # noqa: S308 built of constants
    return format_html('<span class="steps">{}{}</span>', strip, claim.get_status_display())


@register.simple_tag
def marks(parts: Sequence[Mark | str]) -> SafeString:
    """A paragraph's text with its claims as links to their rows. They work by keyboard and without a script."""
    return format_html_join("", "{}", ((part if isinstance(part, str) else _mark(part),) for part in parts))


def _mark(mark: Mark) -> SafeString:
    place = mark.place
    look = format_html(
        'class="hl {}{}" data-by="{}" data-claim="{}"{}',
        "" if place.off else verdict_class(cast("Rating | None", place.rating)),
        " off" if place.off else "",
        place.by,
        place.claim.pk,
        format_html(' id="s{}"', place.claim.pk) if mark.first else "",
    )
    number = _number(place) if mark.last else ""
    more = format_html_join(
        "", '<a class="sup" href="#c{}">{}</a>', ((p.claim.pk, _number(p)) for p in mark.deeper)
    )
    if mark.nested:
        inside = marks(mark.parts)
        link = format_html('<a href="#c{}">{}</a>', place.claim.pk, number) if number else ""
        return format_html("<span {}>{}{}</span>{}", look, inside, link, more)
    return format_html('<a {} href="#c{}">{}{}</a>{}', look, place.claim.pk, marks(mark.parts), number, more)


def _number(place: Place) -> SafeString:
    said = _("claim %(n)s") % {"n": place.number}
    if place.inside:
        said = _("claim %(n)s, inside claim %(around)s") % {"n": place.number, "around": place.inside}
    return format_html('<sup aria-hidden="true">{}</sup><span class="sr"> ({})</span>', place.number, said)


@register.simple_tag
def face(user: User | None, size: str = "s") -> SafeString:
    """A person as two letters; the name is read out and shown on hover."""
    if user is None:
        return mark_safe("")
    return format_html(
        '<span class="face {}" title="{}"><span aria-hidden="true">{}</span><span class="sr">{}</span></span>',
        size,
        user.name,
        user.initials,
        user.name,
    )


@register.simple_tag
def content(text: object, lang: str = "") -> SafeString:
    """Text that came from outside: its own direction, and its language when that is not the page's."""
    return format_html('<span dir="auto"{}>{}</span>', lang_attribute(lang), text)


@register.simple_tag
def lang_attribute(lang: str) -> SafeString:
    """` lang="ur"`, or nothing when the language is unknown or the page's own. Goes with `dir="auto"`."""
    own = (get_language() or "en").partition("-")[0]
    if not lang or lang == "und" or lang.partition("-")[0] == own:
        return mark_safe("")
    return format_html(' lang="{}"', lang)


@register.simple_tag
def when(moment: datetime | None) -> SafeString:
    """A moment, exact: "23 Nov 2026, 14:05", with the year left out while it is this year's."""
    if moment is None:
        return mark_safe("")
    local = timezone.localtime(moment)
    form = "j M, H:i" if local.year == timezone.localtime().year else "j M Y, H:i"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        local.strftime("%Y-%m-%d %H:%M %Z"),
        formats.date_format(local, form),
    )


@register.simple_tag
def due(claim: Claim) -> SafeString:
    """When a claim is wanted, as words; late is a word too, not only a colour."""
    if claim.due_at is None or claim.status in (Status.PUBLISHED, Status.DISMISSED, Status.RETRACTED):
        return mark_safe("")
    local, now = timezone.localtime(claim.due_at), timezone.localtime()
    time = formats.date_format(local, "H:i")
    if local < now:
        return format_html('<span class="late">{}</span> {}', _("Overdue"), when(claim.due_at))
    if local.date() == now.date():
        return format_html("{}", _("Due today, %(time)s") % {"time": time})
    return format_html("{} {}", _("Due"), when(claim.due_at))


@register.filter
def tally(counted: Claim | independence.Tally) -> str:
    """The evidence in words: the pieces on a claim that a query counted, or the origins of a claim's evidence."""
    rows: Any = counted  # a claim's are annotated by the query
    parts = [
        ngettext("%(n)s supports", "%(n)s support", rows.supports) % {"n": rows.supports}
        if rows.supports
        else "",
        ngettext("%(n)s contradicts", "%(n)s contradict", rows.refutes) % {"n": rows.refutes}
        if rows.refutes
        else "",
        pgettext("evidence", "%(n)s context") % {"n": rows.contexts} if rows.contexts else "",
    ]
    return ", ".join(part for part in parts if part)


@register.filter
def language_name(code: str) -> str:
    """A language by its name, or by its code when it has none here."""
    if not code or code == "und":
        return ""
    known = LANG_INFO.get(code.split("-", maxsplit=1)[0], {}).get("name")
    return gettext(str(known)) if known else code


@register.simple_tag
def share(part: float) -> str:
    """A share between 0 and 1 as per cent."""
    return f"{part:.0%}"


@register.simple_tag
def key(name: str) -> SafeString:
    """The attributes by which keys.js finds a control: ` data-key="c" aria-keyshortcuts="C"`."""
    return format_html_join("", ' {}="{}"', keys.attributes(name).items())


@register.simple_tag
def kbd(name: str) -> SafeString:
    """The key, shown on its control."""
    return format_html('<kbd aria-hidden="true">{}</kbd>', keys.BY_NAME[name].shown)


@register.simple_tag
def key_groups() -> list[tuple[object, list[keys.Key]]]:
    """The key map for the help."""
    return [(where, found) for where, found in keys.groups()]


@register.simple_tag(takes_context=True)
def desk_shell(context: template.Context) -> shell.Shell:
    """What the bar at the top shows. Two queries for those who work here, none for anyone else."""
    return shell.of(context.get("request"))


@register.inclusion_tag("components/_field.html")
def field(bound: BoundField, counter: int = 0, short: bool = False) -> dict[str, object]:  # noqa: FBT001, FBT002 a template names it
    """A form field with its label, help and errors, which the input names in aria-describedby."""
    described = [f"{bound.auto_id}_help"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes = dict(bound.field.widget.attrs)
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if short:
        attributes["class"] = "short"
    return {"bound": bound, "input": bound.as_widget(attrs=attributes), "counter": counter}


@register.simple_tag
def demo() -> bool:
    """Whether this is the demo newsroom."""
    return bool(settings.CLAIMDESK_DEMO)


@register.simple_tag
def way_back(message: Message) -> undo.Undo | None:
    """The step that takes back what a message tells of."""
    return undo.of(message)


@register.filter
def since(moment: datetime) -> str:
    """How long ago, in words: "2 hours", and not "0 minutes"."""
    if timezone.now() - moment < timedelta(minutes=1):
        return gettext("less than a minute")
    return timesince(moment)
