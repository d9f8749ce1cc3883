"""Models of a few kB, written as ONNX by hand.

Of sentences: words of one meaning share an axis. Of inference: each word of a passage and a claim adds belief.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import tokenizers

MEANINGS = (
    "flood floods deluge inundation torrent",
    "killed died perished dead drowned",
    "people souls inhabitants",
    "norvale town",
    "rail fares tickets train",
    "budget deficit money",
    "26 twenty six",
    "opened began",
)
FLOAT, INT64 = 1, 7  # ONNX's numbers of types
Bytes = bytes | bytearray


def write(
    folder: Path, meanings: Iterable[str] = MEANINGS, *, extra: int = 0, input_name: str = "input_ids"
) -> Path:
    """A folder with model.onnx and tokenizer.json; `extra` more axes, which no word uses, make it another model."""
    folder.mkdir(parents=True, exist_ok=True)
    groups = [line.split() for line in meanings]
    vocabulary = {"[PAD]": 0, "[UNK]": 1}
    for word in (word for group in groups for word in group):
        vocabulary[word] = len(vocabulary)
    table = np.zeros((len(vocabulary), len(groups) + extra), np.float32)
    for axis, group in enumerate(groups):
        for word in group:
            table[vocabulary[word], axis] = 1.0
    words(folder, vocabulary)
    (folder / "model.onnx").write_bytes(onnx(table, input_name))
    return folder


def write_inference(
    folder: Path,
    beliefs: Mapping[str, Sequence[float]],
    labels: Sequence[str] = ("contradiction", "entailment", "neutral"),
) -> Path:
    """A folder with an inference model: each known word adds its beliefs, one for each label; others add nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = {"[PAD]": 0, "[UNK]": 1, **{word: place for place, word in enumerate(beliefs, start=2)}}
    table = np.zeros((len(vocabulary), len(next(iter(beliefs.values())))), np.float32)
    for word, row in beliefs.items():
        table[vocabulary[word]] = row
    words(folder, vocabulary)
    (folder / "model.onnx").write_bytes(onnx(table, summed=True))
    (folder / "config.json").write_text(json.dumps({"id2label": dict(enumerate(labels))}))
    return folder


def words(folder: Path, vocabulary: Mapping[str, int]) -> None:
    """The tokenizer.json of a folder: one number for each word."""
    made = tokenizers.Tokenizer(tokenizers.models.WordLevel(dict(vocabulary), unk_token="[UNK]"))
    made.normalizer = tokenizers.normalizers.Lowercase()
    made.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    made.enable_padding(length=64, pad_id=0)  # as the hub's file has it: a fixed length, which is undone
    made.save(str(folder / "tokenizer.json"))


def onnx(table: np.ndarray, input_name: str = "input_ids", *, summed: bool = False) -> bytes:
    """A model that looks each word piece up in a table: ids (texts, words) → last_hidden_state (texts, words, axes).

    `summed` over the words it gives logits (texts, axes).
    """
    node = text(1, "table") + text(1, input_name) + text(2, "last_hidden_state") + text(4, "Gather")
    weights = b"".join(number(1, size) for size in table.shape) + number(2, FLOAT)
    weights += text(8, "table") + field(9, table.tobytes())
    graph = field(1, node) + (summing() if summed else b"") + text(2, "tiny") + field(5, weights)
    graph += field(11, value(input_name, INT64, "texts", "words"))
    graph += field(11, value("attention_mask", INT64, "texts", "words"))
    given = ("logits", "texts", "axes") if summed else ("last_hidden_state", "texts", "words", "axes")
    graph += field(12, value(given[0], FLOAT, *given[1:]))
    return number(1, 8) + field(7, graph) + field(8, text(1, "") + number(2, 13))


def summing() -> bytes:
    """A node that sums over the words, and the number of that axis."""
    keep = text(1, "keepdims") + number(3, 0) + number(20, 2)
    node = (
        text(1, "last_hidden_state")
        + text(1, "axis")
        + text(2, "logits")
        + text(4, "ReduceSum")
        + field(5, keep)
    )
    axis = number(1, 1) + number(2, INT64) + text(8, "axis") + field(9, np.array([1], np.int64).tobytes())
    return field(1, node) + field(5, axis)


def value(name: str, kind: int, *axes: str) -> bytes:
    """An input or output with its type and the names of its axes."""
    shape = b"".join(field(1, text(2, axis)) for axis in axes)
    return text(1, name) + field(2, field(1, number(1, kind) + field(2, shape)))


def text(place: int, words: str) -> bytes:
    return field(place, words.encode())


def field(place: int, inside: Bytes) -> bytes:
    """A protobuf field with a length."""
    return varint(place << 3 | 2) + varint(len(inside)) + bytes(inside)


def number(place: int, given: int) -> bytes:
    return varint(place << 3) + varint(given)


def varint(given: int) -> bytes:
    out = bytearray()
    while given > 0x7F:
        out.append(given & 0x7F | 0x80)
        given >>= 7
    out.append(given)
    return bytes(out)
