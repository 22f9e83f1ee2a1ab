"""What the home page opens with: numbers computed from the records, and what the newest edition of the text added."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from explainer.base.dataclass import dataclass
from explainer.library import addresses
from explainer.library.editions import Version, series
from explainer.library.library import Library
from explainer.pages.comparing import pairs_of
from explainer.records.dossier import Count
from explainer.records.editions import Change, Editions
from explainer.records.record import Record


@dataclass(frozen=True, slots=True)
class ShownCount:
    """A number with its words, and where what it counts is seen."""

    says: str
    number: int
    first: int | None
    """The number in the first edition, where it counts the parts of a text."""
    years: tuple[int, int] | None
    """The years of the first edition and of the newest, where both are known."""
    path: str | None
    """The page, relative to `docs/`; None if the records have none of their own."""
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest edition of a text, and what it added to the one before."""

    edition: Editions
    before: Editions
    added: tuple[Version, ...]
    compared: str | None
    """The page that compares it with the edition before."""


def counts(library: Library) -> Iterator[ShownCount]:
    """The numbers that `site.yml` names, in its order."""
    for count in library.dossier.counts:
        model = library.kinds.by_folder[count.of]
        path = addresses.index(model) if model in library.kinds.sections.values() else None
        if count.series:
            yield _of_parts(library, count, path)
        else:
            number = sum(_counts(library, count, record) for record in library.all(model))
            yield ShownCount(count.says, number, None, None, path, None)


def _counts(library: Library, count: Count, record: Record) -> bool:
    """Whether a record counts: where a folder is given, only one that its records name in a field."""
    return count.named_in is None or bool(library.related(record, library.kinds.by_folder[count.named_in]))


def _of_parts(library: Library, count: Count, path: str | None) -> ShownCount:
    """The number of parts of a text, in its first edition and in its newest."""
    editions = next(item.editions for item in series(library) if item.name == count.series)
    first, last = _ends(editions)
    shown = ShownCount(count.says, _parts(last, count.part), None, None, path, f"series-{count.series}")
    if first is last:
        return shown
    years = (first.when.start.year, last.when.start.year) if first.when and last.when else None
    return replace(shown, first=_parts(first, count.part), years=years)


def _ends(editions: Sequence[Editions]) -> tuple[Editions, Editions]:
    """The first and the newest of some editions whose parts are recorded, or of all if none are."""
    recorded = [edition for edition in editions if edition.provisions] or editions
    return recorded[0], recorded[-1]


def _parts(edition: Editions, group: str | None) -> int:
    """The number of parts of an edition, of one group or of all."""
    standing = (item.paragraph for item in edition.provisions if item.paragraph)
    return sum(group is None or edition.PARTS.split(paragraph)[0] == group for paragraph in standing)


def newest(library: Library, edition: Editions) -> Newest | None:
    """What an edition added; None for a first edition, or if it added nothing."""
    added = tuple(Version(edition, item) for item in edition.provisions if item.change is Change.NEW)
    before = next((item for item in library.having(Editions) if item.key == (edition.KIND, edition.reviews)), None)
    return Newest(edition, before, added, _compared(library, before, edition)) if before and added else None


def _compared(library: Library, older: Editions, newer: Editions) -> str | None:
    """The page that compares two editions."""
    found = (pair.path for pair in pairs_of(library) if pair.older is older and pair.newer is newer)
    return next(found, None)
