"""Blocks of dots: the figures of one measure in several records, a dot for each unit."""

from explainer.base.language import Language
from explainer.figures.graphic import Cell, Graphic, Key, Table
from explainer.figures.units import UnitRow, units
from explainer.library import figure_words
from explainer.library.blocks.dots import scale
from explainer.library.blocks.resolve import OneFigure, Units
from explainer.library.library import Library
from explainer.library.totals import unqualified
from explainer.pages.charts.alternatives import alternative, valued
from explainer.pages.charts.basics import naming


def units_of(library: Library, asked: Units, ident: str) -> Graphic:
    """One row of dots a record; hollow where its figure is qualified."""
    words, measure = library.words, asked.measure
    rows = [_row(library, item) for item in asked.parts]
    unit = scale([row.value for row in rows])
    told: list[tuple[Cell, ...]] = [
        (item.record, item.figure.value, item.figure.comparator.qualifier, str(item.figure.certainty))
        for item in asked.parts
    ]
    return Graphic(
        id=ident,
        title=_finding(library, asked, rows),
        says=words("block.units-says" if len(rows) > 1 else "block.units-one-says").format(
            what=measure.name[:1].upper() + measure.name[1:],
            unit=words.number(unit),
            n=words.number(len(rows)),
            plain=words.number(sum(row.exact for row in rows)),
        ),
        drawing=units(rows, unit),
        table=Table(("record", "value", "qualifier", "certainty"), tuple(told)),
        kinds=tuple(dict.fromkeys(item.record.KIND for item in asked.parts)),
        records=len({item.record for item in asked.parts}),
        legend=_legend(library.words, rows),
        alternative=alternative(words, "units", valued(words, ((row.label, row.told) for row in rows))),
    )


def _legend(words: Language, rows: list[UnitRow]) -> tuple[Key, ...]:
    """What hollow dots mean, if there are any; and filled ones beside them."""
    plain = sum(row.exact for row in rows)
    hollow = (Key("point-qualified", words("block.units-hollow")),) if plain < len(rows) else ()
    return ((Key("point-exact", words("graphic.unqualified")),) if plain and hollow else ()) + hollow


def _row(library: Library, item: OneFigure) -> UnitRow:
    told = figure_words.amount(library.words, item.measure, item.figure, rounded=False)
    return UnitRow(item.record.label, told, float(item.figure.value), unqualified(item.figure))


def _finding(library: Library, asked: Units, rows: list[UnitRow]) -> str:
    """The title that says which number is the largest; of several equal ones whose they are."""
    words = library.words
    largest = max(asked.parts, key=lambda item: item.figure.value)
    best = rows[asked.parts.index(largest)]
    tied = [row.label for row in rows if row.told == best.told]
    shape = "-one" if len(rows) == 1 else "" if len(tied) == 1 else "-alike" if len(tied) == len(rows) else "-tied"
    what = figure_words.after(words, asked.measure, largest.figure, library.language)
    said = words(f"block.units{shape}")
    return naming(
        words, tied, lambda named: said.format(name=named, told=best.told, what=what, n=words.number(len(rows)))
    )
