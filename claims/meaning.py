"""The sentence model that the environment names, or why there is none: then words alone are compared."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as Wrong
from django.utils.translation import gettext as _

from claims import embedding
from common.folders import Folders, Held

log = logging.getLogger(__name__)


def _read(folder: Path) -> embedding.Remembered:
    return embedding.Remembered(embedding.load(folder))


_folders = Folders(_read, embedding.Unusable)


def is_set() -> bool:
    """Whether a model is named. It may be broken all the same."""
    return bool(settings.CLAIMDESK_EMBEDDINGS)


def loaded() -> Held[embedding.Model]:
    """The model, loaded once for each process. Neither model nor reason where none is named."""
    held = _folders.at(settings.CLAIMDESK_EMBEDDINGS)
    return Held(None if held.model is None else held.model.model, held.why)


def near(asked: str, wordings: Sequence[str]) -> list[float] | None:
    """How near each wording of a claim is in meaning to what is asked, as a cosine; None where no model works."""
    known = _folders.at(settings.CLAIMDESK_EMBEDDINGS).model
    if known is None:
        return None
    try:
        return known.near(asked, wordings)
    except embedding.Unusable:
        log.exception("the sentence model failed")
        return None


def note(why: str) -> str:
    """What people are told where the model that is set does not work."""
    return _("The sentence model cannot be used, words alone were compared: %(why)s") % {"why": why}


def check(**_options: object) -> list[CheckMessage]:
    """Django's system check: a model that is set and does not work is warned of by every command."""
    if not loaded().why:
        return []
    hint = (
        "Put the folder right, or set CLAIMDESK_EMBEDDINGS to nothing. Until then words alone are compared."
    )
    return [Wrong(f"CLAIMDESK_EMBEDDINGS: {loaded().why}", hint=hint, id="claimdesk.W001")]
