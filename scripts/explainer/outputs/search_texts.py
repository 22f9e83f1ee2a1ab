"""Writes the search texts: names, summary, passages and facets of every record and page, as JSON Lines.

One file per type with one line per record, in `docs/search/.texts/`, which MkDocs ignores. `explainer.publish.search`
builds the index from these files and the hand-written pages, so stock MkDocs and `explainer build` give the same result.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Any

from explainer.base.files import Output
from explainer.base.language import Language
from explainer.kinds.measure import Measure
from explainer.kinds.person import Person
from explainer.kinds.source import Source
from explainer.library import addresses, figure_states, places, sections
from explainer.library.library import Library
from explainer.outputs.search_answers import answers
from explainer.outputs.search_facets import facet_label, facet_names, facets_of, other_names
from explainer.outputs.search_files import (
    FOLDER,
    GUIDE,
    KIND_FACET,
    OVERVIEW,
    PART,
    WORDS,
    OfFamily,
    RankingText,
    Reply,
    SearchFacet,
    SearchKind,
    SearchSection,
    SearchSettings,
    SearchText,
    kind_of_page,
)
from explainer.outputs.search_offices import of_person
from explainer.outputs.search_passages import answer, passages
from explainer.pages.page import LazyPage, Page
from explainer.pages.search_page import ways
from explainer.reading import prose
from explainer.records.editions import Editions
from explainer.records.record import Entry, Named, Record, Story
from explainer.records.traits import Dated, InFamily, Numbered, WithFigures

OVERVIEW_WEIGHT = 0.85
"""Ranking weight of pages that do not belong to a single record; that of a record's kind stands in its model."""
GUIDE_WEIGHT = 0.4
"""That of pages for editors: their examples name everything that a dossier is about."""
MOST = 12
"""How many of the records with the largest numbers of a measure are listed as such."""


def outputs(library: Library, pages: Sequence[LazyPage]) -> Iterator[Output]:
    """Yield one file per type, one for pages that do not belong to a single record, and the search settings."""
    told = [of_lazy_page(library, page) for page in pages]
    small = (record for model in library.kinds.types for record in library.all(model) if is_small(record))
    told += (of_small_record(library, record) for record in small)
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for each in told:
        kind, _, line = each.partition(" ")
        if line:
            lines[kind].append(line)
    for kind, every in sorted(lines.items()):
        yield Output(f"{FOLDER}/{kind}.jsonl", ("\n".join(every) + "\n").encode())
    yield Output(f"{FOLDER}/{WORDS}", _settings(library, lines).encode())


def of_lazy_page(library: Library, page: LazyPage) -> str:
    """Kind and JSON line of a page, kept between runs; empty if the page is excluded from the search."""
    return library.shared.text(f"search {page.path}", partial(_line_of_page, library, page))


def of_small_record(library: Library, record: Record) -> str:
    """The same of a record without a page; empty if it is withdrawn."""
    return library.shared.text(f"search {' '.join(record.key)}", partial(_line_of_record, library, record))


def is_small(record: Record) -> bool:
    """Whether a record has an address but no page of its own; what it says is not looked at, so it need not be loaded."""
    return bool(addresses.page(record)) and not addresses.has_page(record)


def _line_of_page(library: Library, recipe: LazyPage) -> str:
    """Kind and JSON line of a page; empty if the page is excluded from the search."""
    page = recipe.composed()
    if not page.searched:
        return ""
    text = of_page(library, page) if page.record is None else of_record(library, page.record, page)
    return f"{text.kind} {text.line()}"


def _line_of_record(library: Library, record: Record) -> str:
    return "" if record.is_withdrawn else f"{record.KIND} {of_record(library, record).line()}"


def _settings(library: Library, kinds: Iterable[str]) -> SearchSettings:
    """Settings of the search for texts of some kinds."""
    words = library.words
    there = set(kinds)
    listed = (
        SearchKind(
            model.KIND,
            words.kind_found(model.KIND),
            model.WEIGHT,
            model.WEIGHT,
            addresses.hosted(addresses.index(model)),
        )
        for model in library.kinds.sections.values()
        if model.KIND in there
    )
    others = (
        SearchKind(kind, words.kind_found(kind), weight, OVERVIEW_WEIGHT, "")
        for kind, weight in ((OVERVIEW, OVERVIEW_WEIGHT), (GUIDE, GUIDE_WEIGHT))
    )
    return SearchSettings(
        language=library.dossier.language,
        words={**words.search(), "meant": _meant(library), "parts": _parts(library)},
        kinds=(*listed, *others),
        facets=tuple(
            SearchFacet(facet, facet_label(words, facet), other_names(library, facet)) for facet in facet_names(library)
        ),
        sections=tuple(SearchSection(addresses.hosted(way.path), way.title) for way in ways(library)),
        counted=dict(_counted(library)),
        most=dict(_most(library)),
    )


def _meant(library: Library) -> dict[str, list[str]]:
    """The words that ask for records of a kind: those of the catalogue, and for an own kind without any what it is called.

    A name of several words asks for nothing, since each of them may be part of a name. What an own kind is called asks for no other.
    """
    told: Mapping[str, list[str]] = library.words.search()["meant"]
    named = {kind: _single_names(library.words, kind) for kind in library.kinds.own if kind not in told}
    own = {kind: names for kind, names in named.items() if names}
    taken = frozenset(chain.from_iterable(own.values()))
    return {kind: [name for name in names if name not in taken] for kind, names in told.items()} | own


def _single_names(words: Language, kind: str) -> list[str]:
    """What a record of a kind is called, and several of them, where that is one word."""
    names = dict.fromkeys((words("kinds", kind), words("plural", kind)))
    return [name.lower() for name in names if " " not in name]


