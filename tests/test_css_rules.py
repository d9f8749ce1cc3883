"""Rules of the look that no linter knows: contrast, raw values in one file, nothing inline, what a partial wants."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from desk.keys import KEYS

ROOT = Path(__file__).resolve().parent.parent
TOKENS = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
APP = (ROOT / "static/css/app.css").read_text(encoding="utf-8")
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)", TOKENS
    )
}
VERDICTS = ["true", "mostly", "misleading", "disputed", "false", "unproven", "none"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STANDALONE = {"emails"}  # mail has no style sheet


def _pairs() -> list[tuple[str, str, float]]:
    """Every foreground that stands on a background, with the contrast that WCAG 2.2 AA wants of it."""
    pairs: list[tuple[str, str, float]] = []
    for ground in ("canvas", "surface", "surface-sunk", "surface-hover", "selected"):
        pairs += [(ink, ground, 4.5) for ink in ("ink", "ink-soft", "ink-faint", "accent", "accent-strong")]
        pairs += [("focus", ground, 3.0), ("danger", ground, 4.5)]
    pairs += [("line-control", ground, 3.0) for ground in ("surface", "surface-sunk", "canvas")]
    pairs += [("on-accent", "accent", 4.5), ("on-accent", "accent-strong", 4.5)]
    pairs += [("ink", "mark", 4.5), ("mark-line", "surface", 3.0), ("mark-line", "mark", 3.0)]
    pairs += [("ink", "ins-tint", 4.5), ("ink", "del-tint", 4.5)]
    for tone in ("warn", "danger", "good"):
        pairs += [(tone, f"{tone}-tint", 4.5), ("ink", f"{tone}-tint", 4.5), (tone, "surface", 4.5)]
    for verdict in VERDICTS:
        pairs += [
            (f"v-{verdict}-ink", f"v-{verdict}-tint", 4.5),
            (f"v-{verdict}-ink", "surface", 4.5),
            (f"v-{verdict}-ink", "selected", 4.5),
            ("ink", f"v-{verdict}-tint", 4.5),
            ("ink-soft", f"v-{verdict}-tint", 4.5),
            ("on-verdict", f"v-{verdict}-solid", 4.5),
            (f"v-{verdict}-solid", "surface", 3.0),
        ]
    return pairs


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("side", "theme"), [(0, "light"), (1, "dark")])
def test_every_pair_of_colours_can_be_read(side, theme):
    weak = [
        f"{ink} on {ground}: {got:.2f} < {need}"
        for ink, ground, need in _pairs()
        if (got := _contrast(COLOURS[ink][side], COLOURS[ground][side])) < need
    ]
    assert weak == [], theme


def test_colours_have_their_values_in_one_file():
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgb\(|\bhsl\(|\boklch\(", APP) == []


@pytest.mark.parametrize("css", [TOKENS, APP], ids=["tokens", "app"])
def test_no_property_knows_left_or_right(css):
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    assert re.findall(r"(?:^|[;{\s])([\w-]*(?:left|right)[\w-]*)\s*:", without_comments) == []


def test_important_is_for_paper():
    screen = APP.split("@layer print {")[0]
    assert "!important" not in screen


def test_every_class_of_a_verdict_has_its_three_colours():
    assert [
        f"v-{v}-{part}"
        for v in VERDICTS
        for part in ("ink", "tint", "solid")
        if f"v-{v}-{part}" not in COLOURS
    ] == []


def _gzipped(*names: str) -> int:
    return sum(len(gzip.compress((ROOT / "static" / name).read_bytes())) for name in names)


def test_style_sheets_stay_small():
    assert _gzipped("css/tokens.css", "css/app.css") < 12_000


@pytest.mark.parametrize(
    "own", [["span", "rows"], ["draft", "complete", "suggest"]], ids=["article", "claim"]
)
def test_the_scripts_of_a_page_stay_under_eight_kilobytes(own):
    assert _gzipped(*(f"js/{name}.js" for name in ("ui", "keys", "pulse", *own))) < 8 * 1024


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_a_template_has_nothing_inline_that_the_security_policy_forbids(path):
    html = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"))
    if STANDALONE & set(path.parts):
        return
    assert re.findall(r"\sstyle\s*=|\son[a-z]+\s*=|\shx-on|javascript:|<style", html) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)[^>]*>", html) == []


@pytest.mark.parametrize(
    "path",
    [p for p in TEMPLATES if p.name.startswith("_")],
    ids=lambda path: path.relative_to(ROOT / "templates").as_posix(),
)
def test_a_partial_begins_by_saying_what_it_wants(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("{#")
    assert "#}" in first
    assert "want" in first.lower()


def test_every_key_has_one_meaning_in_its_place():
    strokes = [(str(key.where), key.stroke) for key in KEYS]
    assert len(strokes) == len(set(strokes))
    assert len({key.name for key in KEYS}) == len(KEYS)


def test_every_key_that_the_help_names_has_its_control():
    by_script = {"close", "select", "cite", "name"}  # static/js/keys.js and complete.js
    told = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    told += (ROOT / "desk/claim_forms.py").read_text(encoding="utf-8")
    written = set(re.findall(r'(?:{% key|attributes\()\s?"([\w-]+)"', told))
    written |= {key.name for key in KEYS if f'data-key="{key.stroke} ' in told}
    assert {key.name for key in KEYS} - written == by_script


def test_every_icon_that_a_template_asks_for_is_in_the_sprite():
    known = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/icons.svg").read_text(encoding="utf-8")))
    asked = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([\w-]+)" %}', path.read_text(encoding="utf-8"))
    }
    assert asked - known == set()
