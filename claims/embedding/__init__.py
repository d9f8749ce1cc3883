"""Texts as vectors, by a sentence model in a folder: near vectors mean nearly the same. Pure; knows no Django."""

from __future__ import annotations

from pathlib import Path

from claims.embedding.base import Floats, Model, Unusable, runtime
from claims.embedding.packed import Packed, pack, unpack
from claims.embedding.remembered import Remembered

__all__ = ["Floats", "Model", "Packed", "Remembered", "Unusable", "load", "pack", "runtime", "unpack"]


def load(folder: Path) -> Model:
    """The model in a folder as the hub has it: `model.onnx` or `onnx/model.onnx`, and `tokenizer.json`.

    Takes a third of a second for one of 90 MB. Raises Unusable with a sentence that says what is wrong.
    """
    model: Model = runtime("claims.embedding.onnx").load(folder)
    return model
