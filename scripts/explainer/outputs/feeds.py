"""The feeds and `changes.json`, where there is a history."""

from collections.abc import Iterator, Sequence

from explainer.base.files import Output
from explainer.data import changes_json
from explainer.data.feeds import feeds, xml
from explainer.library.library import Library
from explainer.pages.page import LazyPage


def outputs(library: Library, pages: Sequence[LazyPage]) -> Iterator[Output]:
    """Yield every feed, and what is new as JSON."""
    for feed in feeds(library):
        yield Output(feed.path, xml(library, feed))
    if changes_json.is_made(library):
        yield Output(changes_json.PATH, changes_json.made(library))
