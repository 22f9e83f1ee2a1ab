"""The rule about prose that would be shown as it is written, though more is meant by it."""

from collections.abc import Iterator

from explainer.base.problems import Problem
from explainer.kinds.source import Source
from explainer.library.checks.signature import Pages
from explainer.library.library import Library
from explainer.library.mentions import prose_problem
from explainer.library.shown_as_written import shown_as_written
from explainer.records.model import HoldsProse
from explainer.records.references import marked


def prose_means_what_it_shows(library: Library, pages: Pages) -> Iterator[Problem]:
    """Prose holds no id of a source beside a citation, no footnote, no bare address, and no markup that places a picture."""
    faulty = {"", *(source.ident for source in library.all(Source))}
    for entry in library.entries.values():
        if faulty.isdisjoint(entry.mentions.shown):
            continue
        for item in marked(entry.record):
            for part in (
                shown_as_written(item.value, story=item.marker.story) if isinstance(item.marker, HoldsProse) else ()
            ):
                if part.ident in faulty:
                    found = prose_problem(entry.document, item.loc, part.offset, part.message)
                    yield found.as_remark() if part.remark else found
