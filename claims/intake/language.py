"""Which language a text is in."""

import functools
import importlib
from typing import Any

UNKNOWN = "und"  # ISO 639's code for undetermined

_LOOKED_AT = 4_000  # characters; more changes nothing and takes longer
# Below it are headlines of two words (0.1 to 0.5), lists of acronyms (0.1) and mixtures (0.5); single sentences of
# a known language have 0.65 to 1, paragraphs 1.
_SURE = 0.6


def detect(text: str) -> str:
    """The ISO 639-1 code of the text's language, or "und" for a text too short or too mixed to tell."""
    code, probability = _identifier().classify(text[:_LOOKED_AT])
    return str(code) if probability >= _SURE else UNKNOWN


@functools.cache
def _identifier() -> Any:  # Any: the library has no types
    # Loaded at the first text: the library and its model take a second and bring numpy, and a web process may
    # never need them.
    langid = importlib.import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
