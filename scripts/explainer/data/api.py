"""The static API: an index, the records of each kind, each record whole, all figures. Its keys are never renamed.

A key that is given up, or comes to mean something else, makes another version, beside which this one is kept for a year.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from explainer.base.values import Dates
from explainer.data import changes_json
from explainer.data.references import in_words, of_record
from explainer.data.rows import figures as figures_of
from explainer.data.rows import plain
from explainer.kinds.source import Source
from explainer.library import addresses, places
from explainer.library.as_of import as_of
from explainer.library.library import Library
from explainer.library.mentions import cited_by
from explainer.reading import prose
from explainer.records.identifiers import same_as
from explainer.records.record import Record, Story
from explainer.records.traits import Dated

VERSION = "1.2.0"
"""Of the API: a new field raises the second number, a repaired description the third."""
FOLDER = f"{addresses.API}/v1"
"""Its folder, relative to the root of the site."""
Document = dict[str, Any]
_TOLD = ("title", "publisher", "url", "archived", "archived_on", "published")
"""What a record says of each source that it cites; the record of the source says the rest."""
ELSEWHERE = {"record", "kind", "name"}
"""Columns of the table of figures that the record itself says already."""


def path_of(record: Record) -> str:
    """The file of a record, relative to the root of the site."""
    return f"{FOLDER}/records/{record.FOLDER}/{record.ident.lower()}.json"


def path_of_kind(model: type[Record]) -> str:
    """The file that lists the records of a kind."""
    return f"{FOLDER}/records/{model.FOLDER}.json"


def number(value: Decimal) -> Any:
    """A number as JSON has it."""
    return json.loads(f"{value:f}")


def record(library: Library, item: Record) -> Document:
    """Everything about one record."""
    short, long = in_words(library.speaking(item.section() or "").words, of_record(library, item))
    found: Document = {
        **_entry(library, item),
        "licence": library.dossier.licence,
        "fields": plain(item, number),
        "figures": [_figure(row) for row in figures_of(library, item)],
        "sources": [_source(library.get(Source, ident)) for ident in sorted(set(cited_by(item)))],
        "citation": {"short": short, "long": long},
    }
    if known := same_as(item):
        found["same_as"] = [url for _, url in known]
    if isinstance(item, Story) and item.body:
        found["story"] = item.body
    return found


def _figure(row: Mapping[str, Any]) -> Document:
    """A row of the table of figures, without what the record itself says already."""
    return {name: value for name, value in {**row, **_numbers(row)}.items() if name not in ELSEWHERE}


def _numbers(row: Mapping[str, Any]) -> Document:
    """The numbers of a row of the table of figures, which holds them as texts so that no digit is lost."""
    return {name: number(Decimal(row[name])) for name in ("value", "high", "margin") if name in row}


def _entry(library: Library, item: Record) -> Document:
    """What a list says of a record, and the record itself first."""
    found: Document = {
        "id": item.ident,
        "type": item.KIND,
        "name": item.label,
        "self": places.whole(library, path_of(item)),
        "url": places.address(library, item),
        "updated": str(as_of(library, [item])),
    }
    if isinstance(item, Dated) and item.when:
        found["dates"] = _dates(item.when)
    if item.answer:
        found["summary"] = prose.plain(item.answer)
    return found


def _dates(dates: Dates) -> Document:
    """A range of dates: as exact as it is known, and its first and last day for programs that sort."""
    return {
        "stated": str(dates),
        "first_day": dates.start.first_day.isoformat(),
        "last_day": dates.end.last_day.isoformat(),
    }


def _source(source: Source) -> Document:
    said = plain(source, number)
    return {"id": source.id, **{name: said[name] for name in _TOLD if name in said}}


def kind(library: Library, model: type[Record]) -> bytes:
    """The file with the records of a kind, each in short: what one record gives is kept between runs."""
    entries = [
        library.shared.text(f"listed {' '.join(item.key)}", partial(_listed_record, library, item))
        for item in library.all(model)
    ]
    return _listed({"type": model.KIND, "count": len(entries)}, "records", entries)


def figures(library: Library) -> bytes:
    """The file with every figure of every record, with its sources; what one record gives is kept between runs."""
    told = [
        library.shared.text(f"figures {' '.join(item.key)}", partial(_figures, library, item))
        for model in library.kinds.types
        for item in library.all(model)
    ]
    rows = [row for each in told if each for row in each.split("\n")]
    return _listed({"count": len(rows)}, "figures", rows)


def _listed_record(library: Library, item: Record) -> str:
    return _json(_entry(library, item))


def _figures(library: Library, item: Record) -> str:
    """The figures of a record, each as JSON on a line of its own."""
    return "\n".join(_json({**row, **_numbers(row)}) for row in figures_of(library, item))


def _listed(head: Document, name: str, items: Sequence[str]) -> bytes:
    """A document whose last field is a list of items that are JSON already."""
    return f'{_json(head)[:-1]},"{name}":[{",".join(items)}]}}\n'.encode()


def index(library: Library) -> Document:
    """Where everything is, and what holds for all of it."""
    site = library.dossier
    models = [model for model in library.kinds.types if library.all(model)]
    changes = {"changes": places.whole(library, changes_json.PATH)} if changes_json.is_made(library) else {}
    return {
        "version": VERSION,
        "title": site.title,
        "url": site.url,
        "updated": str(site.updated),
        "licence": {"name": site.licence, "url": site.licence_url},
        "openapi": places.whole(library, f"{FOLDER}/openapi.json"),
        "documentation": places.whole(library, f"{addresses.DATA}/#api"),
        "downloads": places.whole(library, f"{addresses.DATA}/"),
        "figures": places.whole(library, f"{FOLDER}/figures.json"),
        **changes,
        "kinds": [
            {"type": model.KIND, "count": len(library.all(model)), "self": places.whole(library, path_of_kind(model))}
            for model in models
        ],
    }


def written(document: Document) -> bytes:
    """A document as a file."""
    return f"{_json(document)}\n".encode()


def _json(value: Document) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
