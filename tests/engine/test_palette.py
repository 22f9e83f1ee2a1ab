"""One palette: style sheets, pictures and cards take every colour from it, and text can be read on its ground."""

import re
from pathlib import Path

import pytest

from explainer.figures import palette
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
    one, other = (luminance(getattr(palette.COLOURS[name], scheme)) for name in (text, ground))

    assert (max(one, other) + 0.05) / (min(one, other) + 0.05) >= least
