"""Where a text comes from: its editions in their order, the pairs worth comparing, and the descent of each paragraph."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from explainer.base.values import Dates
from explainer.library import addresses
from explainer.library.library import Library, sort_key
from explainer.records.record import Record
from explainer.records.resolution import Provision, Resolution
from explainer.records.sourced import Citation, DatedFact, Period

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
