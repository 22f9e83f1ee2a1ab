"""Small marks of legends and matrices, distinguishable without colour."""

from html import escape

from explainer.figures.palette import LAND, MAIN, PAPER, STEPS, TINT

_CIRCLE = f'<circle cx="8" cy="8" r="6" fill="{{fill}}" stroke="{MAIN}" stroke-width="1.5"/>'
_DIAMOND = f'<path d="M8 1l7 7-7 7-7-7z" fill="{{fill}}" stroke="{MAIN}" stroke-width="1.5"/>'
_SQUARE = '<rect x="1" y="1" width="14" height="14" rx="2" fill="{fill}"{stroke}/>'
_STROKE = f' stroke="{MAIN}" stroke-width="1.5"'

SWATCHES = {
    "exact": _SQUARE.format(fill=MAIN, stroke=""),
    "qualified": _SQUARE.format(fill=TINT, stroke=_STROKE),
    "point-exact": _CIRCLE.format(fill=MAIN),
    "point-qualified": _CIRCLE.format(fill=PAPER),
    "known": f'<path d="M1 4h14v8h-14z" fill="{MAIN}"/>',
    "vague": f'<path d="M1 4h14v8h-14z" fill="{TINT}" stroke="{MAIN}"/>',
    "open": f'<path d="M1 8h8" stroke="{MAIN}" stroke-width="2" stroke-dasharray="3 2"/><path d="M9 4l5 4-5 4z" fill="{MAIN}"/>',
    "land": _SQUARE.format(fill=LAND, stroke=""),
    **{f"step-{place}": _SQUARE.format(fill=colour, stroke="") for place, colour in enumerate(STEPS, 1)},
    "official-direct": _CIRCLE.format(fill=MAIN),
    "official-indirect": _CIRCLE.format(fill=PAPER) + f'<path d="M8 2a6 6 0 0 0 0 12z" fill="{MAIN}"/>',
    "official": _CIRCLE.format(fill=PAPER),
    "editorial-direct": _DIAMOND.format(fill=MAIN),
    "editorial-indirect": _DIAMOND.format(fill=PAPER) + f'<path d="M8 1l-7 7 7 7z" fill="{MAIN}"/>',
    "editorial": _DIAMOND.format(fill=PAPER),
}
"""Name -> SVG elements on a field of 16 by 16."""


def swatch(name: str, says: str | None = None) -> str:
    """Render a mark as SVG; screen readers announce `says` if it is given, and skip the mark otherwise."""
    role = f'role="img" aria-label="{escape(says)}"' if says else 'aria-hidden="true"'
    return f'<svg class="swatch" viewBox="0 0 16 16" width="16" height="16" {role}>{SWATCHES[name]}</svg>'
