"""Every colour of the site, in both schemes: cards take theirs from here, style sheets from the variables made of it.

`style_sheet` is what stands in `scripts/theme/assets/palette.css`; a test compares the two, and `--bless` writes it.
Pairs of text and ground hold a contrast of 4.5:1 or more, body text 7:1. What carries meaning without being text holds 3:1
to what lies beside it. Only the four steps of a scale cannot among themselves, because 3 x 3 x 3 x 3 is more than the 21:1 of black on
white: they hold 1.5:1 to each other, and a table beside each picture has the numbers.
"""

from typing import NamedTuple

PETROL, NIGHT, DEEP = "#17424a", "#0e2d33", "#0b1214"
OCHRE, AMBER = "#b86a1b", "#f0b46a"
INK, SLATE, MIST = "#1b2427", "#12191b", "#e8eef0"
PAPER, WHITE = "#fdfcfa", "#ffffff"


class Colour(NamedTuple):
    """A colour by its role."""

    light: str
    dark: str


COLOURS = {
    # the frame around the pages, which is dark in both schemes
    "petrol": Colour(PETROL, PETROL),
    "petrol-light": Colour("#2b6570", "#2b6570"),
    "petrol-dark": Colour(NIGHT, NIGHT),
    "on-petrol": Colour(WHITE, WHITE),
    "on-footer": Colour("#d9e4e6", "#d9e4e6"),
    "footer": Colour(NIGHT, DEEP),
    "ochre": Colour(OCHRE, OCHRE),
    "amber": Colour(AMBER, AMBER),
    # text, lines and panels
    "ground": Colour(PAPER, SLATE),
    "ink": Colour(INK, MIST),
    "muted": Colour("#4a565a", "#b5c2c6"),
    "faint": Colour("#828b8e", "#67747a"),
    "faintest": Colour("#e6e4de", "#2a3639"),
    "link": Colour("#0f5363", "#8ad4e1"),
    "accent": Colour("#8a4b08", AMBER),
    "strong": Colour(PETROL, "#a9dbe4"),
    "line": Colour("#d8d5cc", "#344347"),
    "panel": Colour("#f5f2eb", "#1a2426"),
    "good": Colour("#17626f", "#6fc3d1"),
    "wary": Colour(OCHRE, AMBER),
    # charts, maps and matrices; the steps are classes of numbers, from few to many, and `on` is text on each
    "chart-main": Colour(PETROL, "#83d0de"),
    "chart-tint": Colour("#dfeaec", "#1f3a40"),
    "chart-line": Colour("#c9d3d5", "#3a484c"),
    "chart-paper": Colour(WHITE, SLATE),
    "chart-land": Colour("#f4f2ec", "#1c2629"),
    "chart-step-1": Colour("#4894a3", "#467780"),
    "chart-step-2": Colour("#296f7d", "#5d9ea9"),
    "chart-step-3": Colour("#134d5a", "#91c7d1"),
    "chart-step-4": Colour("#082830", "#e8f3f5"),
    "chart-on-1": Colour(DEEP, WHITE),
    "chart-on-2": Colour(WHITE, DEEP),
    "chart-on-3": Colour(WHITE, DEEP),
    "chart-on-4": Colour(WHITE, DEEP),
}
"""Role -> colour; the variable of a role is its name after `--x-`."""


def _light() -> dict[str, str]:
    return {name: colour.light for name, colour in COLOURS.items()}


def _dark() -> dict[str, str]:
    """The colours that differ in the dark."""
    return {name: colour.dark for name, colour in COLOURS.items() if colour.dark != colour.light}


def by_system() -> str:
    """The variables for a page without a switch, which follows the reader's system; packed."""
    light, dark = (
        "".join(f"--x-{name}:{colour};" for name, colour in scheme.items()) for scheme in (_light(), _dark())
    )
    return f":root{{color-scheme:light dark;{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def style_sheet() -> str:
    """The variables as CSS: the light ones at the root, the dark ones on screens only, because paper is white."""
    light = "".join(f"  --x-{name}: {colour};\n" for name, colour in _light().items())
    dark = "".join(f"    --x-{name}: {colour};\n" for name, colour in _dark().items())
    return (
        "/* Made of scripts/explainer/figures/palette.py, where colours are changed. */\n"
        f":root {{\n{light}}}\n"
        f'@media screen {{\n  [data-md-color-scheme="slate"] {{\n{dark}  }}\n}}\n'
    )