def _parts(library: Library) -> dict[str, list[str]]:
    """Each group of parts of texts, and how one of its parts is called, with {n} for its number."""
    words = library.words
    models = [model for model in library.kinds.sections.values() if issubclass(model, Editions)]
    return {
        group: [words(f"{model.KIND}-page.{form}.{group}") for form in ("paragraphs", "paragraphs-short")]
        for model in models
        for group in model.PARTS.groups
    }


def _counted(library: Library) -> Iterator[tuple[str, str]]:
    """Each measure that the figures of only one record have, and the address of that record: it knows how many there are."""
    for measure in library.all(Measure):
        counting = library.related(measure, WithFigures, "figures")
        if len(counting) == 1 and addresses.page(counting[0]):
            yield measure.name, at(library, counting[0])


def _most(library: Library) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each measure that the figures of several records have, with its unit and the addresses of those with the largest numbers."""
    for measure in library.all(Measure):
        at_most: list[str] = library.shared.plain(f"largest {measure.id}", partial(_largest, library, measure))
        if len(at_most) > 1:
            yield measure.name, {"unit": measure.unit, "at": at_most}


def _largest(library: Library, measure: Measure) -> list[str]:
    """The addresses of the records with a page that have the largest numbers in the unit of a measure, the largest first.

    A unit that only goes on where that of the measure ends, as ports and harbours, counts as well: it is shown with the number.
    None of a measure that is measured, as a weight, where one of them has another unit: which is largest is then not known.
    """
    found: list[tuple[Decimal, str]] = []
    for record in library.related(measure, WithFigures, "figures"):
        of_measure = figure_states.chosen(record, measure)
        if not of_measure or not addresses.page(record):
            continue
        unit = figure_states.unit_of(of_measure[0], measure)
        if measure.counts.measured and unit != measure.unit:
            return []
        if unit.casefold().startswith(measure.unit.casefold()):
            found.append((-of_measure[0].value, at(library, record)))
    return [address for _, address in sorted(found)[:MOST]]


def of_page(library: Library, page: Page) -> SearchText:
    """Search text of a page that does not belong to a single record."""
    words = library.words
    section = page.path.split("/")[0]
    names, asked = list(page.names), []
    body: list[str] = []
    if page.path == f"{section}/index.md":
        names += words.search_names(section)
        asked = words.search_terms(section)
        introduction = sections.body(library.dossier, section)
        body = [prose.plain(introduction, story=True)] if introduction else []
    kind = kind_of_page(page.path)
    facets = {KIND_FACET: [words.kind_found(kind)]}
    language = _foreign(library, sections.language(library.dossier, section))
    return SearchText(
        addresses.hosted(page.path),
        kind,
        page.title,
        names,
        page.description,
        body,
        facets,
        language=language,
        said=[Reply(f"{PART}{each.anchor}", each.says, []) for each in page.rankings],
        rankings=[
            RankingText(each.anchor, each.title, list(each.groups), each.counts, each.unit, each.of)
            for each in page.rankings
        ],
        asked=asked,
    )


def of_record(library: Library, record: Record, page: Page | None = None) -> SearchText:
    """Search text of a record; `page` is its own page, if it has one."""
    words = library.words
    return SearchText(
        at=at(library, record),
        kind=record.KIND,
        title=page.title if page else record.label,
        names=[*(page.names if page else ()), *_names(words, record)],
        summary=answer(library, record),
        text=list(passages(library, record)),
        facets=facets_of(library, words, record),
        users=[at(library, user) for user in library.citing.get(record.ident, ()) if addresses.page(user)]
        if isinstance(record, Source)
        else [],
        language=language_of(library, record),
        held=list(of_person(library, record)) if isinstance(record, Person) else [],
        said=list(answers(library, record)),
        family=_family(record),
        day=_day(record),
        asked=list(record.search_terms) if isinstance(record, Entry) else [],
    )


def _day(record: Record) -> str:
    """The day, month or year in which a record's main date begins; empty without one."""
    date = record.when if isinstance(record, Dated) else None
    return str(date.start) if date else ""


def _family(record: Record) -> OfFamily | None:
    """Of which family a record is an edition; None for one that stands alone."""
    day = _day(record)
    if isinstance(record, Editions) and record.series:
        return OfFamily(f"{record.KIND} {record.series}", f"{record.edition or 0:04} {day}")
    return OfFamily(f"{record.KIND} {record.family}", day) if isinstance(record, InFamily) else None


def language_of(library: Library, record: Record) -> str:
    """The language of a record's title; empty for that of the dossier."""
    if isinstance(record, Source):
        return _foreign(library, record.titled_in)
    return _foreign(library, sections.language(library.dossier, record.section() or ""))


def _foreign(library: Library, language: str) -> str:
    """A language; empty for that of the dossier, in which the search speaks."""
    return "" if language == library.dossier.language else language


def at(library: Library, record: Record) -> str:
    """The address of a record on the hosted site."""
    there = places.at(library, record)
    return addresses.hosted("") if there is None else there


def _names(words: Language, record: Record) -> Iterator[str]:
    """All names by which a record may be searched for: label, id, codes, aliases, titles and translations."""
    yield record.label
    if ":" in record.label:
        yield record.label.split(":")[0]
    yield record.ident
    if isinstance(record, Numbered):
        yield f"{words('kinds', record.KIND)} {record.number}"
    yield from record.search_names()
    if isinstance(record, Story):
        yield from record.aliases
    if isinstance(record, Named):
        yield from map(str, record.other_names)
        for name in record.names.values():
            yield name.text
