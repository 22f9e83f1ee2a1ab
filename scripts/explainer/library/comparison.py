"""Comparison of two editions of a text: each paragraph with its ancestor, and how it changed in between."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from explainer.base.dataclass import dataclass
from explainer.library.editions import Pair, Version
from explainer.records.editions import Change, Editions, Provision


class Outcome(StrEnum):
    """How a paragraph changed between two editions, over all steps between them."""

    NEW = "new"
    STRENGTHENED = "strengthened"
    MIXED = "mixed"
    NARROWED = "narrowed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    PASSING = "passing"


@dataclass(frozen=True, slots=True)
class ComparedParagraph:
    """A paragraph of the newer edition with its ancestor, or one that was dropped, or added and dropped in between."""

    older: Version | None
    """Its version in the older edition; None if it was added later."""
    newer: Version | None
    """Its version in the newer edition; None if it was dropped by then."""
    steps: tuple[Version, ...]
    """Its versions in the editions after the older one, oldest first."""
    beside: tuple[Version, ...] = ()
    """Other paragraphs of the newer edition with the same ancestor."""
    partly: bool = False
    """Whether only a part of the paragraph was dropped and the rest survives."""

    @property
    def outcome(self) -> Outcome:
        """How it changed, in one word."""
        if self.newer is None:
            return Outcome.GONE if self.older else Outcome.PASSING
        changes = {step.provision.change for step in self.steps}
        if self.older is None or Change.NEW in changes:
            return Outcome.NEW
        if {Change.STRENGTHENED, Change.NARROWED} <= changes:
            return Outcome.MIXED
        for change in (Change.STRENGTHENED, Change.NARROWED):
            if change in changes:
                return Outcome(change)
        return Outcome.UNCHANGED

    @property
    def first(self) -> Version:
        """The version that identifies it: that of the newer edition, of the older, or of the one that added it."""
        return self.newer or self.older or self.steps[0]

    @property
    def changed(self) -> tuple[Version, ...]:
        """The steps that changed something."""
        return tuple(step for step in self.steps if step.provision.change is not Change.UNCHANGED)

    @property
    def moved(self) -> bool:
        """Whether it went from one group of parts to another."""
        return self.older is not None and self.newer is not None and self.older.group != self.newer.group

    @property
    def anchor(self) -> str:
        """Its anchor on the comparison page: that of the newer paragraph, or a name of its own if there is none."""
        if self.newer:
            return str(self.newer.provision.paragraph)
        last, first = self.steps[-1], self.older or self.steps[0]
        if self.older and not self.partly:
            return f"gone-{first.provision.paragraph}"
        name = last.provision.follows if self.partly else first.provision.paragraph
        return f"{self.outcome}-{(last if self.partly else first).edition.id}-{name}"


def _standing(edition: Editions) -> Mapping[str, Provision]:
    return {item.paragraph: item for item in edition.provisions if item.paragraph}


class Comparison:
    """Two editions with their paragraphs aligned by descent through the editions between them."""

    def __init__(self, pair: Pair) -> None:
        """Index the editions of `pair` by their paragraphs."""
        self.pair = pair
        self._standing = [_standing(edition) for edition in pair.editions]
        self._followers: list[defaultdict[str, list[Provision]]] = [defaultdict(list) for _ in pair.editions]
        for place, edition in enumerate(pair.editions[1:]):
            for item in edition.provisions:
                if item.follows:
                    self._followers[place][item.follows].append(item)
        newest = len(pair.editions) - 1
        self._paths = [self._back(newest, item) for item in self._standing[newest].values()]
        self._living = {at for path in self._paths for at in path}

    def _back(self, place: int, provision: Provision) -> list[tuple[int, str]]:
        """Trace a paragraph back to the older edition or its origin, as (edition index, paragraph), oldest first."""
        path = [(place, str(provision.paragraph))]
        current = provision
        while place and current.follows:
            place -= 1
            current = self._standing[place][current.follows]
            path.append((place, str(current.paragraph)))
        return path[::-1]

    def _version(self, at: tuple[int, str]) -> Version:
        place, paragraph = at
        return Version(self.pair.editions[place], self._standing[place][paragraph])

    def _row(self, path: list[tuple[int, str]], end: tuple[Version, ...], newer: Version | None) -> ComparedParagraph:
        versions = (*map(self._version, path), *end)
        older = versions[0] if path[0][0] == 0 else None
        return ComparedParagraph(older, newer, versions[1:] if older else versions)

    @cached_property
    def rows(self) -> tuple[ComparedParagraph, ...]:
        """The paragraphs of the newer edition, in its order."""
        same: defaultdict[tuple[int, str], list[Version]] = defaultdict(list)
        for path in self._paths:
            if path[0][0] == 0:
                same[path[0]].append(self._version(path[-1]))
        rows = []
        for path in self._paths:
            newer = self._version(path[-1])
            row = self._row(path, (), newer)
            beside = tuple(version for version in same.get(path[0], ()) if version.provision is not newer.provision)
            rows.append(ComparedParagraph(row.older, newer, row.steps, beside))
        return tuple(rows)

    @cached_property
    def gone(self) -> tuple[ComparedParagraph, ...]:
        """The paragraphs of the older edition, or parts of them, without a descendant in the newer one."""
        return tuple(row for row in self._ended if row.older)

    @cached_property
    def passing(self) -> tuple[ComparedParagraph, ...]:
        """The paragraphs that were added after the older edition and dropped before the newer one."""
        return tuple(row for row in self._ended if not row.older)

    @cached_property
    def _ended(self) -> tuple[ComparedParagraph, ...]:
        rows: list[ComparedParagraph] = []
        for place, standing in enumerate(self._standing[:-1]):
            for paragraph, provision in standing.items():
                at = (place, paragraph)
                path = self._back(place, provision)
                if at in self._living:
                    ends = [item for item in self._followers[place][paragraph] if item.change is Change.DROPPED]
                    for item in ends:
                        row = self._row(path, (Version(self.pair.editions[place + 1], item),), None)
                        rows.append(ComparedParagraph(row.older, None, row.steps, partly=True))
                elif len(path) == 1 or path[-2] in self._living:
                    row = self._row(path, tuple(self._forward(at)), None)
                    rows.append(ComparedParagraph(row.older, None, row.steps, partly=len(path) > 1))
        return tuple(rows)

    def _forward(self, at: tuple[int, str]) -> Iterator[Version]:
        """All descendants of a paragraph, edition by edition."""
        level = [at]
        while level:
            after: list[tuple[int, str]] = []
            for place, paragraph in level:
                for item in self._followers[place][paragraph]:
                    yield Version(self.pair.editions[place + 1], item)
                    if item.paragraph:
                        after.append((place + 1, item.paragraph))
            level = after

    @cached_property
    def counts(self) -> tuple[tuple[Outcome, tuple[ComparedParagraph, ...]], ...]:
        """The rows grouped by outcome, in the order of `Outcome`; outcomes without rows are left out."""
        every = (*self.rows, *self.gone, *self.passing)
        groups = ((outcome, tuple(row for row in every if row.outcome is outcome)) for outcome in Outcome)
        return tuple(group for group in groups if group[1])
