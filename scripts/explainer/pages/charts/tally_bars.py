"""The bar chart of a tally."""

from collections.abc import Iterator

from explainer.figures.bars import MOST, Bar, lying, standing
from explainer.figures.graphic import Graphic, Key, Table
from explainer.library.figure_states import what
from explainer.library.library import Library
from explainer.library.totals import Tallied
from explainer.pages.charts.basics import FEWEST, language_in
from explainer.records.dossier import YEAR
from explainer.records.sourced import Comparator


def of_tally(library: Library, item: Tallied, *, ident: str | None = None) -> Iterator[Graphic]:
    """A bar chart of a tally; bars of inexact sums are hollow, with a qualifier."""
    words = language_in(library)
    rows = [row for row in item.rows if row.parts or not item.measure]
    if len(rows) < FEWEST:
        return
    yearly = item.tally.by == YEAR
    key = "comparators-short" if yearly else "comparators"
    numbers = [row.value if item.measure else len(row.records) for row in rows]
    qualifiers = [row.comparator if item.measure else Comparator.EXACTLY for row in rows]
    bars = [
        Bar(row.label, float(number), words(f"{key}.{how}").format(n=words.number(number)), how is Comparator.EXACTLY)
        for row, number, how in zip(rows, numbers, qualifiers, strict=True)
    ]
    notes = []
    if yearly:
        by_year = {int(bar.label): bar for bar in bars}
        empty = None if item.measure else Bar("", 0, words.number(0))
        years = range(min(by_year), max(by_year) + 1)
        drawing = standing([by_year.get(year, empty) for year in years], [str(year) for year in years])
        if item.measure and len(years) > len(by_year):
            notes.append(words("graphic.empty-year"))
    else:
        drawing = lying(bars[:MOST])
        if len(bars) > MOST:
            notes.append(words("graphic.largest").format(n=MOST, of=len(bars)))
    best = max(range(len(rows)), key=lambda place: (numbers[place], -place))
    measured = tuple(
        (row.group or row.label, number, str(how), len(row.parts), row.exact)
        for row, number, how in zip(rows, numbers, qualifiers, strict=True)
    )
    counted = tuple((row.group or row.label, number) for row, number in zip(rows, numbers, strict=True))
    yield Graphic(
        id=ident or f"results-{item.tally.id}",
        title=item.tally.title,
        says=words("graphic.highest").format(
            label=rows[best].label,
            told=words(f"comparators.{qualifiers[best]}").format(n=words.number(numbers[best])),
            what=what(item.measure) if item.measure else words.phrase(f"counted-kind.{item.kind}", numbers[best]),
        ),
        drawing=drawing,
        table=Table(("group", "value", "qualifier", "figures", "exact"), measured)
        if item.measure
        else Table(("group", "records"), counted),
        kinds=(item.kind,),
        records=len({part.record for row in rows for part in row.parts}) if item.measure else item.records,
        notes=tuple(notes),
        legend=()
        if all(bar.exact for bar in bars)
        else (
            *([Key("exact", words("graphic.exact"))] if any(bar.exact for bar in bars) else []),
            Key("qualified", words("graphic.qualified-short" if yearly else "graphic.qualified")),
        ),
    )
