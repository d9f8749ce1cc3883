"""The secret key of a desk that was given none: made once, kept in its data folder, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def kept_secret(folder: Path, *, make: bool) -> str:
    """The key kept in `folder`; a new one when there is none and `make`; else an empty string, which Django refuses."""
    path = folder / "secret_key"
    if make and not path.exists():
        draft = folder / f".secret_key-{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)  # of two that start at once, one wins and both read the same key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip() if path.exists() else ""
