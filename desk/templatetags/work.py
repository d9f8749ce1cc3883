"""Small pieces of the pages of one claim's work."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from desk.templatetags.ui import icon, slot
from reviews.models import Rating

register = template.Library()


@register.simple_tag
def rating_icon(rating: Rating) -> SafeString:
    """The icon of a rating, beside its word."""
    return icon(slot(rating))
