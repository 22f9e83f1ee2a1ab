"""Where a text comes from: its editions in their order, the pairs worth comparing, and the descent of each paragraph."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from explainer import addresses
from explainer.library import Library, sort_key
from explainer.records import Resolution
from explainer.records.record import Citation, DatedFact, Period, Record
from explainer.records.resolution import Change, Provision
from explainer.values import Dates

LONG = 20
"""Up to so many editions every two of them are compared; of more only neighbours, and the first with the last."""

FIRST = "first"
"""What stands in the place of a change in a text that reviews none: there is nothing that it could differ from."""


@dataclass(frozen=True, slots=True)
class Version:
    """A paragraph as it stands in one edition, or the word of that edition that it dropped one."""

    edition: Resolution
    provision: Provision

    @property
    def mark(self) -> str:
        """What became of it against the edition before: a word of `Change`, or FIRST where there is no edition before."""
        return str(self.provision.change) if self.edition.reviews else FIRST


@dataclass(frozen=True, slots=True)
class Dated:
    """When a record was adopted, signed or happened, and who says so."""

    dates: Dates
    cite: tuple[Citation, ...]


def dated(record: Record) -> Dated | None:
    """The date by which a record takes its place in a line; None where its type has none."""
    for name in ("adopted", "signed", "date", "dates"):
        match getattr(record, name, None):
            case DatedFact(date=dates, cite=cite):
                return Dated(dates, cite)
            case Period() as period:
                return Dated(period.dates, period.cite)
            case Dates() as dates:
                return Dated(dates, getattr(record, "cite", ()))
    return None


@dataclass(frozen=True, slots=True)
class Series:
    """The editions of one text, the oldest first."""

    name: str
    editions: tuple[Resolution, ...]


def series(library: Library) -> tuple[Series, ...]:
    """Every series that resolutions name, sorted by its name."""
    found: defaultdict[str, list[Resolution]] = defaultdict(list)
    for resolution in library.all(Resolution):
        if resolution.series:
            found[resolution.series].append(resolution)
    return tuple(
        Series(name, tuple(sorted(editions, key=lambda item: (item.edition or 0, sort_key(item.id)))))
        for name, editions in sorted(found.items())
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two editions, the newer of which descends from the older, with those between them, the oldest first."""

    editions: tuple[Resolution, ...]
    family: str
    """The id of the first edition of all, from which both descend."""

    @property
    def older(self) -> Resolution:
        """The edition that is compared."""
        return self.editions[0]

    @property
    def newer(self) -> Resolution:
        """The edition that it is compared with."""
        return self.editions[-1]

    @property
    def path(self) -> str:
        """The page of the comparison, relative to `docs/`."""
        return addresses.comparison(self.older, self.newer)


def pairs(library: Library, *, long: int = LONG) -> tuple[Pair, ...]:
    """Every two editions that have a page side by side, sorted by the newer and, from the nearest on, the older.

    Two editions can be compared where one leads to the other by `reviews` and the paragraphs of both, and of all between
    them, are recorded. A family of n editions has n(n-1)/2 such pairs. Where n is more than `long`, only neighbours are
    taken and, for each newest edition, the first with it: no more pages than twice the editions.
    """
    children: defaultdict[str, list[Resolution]] = defaultdict(list)
    for resolution in library.all(Resolution):
        if resolution.reviews:
            children[resolution.reviews].append(resolution)
    roots = [resolution for resolution in library.all(Resolution) if not resolution.reviews]
    found = [pair for root in roots for pair in _of_family(root, children, long) if _is_recorded(pair)]
    return tuple(sorted(found, key=lambda pair: (sort_key(pair.newer.id), len(pair.editions), sort_key(pair.older.id))))


def _of_family(root: Resolution, children: Mapping[str, list[Resolution]], long: int) -> Iterator[Pair]:
    """The pairs among a first edition and all that descend from it."""
    before: dict[str, Resolution] = {}
    members = [root]
    for member in members:  # grows while it is read
        for child in children.get(member.id, ()):
            before[child.id] = member
            members.append(child)
    for member in members[1:]:
        chain = [member]
        is_last = member.id not in children
        while chain[-1].id in before:
            chain.append(before[chain[-1].id])
            if len(members) <= long or len(chain) == 2 or (is_last and chain[-1] is root):
                yield Pair(tuple(reversed(chain)), root.id)
            if len(members) > long and not is_last:
                break


def _is_recorded(pair: Pair) -> bool:
    return all(edition.provisions for edition in pair.editions)


