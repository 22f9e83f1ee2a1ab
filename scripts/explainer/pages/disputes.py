"""The page of disputes: across records, and within single ones."""

from collections.abc import Iterator
from functools import partial

from explainer.base.dataclass import dataclass
from explainer.kinds.dispute import Dispute
from explainer.library import addresses
from explainer.library.library import Library
from explainer.library.unresolved import Disputed, UnresolvedCounts, by_kind, counted, disputed
from explainer.pages.common import index, section
from explainer.pages.page import LazyPage, Page


@dataclass(frozen=True, slots=True)
class DisputeIndex:
    """Template data of the page of disputes."""

    across: tuple[Dispute, ...]
    within: tuple[tuple[str, tuple[Disputed, ...]], ...]
    """Those of other records, by the name of the record's type, in the order of the types."""
    counted: UnresolvedCounts


def _disputes(library: Library) -> DisputeIndex:
    return DisputeIndex(library.all(Dispute), by_kind(library, disputed(library)), counted(library))


def _page(library: Library) -> Page:
    return section(library, "dispute", _disputes(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """The page of disputes."""
    yield index(library, addresses.section(Dispute), partial(_page, library))
