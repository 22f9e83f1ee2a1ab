"""The feed of a record with a story: what became of it, day by day."""

from collections.abc import Iterator

from explainer.base.files import Output
from explainer.data.feeds import of_record, xml
from explainer.library.library import Library
from explainer.records.record import Record, Story


def outputs(library: Library, record: Record) -> Iterator[Output]:
    """Yield the feed of a record that the history knows."""
    if isinstance(record, Story) and (feed := of_record(library, record)):
        yield Output(feed.path, xml(library, feed), library.document(record).path)
