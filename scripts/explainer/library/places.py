"""Where a record stands on the site. Most addresses follow from the record alone; those in long lists from the library too."""

import unicodedata

from explainer.kinds.source import Source
from explainer.library import addresses
from explainer.library.library import Library
from explainer.records.record import Record

LONG = 150
"""Largest number of sources that stand on one page; more are spread over pages by the first letter of the publisher."""
DIGITS, OTHERS = "0-9", "other"


def shelf(source: Source) -> str:
    """The letter under which a source stands in a long list: of its publisher, without accent; digits and others together."""
    first = unicodedata.normalize("NFKD", source.publisher)[:1].lower()
    if first.isascii() and first.isalpha():
        return first
    return DIGITS if first.isdigit() else OTHERS


def shelved(library: Library) -> bool:
    """Whether the sources are too many for one page."""
    return bool(library.shared.get("sources are many", lambda: len(library.all(Source)) > LONG))


def page(library: Library, record: Record) -> str | None:
    """The page that holds a record, relative to `docs/`; None for types that have no address."""
    if isinstance(record, Source) and shelved(library):
        return shelf_page(shelf(record))
    return addresses.page(record)


def shelf_page(letter: str) -> str:
    """The page of the sources under a letter."""
    return f"{addresses.section(Source)}/{letter}.md"


def at(library: Library, record: Record) -> str | None:
    """Where a reader finds a record, relative to the root of the hosted site; None for types that have no address."""
    there = page(library, record)
    if there is None:
        return None
    anchor = addresses.anchor(record)
    return f"{addresses.hosted(there)}#{anchor}" if anchor else addresses.hosted(there)


def whole(library: Library, path: str = "") -> str:
    """The whole address of a page or a file that stands at a path of the hosted site; without a path, of its home page."""
    return f"{library.dossier.url.rstrip('/')}/{path}"


def address(library: Library, record: Record) -> str | None:
    """The whole address at which a reader finds a record on the hosted site; None for types that have no address."""
    there = at(library, record)
    return None if there is None else whole(library, there)
