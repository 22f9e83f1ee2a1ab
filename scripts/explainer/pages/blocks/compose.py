"""The blocks of a text, each composed for the page on which it stands."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from explainer.figures.graphic import Graphic
from explainer.library.blocks.grammar import AskedError
from explainer.library.blocks.lookup import AbsentError
from explainer.library.blocks.resolve import (
    CountedTally,
    Grouped,
    Lanes,
    Listed,
    OneFigure,
    OverTime,
    Resolved,
    RiverPart,
    TiedNodes,
    Units,
    Where,
    resolve,
)
from explainer.library.library import Library
from explainer.pages.blocks.diagrams import diagram_of
from explainer.pages.blocks.drawings import grouped_of, lanes_of
from explainer.pages.blocks.maps import map_of
from explainer.pages.blocks.river import river_of
from explainer.pages.blocks.shown import Block
from explainer.pages.blocks.tables import table_of
from explainer.pages.blocks.units import units_of
from explainer.pages.charts import figure_lines, tally_bars
from explainer.reading.prose import DataMark, parse


def blocks_of(library: Library, page: str, text: str | None, folder: str) -> Mapping[str, Block]:
    """What is asked for in a text -> what the page shows; blocks that cannot be shown are left out, as the check says so."""
    found: dict[str, Block] = {}
    taken: set[str] = set()
    for asked in _asked(text, folder):
        try:
            kind, resolved = resolve(library, asked)
        except (AskedError, AbsentError):
            continue
        ident = next(name for name in _names(page, asked) if name not in taken)
        taken.add(ident)
        found[asked] = _composed(library, kind, resolved, page, ident)
    return found


def _asked(text: str | None, folder: str) -> Iterable[str]:
    """What the blocks of a text ask for, each once."""
    parts = parse(text, folder, story=True) if text and "[[" in text else ()
    return dict.fromkeys(part.asked for part in parts if isinstance(part, DataMark) and part.alone)


def _names(page: str, asked: str) -> Iterator[str]:
    """Names for a block on a page, of letters, digits and hyphens: from its kind and its words, then with numbers."""
    words = [word.rpartition("/")[2] for word in asked.split() if "=" not in word]
    name = re.sub(r"[^a-z0-9]+", "-", " ".join((page.removesuffix(".md"), *words)).lower()).strip("-")[:90].rstrip("-")
    yield name
    yield from (f"{name}-{number}" for number in range(2, 1000))


def _composed(library: Library, kind: str, resolved: Resolved, page: str, ident: str) -> Block:
    """What a page shows for a block."""
    match resolved:
        case OneFigure():
            return resolved
        case Listed():
            return table_of(library, resolved, ident)
        case Lanes():
            return lanes_of(library, resolved, ident)
        case Units():
            return units_of(library, resolved, ident)
        case CountedTally() | OverTime():
            return replace(_usual(library, resolved), id=ident)
        case _:
            return _linked(library, kind, resolved, page, ident)


def _linked(
    library: Library, kind: str, resolved: Grouped | RiverPart | TiedNodes | Where, page: str, ident: str
) -> Block:
    """A drawing whose marks lead to pages."""
    match resolved:
        case Where():
            return map_of(library, resolved, page, ident)
        case RiverPart():
            return river_of(library, resolved, page, ident)
        case TiedNodes():
            return diagram_of(library, resolved.diagram, page, ident)
        case _:
            return grouped_of(library, kind, resolved, page, ident)


def _usual(library: Library, resolved: CountedTally | OverTime) -> Graphic:
    """A drawing that other pages have, too."""
    if isinstance(resolved, OverTime):
        return figure_lines.of_measure(library, resolved.record, resolved.measure)
    (made,) = tally_bars.of_tally(library, resolved.tallied)
    return made
