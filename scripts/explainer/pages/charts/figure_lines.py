"""Lines of the dated figures of a record."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from explainer.base.language import Language
from explainer.base.values import Dates
from explainer.figures.graphic import Cell, Graphic, Key, Table
from explainer.figures.over_time import Moment, over_time, scale
from explainer.kinds.measure import Measure
from explainer.library import figure_words
from explainer.library.figure_states import heading, moment, unit_of, whole
from explainer.library.library import Library
from explainer.library.totals import unqualified
from explainer.pages.charts.alternatives import alternative, turning, valued
from explainer.pages.charts.basics import FEWEST, axis_label, language_in
from explainer.records.record import Record
from explainer.records.sourced import Figure
from explainer.records.traits import WithFigures


def of_figures(library: Library, record: Record) -> Iterator[Graphic]:
    """A line chart for every measure of which a record has three or more dated figures in one unit."""
    groups: defaultdict[tuple[str, str], list[tuple[Dates, Figure]]] = defaultdict(list)
    for figure in record.figures if isinstance(record, WithFigures) else ():
        if figure.date is not None and not figure.partial:
            groups[figure.measure, unit_of(figure, library.get(Measure, figure.measure))].append((figure.date, figure))
    places = Counter(measure for (measure, _), dated in groups.items() if len(dated) >= FEWEST)
    done: Counter[str] = Counter()
    for (measure, unit), dated in sorted(groups.items()):
        if len(dated) >= FEWEST:
            done[measure] += 1
            ident = f"{record.KIND}-{record.ident}-{measure}".lower()
            suffix = f"-{done[measure]}" if places[measure] > 1 else ""
            yield _line(library, record, library.get(Measure, measure), dated, unit=unit, ident=ident + suffix)


def of_measure(library: Library, record: Record, measure: Measure) -> Graphic:
    """The line of one measure of a record, in the unit of most of its dated figures."""
    dated = [(figure.date, figure) for figure in whole(record, measure.id) if figure.date]
    (unit, _), *_ = Counter(unit_of(figure, measure) for _, figure in dated).most_common(1)
    own = [(date, figure) for date, figure in dated if unit_of(figure, measure) == unit]
    return _line(library, record, measure, own, unit=unit, ident=f"{record.KIND}-{record.ident}-{measure.id}".lower())


def _line(
    library: Library, record: Record, measure: Measure, dated: list[tuple[Dates, Figure]], *, unit: str, ident: str
) -> Graphic:
    words = language_in(library)
    sign = measure.sign if unit == measure.unit else None
    dated = sorted(dated, key=lambda item: (moment(item[0]), item[1].value))
    moments = [
        Moment(
            dates,
            float(figure.value),
            _short(words, figure, sign),
            None if figure.high is None else float(figure.high),
            unqualified(figure),
        )
        for dates, figure in dated
    ]
    marks = scale(moments)
    (start, _), (end, last) = dated[0], dated[-1]
    told = [figure_words.amount(words, measure, figure) for _, figure in dated]
    what = heading(words, measure, last)
    what = what[:1].upper() + what[1:]
    ends = _ends(words, start, end)
    finding = words(f"graphic.line.{_key(told)}").format(what=what, first=told[0], last=told[-1], **ends)
    rows = tuple((words.date(dates), *_cells(dates, figure), unit) for dates, figure in dated)
    return Graphic(
        id=ident,
        title=finding,
        says=words("graphic.line.title").format(what=what, name=record.label),
        drawing=over_time(moments, [(mark, axis_label(words, mark)) for mark in marks]),
        table=Table(("when", "date", "value", "high", "qualifier", "certainty", "unit"), rows),
        kinds=(record.KIND,),
        records=1,
        notes=() if marks[0] <= 0 else (words("graphic.line.cut").format(n=axis_label(words, marks[0])),),
        legend=_legend({moment.exact for moment in moments}, words),
        alternative=_alternative(words, moments, told),
    )


def _cells(dates: Dates, figure: Figure) -> tuple[Cell, ...]:
    return str(dates), figure.value, figure.high, figure.comparator.qualifier, str(figure.certainty)


def _ends(words: Language, start: Dates, end: Dates) -> dict[str, str]:
    """The first and the last date of a line: their years where these tell them apart."""
    first, last = start.start.year, end.end.year
    if first != last:
        return {"start": str(first), "end": str(last)}
    return {"start": words.date(start), "end": words.date(end)}


def _alternative(words: Language, moments: Sequence[Moment], told: Sequence[str]) -> str:
    """The points at which the line turns, with their dates."""
    points = turning([point.value for point in moments])
    return alternative(words, "line", valued(words, ((words.date(moments[at].dates), told[at]) for at in points)))


def _key(told: Sequence[str]) -> str:
    """The word for the sentence: whether all points are alike, only the first and the last, or neither."""
    if len(set(told)) == 1:
        return "same"
    return "same-ends" if told[0] == told[-1] else "says"


def _legend(kinds: Collection[bool], words: Language) -> tuple[Key, ...]:
    """What the points mean; empty if no number is qualified."""
    if False not in kinds:
        return ()
    hollow = Key("point-qualified", words("graphic.point-qualified"))
    return (Key("point-exact", words("graphic.unqualified")), hollow) if True in kinds else (hollow,)


def _short(words: Language, figure: Figure, sign: str | None) -> str:
    number = words.rounded(figure.value)
    if figure.high is not None:
        number = words("joint.range").format(low=number, high=words.rounded(figure.high))
    if sign:
        number = words("amount.with-unit").format(amount=number, unit=sign)
    return words(f"comparators-short.{figure.comparator}").format(n=number)
