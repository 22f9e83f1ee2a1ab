"""References, links and citations extracted from one record; cached with it."""

import itertools
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from explainer.base.problems import Problem
from explainer.base.web_address import host
from explainer.kinds.registry import Kinds
from explainer.library import addresses
from explainer.library.directory import Directory
from explainer.library.loaded_record import Key, Mention, Mentions
from explainer.library.sentences import uncited_sentences
from explainer.library.shown_as_written import shown_as_written
from explainer.reading import headings
from explainer.reading.document import Document, LazyDocument
from explainer.reading.prose import CitationMark, DataMark, Link, Part, ProseFault, paragraphs, parse
from explainer.records.editions import Editions
from explainer.records.model import HoldsProse, Loc, Model, Refers
from explainer.records.record import Named, Record, Story
from explainer.records.references import Marked, marked
from explainer.records.traits import WithFigures


def mentions_in(record: Record, kinds: Kinds) -> Mentions:
    """Extract the mentions of one record."""
    items = [(item, _parts_of(item, record)) for item in marked(record)]
    every = list(itertools.chain.from_iterable(parts for _, parts in items))
    return Mentions(
        named=tuple(itertools.chain.from_iterable(_mentions_of(kinds, item, parts) for item, parts in items)),
        links=tuple(dict.fromkeys(_links_among(every))),
        faulty=any(isinstance(part, ProseFault) for part in every),
        uncited=tuple(_uncited(record)),
        names=_names_with_digits(record),
        anchors=tuple(record.anchors()) if isinstance(record, Editions) else (),
        figures=len(record.figures) if isinstance(record, WithFigures) else 0,
        hosts=_hosts_among(every),
        sentences=tuple(_uncited_sentences(record)),
        shown=tuple(dict.fromkeys(_shown_as_written(items))),
        asks=tuple(part.asked for part in every if isinstance(part, DataMark)),
    )


def _uncited_sentences(record: Record) -> Iterator[str]:
    """The sentences of a record's story that cite nothing beside others that do."""
    body = record.body if isinstance(record, Story) else None
    return (said for _, said in uncited_sentences(body or ""))


def _shown_as_written(items: Iterable[tuple[Marked, Iterable[Part]]]) -> Iterator[str]:
    """Of each part of a record's prose that would be shown as it is written, the id that it may be, or nothing."""
    for item, _ in items:
        if isinstance(item.marker, HoldsProse):
            yield from (part.ident for part in shown_as_written(item.value, story=item.marker.story))


def _links_among(parts: Iterable[Part]) -> Iterator[tuple[str, str | None]]:
    """Page and anchor of every link to this site; the page is empty for a place on the page of the record itself."""
    return ((part.page, part.fragment) for part in parts if isinstance(part, Link) and part.page is not None)


def _hosts_among(parts: Iterable[Part]) -> tuple[str, ...]:
    """The host of every link to an address."""
    return tuple(dict.fromkeys(host(part.url) for part in parts if isinstance(part, Link) and part.url))


def _uncited(record: Record) -> Iterator[str]:
    """The paragraphs of a record's summary and story without a citation."""
    for text in (record.summary, record.body) if isinstance(record, Story) else ():
        yield from (item.text for item in paragraphs(text or "") if not item.cites)


def _parts_of(item: Marked, record: Record) -> tuple[Part, ...]:
    """The parts of a prose text, with the faults of its headings; none if the value names another record."""
    if isinstance(item.marker, Refers):
        return ()
    parts = parse(item.value, record.FOLDER, story=item.marker.story)
    return (*parts, *headings.faults(item.value)) if item.marker.story else parts


def _mentions_of(kinds: Kinds, item: Marked, parts: Iterable[Part]) -> Iterator[Mention]:
    """The reference that a value is, or the citations in the parts of its prose."""
    field = str(item.loc[0])
    if isinstance(item.marker, Refers):
        yield Mention(field, _key(kinds, item.value, item.marker.kind), in_prose=False)
    for part in parts:
        if isinstance(part, CitationMark):
            yield Mention(field, ("source", part.source), in_prose=True)


def _names_with_digits(record: Record) -> tuple[str, ...]:
    """The names of a record, whole and up to a colon, that contain digits."""
    names = (record.label, *(map(str, record.other_names) if isinstance(record, Named) else ()))
    short = (part for name in names for part in (name, name.split(":")[0]))
    return tuple(dict.fromkeys(name for name in short if any(char.isdecimal() for char in name)))


def leads_on(way: Link, folder: str, pages: Container[str], directory: Directory) -> str | None:
    """Message that corrects a link to the old page of a renamed record; None if the link is none of these."""
    section, *names = (way.page or "").removesuffix(".md").split("/")
    model = directory.kinds.sections.get(section)
    idents = {old: ident for (kind, old), ident in directory.now.items() if model and kind == model.KIND}
    page = "/".join([section, *(idents.get(name, name) for name in names)]) + ".md"
    if page not in pages or not idents.keys() & set(names):
        return None
    path = addresses.relative(f"{folder}/{addresses.HOME}", page, way.fragment)
    return f"links to '{way.page}', which is now '{page}'; expected the address that the page has; write {path}"


def broken_references(
    model: Model, document: Document | LazyDocument, folder: str, directory: Directory
) -> Iterator[Problem]:
    """A problem for every reference of a model, in fields and in prose, to a record that is not there."""
    for reference in _references(model, folder):
        if directory.key(reference.value, reference.kind) not in directory:
            message = directory.dangling(reference.value, reference.kind)
            yield prose_problem(document, reference.loc, reference.offset, message)


def references_of(model: Model, kinds: Kinds) -> Iterator[tuple[Loc, Key]]:
    """Place and target of every reference that is the value of a field."""
    for item in marked(model):
        if isinstance(item.marker, Refers):
            yield item.loc, _key(kinds, item.value, item.marker.kind)


def cited_by(record: Record) -> Iterator[str]:
    """The id of every source that a record cites, once per citation, in fields and in prose."""
    return (reference.value for reference in _references(record, record.FOLDER) if reference.kind == "source")


class _WrittenReference(NamedTuple):
    """A reference as it is written."""

    loc: Loc
    """The place of the field, or of the prose."""
    value: str
    kind: str | None
    """The type of the record that it refers to; None if the value itself names the folder."""
    offset: int = 0
    """Where in the prose it stands."""


def _references(model: Model, folder: str) -> Iterator[_WrittenReference]:
    """Every reference of a model, in the order of its fields."""
    for item in marked(model):
        if isinstance(item.marker, Refers):
            yield _WrittenReference(item.loc, item.value, item.marker.kind)
        elif "[@" in item.value:
            for part in parse(item.value, folder, story=item.marker.story):
                if isinstance(part, CitationMark):
                    yield _WrittenReference(item.loc, part.source, "source", part.offset)


def _key(kinds: Kinds, value: str, kind: str | None) -> Key:
    if kind is not None:
        return (kind, value)
    folder, _, ident = value.partition("/")
    return (kinds.by_folder[folder].KIND, ident) if folder in kinds.by_folder else ("", value)


def prose_problem(document: Document | LazyDocument, loc: Loc, offset: int, message: str) -> Problem:
    """A problem at an offset of a prose text: exact in a story, at the start of the value in a field."""
    if loc != ("body",):
        return document.problem(loc, message)
    return document.body_problem(offset, message)
