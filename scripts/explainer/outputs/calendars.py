"""The calendars, beside the page about the data, which lists them."""

from collections.abc import Iterator, Sequence

from explainer.base.files import Output
from explainer.data.calendars import calendars, ics
from explainer.library.library import Library
from explainer.pages.page import LazyPage


def outputs(library: Library, pages: Sequence[LazyPage]) -> Iterator[Output]:
    """Yield every calendar."""
    for calendar in calendars(library):
        yield Output(calendar.path, ics(library, calendar))
