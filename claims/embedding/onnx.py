"""Run a sentence model with ONNX Runtime. Imported only where one is set: nothing here is needed without."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any  # Any: the libraries ship no types that say more

import numpy as np
import onnxruntime
import tokenizers

from claims.embedding.base import Floats, Unusable

BATCH = 16  # texts at once, of like length: little is padded
LONGEST = 256  # word pieces that are read of a text where the folder does not say; a passage has about 180
SMALLEST = 8  # word pieces: a model that reads less is a broken file
KNOWN_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
TYPES = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}


class SentenceModel:
    """An ONNX session with its tokenizer. Threads may share it."""

    def __init__(self, folder: Path, session: Any, tokenizer: Any) -> None:
        """Take what was read from a folder, and try it on a sentence."""
        self.name = folder.resolve().name[:60]
        self.sha256 = digest(
            folder, folder / "1_Pooling" / "config.json", folder / "sentence_bert_config.json"
        )
        self._session, self._tokenizer = session, tokenizer
        if unknown := unknown_inputs(session):
            raise Unusable(f"The model asks for {unknown}, which a sentence does not have.")
        outputs = [given.name for given in session.get_outputs()]
        self._output = "sentence_embedding" if "sentence_embedding" in outputs else outputs[0]
        self._pools_first = _pools_first(folder)
        self.dimensions = self._batch(["A first sentence."]).shape[1]

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One vector of length 1 for each text, (texts, dimensions); a text without a word gets zeros."""
        found = np.zeros((len(texts), self.dimensions), np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            found[places] = self._batch([texts[place] for place in places])
        return found

    def _batch(self, texts: list[str]) -> Floats:
        out, mask = run(self._session, self._tokenizer, texts, self._output)
        return _normalised(self._pooled(out, mask[..., None]))

    def _pooled(self, out: Floats, mask: Floats) -> Floats:
        """A sentence's vector from those of its word pieces: their mean, or the first where the folder says so."""
        if out.ndim == 2 and len(out) == len(mask):
            return out
        if out.ndim != 3 or out.shape[:2] != mask.shape[:2]:
            raise Unusable(f"The model gives {out.shape}: neither a vector a text nor one a word.")
        if self._pools_first:
            return np.asarray(out[:, 0])
        return np.asarray((out * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1.0))


def load(folder: Path) -> SentenceModel:
    """The model in a folder. Raises Unusable."""
    session, tokenizer = opened(folder)
    tokenizer.enable_truncation(max_length=_longest(folder))
    return SentenceModel(folder, session, tokenizer)


def opened(folder: Path) -> tuple[Any, Any]:
    """The ONNX session and the tokenizer of a folder, which pads to the longest of a batch. Raises Unusable."""
    if not folder.is_dir():
        raise Unusable(f"There is no folder {folder}.")
    path, words = weights(folder), folder / "tokenizer.json"
    if not words.is_file():
        raise Unusable(f"There is no tokenizer.json in {folder}.")
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(words))
    except Exception as error:  # the library raises Exception itself
        raise Unusable(f"{words} cannot be read: {first_line(error)}") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # workers are many: more of them, not more threads
    options.log_severity_level = 4  # what is wrong is raised
    try:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # a broken file is any of a dozen kinds
        raise Unusable(f"{path} cannot be read: {first_line(error)}") from error
    padding = tokenizer.padding or {"pad_id": tokenizer.token_to_id("[PAD]") or 0}
    tokenizer.enable_padding(pad_id=padding["pad_id"])  # to the longest of a batch, whatever the file says
    return session, tokenizer


def run(session: Any, tokenizer: Any, texts: Sequence[Any], output: str) -> tuple[Floats, Floats]:
    """One output for a batch of texts, or of pairs of texts, and the mask of its word pieces. Raises Unusable."""
    try:
        read = tokenizer.encode_batch(list(texts))
        given = {
            "input_ids": [one.ids for one in read],
            "attention_mask": [one.attention_mask for one in read],
            "token_type_ids": [one.type_ids for one in read],
        }
        feed = {one.name: np.array(given[one.name], TYPES[one.type]) for one in session.get_inputs()}
        [out] = session.run([output], feed)
    except Exception as error:  # neither library says which kinds there are
        raise Unusable(f"The model stops on a sentence: {first_line(error)}") from error
    return np.asarray(out, np.float32), np.array(given["attention_mask"], np.float32)


def unknown_inputs(session: Any) -> str:
    """What a model asks for that texts do not have; "" where it can be run."""
    given = session.get_inputs()
    return ", ".join(one.name for one in given if one.name not in KNOWN_INPUTS or one.type not in TYPES)


def weights(folder: Path) -> Path:
    """The ONNX file of a folder. Raises Unusable where there is none, or several and none that is called model.onnx."""
    for path in (folder / "model.onnx", folder / "onnx" / "model.onnx"):
        if path.is_file():
            return path
    others = sorted(folder.glob("onnx/model*.onnx"))
    if len(others) > 1:
        raise Unusable(f"{folder / 'onnx'} has several models and no model.onnx: leave one of them.")
    if not others:
        raise Unusable(f"There is neither model.onnx nor onnx/model.onnx in {folder}.")
    return others[0]


def digest(folder: Path, *settings: Path) -> str:
    """The hash of the model with what lies beside it, its tokenizer, and the settings that shape what it gives."""
    path = weights(folder)
    beside = sorted(path.parent.glob(f"{path.name}_data*"))
    found = hashlib.sha256()
    for one in (path, *beside, folder / "tokenizer.json", *settings):
        if one.is_file():
            with one.open("rb") as data:
                found.update(hashlib.file_digest(data, "sha256").digest())
    return found.hexdigest()


def _longest(folder: Path) -> int:
    """How many word pieces of a text are read."""
    told = read_json(folder / "sentence_bert_config.json").get("max_seq_length")
    return told if isinstance(told, int) and told >= SMALLEST else LONGEST


def _pools_first(folder: Path) -> bool:
    """Whether the first word piece stands for the sentence, and not the mean of all. Raises Unusable for other ways."""
    pooling = read_json(folder / "1_Pooling" / "config.json")
    wanted = {name for name, on in pooling.items() if name.startswith("pooling_mode_") and on is True}
    if wanted - {"pooling_mode_cls_token", "pooling_mode_mean_tokens"} or len(wanted) > 1:
        raise Unusable(f"The model wants {', '.join(sorted(wanted))}; here is only the mean or the first.")
    return "pooling_mode_cls_token" in wanted


def read_json(path: Path) -> dict[str, Any]:
    """A small JSON object beside the model; empty where there is none. Raises Unusable."""
    if not path.is_file():
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Unusable(f"{path} is not JSON.") from error
    return told if isinstance(told, dict) else {}


def _normalised(vectors: Floats) -> Floats:
    """Length 1, or all zeros. Raises Unusable for what is no number."""
    if not np.isfinite(vectors).all():
        raise Unusable("The model gives vectors that are no numbers.")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), np.float32)


def first_line(error: Exception) -> str:
    """What a library says was wrong, short enough for a sentence."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