class Outcome(StrEnum):
    """What became of a paragraph from one edition to another, over all steps between them."""

    NEW = "new"
    STRENGTHENED = "strengthened"
    MIXED = "mixed"
    NARROWED = "narrowed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    PASSING = "passing"


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of the newer edition with the one that it comes from, or one that is gone, or that came and went."""

    older: Version | None
    """As it stands in the older edition; None where it came later."""
    newer: Version | None
    """As it stands in the newer edition; None where it is gone by then."""
    steps: tuple[Version, ...]
    """What each edition after the older one did to it, the oldest first."""
    beside: tuple[Version, ...] = ()
    """Other paragraphs of the newer edition that come from the same one."""
    partly: bool = False
    """Whether the rest of the paragraph lives on, and only a part of it is gone."""

    @property
    def outcome(self) -> Outcome:
        """What became of it, in one word."""
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
        """The version that names it: the newest of the two editions that has it, or that in which it came."""
        return self.newer or self.older or self.steps[0]

    @property
    def changed(self) -> tuple[Version, ...]:
        """The steps that changed something."""
        return tuple(step for step in self.steps if step.provision.change is not Change.UNCHANGED)

    @property
    def moved(self) -> bool:
        """Whether it went from the preamble to the operative part, or the other way."""
        return self.older is not None and self.newer is not None and _part(self.older) != _part(self.newer)

    @property
    def anchor(self) -> str:
        """Its anchor on the page of the comparison: that of the newer paragraph, and another where there is none."""
        if self.newer:
            return str(self.newer.provision.paragraph)
        last, first = self.steps[-1], self.older or self.steps[0]
        if self.older and not self.partly:
            return f"gone-{first.provision.paragraph}"
        name = last.provision.follows if self.partly else first.provision.paragraph
        return f"{self.outcome}-{(last if self.partly else first).edition.id}-{name}"


def _part(version: Version) -> str:
    return str(version.provision.paragraph)[:2]


def _standing(edition: Resolution) -> Mapping[str, Provision]:
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
        """Where a paragraph stood before, down to the older edition or the one that it is new in; the oldest first."""
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

    def _row(self, path: list[tuple[int, str]], end: tuple[Version, ...], newer: Version | None) -> Row:
        versions = (*map(self._version, path), *end)
        older = versions[0] if path[0][0] == 0 else None
        return Row(older, newer, versions[1:] if older else versions)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The paragraphs of the newer edition, in their order."""
        same: defaultdict[tuple[int, str], list[Version]] = defaultdict(list)
        for path in self._paths:
            if path[0][0] == 0:
                same[path[0]].append(self._version(path[-1]))
        rows = []
        for path in self._paths:
            newer = self._version(path[-1])
            row = self._row(path, (), newer)
            beside = tuple(version for version in same.get(path[0], ()) if version.provision is not newer.provision)
            rows.append(Row(row.older, newer, row.steps, beside))
        return tuple(rows)

    @cached_property
    def gone(self) -> tuple[Row, ...]:
        """The paragraphs of the older edition, or parts of them, from which nothing in the newer comes."""
        return tuple(row for row in self._ended if row.older)

    @cached_property
    def passing(self) -> tuple[Row, ...]:
        """The paragraphs that came after the older edition and were gone before the newer."""
        return tuple(row for row in self._ended if not row.older)

    @cached_property
    def _ended(self) -> tuple[Row, ...]:
        rows: list[Row] = []
        for place, standing in enumerate(self._standing[:-1]):
            for paragraph, provision in standing.items():
                at = (place, paragraph)
                path = self._back(place, provision)
                if at in self._living:
                    ends = [item for item in self._followers[place][paragraph] if item.change is Change.DROPPED]
                    for item in ends:
                        row = self._row(path, (Version(self.pair.editions[place + 1], item),), None)
                        rows.append(Row(row.older, None, row.steps, partly=True))
                elif len(path) == 1 or path[-2] in self._living:
                    row = self._row(path, tuple(self._forward(at)), None)
                    rows.append(Row(row.older, None, row.steps, partly=len(path) > 1))
        return tuple(rows)

    def _forward(self, at: tuple[int, str]) -> Iterator[Version]:
        """Everything that comes of a paragraph, edition by edition."""
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
    def counts(self) -> tuple[tuple[Outcome, tuple[Row, ...]], ...]:
        """The rows of each outcome, in the order of outcomes, without those that did not come to pass."""
        every = (*self.rows, *self.gone, *self.passing)
        groups = ((outcome, tuple(row for row in every if row.outcome is outcome)) for outcome in Outcome)
        return tuple(group for group in groups if group[1])
