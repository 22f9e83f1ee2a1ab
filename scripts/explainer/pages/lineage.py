"""How long a text is, part by part, what became of each part later, and the lineage of the text."""

from collections import defaultdict
from collections.abc import Mapping

from explainer.base.dataclass import dataclass
from explainer.base.values import Dates
from explainer.library.editions import Version
from explainer.library.library import Library
from explainer.records.editions import Change, Editions
from explainer.records.record import Record
from explainer.records.sourced import Citation
from explainer.records.traits import Dated


@dataclass(frozen=True, slots=True)
class Counted:
    """Number of the parts of a text by group, and of its changes to the edition before."""

    groups: tuple[tuple[str, int], ...]
    """Key of a group and the number of its parts, in the order of the text."""
    changes: tuple[tuple[Change, int], ...]

    @property
    def all(self) -> int:
        """The number of all parts."""
        return sum(number for _, number in self.groups)

    @property
    def bars(self) -> tuple[tuple[int, int], ...]:
        """Start and length of the bar of each group, one behind the other."""
        lengths = [number for _, number in self.groups]
        return tuple((sum(lengths[:place]), length) for place, length in enumerate(lengths))


def counted(record: Editions) -> Counted:
    """Count the parts of a text."""
    places = [str(item.paragraph) for item in record.provisions if item.paragraph]
    changes = ((change, sum(item.change is change for item in record.provisions)) for change in Change)
    return Counted(
        groups=tuple(
            (group, sum(record.PARTS.split(place)[0] == group for place in places)) for group in record.PARTS.groups
        ),
        changes=tuple((change, number) for change, number in changes if number),
    )


def versions_after(library: Library, record: Editions) -> Mapping[str, tuple[Version, ...]]:
    """Paragraph -> its versions in the editions that review the text."""
    found: defaultdict[str, list[Version]] = defaultdict(list)
    for edition in library.related(record, record.__class__, "reviews"):
        for item in edition.provisions:
            if item.follows:
                found[item.follows].append(Version(edition, item))
    return {paragraph: tuple(versions) for paragraph, versions in found.items()}


@dataclass(frozen=True, slots=True)
class LineageStep:
    """A record in the lineage of a text, with its date, and the counts of its paragraphs if it has any."""

    record: Record
    dates: Dates
    cite: tuple[Citation, ...]
    says: str | None
    counted: Counted | None


@dataclass(frozen=True, slots=True)
class LineageEntry:
    """The lineage of a text, oldest first."""

    steps: tuple[LineageStep, ...]

    @property
    def longest(self) -> int:
        """The number of paragraphs of its longest text, which sets the common scale of the bars."""
        return max((step.counted.all for step in self.steps if step.counted), default=0)


def line(library: Library) -> LineageEntry:
    """The records that `site.yml` names as a lineage, sorted by date."""
    steps = []
    for reference in library.dossier.lineage:
        record = library.at(reference)
        if not isinstance(record, Dated) or record.when is None:  # pragma: no cover - a check has reported it
            continue
        number = counted(record) if isinstance(record, Editions) and record.provisions else None
        steps.append(LineageStep(record, record.when, record.when_cited, record.answer, number))
    return LineageEntry(tuple(sorted(steps, key=lambda step: (step.dates.start.first_day, step.dates.end.last_day))))
