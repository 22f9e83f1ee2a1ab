"""One palette: style sheets, pictures and cards take every colour from it, and text can be read on its ground."""

import itertools
import re
from pathlib import Path

import pytest

from explainer.figures import palette, world
from explainer.figures.graphic import Map, Spot
from tests.conftest import PROJECT

ASSETS = PROJECT / "scripts/theme/assets"
PALETTE = ASSETS / "palette.css"
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
OTHERS = sorted({*ASSETS.glob("*.css"), PROJECT / "scripts/explainer/outputs/cards.py"} - {PALETTE})


def test_the_variables_are_those_of_the_palette(bless: bool) -> None:
    if bless:
        PALETTE.write_text(palette.style_sheet(), encoding="utf-8")

    assert PALETTE.read_text(encoding="utf-8") == palette.style_sheet(), "pytest tests/engine/test_palette.py --bless"


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_no_other_file_holds_a_colour_of_its_own(path: Path) -> None:
    assert HEX.findall(path.read_text(encoding="utf-8")) == []


def test_every_variable_of_the_palette_is_used_and_every_one_that_is_used_is_there() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in ASSETS.glob("*.css"))
    used = set(re.findall(r"var\(--x-([\w-]+)\)", sheets))
    own = set(re.findall(r"(?m)^ +--x-([\w-]+):", sheets)) - palette.COLOURS.keys()

    assert used - own == palette.COLOURS.keys()


def test_the_pictures_of_the_theme_have_colours_of_the_palette() -> None:
    known = {colour for pair in palette.COLOURS.values() for colour in pair}
    found = {
        colour if len(colour) > 4 else "#" + "".join(2 * digit for digit in colour[1:])
        for path in ASSETS.glob("*.svg")
        for colour in HEX.findall(path.read_text(encoding="utf-8"))
    }

    assert found <= known


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "ground", 7),
        ("ink", "panel", 7),
        ("muted", "ground", 4.5),
        ("muted", "panel", 4.5),
        ("link", "ground", 4.5),
        ("link", "panel", 4.5),
        ("accent", "ground", 4.5),
        ("strong", "panel", 4.5),
        ("on-petrol", "petrol", 4.5),
        ("on-footer", "footer", 4.5),
        ("ink", "chart-paper", 7),
        *((f"chart-on-{step}", f"chart-step-{step}", 4.5) for step in (1, 2, 3, 4)),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_its_ground(text: str, ground: str, least: float, scheme: str) -> None:
    assert contrast(text, ground, scheme) >= least


def contrast(one: str, other: str, scheme: str) -> float:
    """The contrast of two colours of the palette as WCAG defines it."""
    lights = sorted(luminance(getattr(palette.COLOURS[name], scheme)) for name in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


GROUNDS = ("ground", "panel", "chart-paper")
MEANS = (
    # marks of charts, and lines drawn in pencil: borders of countries, strands and bars beside the one that is spoken of
    *((mark, ground) for mark in ("chart-main", "muted", "faint", "wary", "chart-step-3") for ground in GROUNDS),
    ("chart-main", "chart-tint"),
    ("faint", "chart-land"),
    ("muted", "chart-land"),
    # a country that is named beside one that is not, and on the sea
    *((f"chart-step-{step}", ground) for step in (1, 2, 3, 4) for ground in ("chart-land", *GROUNDS)),
    # two parts of one bar
    ("strong", "faint"),
    # what changed, and its glyph
    *((mark, ground) for mark in ("good", "wary", "link", "accent") for ground in GROUNDS),
    # the focus, on pages and in the frame around them
    ("accent", "ground"),
    ("amber", "petrol"),
    ("amber", "footer"),
)
"""What carries meaning without being text, and what lies beside it."""


@pytest.mark.parametrize(("mark", "ground"), dict.fromkeys(MEANS))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_carries_meaning_stands_out_from_what_lies_beside_it(mark: str, ground: str, scheme: str) -> None:
    assert contrast(mark, ground, scheme) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_steps_of_a_scale_stand_out_from_each_other_as_far_as_four_can(scheme: str) -> None:
    steps = [f"chart-step-{step}" for step in (1, 2, 3, 4)]

    assert min(contrast(one, other, scheme) for one, other in itertools.pairwise(steps)) >= 1.6


def test_where_the_system_chooses_the_colours_every_step_has_a_pattern_of_its_own() -> None:
    patterns = (ASSETS.parent / "partials/step-patterns.html").read_text(encoding="utf-8")
    drawn = re.findall(r'<pattern id="([\w-]+)" [^>]*>(.*?)</pattern>', patterns)
    map_ = world.draw(Map({code: Spot(step, code) for step, code in enumerate(("BR", "CN", "FR", "IN"), 1)}, {}))

    assert set(re.findall(r'class="step-\d" fill="url\(#([\w-]+)\)"', map_)) == {name for name, _ in drawn}
    assert len({inside for _, inside in drawn}) == len(drawn) == 4
