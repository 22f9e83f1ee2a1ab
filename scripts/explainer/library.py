"""The library: all records with their references resolved, read-only."""

import functools
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from explainer import addresses, blocks
from explainer.frontmatter import Document
from explainer.narrative import Fault, Link, Mention, paragraphs, parse
from explainer.problems import Problem, did_you_mean
from explainer.records import BY_FOLDER, BY_KIND
from explainer.records.record import Loc, Model, Narrative, Record, Refers, Story, marked
from explainer.settings import Site
from explainer.traces import NOW, Shared, Traced

R = TypeVar("R", bound=Record)
Key = tuple[str, str]
"""Type and id of a record."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a record says by itself of its place among the others, so that only records that changed are looked through."""

    named: tuple[tuple[str, Key, bool], ...]
    """Every record that it names: in which field, type and id, and whether in prose."""
    links: tuple[tuple[str, str | None], ...]
    """The pages and anchors of the site that its prose leads to."""
    faulty: bool
    """Whether its prose holds what prose must not hold."""
    uncited: tuple[str, ...]
    """The paragraphs of its summary and story that cite nothing."""
    names: tuple[str, ...]
    """Its names that hold digits."""
    anchors: tuple[str, ...]
    """The anchors on its page that its own fields make."""
    figures: int
    """How many figures it carries."""


