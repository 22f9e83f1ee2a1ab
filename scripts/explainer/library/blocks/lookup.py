"""Finds what the words of a block name: records, measures, figures, types of record, their fields."""

from collections.abc import Iterable, Sequence

from explainer.base.problems import did_you_mean, listed
from explainer.kinds.measure import Measure
from explainer.library.blocks.grammar import Asked, AskedError, Item
from explainer.library.directory import Directory
from explainer.library.figure_states import chosen, held
from explainer.library.library import Library
from explainer.records.record import Record
from explainer.records.sourced import Figure
from explainer.records.traits import WithFigures


class AbsentError(Exception):
    """Raised if what is asked for cannot be known, because a record with faults may hold it."""


def the_words(asked: Asked, *wanted: str, more: bool = False) -> tuple[Item, ...]:
    """The words of a block, of which there must be as many as are wanted; `more` allows others behind them."""
    words = asked.words
    if len(words) < len(wanted):
        missing = wanted[len(words)]
        raise AskedError(f"'{asked.kind.value}' lacks {missing}; expected {' '.join(wanted)}; add it", asked.end)
    if len(words) > len(wanted) and not more:
        extra = words[len(wanted)]
        raise AskedError(
            f"'{extra.value}' is one word too many; expected {' '.join(wanted) or 'none'}; delete it", extra.at
        )
    return words


def only(asked: Asked, *known: str) -> None:
    """Raise AskedError for an option that a block does not have."""
    for item in asked.options:
        if item.name not in known:
            raise unknown(item, f"option of '{asked.kind.value}'", known)


def unknown(item: Item, what: str, known: Iterable[str], value: str | None = None) -> AskedError:
    """The error about a word that is none of those that are known."""
    word = value if value is not None else item.name or item.value
    every = sorted(known)
    if not every:
        return AskedError(f"'{word}' is no {what}; expected none; delete it", item.at)
    return AskedError(f"'{word}' is no {what}{guessed(word, every)}", item.at)


def guessed(word: str, known: Iterable[str], more: str = "") -> str:
    """The end of a message about a word: the one that is near, or all that there are, and more."""
    every = list(known)
    return did_you_mean(word, every) or f"; expected one of {listed(every, limit=30)}{more}; write one"


def a_record(library: Library, item: Item) -> Record:
    """The record that `folder/id` names."""
    directory = Directory(library.kinds, {})
    key = directory.key(item.value, None)
    if library.gaps.touch(key):
        raise AbsentError
    if key[0] and key in library.entries:
        return library.entries[key].record
    known = Directory(library.kinds, {found: entry.record for found, entry in library.entries.items()})
    raise AskedError(known.dangling(item.value, None), item.at)


def a_measure(library: Library, item: Item) -> Measure:
    """The measure that an id names."""
    if library.gaps.in_kind(Measure.KIND):
        raise AbsentError
    if (Measure.KIND, item.value) in library.entries:
        return library.get(Measure, item.value)
    raise unknown(item, "measure", [measure.id for measure in library.all(Measure)], item.value)


def a_type(library: Library, item: Item, folder: str | None = None) -> type[Record]:
    """The type of record that a folder holds; its records must have pages, to which a reader can be led."""
    name = item.value if folder is None else folder
    pages = {known: model for known, model in library.kinds.by_folder.items() if model.section()}
    if name not in pages:
        raise unknown(item, "folder of records with pages", pages, name)
    return pages[name]


def the_figures(library: Library, record: Record, measure: Item) -> tuple[Figure, ...]:
    """The figures of a measure in a record; there is at least one."""
    a_measure(library, measure)
    found = held(record, measure.value)
    if not found:
        every = record.figures if isinstance(record, WithFigures) else ()
        known = sorted({figure.measure for figure in every})
        told = guessed(measure.value, known) if known else "; expected a record with figures; write another"
        raise AskedError(f"{record.FOLDER}/{record.ident} has no figure of '{measure.value}'{told}", measure.at)
    return found


_TELLING = ("date", "place", "group")


def the_figure(library: Library, record: Record, measure: Item, options: Asked) -> Figure:
    """The one figure of a measure in a record, told apart by a date, a place or a group where there are several.

    Without these it is the one that counts for the record, the newest.
    """
    found = the_figures(library, record, measure)
    told = [item for item in options.options if item.name in _TELLING]
    if told:
        return _told_apart(record, measure, found, told)
    best = chosen(record, library.get(Measure, measure.value)) or (found if len(found) == 1 else ())
    if len(best) == 1:
        return best[0]
    raise AskedError(_several(record, measure.value, found), measure.at)


def _told_apart(record: Record, measure: Item, figures: Iterable[Figure], told: Sequence[Item]) -> Figure:
    """The one of some figures that options tell apart."""
    every = list(figures)
    same = [figure for figure in every if all(_is(figure, item.name, item.value) for item in told)]
    if len(same) == 1:
        return same[0]
    first = told[0]
    if same:
        raise AskedError(_several(record, measure.value, same), first.at)
    raise AskedError(
        f"no figure of '{measure.value}' in {record.FOLDER}/{record.ident} has {first.name}={first.value}; "
        f"expected {listed(filter(None, map(_ways, every))) or 'none, since nothing tells it apart'}; write that",
        first.at,
    )


def _is(figure: Figure, name: str, value: str) -> bool:
    found = getattr(figure, name)
    return found is not None and str(found) == value


def _several(record: Record, measure: str, figures: Iterable[Figure]) -> str:
    every = list(figures)
    return (
        f"{record.FOLDER}/{record.ident} has {len(every)} figures of '{measure}'; expected one; "
        f"add {listed(filter(None, map(_ways, every))) or 'a date: to each of them'}"
    )


def _ways(figure: Figure) -> str:
    """The options that tell a figure apart."""
    told = ((name, getattr(figure, name)) for name in _TELLING)
    return " ".join(f'{name}="{value}"' if " " in str(value) else f"{name}={value}" for name, value in told if value)
