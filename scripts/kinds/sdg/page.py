"""The page of the Sustainable Development Goals that goals serve."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.common import RelatedGroup, index, related, section
from explainer.pages.page import LazyPage, Page

from ..goal.charts import goals_and_sdgs
from ..goal.model import Goal, SdgLink
from .model import Sdg


@dataclass(frozen=True, slots=True)
class Serving:
    """A goal that serves a global goal, and its links to it."""

    goal: Goal
    links: tuple[SdgLink, ...]


@dataclass(frozen=True, slots=True)
class SdgEntry:
    """A global goal with the goals that serve it."""

    record: Sdg
    serving: tuple[Serving, ...]
    related: tuple[RelatedGroup, ...]


@dataclass(frozen=True, slots=True)
class SdgIndex:
    """Template data of the page of global goals."""

    sdgs: tuple[SdgEntry, ...]


def _sdgs(library: Library) -> Page:
    entries = []
    for sdg in library.all(Sdg):
        serving = [
            Serving(goal, tuple(item for item in goal.sdgs if item.sdg == sdg.id))
            for goal in library.related(sdg, Goal, "sdgs")
        ]
        entries.append(SdgEntry(sdg, tuple(serving), related(library, sdg, without=("goal",))))
    return section(library, "sdg", SdgIndex(tuple(entries)), graphics=goals_and_sdgs(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """The page of the Sustainable Development Goals."""
    yield index(library, addresses.section(Sdg), partial(_sdgs, library))
