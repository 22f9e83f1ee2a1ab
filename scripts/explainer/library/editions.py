"""Editions of a text: their order in a series, the pairs that are compared, and the versions of a paragraph."""

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
"""Largest family of which every pair is compared; of a larger one, only neighbours, and the first with the last."""

FIRST = "first"
"""The mark of a paragraph in a first edition, which has no earlier one to differ from."""


@dataclass(frozen=True, slots=True)
class Version:
    """A paragraph in one edition, or that edition's note that it dropped the paragraph."""

    edition: Resolution
    provision: Provision

    @property
    def mark(self) -> str:
        """How it changed since the edition before: a value of `Change`, or FIRST if there is no edition before."""
        return str(self.provision.change) if self.edition.reviews else FIRST


@dataclass(frozen=True, slots=True)
class Dated:
    """The date on which a record was adopted, signed or happened, with its sources."""

    dates: Dates
    cite: tuple[Citation, ...]


def dated(record: Record) -> Dated | None:
    """The date that places a record on a timeline; None if it has none."""
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
    """The editions of one text, oldest first."""

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
    """Two editions of which the newer descends from the older, with all between them, oldest first."""

    editions: tuple[Resolution, ...]
    family: str
    """The id of the family's first edition, from which both descend."""

    @property
    def older(self) -> Resolution:
        """The older of the two editions."""
        return self.editions[0]

    @property
    def newer(self) -> Resolution:
        """The newer of the two editions."""
        return self.editions[-1]

    @property
    def path(self) -> str:
        """The comparison page, relative to `docs/`."""
        return addresses.comparison(self.older, self.newer)


def pairs(library: Library, *, long: int = LONG) -> tuple[Pair, ...]:
    """Every pair of editions with a comparison page, sorted by the newer edition, then by distance from the nearest.

    Two editions can be compared if `reviews` links one to the other, directly or through others, and the paragraphs of
    all these editions are recorded. A family of n editions has n(n-1)/2 such pairs. If n is more than `long`, only
    neighbours are compared and, for each edition that no other reviews, the first with it: at most 2n pages.
    """
    children: defaultdict[str, list[Resolution]] = defaultdict(list)
    for resolution in library.all(Resolution):
        if resolution.reviews:
            children[resolution.reviews].append(resolution)
    roots = [resolution for resolution in library.all(Resolution) if not resolution.reviews]
    found = [pair for root in roots for pair in _of_family(root, children, long) if _is_recorded(pair)]
    return tuple(sorted(found, key=lambda pair: (sort_key(pair.newer.id), len(pair.editions), sort_key(pair.older.id))))


def _of_family(root: Resolution, children: Mapping[str, list[Resolution]], long: int) -> Iterator[Pair]:
    """The pairs in the family of a first edition."""
    before: dict[str, Resolution] = {}
    members = [root]
    for member in members:  # the loop appends to the list
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
