"""The roles, in order: each may do all that the ones before it may."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.IntegerChoices):
    """Four kinds of people. A reader reads what is public, or with a token what its scopes allow."""

    READER = 0, _("Reader")
    FACT_CHECKER = 1, _("Fact-checker")
    EDITOR = 2, _("Editor")
    ADMIN = 3, _("Admin")
