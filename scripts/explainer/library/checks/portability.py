"""Rules about names that become files and folders: every system must be able to hold them, and to tell them apart."""

from collections.abc import Iterator

from explainer.base import portable_names
from explainer.base.problems import Problem, shown
from explainer.library import addresses
from explainer.library.checks.signature import Pages
from explainer.library.library import Library
from explainer.records.record import Story


def pages_are_possible_on_every_system(library: Library, pages: Pages) -> Iterator[Problem]:
    """No page has a name that some system cannot hold, and no two hand-written ones differ in case or accents only."""
    yield from _of_records(library)
    for path in sorted(pages):
        if finding := portable_names.trouble(path):
            message = f"{shown(finding)}; expected a name that every system allows; rename it"
            yield Problem(f"docs/{shown(path)}", 1, 1, message)
    for path, other in portable_names.twins(pages):
        yield Problem(f"docs/{path}", 1, 1, portable_names.twin(f"docs/{other}"))


def _of_records(library: Library) -> Iterator[Problem]:
    """A problem for each id, and each old id, that is the name of a device and becomes the folder of a page."""
    for entry in library.entries.values():
        record = entry.record
        if not addresses.has_page(record):
            continue
        old = enumerate(record.aliases) if isinstance(record, Story) else ()
        for place, name in ((("id",), record.ident), *((("aliases", number), alias) for number, alias in old)):
            if portable_names.is_reserved(name):
                yield entry.document.problem(
                    place,
                    f"Windows reserves the name '{name}' for a device; expected an id that can be the name of a folder "
                    "on every system; choose another",
                )
