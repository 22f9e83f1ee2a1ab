"""Exports a record as JSON: its fields as in `content/`, with all sources that it cites."""

import json
from collections.abc import Iterator
from typing import Any

from explainer.base.files import Output
from explainer.kinds.source import Source
from explainer.library import addresses
from explainer.library.library import Library
from explainer.library.mentions import cited_by
from explainer.records.record import Record, Story

FOLDER = f"{addresses.DATA}/records"
"""Folder of the JSON files, relative to `docs/`."""


def outputs(library: Library, record: Story) -> Iterator[Output]:
    """Yield the JSON file of a record with a story, for example `data/records/people/name.json`."""
    text = json.dumps(_data(library, record), ensure_ascii=False, indent=1) + "\n"
    path = f"{FOLDER}/{record.FOLDER}/{record.ident}.json"
    yield Output(path, text.encode(), library.document(record).path)


def _data(library: Library, record: Story) -> dict[str, Any]:
    site = library.dossier
    page = addresses.page(record)
    sources = {ident: library.get(Source, ident) for ident in sorted(set(cited_by(record)))}
    return {
        "type": record.KIND,
        "page": site.url.rstrip("/") + "/" + addresses.hosted(page) if page else None,
        "licence": site.licence,
        "updated": str(site.updated),
        "record": {**_plain(record), "story": record.body},
        "sources": {ident: _plain(source) for ident, source in sources.items()},
    }


def _plain(record: Record) -> dict[str, Any]:
    """A record's fields as JSON data, without those that have their default value."""
    return record.model_dump(mode="json", exclude_defaults=True)
