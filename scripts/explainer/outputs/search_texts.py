"""Writes the search texts: names, summary, passages and facets of every record and page, as JSON Lines.

One file per type with one line per record, in `docs/search/.texts/`, which MkDocs ignores. `explainer.publish.search`
builds the index from these files and the hand-written pages, so stock MkDocs and `explainer build` give the same result.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import partial
from typing import Any

from explainer.base.files import Output
from explainer.base.language import Language
from explainer.base.values import Dates, PartialDate
from explainer.figures.drawing_cache import DrawingCache
from explainer.kinds.country import Country
from explainer.kinds.dispute import Dispute
from explainer.kinds.measure import Measure
from explainer.kinds.source import Source
from explainer.kinds.theme import Theme
from explainer.library import addresses, sections
from explainer.library.figure_states import what
from explainer.library.library import Library
from explainer.outputs.search_files import (
    FOLDER,
    KIND_FACET,
    OVERVIEW,
    WORDS,
    SearchFacet,
    SearchKind,
    SearchSettings,
    SearchText,
)
from explainer.pages.common import related
from explainer.pages.page import LazyPage, Page
from explainer.pages.search_page import ways
from explainer.reading import prose
from explainer.records.editions import Editions
from explainer.records.model import HoldsProse, Model, Refers
from explainer.records.record import Named, Record, Story
from explainer.records.references import marked, markers
from explainer.records.sourced import Citation, Figure, Period
from explainer.records.traits import Dated, Numbered, Placed

MOST_NAMED = 80
"""Maximum number of related records that are listed by name, per group, for a record without its own page."""
OVERVIEW_WEIGHT = 0.85
"""Ranking weight of pages that do not belong to a single record; that of a record's kind stands in its model."""
_NO_BRACKETS = str.maketrans("", "", "[]")
LONGEST_SPAN = 20
"""Date ranges of this many years or more are indexed under their first and last year only."""
_NOT_TEXT = {
    "id",
    "other_names",
    "paragraph",
    "follows",
    "edition",
    "family",
    "tags",
    "url",
    "read_at",
    "archived",
    "website",
    "language",
    "aliases",
    "seen",
    "names",
}
"""Fields left out of the text: addresses, codes, and names that are indexed already."""


def outputs(library: Library, pages: Sequence[LazyPage], cache: DrawingCache) -> Iterator[Output]:
    """Yield one file per type, one for pages that do not belong to a single record, and the search settings."""
    told = [library.shared.text(f"search {page.path}", partial(_line_of_page, library, page)) for page in pages]
    for model in library.kinds.types:
        for record in library.all(model):
            if addresses.page(record) and not addresses.has_page(record):
                name = f"search {' '.join(record.key)}"
                told.append(library.shared.text(name, partial(_line_of_record, library, record)))
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for each in told:
        kind, _, line = each.partition(" ")
        if line:
            lines[kind].append(line)
    for kind, every in sorted(lines.items()):
        yield Output(f"{FOLDER}/{kind}.jsonl", ("\n".join(every) + "\n").encode())
    yield Output(f"{FOLDER}/{WORDS}", _settings(library, lines).encode())


def _line_of_page(library: Library, recipe: LazyPage) -> str:
    """Kind and JSON line of a page; empty if the page is excluded from the search."""
    page = recipe.composed()
    if not page.searched:
        return ""
    text = of_page(library, page) if page.record is None else of_record(library, page.record, page)
    return f"{text.kind} {text.line()}"


def _line_of_record(library: Library, record: Record) -> str:
    return f"{record.KIND} {of_record(library, record).line()}"


def _settings(library: Library, kinds: Iterable[str]) -> SearchSettings:
    """Settings of the search for texts of some kinds."""
    words = library.words
    there = {OVERVIEW, *kinds}
    listed = (
        SearchKind(model.KIND, words.kind_found(model.KIND), model.WEIGHT, addresses.hosted(addresses.index(model)))
        for model in library.kinds.sections.values()
        if model.KIND in there
    )
    return SearchSettings(
        language=library.dossier.language,
        words=words.search(),
        kinds=(*listed, SearchKind(OVERVIEW, words.kind_found(OVERVIEW), OVERVIEW_WEIGHT, "")),
        facets=tuple(SearchFacet(facet, _facet_label(words, facet)) for facet in _facet_names(library)),
        sections=tuple((addresses.hosted(way.path), way.title) for way in ways(library)),
    )


def of_page(library: Library, page: Page) -> SearchText:
    """Search text of a page that does not belong to a single record."""
    words = library.words
    section = page.path.split("/")[0]
    names = list(page.names)
    body: list[str] = []
    if page.path == f"{section}/index.md":
        names += words.search_names(section)
        introduction = sections.body(library.dossier, section)
        body = [prose.plain(introduction)] if introduction else []
    facets = {KIND_FACET: [words("kinds", OVERVIEW)]}
    return SearchText(addresses.hosted(page.path), OVERVIEW, page.title, names, page.description, body, facets)


def of_record(library: Library, record: Record, page: Page | None = None) -> SearchText:
    """Search text of a record; `page` is its own page, if it has one."""
    words = library.words
    answer = _answer(library, words, record)
    return SearchText(
        at=_at(record),
        kind=record.KIND,
        title=page.title if page else record.label,
        names=[*(page.names if page else ()), *_names(words, record)],
        summary=answer,
        text=list(_passages(library, words, record)),
        facets=_facets(library, words, record),
        users=[_at(user) for user in library.citing.get(record.ident, ()) if addresses.page(user)]
        if isinstance(record, Source)
        else [],
    )


def _at(record: Record) -> str:
    """The address of a record on the hosted site."""
    place = addresses.hosted(addresses.page(record) or "")
    anchor = addresses.anchor(record)
    return f"{place}#{anchor}" if anchor else place


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
        yield from record.other_names
        for name in record.names.values():
            yield name.text


