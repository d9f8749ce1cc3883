"""Texts as vectors, by a sentence model in a folder: near vectors mean nearly the same. Pure; knows no Django."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from claims.embedding.base import Floats, Model, Unusable
from claims.embedding.packed import Packed, pack, unpack
from claims.embedding.remembered import Remembered

__all__ = ["Floats", "Model", "Packed", "Remembered", "Unusable", "load", "pack", "unpack"]


def load(folder: Path) -> Model:
    """The model in a folder as the hub has it: `model.onnx` or `onnx/model.onnx`, and `tokenizer.json`.

    Takes a third of a second for one of 90 MB. Raises Unusable with a sentence that says what is wrong.
    """
    try:
        runtime = import_module("claims.embedding.onnx")
    except ImportError as error:
        raise Unusable(
            f"{error.name or error} is not installed: make dense, or pip install -r requirements/dense.txt."
        ) from error
    model: Model = runtime.load(folder)
    return model
