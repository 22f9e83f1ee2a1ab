"""Pages of goals: one per goal, and the index of goals."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.common import RelatedGroup, index, own, related, section, story
from explainer.pages.page import LazyPage, Page

from ..operation.model import Operation
from ..sdg.model import Sdg
from . import charts
from .model import Goal, SdgLink


@dataclass(frozen=True, slots=True)
class Served:
    """A global goal, and every link from a goal to it."""

    sdg: Sdg
    links: tuple[SdgLink, ...]


@dataclass(frozen=True, slots=True)
class GoalPage:
    """Template data of the page of a goal."""

    record: Goal
    before: Goal | None
    after: Goal | None
    served: tuple[Served, ...]
    operations: tuple[Operation, ...]
    related: tuple[RelatedGroup, ...]


@dataclass(frozen=True, slots=True)
class GoalIndex:
    """Template data of the index of goals."""

    goals: tuple[Goal, ...]


def _served(library: Library, record: Goal) -> tuple[Served, ...]:
    idents = dict.fromkeys(item.sdg for item in record.sdgs)
    return tuple(
        Served(library.get(Sdg, ident), tuple(item for item in record.sdgs if item.sdg == ident))
        for ident in sorted(idents, key=int)
    )


def _goal(library: Library, record: Goal) -> Page:
    goals = library.all(Goal)
    place = goals.index(record)
    data = GoalPage(
        record=record,
        before=goals[place - 1] if place else None,
        after=goals[place + 1] if place + 1 < len(goals) else None,
        served=_served(library, record),
        operations=library.related(record, Operation, "goals"),
        related=related(library, record, without=("operation",)),
    )
    return story(library, record, data)


def _goals(library: Library) -> Page:
    return section(library, "goal", GoalIndex(library.all(Goal)), graphics=charts.goals_and_sdgs(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """One page per goal, then their index."""
    for record in library.all(Goal):
        yield own(library, record, partial(_goal, library, record))
    yield index(library, addresses.section(Goal), partial(_goals, library))
