"""Contrast by computation: our own tokens, and three themes that differ as much as they can."""

import re
from pathlib import Path

import pytest

from parelkaart.theme.files import TOKENS
from parelkaart.theme.pairs import SHAPE_PAIRS, TEXT_PAIRS, colours, pairs
from parelkaart.theme.stylesheets import SCHEMES

ROOT = Path(__file__).resolve().parents[3]
THEMES = ROOT / "tests" / "fixtures" / "themes"
STATIC = [ROOT / app / "static" for app in ("parelkaart", "practices", "municipalities")]
STYLESHEETS = sorted(path for folder in STATIC for path in folder.rglob("*.css"))
# What only parts things: a line, or a tint behind words that is not needed to read them.
DECORATION = {"line"}


def weak(files):
    return [str(pair) for s in SCHEMES for pair in pairs(files, s) if not pair.is_enough]


def test_colours_of_our_own_can_be_told_apart():
    assert weak([TOKENS]) == []


@pytest.mark.parametrize("name", ["blauw.css", "rood.light.css", "geel.css"])
def test_colours_of_a_theme_can_be_told_apart(name):
    assert weak([THEMES / name, TOKENS]) == []


def test_theme_changes_what_the_site_looks_like():
    rood = [THEMES / "rood.light.css", TOKENS]

    assert colours(rood, "light")["accent"].hex == "#b00000"
    assert colours(rood, "dark") == colours([TOKENS], "dark")


def test_theme_that_cannot_be_read_is_found(tmp_path):
    theme = tmp_path / "x.css"
    theme.write_text(":root { --nl-link-color: #cccccc; }")

    found = [line.split(":")[0] for line in weak([theme, TOKENS]) if "light" in line]

    assert found == [
        f"accent on {ground} (light)" for ground in ("page", "surface", "sunken", "accent-soft")
    ]


def test_each_colour_token_is_in_a_pair():
    paired = {name for pair in (*TEXT_PAIRS, *SHAPE_PAIRS) for name in pair}

    assert set(colours([TOKENS], "light")) == paired | DECORATION
    assert set(colours([TOKENS], "dark")) == paired | DECORATION


@pytest.mark.parametrize("path", STYLESHEETS, ids=lambda path: path.name)
def test_colours_stand_in_token_files_only(path):
    css = path.read_text(encoding="utf-8")
    found = re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*})|\b(?:rgb|hsl)a?\(", css)

    assert bool(found) == path.name.endswith("tokens.css")


def test_each_token_is_declared_and_used():
    css = {path: path.read_text(encoding="utf-8") for path in STYLESHEETS}
    declared = set(re.findall(r"^\s*(--pk-[\w-]+):", css[TOKENS], re.MULTILINE))
    used = {name for text in css.values() for name in re.findall(r"var\((--pk-[\w-]+)", text)}

    assert used == declared
