"""Bar charts: horizontal for named groups, vertical for years; a bar is hollow if its number is not exact."""

from collections.abc import Sequence
from dataclasses import dataclass

from explainer.figures import vega
from explainer.figures.graphic import Chart, cut
from explainer.figures.palette import INK, LINE, MAIN, MUTED, TINT

MOST = 12
"""Maximum number of horizontal bars in a chart."""
LABELLED = 12
"""Maximum number of vertical bars that all carry their number."""
_PITCH, _BAR, _LONGEST = 40, 12, 58
_TOP, _HIGH = 20, 170
_HOLLOW = {"color": TINT, "stroke": MAIN, "strokeWidth": 1.5}


@dataclass(frozen=True, slots=True)
class Bar:
    """A group and its number."""

    label: str
    value: float
    told: str
    """The number as displayed, with its qualifier."""
    exact: bool = True


def lying(bars: Sequence[Bar]) -> Chart:
    """One horizontal bar per group, with its name above and its number at the end."""
    room = vega.WIDTH - vega.reserve([bar.told for bar in bars])
    most = max(bar.value for bar in bars) or 1
    rows: list[vega.Row] = [
        {
            "x": 1,
            "x2": round(1 + room * bar.value / most, 1),
            "y": place * _PITCH + 19,
            "y2": place * _PITCH + 19 + _BAR,
            "name": cut(bar.label, _LONGEST),
            "told": bar.told,
            "exact": bar.exact,
        }
        for place, bar in enumerate(bars)
    ]
    names = [{"x": 0, "y": row["y"] - 6, "says": row["name"]} for row in rows]
    numbers = [{"x": row["x2"] + 6, "y": row["y2"] - 1.5, "says": row["told"]} for row in rows]
    return Chart(
        vega.spec(
            len(rows) * _PITCH,
            [
                vega.boxes([row for row in rows if row["exact"]], color=MAIN),
                vega.boxes([row for row in rows if not row["exact"]], **_HOLLOW),
                vega.texts(names),
                vega.texts(numbers, fontWeight="bold"),
            ],
        )
    )


def standing(bars: Sequence[Bar | None], labels: Sequence[str]) -> Chart:
    """One vertical bar per year, with its number above; a year without data (None) stays empty."""
    edge = max(0.0, (vega.reserve([bar.told for bar in bars if bar]) - vega.WIDTH / len(labels)) / 2)
    pitch = (vega.WIDTH - 2 * edge) / len(labels)
    width = min(pitch * 0.62, 34)
    foot = _TOP + _HIGH
    most = max(bar.value for bar in bars if bar) or 1
    last = max(place for place, bar in enumerate(bars) if bar)
    rows: list[vega.Row] = []
    for place, bar in enumerate(bars):
        if bar is None:
            continue
        middle = edge + (place + 0.5) * pitch
        shown = len(labels) <= LABELLED or bar.value == most or place == last
        rows.append(
            {
                "x": round(middle - width / 2, 1),
                "x2": round(middle + width / 2, 1),
                "y": round(foot - _HIGH * bar.value / most, 1),
                "y2": foot,
                "middle": round(middle, 1),
                "says": bar.told if shown else "",
                "exact": bar.exact,
            }
        )
    every = max(1, -(-len(labels) // 10))
    years = [
        {"x": round(edge + (place + 0.5) * pitch, 1), "y": foot + 18, "says": label}
        for place, label in enumerate(labels)
        if (len(labels) - 1 - place) % every == 0
    ]
    numbers = [{"x": row["middle"], "y": row["y"] - 6, "says": row["says"]} for row in rows if row["says"]]
    return Chart(
        vega.spec(
            foot + 26,
            [
                vega.boxes([row for row in rows if row["exact"] and row["y"] < foot], color=MAIN),
                vega.boxes([row for row in rows if not row["exact"] and row["y"] < foot], **_HOLLOW),
                vega.lines([{"x": 0, "x2": vega.WIDTH, "y": foot, "y2": foot}], color=LINE),
                vega.texts(numbers, align="center", color=INK, fontWeight="bold"),
                vega.texts(years, align="center", color=MUTED),
            ],
        )
    )
