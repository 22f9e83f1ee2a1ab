"""Writes the static API: its index and description, the lists of records, each record, and where it stood before."""

import json
from collections.abc import Iterator, Sequence

from explainer.base.files import Output
from explainer.data import api, openapi
from explainer.library import addresses, places
from explainer.library.library import Library
from explainer.pages.page import LazyPage
from explainer.records.record import Record, Story

BEFORE = f"{addresses.DATA}/records"
"""The folder in which records with a story stood as JSON before there was an API."""


def outputs(library: Library, pages: Sequence[LazyPage]) -> Iterator[Output]:
    """What holds of all records: the index, the description, all figures."""
    yield Output(f"{api.FOLDER}/index.json", api.written(api.index(library)))
    yield Output(f"{api.FOLDER}/openapi.json", api.written(openapi.openapi(library)))
    yield Output(f"{api.FOLDER}/figures.json", api.figures(library))


def of_kind(library: Library, model: type[Record]) -> Iterator[Output]:
    """The list of the records of a kind."""
    if library.all(model):
        yield Output(api.path_of_kind(model), api.kind(library, model))


def of_record(library: Library, record: Record) -> Iterator[Output]:
    """A record; a static site cannot redirect a file, so the old address of a story says where it is now."""
    source = library.document(record).path
    yield Output(api.path_of(record), api.written(api.record(library, record)), source)
    if isinstance(record, Story):
        moved = {"moved": places.whole(library, api.path_of(record))}
        yield Output(f"{BEFORE}/{record.FOLDER}/{record.ident}.json", (json.dumps(moved) + "\n").encode(), source)
