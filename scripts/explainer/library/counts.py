"""Counts of a library: records by type, figures, citations, sources."""

from collections.abc import Iterable
from typing import TypedDict

from explainer.kinds.registry import Kinds
from explainer.library.loaded_record import LoadedRecord


class Sources(TypedDict):
    """Number of sources that some record cites, and of those that none does."""

    cited: int
    uncited: int


class RecordCounts(TypedDict):
    """The counts in the output of `explainer check --format json`."""

    records: dict[str, int]
    figures: int
    citations: int
    sources: Sources


def count(kinds: Kinds, entries: Iterable[LoadedRecord]) -> RecordCounts:
    """Count over records, whether or not their references resolve."""
    records = {model.KIND: 0 for model in kinds.types}
    cited: set[str] = set()
    sources: set[str] = set()
    figures = citations = 0
    for entry in entries:
        record = entry.record
        records[record.KIND] += 1
        figures += entry.mentions.figures
        if record.KIND == "source":
            sources.add(record.ident)
        for mention in entry.mentions.named:
            if mention.source is not None:
                citations += 1
                cited.add(mention.source)
    return {
        "records": records,
        "figures": figures,
        "citations": citations,
        "sources": {"cited": len(sources & cited), "uncited": len(sources - cited)},
    }