def _answer(library: Library, words: Language, record: Record) -> str:
    if record.answer:
        return prose.plain(record.answer)
    match record:
        case Source():
            when = words.date(record.published) if record.published else ""
            kind = words("source-kind", record.kind)
            return words("joint.comma").join(part for part in (record.publisher, when, kind) if part)
        case Country():
            known = words("joint.comma").join((words("kinds", "country"), record.id, record.alpha3))
            kinds = ((model, library.related(record, model)) for model in library.kinds.having(Placed))
            counted = (_of(words, words("columns", model.FOLDER), str(len(named))) for model, named in kinds if named)
            return words("joint.semicolon").join((known, *counted))
    positions = record.positions if isinstance(record, Dispute) else ()
    return " ".join(prose.plain(position.says) for position in positions)


def _passages(library: Library, words: Language, record: Record) -> Iterator[str]:
    """Text of a record as passages: the paragraphs of its story, then its fields and related records."""
    if isinstance(record, Story) and record.body:
        for paragraph in prose.paragraphs(record.body):
            yield prose.plain(paragraph.text.translate(_NO_BRACKETS).lstrip("> -*|"))
    yield from _told(library, words, record, top=True)
    if not addresses.has_page(record):
        for group in related(library, record):
            names = words("joint.comma").join(other.label for other in group.records[:MOST_NAMED])
            yield _of(words, words("related", group.kind), names)
    if isinstance(record, Theme):
        for text in library.having(Editions):
            for provision in text.provisions:
                if provision.theme == record.id:
                    yield _of(words, text.label, prose.plain(provision.summary))


def _told(library: Library, words: Language, model: Model, *, top: bool = False) -> Iterator[str]:
    """Text of a model's fields; with `top` (the record itself), each item of a list of parts or prose is a passage."""
    known = markers(model.__class__)
    for name in model.__class__.model_fields:
        value = getattr(model, name)
        if (
            value is None
            or name in _NOT_TEXT
            or (top and name in {"body", model.__class__.LABEL if isinstance(model, Record) else ""})
        ):
            continue
        items = value if isinstance(value, tuple) else value.values() if isinstance(value, dict) else (value,)
        said = (_said(library, words, item, known.get(name)) for item in items)
        if top and any(isinstance(item, Model) or isinstance(known.get(name), HoldsProse) for item in items):
            yield from said
        else:
            yield _joined(said, words("joint.comma"))


def _of(words: Language, before: str, after: str) -> str:
    return words("mark-off.colon").format(before=before, after=after)


def _joined(parts: Iterable[str], mark: str) -> str:
    """Join non-empty parts with `mark`, or with a space after a part that ends a sentence."""
    whole = ""
    for part in parts:
        if part:
            whole += (" " if whole.endswith((".", "?", "!", "…")) else mark) * bool(whole) + part
    return whole


def _said(library: Library, words: Language, value: object, marker: Refers | HoldsProse | None) -> str:
    """A single value as text; empty for citations, enums, bare integers and booleans."""
    match value:
        case Citation() | Enum() | bool() | int():
            return ""
        case Figure():
            counted = what(library.get(Measure, value.measure), value)
            when = words.date(value.date) if value.date else ""
            note = prose.plain(value.note) if value.note else ""
            return " ".join(part for part in (words.amount(value), counted, when, note) if part)
        case Period():
            note = prose.plain(value.note) if value.note else ""
            return f"{words.date(value.dates)} {note}"
        case Model():
            return _joined(_told(library, words, value), words("joint.semicolon"))
        case Dates() | PartialDate():
            return words.date(value)
        case str():
            if isinstance(marker, Refers):
                record = _referred(library, value, marker)
                return "" if record is None or record.KIND == "source" else record.label
            return prose.plain(value) if isinstance(marker, HoldsProse) else value
    return ""


def _referred(library: Library, value: str, marker: Refers) -> Record | None:
    if marker.kind is None:
        return library.at(value)
    entry = library.entries.get((marker.kind, value))
    return entry.record if entry else None


def _facets(library: Library, words: Language, record: Record) -> dict[str, list[Any]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    kinds: set[str] = {record.kind.value} if isinstance(record, Source) else set()
    for other in (record, *_named(library, record)):
        if other.FACET:
            found[other.KIND].add(other.label)
        elif isinstance(other, Source):
            kinds.add(other.kind.value)
    return {
        KIND_FACET: [words.kind_found(record.KIND)],
        **{model.KIND: sorted(found[model.KIND]) for model in library.kinds.types if model.FACET},
        "year": _years(record),
        "rests": [words("source-kind", kind) for kind in sorted(kinds)],
    }


def _facet_names(library: Library) -> tuple[str, ...]:
    """The filters for results: the type, the kinds of record that are filters, the year, and the kinds of source cited."""
    return (KIND_FACET, *(model.KIND for model in library.kinds.types if model.FACET), "year", "rests")


def _facet_label(words: Language, facet: str) -> str:
    return words("search.facets", facet) if facet in {KIND_FACET, "year", "rests"} else words("kinds", facet)


def _named(library: Library, record: Record) -> Iterator[Record]:
    """Records that a record refers to in its fields, including cited sources."""
    for item in marked(record):
        if isinstance(item.marker, Refers):
            other = _referred(library, item.value, item.marker)
            if other is not None:
                yield other


def _years(record: Record) -> list[int]:
    """Years of a record's main date, for the year facet; empty without one."""
    date = record.when if isinstance(record, Dated) else None
    if date is None:
        return []
    first, last = date.start.year, date.end.year
    return list(range(first, last + 1)) if last - first < LONGEST_SPAN else [first, last]
