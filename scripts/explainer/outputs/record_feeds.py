"""The feed of a record with a story: what became of it, day by day."""

from collections.abc import Iterator

from explainer.base.files import Output
from explainer.data.feeds import of_record, xml
from explainer.library.library import Library
from explainer.records.record import Story


def outputs(library: Library, record: Story) -> Iterator[Output]:
    """Yield the feed of a record that the history knows."""
    if feed := of_record(library, record):
        yield Output(feed.path, xml(library, feed), library.document(record).path)
