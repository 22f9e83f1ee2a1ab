"""Pages that compare two editions of a text, and the choice of the two."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from itertools import groupby
from operator import attrgetter

from explainer.base.dataclass import dataclass
from explainer.figures.graphic import Graphic
from explainer.library.comparison import ComparedParagraph, Comparison, Outcome
from explainer.library.editions import Pair, pairs
from explainer.library.library import Library, sort_key
from explainer.library.word_changes import WordChanges, word_changes
from explainer.pages.charts.editions_river import of_pair
from explainer.pages.lineage import Counted, counted
from explainer.pages.page import LazyPage, Page
from explainer.records.editions import Editions

WIDEST = 8
"""Largest number of editions that are chosen from a grid; of more, from a list."""
MANY = 24
"""Number of paragraphs that changed up to which all of them stand open."""
FOLD = range(4, 9)
"""Number of paragraphs in a fold, where there are more."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An edition, and the pairs in which it is the newer."""

    newer: Editions
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """The pairs of some editions that have a page, to choose from."""

    pairs: tuple[Pair, ...]
    """Sorted by their newer edition."""

    @property
    def by_newer(self) -> tuple[Choice, ...]:
        """The pairs, grouped by their newer edition."""
        return tuple(Choice(newer, tuple(group)) for newer, group in groupby(self.pairs, key=attrgetter("newer")))

    @property
    def editions(self) -> tuple[Editions, ...]:
        """The editions, oldest first, where these make a grid: three or more, and not too many for its columns."""
        every = {edition.key: edition for pair in self.pairs for edition in pair.editions}
        depth = {pair.newer.key: len(pair.editions) for pair in sorted(self.pairs, key=lambda pair: len(pair.editions))}
        ordered = sorted(every.values(), key=lambda item: (depth.get(item.key, 1), sort_key(item.id)))
        return tuple(ordered) if 2 < len(ordered) <= WIDEST else ()

    def pair(self, one: Editions, other: Editions) -> Pair | None:
        """The pair of two editions, whichever of them is the older."""
        both = {one.key, other.key}
        return next((pair for pair in self.pairs if {pair.older.key, pair.newer.key} == both), None)


class ShownParagraph:
    """A compared paragraph with its wordings: the official ones where both are recorded, else our summaries."""

    def __init__(self, row: ComparedParagraph) -> None:
        """Take the wordings of `row`."""
        self.row = row
        versions = [version.provision for version in (row.older, row.newer) if version]
        self.official = all(provision.text for provision in versions)
        """Whether the official words are compared."""
        self._wordings = [str(item.text) if self.official else item.summary for item in versions]

    @property
    def alone(self) -> bool:
        """Whether one text stands for both sides, because there is no other or they say the same in the same words."""
        return len(set(self._wordings)) == 1

    @cached_property
    def changes(self) -> WordChanges | None:
        """What went and came between the wordings of the two editions; None without a second one, or without likeness."""
        return None if self.alone or not self._wordings else word_changes(*self._wordings)


@dataclass(frozen=True, slots=True)
class ParagraphRun:
    """Paragraphs one after the other that are all unchanged, or all not."""

    unchanged: bool
    rows: tuple[ShownParagraph, ...]
    folded: bool
    """Whether they stand behind a line that says what became of how many."""

    @property
    def counts(self) -> tuple[tuple[Outcome, int], ...]:
        """How many of them became what, in the order of `Outcome`."""
        found = Counter(shown.row.outcome for shown in self.rows)
        return tuple((outcome, found[outcome]) for outcome in Outcome if found[outcome])


def _folds(rows: tuple[ShownParagraph, ...]) -> Iterator[ParagraphRun]:
    """Paragraphs that changed in folds of about the same size; a few that stand together stay open."""
    number = -(-len(rows) // FOLD[-1])
    size = -(-len(rows) // number)
    for start in range(0, len(rows), size):
        yield ParagraphRun(unchanged=False, rows=rows[start : start + size], folded=len(rows) >= FOLD[0])


@dataclass(frozen=True, slots=True)
class Part:
    """A group of the newer text, or the paragraphs that are gone, or those that came and went."""

    key: str
    rows: tuple[ComparedParagraph, ...]
    folds: bool = False
    """Whether those that changed are folded as well as those that did not."""

    @property
    def runs(self) -> tuple[ParagraphRun, ...]:
        """Its paragraphs in runs of those that are unchanged and those that are not, in their order."""
        return tuple(self._runs())

    def _runs(self) -> Iterator[ParagraphRun]:
        for unchanged, group in groupby(self.rows, key=lambda row: row.outcome is Outcome.UNCHANGED):
            rows = tuple(map(ShownParagraph, group))
            if self.folds and not unchanged:
                yield from _folds(rows)
            else:
                yield ParagraphRun(unchanged, rows, folded=unchanged)


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Template data of a comparison page."""

    pair: Pair
    comparison: Comparison
    counted: tuple[Counted, Counted]
    choices: Choices
    """The pairs of the same family, as links to other comparisons."""
    river: Graphic | None = None
    """The paragraphs on their way from one edition to the other."""

    @property
    def others(self) -> bool:
        """Whether there is any other pair of the family."""
        return len(self.choices.pairs) > 1

    @property
    def longest(self) -> int:
        """The number of parts of the longer text, which sets the common scale of the bars."""
        return max(number.all for number in self.counted)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The groups of the text with their paragraphs, then those that are gone and those that came and went."""
        rows = {
            **{
                group: tuple(row for row in self.comparison.rows if row.first.group == group)
                for group in self.pair.newer.PARTS.groups
            },
            "gone": self.comparison.gone,
            "passing": self.comparison.passing,
        }
        changed = sum(len(found) for outcome, found in self.comparison.counts if outcome is not Outcome.UNCHANGED)
        return tuple(Part(key, found, folds=changed > MANY) for key, found in rows.items() if found)


def pairs_of(library: Library) -> tuple[Pair, ...]:
    """Every pair of editions that has a page."""
    return library.shared.get("pairs of editions", lambda: pairs(library))


def _beside(library: Library) -> Mapping[str, tuple[Pair, ...]]:
    """Family -> its pairs."""
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs_of(library):
        found[pair.family].append(pair)
    return {family: tuple(every) for family, every in found.items()}


def _comparison(library: Library, pair: Pair) -> ComparisonPage:
    """Template data of a comparison of two editions."""
    others = library.shared.get("pairs of families", lambda: _beside(library))[pair.family]
    compared = Comparison(pair)
    both = counted(pair.older), counted(pair.newer)
    return ComparisonPage(pair, compared, both, Choices(others), of_pair(library, compared))


def _year(edition: Editions) -> str:
    """The year of an edition; empty for one without a date."""
    return str(edition.when.start.year) if edition.when else ""


def _page(library: Library, pair: Pair) -> Page:
    words = library.words
    names = {"older": pair.older.name, "newer": pair.newer.name}
    years = {"before": _year(pair.older), "after": _year(pair.newer)}
    return Page(
        path=pair.path,
        template="comparison.md.j2",
        title=words("review.title").format(**names),
        description=words("review.description").format(**names),
        data=_comparison(library, pair),
        source=library.document(pair.newer).path,
        names=tuple(
            name.format(**names, **years, year=years["after"])
            for name in words.lists("review.names")
            if len(pair.editions) == 2
            or "{year}" not in name  # what changed in a year is what the next edition changed
        ),
    )


def pages(library: Library) -> Iterator[LazyPage]:
    """One page per pair of editions that can be compared."""
    for pair in pairs_of(library):
        yield LazyPage(library, pair.path, partial(_page, library, pair))
