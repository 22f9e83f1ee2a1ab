"""A page a goal, the index of goals, and the page of the global goals that they serve."""

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.library import Library
from explainer.pages import graphics
from explainer.pages.page import Page
from explainer.pages.shared import Related, related, section, story
from explainer.records import Goal, Operation, Sdg
from explainer.records.goal import SdgLink


@dataclass(frozen=True, slots=True)
class Served:
    """A global goal, and every link from a goal to it."""

    sdg: Sdg
    links: tuple[SdgLink, ...]


@dataclass(frozen=True, slots=True)
class GoalPage:
    """What the page of a goal lays out."""

    record: Goal
    before: Goal | None
    after: Goal | None
    served: tuple[Served, ...]
    operations: tuple[Operation, ...]
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class GoalIndex:
    """What the index of goals lays out."""

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
    """What the page of global goals lays out."""

    sdgs: tuple[SdgEntry, ...]


def _served(library: Library, record: Goal) -> tuple[Served, ...]:
    idents = dict.fromkeys(item.sdg for item in record.sdgs)
    return tuple(
        Served(library.get(Sdg, ident), tuple(item for item in record.sdgs if item.sdg == ident))
        for ident in sorted(idents, key=int)
    )


def pages(library: Library) -> Iterator[Page]:
    """A page a goal, the index, and the page of global goals."""
    goals = library.all(Goal)
    for place, record in enumerate(goals):
        data = GoalPage(
            record=record,
            before=goals[place - 1] if place else None,
            after=goals[place + 1] if place + 1 < len(goals) else None,
            served=_served(library, record),
            operations=library.related(record, Operation, "goals"),
            related=related(library, record, without=("operation",)),
        )
        yield story(library, record, data)
    shown = tuple(graphics.goals_and_sdgs(library))
    yield section(library, "goal", GoalIndex(goals), graphics=shown)
    entries = []
    for sdg in library.all(Sdg):
        serving = [
            Serving(goal, tuple(item for item in goal.sdgs if item.sdg == sdg.id))
            for goal in library.related(sdg, Goal, "sdgs")
        ]
        entries.append(SdgEntry(sdg, tuple(serving), related(library, sdg, without=("goal",))))
    yield section(library, "sdg", SdgIndex(tuple(entries)), graphics=shown)
