"""The bar chart of a tally."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from explainer.base.dataclass import dataclass
from explainer.base.language import Language
from explainer.figures.bars import MOST, Bar, lying, standing
from explainer.figures.graphic import Cell, Chart, Coarse, Graphic, Key, Table
from explainer.kinds.measure import Measure
from explainer.library.figure_states import heading
from explainer.library.library import Library
from explainer.library.totals import Row, Tallied
from explainer.pages.charts.alternatives import alternative, turning, valued
from explainer.pages.charts.basics import FEWEST, language_in, naming
from explainer.records.dossier import YEAR
from explainer.records.record import Record
from explainer.records.sourced import Comparator


@dataclass(frozen=True, slots=True)
class _TallyGroup:
    """A group of a tally with its number."""

    label: str
    number: Decimal | int
    comparator: Comparator = Comparator.EXACTLY
    briefly: str = ""
    """Its name where space is short, if there is another."""
    added: frozenset[Record] = frozenset()
    """The records whose figures are added up; none where records are counted."""

    @property
    def brief(self) -> str:
        """Its other name where that is no mere part of the whole one, as an abbreviation is none."""
        return self.label if self.label.startswith(self.briefly) else self.briefly


@dataclass(frozen=True, slots=True)
class _Bars:
    """What the bars of a tally show, whether they count records or add up figures."""

    groups: tuple[_TallyGroup, ...]
    what: str
    """What the figures measure, in words; of records that are counted, their kind."""
    table: Table
    records: int
    kind: str
    """The type of these records."""
    gaps: bool
    """Whether the number of a year without a group is unknown; otherwise it is zero."""


def of_tally(library: Library, item: Tallied, *, ident: str | None = None) -> Iterator[Graphic]:
    """A bar chart of a tally; bars of qualified sums are hollow, with their qualifier."""
    words = language_in(library)
    bars = _measured(words, item, item.measure) if item.measure else _counted(item)
    if len(bars.groups) < FEWEST:
        return
    yearly = item.tally.by == YEAR
    drawing, notes = _by_year(bars, words) if yearly else _by_size(bars, words)
    yield Graphic(
        id=ident or f"results-{item.tally.id}",
        title=_highest(bars, words, yearly=yearly),
        says=item.tally.title,
        drawing=drawing,
        table=bars.table,
        kinds=(item.kind,),
        records=bars.records,
        notes=(*notes, *_of_groups(words, item)),
        legend=_legend(bars, words("graphic.qualified-short" if yearly else "graphic.qualified"), words),
        alternative=_alternative(bars, words, yearly=yearly),
    )


def _of_groups(words: Language, item: Tallied) -> Iterator[str]:
    """What the groups hold of the records: whether one may be in several, and how many are in none."""
    every = item.records + item.ungrouped
    if item.overlaps:
        yield words("graphic.overlaps-added" if item.measure else "graphic.overlaps").format(
            kind=words.phrase(f"counted-kind.{item.kind}", 1), kinds=words.phrase(f"counted-kind.{item.kind}", every)
        )
    if item.ungrouped:
        yield words.phrase("graphic.ungrouped", item.ungrouped).format(
            n=words.number(item.ungrouped),
            all=words.number(every),
            kinds=words.phrase(f"counted-kind.{item.kind}", every),
        )


def _counted(item: Tallied) -> _Bars:
    """Bars that count the records of each group."""
    return _Bars(
        groups=tuple(_TallyGroup(row.label, len(row.records), briefly=_short(row)) for row in item.rows),
        what=item.kind,
        table=Table(("group", "records"), tuple((row.group or row.label, len(row.records)) for row in item.rows)),
        records=item.records,
        kind=item.kind,
        gaps=False,
    )


def _measured(words: Language, item: Tallied, measure: Measure) -> _Bars:
    """Bars that add up the figures of each group; a group whose figures were all left out has none."""
    rows = [row for row in item.rows if row.parts]
    return _Bars(
        groups=tuple(_measured_group(row) for row in rows),
        what=heading(words, measure),
        table=Table(
            ("group", "value", "qualifier", "figures", "unqualified"),
            tuple(_cells(row) for row in rows),
        ),
        records=len({part.record for row in rows for part in row.parts}),
        kind=item.kind,
        gaps=True,
    )


def _measured_group(row: Row) -> _TallyGroup:
    added = frozenset(part.record for part in row.parts)
    return _TallyGroup(row.label, row.shown.value, row.comparator, _short(row), added)


def _cells(row: Row) -> tuple[Cell, ...]:
    sum_of = Coarse(row.value, row.shown.value)
    return row.group or row.label, sum_of, row.comparator.qualifier, len(row.parts), row.unqualified


def _short(row: Row) -> str:
    return row.group.short if row.group else ""


def _by_year(bars: _Bars, words: Language) -> tuple[Chart, tuple[str, ...]]:
    """One vertical bar per year from the first to the last, with the notes below the chart."""
    by_year = {int(group.label): _bar(group, "comparators-short", words) for group in bars.groups}
    empty = None if bars.gaps else Bar("", 0, words.number(0))
    years = range(min(by_year), max(by_year) + 1)
    drawing = standing([by_year.get(year, empty) for year in years], [str(year) for year in years])
    return drawing, (words("graphic.empty-year"),) if bars.gaps and len(years) > len(by_year) else ()


def _by_size(bars: _Bars, words: Language) -> tuple[Chart, tuple[str, ...]]:
    """One horizontal bar per group, the first of them only if there are many, with the notes below the chart."""
    drawing = lying([_bar(group, "comparators", words) for group in bars.groups[:MOST]])
    every = len(bars.groups)
    return drawing, (
        words.phrase("graphic.largest", MOST).format(n=words.number(MOST), of=words.number(every)),
    ) if every > MOST else ()


def _bar(group: _TallyGroup, key: str, words: Language) -> Bar:
    """The bar of a group; its number is qualified with the word below `key` in the catalogue."""
    told = words(f"{key}.{group.comparator}").format(n=words.number(group.number))
    return Bar(group.brief, float(group.number), told, group.comparator is Comparator.EXACTLY)


def _alternative(bars: _Bars, words: Language, *, yearly: bool) -> str:
    """The bars in their order; of many years, those in which the course turns."""
    groups = bars.groups
    if yearly:
        by_year = sorted(bars.groups, key=lambda group: int(group.label))
        groups = tuple(by_year[place] for place in turning([float(group.number) for group in by_year]))
    told = valued(
        words,
        (
            (group.label, words(f"comparators.{group.comparator}").format(n=words.number(group.number)))
            for group in groups
        ),
    )
    return alternative(words, "years" if yearly else "bars", told)


def _highest(bars: _Bars, words: Language, *, yearly: bool = False) -> str:
    """The sentence that names the largest group; of several equal ones the first, and how many there are.

    Where all of them are equal, none is called the highest; where the same records are in each, their sum is told once.
    """
    most = max(group.number for group in bars.groups)
    best = [group for group in bars.groups if group.number == most]
    alike = len({group.comparator for group in best}) == 1
    qualifier = best[0].comparator if alike else Comparator.EXACTLY
    shape = _shape(len(best), level=alike and _is_level(bars, yearly=yearly))
    said = _shared(bars, best, words) or words(f"graphic.highest{shape}{'-year' * yearly}")
    told = words(f"comparators.{qualifier}").format(n=words.number(most))
    what = _what(bars, words, most)
    names = [_told(group, words, alike=alike) for group in best]
    return naming(words, names, lambda named: said.format(label=named, told=told, what=what))


def _shared(bars: _Bars, best: Sequence[_TallyGroup], words: Language) -> str:
    """The pattern of the sentence about groups that are equal since the same records are in each; empty for any others."""
    added = best[0].added
    if len(best) == 1 or not added or any(group.added != added for group in best):
        return ""
    said = words.phrase("graphic.highest-shared", len(added))
    kinds = words.phrase(f"counted-kind.{bars.kind}", len(added))
    return said.replace("{n}", words.number(len(added))).replace("{kinds}", kinds)


def _what(bars: _Bars, words: Language, number: Decimal | int) -> str:
    """What is measured, or so many records of a kind in words."""
    return bars.what if bars.gaps else words.phrase(f"counted-kind.{bars.what}", number)


def _shape(highest: int, *, level: bool) -> str:
    """The end of the key of a sentence about so many highest bars; `level` if there is no lower one."""
    return "" if highest == 1 else "-alike" if level else "-tied"


def _is_level(bars: _Bars, *, yearly: bool) -> bool:
    """Whether all bars have one height; a year between them of which nothing is counted has none."""
    if yearly and not bars.gaps:
        years = {int(group.label) for group in bars.groups}
        if max(years) - min(years) >= len(years):
            return False
    return len({group.number for group in bars.groups}) == 1


def _told(group: _TallyGroup, words: Language, *, alike: bool) -> str:
    """The name of a group with its qualified number, where equal numbers are not qualified `alike`."""
    if alike:
        return group.briefly or group.label
    told = words(f"comparators.{group.comparator}").format(n=words.number(group.number))
    return words("mark-off.brackets").format(before=group.briefly or group.label, within=told)


def _legend(bars: _Bars, qualified: str, words: Language) -> tuple[Key, ...]:
    """The legend; empty if no number is qualified."""
    kinds = {group.comparator is Comparator.EXACTLY for group in bars.groups}
    if False not in kinds:
        return ()
    hollow = Key("qualified", qualified)
    return (Key("exact", words("graphic.unqualified")), hollow) if True in kinds else (hollow,)
