"""Pages that gather small records: claims, disputes, timeline, glossary, countries, sources, open questions."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from explainer import addresses
from explainer.library import Library
from explainer.pages import graphics
from explainer.pages.counts import Counts, Disputed, Unknown, counted, disputed, unknown
from explainer.pages.page import Draft, Page
from explainer.pages.shared import Related, index, related, section, section_page
from explainer.pages.sums import Tallied, Total, tallies, totals
from explainer.records import Claim, Country, Dispute, Event, Operation, Source, Term
from explainer.records.claim import Verdict
from explainer.records.record import Record
from explainer.records.source import SourceKind


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim, with the sums that check it."""

    record: Claim
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A text, its claims in the order of its paragraphs, and how many came to which verdict."""

    source: Source
    claims: tuple[CheckedClaim, ...]
    verdicts: tuple[tuple[Verdict, int], ...]


@dataclass(frozen=True, slots=True)
class ClaimIndex:
    """What the page of claims lays out."""

    texts: tuple[CheckedText, ...]


@dataclass(frozen=True, slots=True)
class DisputeIndex:
    """What the page of disputes lays out."""

    across: tuple[Dispute, ...]
    within: tuple[Disputed, ...]
    counted: Counts


@dataclass(frozen=True, slots=True)
class Year:
    """The events of one year."""

    year: int
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the timeline lays out."""

    years: tuple[Year, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A term, with the terms that point to it beyond those it points to itself."""

    record: Term
    see_also: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """What the glossary lays out."""

    terms: tuple[Explained, ...]


@dataclass(frozen=True, slots=True)
class Land:
    """A country, and the operations and resolutions that name it."""

    record: Country
    operations: tuple[Operation, ...]
    others: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class CountryIndex:
    """What the page of countries lays out."""

    named: tuple[Land, ...]
    rest: tuple[Land, ...]


@dataclass(frozen=True, slots=True)
class Resting:
    """A source, and the records that rest on it."""

    record: Source
    rests: tuple[Record, ...]
    gone: bool
    """Whether its address was gone when it was last visited."""


@dataclass(frozen=True, slots=True)
class SourceIndex:
    """What the page of sources lays out, by kind."""

    kinds: tuple[tuple[SourceKind, tuple[Resting, ...]], ...]


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """What the page of open questions lays out."""

    records: tuple[Unknown, ...]
    counted: Counts


@dataclass(frozen=True, slots=True)
class Results:
    """What the page of computed counts and sums lays out."""

    totals: tuple[Total, ...]
    tallies: tuple[Tallied, ...]


def _claims(library: Library) -> ClaimIndex:
    by_source: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in library.all(Claim):
        by_source[claim.source].append(claim)
    every = totals(library)
    texts = []
    for source, claims in sorted(by_source.items()):
        ordered = sorted(claims, key=lambda item: (item.paragraph, library.document(item).line))
        checked = [
            CheckedClaim(item, tuple(total for total in every if total.sum.claim == item.id)) for item in ordered
        ]
        counted = [(verdict, sum(item.verdict is verdict for item in claims)) for verdict in Verdict]
        texts.append(
            CheckedText(library.get(Source, source), tuple(checked), tuple(pair for pair in counted if pair[1]))
        )
    return ClaimIndex(tuple(texts))


def _disputes(library: Library) -> DisputeIndex:
    return DisputeIndex(library.all(Dispute), disputed(library), counted(library))


def _timeline(library: Library) -> Timeline:
    by_year: defaultdict[int, list[Event]] = defaultdict(list)
    for event in sorted(library.all(Event), key=lambda item: (item.date, item.id)):
        by_year[event.date.start.year].append(event)
    return Timeline(tuple(Year(year, tuple(events)) for year, events in sorted(by_year.items())))


def _glossary(library: Library) -> Glossary:
    terms = sorted(library.all(Term), key=lambda item: item.name.casefold())
    explained = []
    for term in terms:
        also = [library.get(Term, ident) for ident in term.see_also] + list(library.related(term, Term, "see_also"))
        unique = {item.id: item for item in also if item.id != term.id}
        explained.append(Explained(term, tuple(sorted(unique.values(), key=lambda item: item.name.casefold()))))
    return Glossary(tuple(explained))


def _countries(library: Library) -> CountryIndex:
    lands = [
        Land(country, library.related(country, Operation), related(library, country, without=("operation", "event")))
        for country in sorted(library.all(Country), key=lambda item: item.name.casefold())
    ]
    return CountryIndex(
        tuple(land for land in lands if land.operations), tuple(land for land in lands if not land.operations)
    )


def _sources(library: Library) -> SourceIndex:
    by_kind: defaultdict[SourceKind, list[Resting]] = defaultdict(list)
    for source in sorted(
        library.all(Source), key=lambda item: (item.publisher.casefold(), item.title.casefold(), item.id)
    ):
        gone = source.url in library.gone
        by_kind[source.kind].append(Resting(source, library.citing.get(source.id, ()), gone))
    return SourceIndex(tuple((kind, tuple(by_kind[kind])) for kind in SourceKind if by_kind[kind]))


def _open_questions(library: Library) -> OpenQuestions:
    return OpenQuestions(unknown(library), counted(library))


def _results(library: Library) -> Page:
    every = tallies(library)
    return section_page(
        library,
        addresses.RESULTS,
        Results(totals(library), every),
        source="content/site.yml",
        graphics=[graphic for item in every for graphic in graphics.of_tally(library, item)],
    )


def _questions(library: Library) -> Page:
    return section_page(library, addresses.OPEN_QUESTIONS, _open_questions(library))


def _gathered(library: Library, kind: str, gather: Callable[[Library], object]) -> Page:
    return section(library, kind, gather(library), wide=kind == "event")


_GATHERED: tuple[tuple[str, Callable[[Library], object]], ...] = (
    ("claim", _claims),
    ("dispute", _disputes),
    ("event", _timeline),
    ("term", _glossary),
    ("country", _countries),
    ("source", _sources),
)
"""Type -> what its page lays out."""


def pages(library: Library) -> Iterator[Draft]:
    """Every page that gathers small records."""
    for kind, gather in _GATHERED:
        yield index(library, addresses.SECTIONS[kind], partial(_gathered, library, kind, gather))
    yield index(library, addresses.OPEN_QUESTIONS, partial(_questions, library))
    if library.site.tallies:
        yield index(library, addresses.RESULTS, partial(_results, library))
