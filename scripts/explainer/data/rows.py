"""The rows of every table, record by record: what one record gives does not depend on any other but its sources."""

import functools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from explainer.kinds.measure import Measure
from explainer.kinds.source import Source, SourceKind
from explainer.library import places
from explainer.library.library import Library
from explainer.records.editions import citations_within
from explainer.records.model import Loc, Model, Shortened
from explainer.records.other_names import SpokenName
from explainer.records.record import Record, Story
from explainer.records.references import parts_with_places
from explainer.records.sourced import Citation, Figure

Row = dict[str, Any]
"""Column -> value as JSON knows it; a column without a value is left out."""
_SAYING = ("says", "asks", "text", "summary", "about", "definition", "name", "title")
"""The fields that say in words what a part of a record states, the fullest first."""


def plain(model: Model, number: Callable[[Decimal], Any] = str) -> Any:
    """The fields of a record or a part of it as editors write them, without those that say nothing.

    `number` turns a number into what stands for it.
    """
    data = {
        key: _plain(value, number)
        for name, key, default in _columns(model.__class__)
        if (value := getattr(model, name)) != default
    }
    return data[model.ALONE] if isinstance(model, Shortened) and set(data) == {model.ALONE} else data


@functools.cache
def _columns(model: type[Model]) -> tuple[tuple[str, str, Any], ...]:
    """Name, key in a file and default of the fields of a model; made once, since pydantic copies a default each time."""
    return tuple(
        (name, info.alias or name, info.get_default(call_default_factory=True))
        for name, info in model.model_fields.items()
        if not info.exclude
    )


def _plain(value: Any, number: Callable[[Decimal], Any]) -> Any:
    match value:
        case Model():
            return plain(value, number)
        case tuple() | list():
            return [_plain(item, number) for item in value]
        case dict():
            return {key: _plain(item, number) for key, item in value.items()}
        case Decimal():
            return number(value)
        case SpokenName():
            return {value.language: str(value)}
        case bool() | int() | None:
            return value
        case _:
            return str(value)


def of_record(library: Library, record: Record) -> dict[str, list[Row]]:
    """Table -> the rows that a record gives: its own, and those of its figures, statements and citations."""
    parts = list(parts_with_places(record))
    cited = [(loc, part, cites) for loc, part in parts if (cites := citations_within(record, part))]
    return {
        record.FOLDER: [{**_story(record), **_page(library, record), **plain(record)}],
        "figures": figures(library, record),
        "statements": [_statement(library, record, loc, part, cites) for loc, part, cites in cited],
        "citations": [_citation(library, record, loc, cite) for loc, _, cites in cited for cite in cites],
    }


def figures(library: Library, record: Record) -> list[Row]:
    """The rows of the figures of a record."""
    found = ((loc, part) for loc, part in parts_with_places(record) if isinstance(part, Figure))
    return [_figure(library, record, loc, figure) for loc, figure in found]


def _story(record: Record) -> Row:
    return {"story": record.body} if isinstance(record, Story) and record.body else {}


def _page(library: Library, record: Record) -> Row:
    address = places.address(library, record)
    return {"page": address} if address else {}


def _of(record: Record) -> Row:
    return {"record": f"{record.FOLDER}/{record.ident}", "kind": record.KIND, "name": record.label}


def _place(loc: Loc) -> str:
    """A place in a record: `figures[2]`, `names.fr`; the record as a whole is a dot."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".") or "."


def _sources(library: Library, cites: tuple[Citation, ...]) -> Row:
    sources = list(dict.fromkeys(cite.source for cite in cites))
    official = any(library.get(Source, ident).kind is SourceKind.OFFICIAL for ident in sources)
    return {"sources": sources, "official": official}


def _figure(library: Library, record: Record, loc: Loc, figure: Figure) -> Row:
    fields = {name: value for name, value in plain(figure).items() if name != "cite"}
    what = library.get(Measure, figure.measure).name
    return {
        **_of(record),
        "place_in_record": _place(loc),
        "what": what,
        "comparator": str(figure.comparator),
        "certainty": str(figure.certainty),
        "unit": library.get(Measure, figure.measure).unit,
        **fields,
        **_sources(library, figure.cite),
    }


def _statement(library: Library, record: Record, loc: Loc, part: Model, cites: tuple[Citation, ...]) -> Row:
    said = next((str(value) for name in _SAYING if (value := getattr(part, name, None))), None)
    states = said if loc or said is None else record.answer or said
    return {**_of(record), "place_in_record": _place(loc), "states": states, **_sources(library, cites)}


def _citation(library: Library, record: Record, loc: Loc, cite: Citation) -> Row:
    source = library.get(Source, cite.source)
    row: Row = {
        "record": f"{record.FOLDER}/{record.ident}",
        "kind": record.KIND,
        "place_in_record": _place(loc),
        "source": cite.source,
        "at": cite.at,
        "words": cite.words,
        "title": source.title,
    }
    return {name: value for name, value in row.items() if value is not None}
