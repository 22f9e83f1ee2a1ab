"""Pages of goals: one per goal, the index of goals, and the page of the global goals that they serve."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.charts import goal_matrix
from explainer.pages.common import Related, index, own, related, section, story
from explainer.pages.page import LazyPage, Page
from explainer.records.goal import Goal, Sdg, SdgLink
from explainer.records.operation import Operation


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
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class GoalIndex:
    """Template data of the index of goals."""

    goals: tuple[Goal, ...]


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
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class SdgIndex:
    """Template data of the page of global goals."""

    sdgs: tuple[SdgEntry, ...]


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
    return section(library, "goal", GoalIndex(library.all(Goal)), graphics=goal_matrix.goals_and_sdgs(library))


def _sdgs(library: Library) -> Page:
    entries = []
    for sdg in library.all(Sdg):
        serving = [
            Serving(goal, tuple(item for item in goal.sdgs if item.sdg == sdg.id))
            for goal in library.related(sdg, Goal, "sdgs")
        ]
        entries.append(SdgEntry(sdg, tuple(serving), related(library, sdg, without=("goal",))))
    return section(library, "sdg", SdgIndex(tuple(entries)), graphics=goal_matrix.goals_and_sdgs(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """One page per goal, the index, and the page of global goals."""
    for record in library.all(Goal):
        yield own(library, record, partial(_goal, library, record))
    yield index(library, addresses.SECTIONS["goal"], partial(_goals, library))
    yield index(library, addresses.SECTIONS["sdg"], partial(_sdgs, library))
