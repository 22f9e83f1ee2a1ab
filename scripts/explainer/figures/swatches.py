"""Small marks of legends and matrices, distinguishable without colour."""

from html import escape

from explainer.figures.svg import step_style

_CIRCLE = '<circle class="{}" cx="8" cy="8" r="6"/>'
_DIAMOND = '<path class="{}" d="M8 1l7 7-7 7-7-7z"/>'
_SQUARE = '<rect class="{}" x="1" y="1" width="14" height="14" rx="2"/>'
_BAR = '<rect class="{}" x="1" y="4" width="14" height="8"/>'

SWATCHES = {
    "exact": _SQUARE.format("exact"),
    "qualified": _SQUARE.format("inexact"),
    "point-exact": _CIRCLE.format("exact outline"),
    "point-qualified": _CIRCLE.format("hollow"),
    "today": '<path class="exact" d="M1 4h9v8h-9z"/><path class="exact" d="M10 3l6 5-6 5z"/>',
    "past": _BAR.format("past"),
    "vague": _BAR.format("vague"),
    "open": '<path class="open" d="M1 8h14"/>',
    "land": _SQUARE.format("land"),
    "strand-new": '<g class="river"><g class="new"><path class="way" d="M5 8h11"/><circle class="end" cx="5" cy="8" r="3"/></g></g>',
    "strand-dropped": '<g class="river"><g class="dropped"><path class="way" d="M0 8h11"/>'
    '<path class="end" d="M9 5l6 6m0 -6l-6 6"/></g></g>',
    **{
        f"strand-{mark}": f'<g class="river"><g class="{mark}"><path class="way" d="M0 8h16"/></g></g>'
        for mark in ("strengthened", "unchanged", "narrowed")
    },
    **{f"step-{step}": _SQUARE.replace(' class="{}"', step_style(step)) for step in (1, 2, 3, 4)},
    "official-direct": _CIRCLE.format("exact outline"),
    "official-indirect": _CIRCLE.format("hollow") + '<path class="exact" d="M8 2a6 6 0 0 0 0 12z"/>',
    "official": _CIRCLE.format("hollow"),
    "editorial-direct": _DIAMOND.format("exact outline"),
    "editorial-indirect": _DIAMOND.format("hollow") + '<path class="exact" d="M8 1l-7 7 7 7z"/>',
    "editorial": _DIAMOND.format("hollow"),
}
"""Name -> SVG elements on a field of 16 by 16."""


def swatch(name: str, says: str | None = None) -> str:
    """Render a mark as SVG; screen readers announce `says` if it is given, and skip the mark otherwise."""
    role = f'role="img" aria-label="{escape(says)}"' if says else 'aria-hidden="true"'
    return f'<svg class="swatch" viewBox="0 0 16 16" width="16" height="16" {role}>{SWATCHES[name]}</svg>'
