"""The inference model that the environment names, or why there is none: then the rules judge alone."""

from __future__ import annotations

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as Wrong
from django.utils.translation import gettext as _

from claims.embedding import Unusable
from common.folders import Folders, Held
from sources.stance import Inference, load_inference

_folders = Folders(load_inference, Unusable)


def loaded() -> Held[Inference]:
    """The model, loaded once for each process. Neither model nor reason where none is named."""
    return _folders.at(settings.CLAIMDESK_NLI)


def note(why: str) -> str:
    """What people are told where the model that is set does not work."""
    return _("The inference model cannot be used, the rules judged alone: %(why)s") % {"why": why}


def check(**_options: object) -> list[CheckMessage]:
    """Django's system check: a model that is set and does not work is warned of by every command."""
    if not loaded().why:
        return []
    hint = "Put the folder right, or set CLAIMDESK_NLI to nothing. Until then the rules judge alone."
    return [Wrong(f"CLAIMDESK_NLI: {loaded().why}", hint=hint, id="claimdesk.W002")]
