"""The style sheet of a drawing that stands alone: what `theme/assets/figures.css` says of marks, in the light colours.

It is written in the file, because no style sheet of the site goes with it, and uses only what programs for drawings know:
classes, one within another, and a child of another; no variables and no `:is`.
"""

import re
from collections.abc import Callable

from explainer.figures.palette import COLOURS

_RULES = """
text { fill: @ink }
.exact { fill: @chart-main }
.inexact { fill: @chart-tint; stroke: @chart-main; stroke-width: 1.5 }
.hollow { fill: @chart-paper; stroke: @chart-main; stroke-width: 2 }
.outline { stroke: @chart-main; stroke-width: 1.5 }
.vague { fill: @chart-tint; stroke: @faint; stroke-width: 1 }
.past { fill: @faint }
.open { fill: none; stroke: @faint; stroke-width: 2; stroke-dasharray: 4 3 }
.units { stroke: @chart-main; stroke-width: 5; stroke-linecap: round; stroke-dasharray: 0 6.5 }
.within { stroke: @chart-paper; stroke-width: 2.6 }
.axis { fill: none; stroke: @muted; stroke-width: 1.5 }
.extent { fill: none; stroke: @muted; stroke-width: 2 }
.trend { fill: none; stroke: @muted; stroke-width: 1.5 }
line.axis { stroke: @chart-line; stroke-width: 1 }
text.axis { fill: @muted; stroke: none }
.strong { font-weight: 700 }
.halo { stroke: @chart-paper; stroke-width: 4; stroke-linejoin: round; paint-order: stroke }
.land { fill: @chart-land; stroke: @faint }
.lands { fill: @chart-land; stroke: @faint }
.step-1 { fill: @chart-step-1 }
.step-2 { fill: @chart-step-2 }
.step-3 { fill: @chart-step-3 }
.step-4 { fill: @chart-step-4 }
.on-1 { fill: @chart-on-1 }
.on-2 { fill: @chart-on-2 }
.on-3 { fill: @chart-on-3 }
.on-4 { fill: @chart-on-4 }
.on-main { fill: @chart-paper }
.cell { stroke: @chart-paper; stroke-width: 2 }
.none { fill: none; stroke: @chart-line; stroke-width: 1 }
.lands [class] { stroke: @chart-paper }
.lands circle[class] { stroke: @chart-main }
.inset { fill: @chart-paper }
.rim { fill: none; stroke: @faint; stroke-width: 2 }
.unsettled { fill: none; stroke: @muted; stroke-width: 1.5; stroke-dasharray: 4 3 }
.river .way { fill: none; stroke: @muted; stroke-width: 1 }
.river .end { fill: none; stroke: @muted; stroke-width: 1 }
.river .part { fill: @muted }
.river .new > .way { stroke: @chart-step-3; stroke-width: 3 }
.river .new > .end { fill: @chart-step-3; stroke: @chart-step-3; stroke-width: 3 }
.river .new > .part { fill: @chart-step-3 }
.river .strengthened > .way { stroke: @chart-main; stroke-width: 4 }
.river .strengthened > .part { fill: @chart-main }
.river .narrowed > .way { stroke: @wary; stroke-width: 4; stroke-dasharray: 5 3 }
.river .narrowed > .part { fill: @wary }
.river .dropped > .way { stroke: @wary; stroke-width: 2 }
.river .dropped > .end { stroke: @wary; stroke-width: 2 }
.river .scenery { fill: none; stroke: @faint }
.river .parts { fill: @faint }
.low .strengthened > .way { stroke-width: 2.6 }
.low .narrowed > .way { stroke-width: 2.6 }
.low .new > .way { stroke-width: 1.6 }
.low .dropped > .way { stroke-width: 1.6 }
.low .unchanged > .way { stroke-width: 0.6 }
"""
PLAIN = frozenset({"name", "first", "unchanged", "river", "low"})
"""Classes of marks that need no rule: groups, and text as any other."""


def _resolved(colour: Callable[[str], str]) -> str:
    """The rules on one line, each role replaced by its colour."""
    return packed(re.sub(r"@([a-z0-9-]+)", lambda role: colour(role[1]), _RULES))


def packed(rules: str) -> str:
    """Rules on one line."""
    return (
        "".join(rules.strip().splitlines()).replace(" { ", "{").replace("; ", ";").replace(": ", ":").replace(" }", "}")
    )


BY_SCHEME = _resolved("var(--x-{})".format)
"""The same for a page that has the variables of both schemes."""
STYLE = f"<style>{_resolved(lambda role: COLOURS[role].light).replace('>', '&gt;')}</style>"
"""The style sheet as an element of SVG."""