def facts(record: Record) -> Facts:
    """What a record says of its place among the others."""
    named: list[tuple[str, Key, bool]] = []
    links: dict[tuple[str, str | None], None] = {}
    faulty = False
    for item in marked(record):
        if isinstance(item.marker, Refers):
            named.append((str(item.loc[0]), _key(item.value, item.marker.kind), False))
            continue
        for part in parse(item.value, record.FOLDER):
            if isinstance(part, Mention):
                named.append((str(item.loc[0]), ("source", part.source), True))
            elif isinstance(part, Link) and part.page and isinstance(item.marker, Narrative):
                links.setdefault((part.page, part.fragment))
            elif isinstance(part, Fault):
                faulty = True
        faulty = faulty or (item.marker.story and bool(blocks.faults(item.value)))
    told = (record.summary, record.body) if isinstance(record, Story) else ()
    names = (record.label, *getattr(record, "other_names", ()))
    short = [part for name in names for part in (name, name.split(":")[0])]
    provisions = getattr(record, "provisions", ())
    return Facts(
        named=tuple(named),
        links=tuple(links),
        faulty=faulty,
        uncited=tuple(item.text for text in told if text for item in paragraphs(text) if not item.cites),
        names=tuple(dict.fromkeys(name for name in short if any(char.isdecimal() for char in name))),
        anchors=tuple(item.paragraph for item in provisions if item.paragraph),
        figures=len(getattr(record, "figures", ())),
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with the document that it was read from."""

    record: Record
    document: Document
    known: Facts

    @property
    def facts(self) -> Facts:
        """What the record says of its place among the others."""
        if NOW.seen is not None:
            NOW.seen.add(("facts", self.record.key))
        return self.known


class Relation(NamedTuple):
    """That one record names another, and in which field."""

    record: Record
    field: str


@dataclass(frozen=True, eq=False)
class Library:
    """All records of a dossier; every reference in them leads to a record."""

    site: Site
    entries: Mapping[Key, Entry]
    naming: Mapping[Key, tuple[Relation, ...]]
    """Record -> the records that name it: the relations that nobody writes down twice."""
    citing: Mapping[str, tuple[Record, ...]]
    """Source id -> the records that cite it."""
    citations: int
    """How many citations all records hold."""
    by_kind: Mapping[str, tuple[Record, ...]]
    settings: Document
    """Where `site` was read from."""
    gone: frozenset[str] = frozenset()
    """Addresses that were gone when they were last visited."""
    shared: Shared = field(default_factory=Shared)
    """What several pages compute from it, each computed once."""

    def all(self, model: type[R]) -> tuple[R, ...]:
        """Every record of a type, sorted by id, numbers in the order of numbers."""
        return tuple(record for record in self.by_kind.get(model.KIND, ()) if isinstance(record, model))

    def get(self, model: type[R], ident: str) -> R:
        """The record of a type with an id; KeyError cannot happen for a reference that a record holds."""
        record = self.entries[(model.KIND, ident)].record
        if not isinstance(record, model):  # pragma: no cover - keys hold the type
            raise TypeError(f"{ident} is a {record.KIND}")
        return record

    def at(self, reference: str) -> Record:
        """The record that `folder/id` names."""
        folder, _, ident = reference.partition("/")
        return self.entries[(BY_FOLDER[folder].KIND, ident)].record

    def document(self, record: Record) -> Document:
        """Where a record was read from."""
        if NOW.seen is not None:
            NOW.seen.add(("document", record.key))
        return self.entries[record.key].document

    def related(self, record: Record, model: type[R], *fields: str) -> tuple[R, ...]:
        """The records of a type that name `record`, in one of `fields` (any field where none is given), sorted by id."""
        found = [
            relation.record
            for relation in self.naming.get(record.key, ())
            if isinstance(relation.record, model) and (not fields or relation.field in fields)
        ]
        return tuple(dict.fromkeys(found))


def sort_key(ident: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts ids as people do: 9 before 10, 71-19 before 73-11."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in ident.split("-"))


def link(
    site: Site, settings: Document, entries: Iterable[Entry], gone: frozenset[str] = frozenset()
) -> Library | list[Problem]:
    """The library of all records, or every reference that leads nowhere."""
    ordered = sorted(entries, key=lambda entry: (entry.record.KIND, sort_key(entry.record.ident)))
    known = {entry.record.key: entry for entry in ordered}
    naming: defaultdict[Key, list[Relation]] = defaultdict(list)
    citing: defaultdict[str, list[Record]] = defaultdict(list)
    now = functools.cache(functools.partial(renamed, known))
    problems = [key for _, key, _ in _named(site, settings, "", known, now) if isinstance(key, Problem)]
    citations = 0
    for entry in ordered:
        record = entry.record
        cited: set[str] = set()
        said: set[tuple[str, Key]] = set()
        for name, key, told in entry.known.named:
            if key not in known:
                found = _named(record, entry.document, record.FOLDER, known, now)
                problems += [key for _, key, _ in found if isinstance(key, Problem)]
                break
            if key[0] == "source":
                citations += 1
                if key[1] not in cited:
                    cited.add(key[1])
                    citing[key[1]].append(record)
            if not told and (name, key) not in said:
                said.add((name, key))
                naming[key].append(Relation(record, name))
    if problems:
        return problems
    by_kind: defaultdict[str, list[Record]] = defaultdict(list)
    for entry in ordered:
        by_kind[entry.record.KIND].append(entry.record)
    return Library(
        site,
        Traced("entry", known),
        Traced("naming", {key: tuple(found) for key, found in naming.items()}),
        Traced("citing", {source: tuple(found) for source, found in citing.items()}),
        citations,
        Traced("kind", {kind: tuple(found) for kind, found in by_kind.items()}),
        settings,
        gone,
    )


def renamed(entries: Mapping[Key, Entry]) -> dict[Key, str]:
    """Type and old id of every record that got a new one -> the id that it has now."""
    stories = [entry.record for entry in entries.values() if isinstance(entry.record, Story)]
    return {(record.KIND, alias): record.id for record in stories for alias in record.aliases}


def leads_on(way: Link, folder: str, pages: Container[str], now: Mapping[Key, str]) -> str | None:
    """What to write for a link to the old page of a record that got a new id; None where it is none."""
    section, *names = (way.page or "").removesuffix(".md").split("/")
    idents = {old: ident for (kind, old), ident in now.items() if addresses.SECTIONS.get(kind) == section}
    page = "/".join([section, *(idents.get(name, name) for name in names)]) + ".md"
    if page not in pages:
        return None
    path = addresses.relative(f"{folder}/{addresses.HOME}", page, way.fragment)
    return f"links to '{way.page}', which is now '{page}'; expected the address that the page has; write {path}"


def _named(
    model: Model, document: Document, folder: str, known: Mapping[Key, Entry], now: Callable[[], Mapping[Key, str]]
) -> Iterator[tuple[Loc, Key | Problem, bool]]:
    """Every record that a model names: place, key or problem, and whether prose names it."""
    for item in marked(model):
        if isinstance(item.marker, Refers):
            key = _key(item.value, item.marker.kind)
            if key in known:
                yield item.loc, key, False
            else:
                message = _dangling(item.value, item.marker.kind, known, now())
                yield item.loc, document.problem(item.loc, message), False
        elif "[@" in item.value:
            for part in parse(item.value, folder):
                if not isinstance(part, Mention):
                    continue
                if ("source", part.source) in known:
                    yield item.loc, ("source", part.source), True
                else:
                    message = _dangling(part.source, "source", known, now())
                    yield item.loc, prose_problem(document, item.loc, part.offset, message), True


def cited_by(record: Record) -> Iterator[str]:
    """The id of every source that a record cites, once a citation, in fields and in prose."""
    for item in marked(record):
        if isinstance(item.marker, Refers):
            if item.marker.kind == "source":
                yield item.value
        elif "[@" in item.value:
            yield from (part.source for part in parse(item.value, record.FOLDER) if isinstance(part, Mention))


def _key(value: str, kind: str | None) -> Key:
    if kind is not None:
        return (kind, value)
    folder, _, ident = value.partition("/")
    return (BY_FOLDER[folder].KIND, ident) if folder in BY_FOLDER else ("", value)


def _dangling(value: str, kind: str | None, known: Mapping[Key, Entry], now: Mapping[Key, str]) -> str:
    if ident := now.get(_key(value, kind)):
        new = ident if kind else f"{value.partition('/')[0]}/{ident}"
        return f"'{value}' is now '{new}'; expected the id that the record has; write {new}"
    if kind is None:
        folder, slash, ident = value.partition("/")
        if not slash or folder not in BY_FOLDER:
            guess = did_you_mean(folder, BY_FOLDER)
            return f"'{value}' names no record; expected folder/id, as in operations/name-2018{guess}"
        kind, value = BY_FOLDER[folder].KIND, ident
    elsewhere = sorted(other for other, ident in known if ident == value and other != kind)
    folder = BY_KIND[kind].FOLDER
    if elsewhere:
        return f"'{value}' has the type {', '.join(elsewhere)}; expected the id of a record of type {kind}, in content/{folder}"
    guess = did_you_mean(value, [ident for other, ident in known if other == kind])
    return f"no {kind} has the id '{value}'{guess or f'; add one in content/{folder}, or correct the id'}"


def prose_problem(document: Document, loc: Loc, offset: int, message: str) -> Problem:
    """A problem at an offset of a prose text: exact in a story, at the beginning of the value in a field."""
    if loc != ("body",):
        return document.problem(loc, message)
    return document.body_problem(offset, message)
