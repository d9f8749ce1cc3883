"""The house keeps its shape: what import-linter cannot see."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.apps import apps

from claims.lifecycle import ABILITIES, STEPS, Status
from config.pipeline import PIPELINE

ROOT = Path(__file__).resolve().parent.parent


def _depth() -> dict[str, int]:
    """How high each package stands, read from the same list that import-linter reads."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(c for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers")["layers"]
    return {room.strip(): -place for place, layer in enumerate(layers) for room in layer.split("|")}


def test_foreign_keys_point_down_or_stay_at_home():
    depth = _depth()
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model and model._meta.app_label in depth
        if (other := field.related_model._meta.app_label) in depth
        if other != model._meta.app_label and depth[other] >= depth[model._meta.app_label]
    ]
    assert upward == []


def test_every_step_is_followed_by_one_that_exists():
    names = [step.name for step in PIPELINE]
    assert len(names) == len(set(names))
    assert all(not step.then or names.index(step.then) > place for place, step in enumerate(PIPELINE))


def test_every_status_can_be_reached_and_left():
    targets = {step.target for step in STEPS.values()} | {Status.NEW}
    sources = {source for step in STEPS.values() for source in step.sources}
    assert targets == set(Status)
    assert sources == set(Status)
    assert not set(STEPS) & set(ABILITIES)
