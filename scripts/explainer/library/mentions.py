"""References, links and citations extracted from one record; cached with it."""

from collections.abc import Callable, Container, Iterator, Mapping

from explainer.base.problems import Problem, did_you_mean
from explainer.kinds.registry import Kinds
from explainer.library import addresses
from explainer.library.loaded_record import Key, LoadedRecord, Mention, Mentions
from explainer.reading import blocks
from explainer.reading.document import Document
from explainer.reading.prose import CitationMark, Link, ProseFault, paragraphs, parse
from explainer.records.editions import Editions
from explainer.records.model import HoldsProse, Loc, Model, Refers
from explainer.records.record import Named, Record, Story
from explainer.records.references import marked
from explainer.records.traits import WithFigures


def mentions_in(record: Record, kinds: Kinds) -> Mentions:
    """Extract the mentions of one record."""
    named: list[Mention] = []
    links: dict[tuple[str, str | None], None] = {}
    faulty = False
    for item in marked(record):
        if isinstance(item.marker, Refers):
            named.append(Mention(str(item.loc[0]), _key(kinds, item.value, item.marker.kind), in_prose=False))
            continue
        for part in parse(item.value, record.FOLDER):
            if isinstance(part, CitationMark):
                named.append(Mention(str(item.loc[0]), ("source", part.source), in_prose=True))
            elif isinstance(part, Link) and part.page and isinstance(item.marker, HoldsProse):
                links.setdefault((part.page, part.fragment))
            elif isinstance(part, ProseFault):
                faulty = True
        faulty = faulty or (item.marker.story and bool(blocks.faults(item.value)))
    told = (record.summary, record.body) if isinstance(record, Story) else ()
    names = (record.label, *(record.other_names if isinstance(record, Named) else ()))
    short = [part for name in names for part in (name, name.split(":")[0])]
    return Mentions(
        named=tuple(named),
        links=tuple(links),
        faulty=faulty,
        uncited=tuple(item.text for text in told if text for item in paragraphs(text) if not item.cites),
        names=tuple(dict.fromkeys(name for name in short if any(char.isdecimal() for char in name))),
        anchors=tuple(record.anchors()) if isinstance(record, Editions) else (),
        figures=len(record.figures) if isinstance(record, WithFigures) else 0,
    )


def renamed(entries: Mapping[Key, LoadedRecord]) -> dict[Key, str]:
    """Type and old id of every renamed record -> its current id."""
    stories = [entry.record for entry in entries.values() if isinstance(entry.record, Story)]
    return {(record.KIND, alias): record.id for record in stories for alias in record.aliases}


def leads_on(kinds: Kinds, way: Link, folder: str, pages: Container[str], now: Mapping[Key, str]) -> str | None:
    """Message that corrects a link to the old page of a renamed record; None if the link is none of these."""
    section, *names = (way.page or "").removesuffix(".md").split("/")
    model = kinds.sections.get(section)
    idents = {old: ident for (kind, old), ident in now.items() if model and kind == model.KIND}
    page = "/".join([section, *(idents.get(name, name) for name in names)]) + ".md"
    if page not in pages:
        return None
    path = addresses.relative(f"{folder}/{addresses.HOME}", page, way.fragment)
    return f"links to '{way.page}', which is now '{page}'; expected the address that the page has; write {path}"


def records_named_in(
    kinds: Kinds,
    model: Model,
    document: Document,
    folder: str,
    known: Mapping[Key, LoadedRecord],
    now: Callable[[], Mapping[Key, str]],
) -> Iterator[tuple[Loc, Key | Problem, bool]]:
    """Resolve every reference of a model: where it is, its key or the problem, and whether it is in prose."""
    for item in marked(model):
        if isinstance(item.marker, Refers):
            key = _key(kinds, item.value, item.marker.kind)
            if key in known:
                yield item.loc, key, False
            else:
                message = _dangling(kinds, item.value, item.marker.kind, known, now())
                yield item.loc, document.problem(item.loc, message), False
        elif "[@" in item.value:
            for part in parse(item.value, folder):
                if not isinstance(part, CitationMark):
                    continue
                if ("source", part.source) in known:
                    yield item.loc, ("source", part.source), True
                else:
                    message = _dangling(kinds, part.source, "source", known, now())
                    yield item.loc, prose_problem(document, item.loc, part.offset, message), True


def cited_by(record: Record) -> Iterator[str]:
    """The id of every source that a record cites, once per citation, in fields and in prose."""
    for item in marked(record):
        if isinstance(item.marker, Refers):
            if item.marker.kind == "source":
                yield item.value
        elif "[@" in item.value:
            yield from (part.source for part in parse(item.value, record.FOLDER) if isinstance(part, CitationMark))


def _key(kinds: Kinds, value: str, kind: str | None) -> Key:
    if kind is not None:
        return (kind, value)
    folder, _, ident = value.partition("/")
    return (kinds.by_folder[folder].KIND, ident) if folder in kinds.by_folder else ("", value)


def _dangling(
    kinds: Kinds, value: str, kind: str | None, known: Mapping[Key, LoadedRecord], now: Mapping[Key, str]
) -> str:
    if ident := now.get(_key(kinds, value, kind)):
        new = ident if kind else f"{value.partition('/')[0]}/{ident}"
        return f"'{value}' is now '{new}'; expected the id that the record has; write {new}"
    if kind is None:
        folder, slash, ident = value.partition("/")
        if not slash or folder not in kinds.by_folder:
            guess = did_you_mean(folder, kinds.by_folder)
            return f"'{value}' names no record; expected folder/id, as in operations/name-2018{guess}"
        kind, value = kinds.by_folder[folder].KIND, ident
    elsewhere = sorted(other for other, ident in known if ident == value and other != kind)
    folder = kinds.by_kind[kind].FOLDER
    if elsewhere:
        return f"'{value}' has the type {', '.join(elsewhere)}; expected the id of a record of type {kind}, in content/{folder}"
    guess = did_you_mean(value, [ident for other, ident in known if other == kind])
    return f"no {kind} has the id '{value}'{guess or f'; add one in content/{folder}, or correct the id'}"


def prose_problem(document: Document, loc: Loc, offset: int, message: str) -> Problem:
    """A problem at an offset of a prose text: exact in a story, at the start of the value in a field."""
    if loc != ("body",):
        return document.problem(loc, message)
    return document.body_problem(offset, message)
