"""Colours of drawings: those of the light scheme, which `figures.css` maps to variables for both schemes."""

MAIN = "#17424a"
"""The main colour of the data."""
TINT = "#dfeaec"
"""The inside of a mark that is not exact."""
INK = "#1b2427"
"""Text."""
MUTED = "#4a565a"
"""Text of axes, and lines that connect."""
LINE = "#c9d3d5"
"""Lines of axes."""
PAPER = "#fefefe"
"""Background: the inside of a hollow mark, the borders on a map."""
LAND = "#e3e8e8"
"""A country that a map does not mark."""
STEPS = ("#b4d4da", "#7db0ba", "#3f7f8b", "#164049")
"""Classes of numbers, from few to many."""
ON_STEPS = ("#1b2428", "#1b2429", "#fefeff", "#fefffe")
"""Text on each of the classes."""

COLOURS = (MAIN, TINT, INK, MUTED, LINE, PAPER, LAND, *STEPS, *ON_STEPS)
"""Every colour that a drawing may use."""
