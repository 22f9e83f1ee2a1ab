"""The library: all records with their references resolved, read-only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import TypeVar

from explainer.base.dataclass import dataclass
from explainer.base.dependencies import Memo, TrackedMapping, note
from explainer.base.language import Language
from explainer.base.problems import Problem
from explainer.kinds.registry import Kinds
from explainer.library import sections
from explainer.library.directory import Directory
from explainer.library.gaps import NONE, Gaps
from explainer.library.history import History
from explainer.library.loaded_record import Key, LoadedRecord, Relation
from explainer.library.mentions import broken_references
from explainer.library.releases import Releases
from explainer.library.tracked import tracked
from explainer.reading.document import Document, LazyDocument
from explainer.records.dossier import Dossier
from explainer.records.record import Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, eq=False)
class Library:
    """All records of a dossier; every reference between them resolves."""

    kinds: Kinds
    """The kinds of record of the dossier, in their order."""
    languages: Mapping[str, Language]
    """Tag -> words, for the language of the dossier and those of its sections."""
    language: str
    """The tag of the language in which this view of the library speaks."""
    dossier: Dossier
    entries: Mapping[Key, LoadedRecord]
    naming: Mapping[Key, tuple[Relation, ...]]
    """Record -> references to it from other records; derived, so that editors write each relation only once."""
    citing: Mapping[str, tuple[Record, ...]]
    """Source id -> the records that cite it."""
    by_kind: Mapping[str, tuple[Record, ...]]
    settings: Document
    """The document from which `dossier` was parsed."""
    gone: frozenset[str] = frozenset()
    """URLs that were gone at their last check."""
    gaps: Gaps = NONE
    """What is lacking where a dossier with faults is checked; nothing where pages are made."""
    history: History = field(default_factory=History)
    """What became of the records day by day."""
    releases: Releases = field(default_factory=Releases)
    """The editions of the site that were frozen."""
    shared: Memo = field(default_factory=Memo)
    """Results that several pages share, each computed once."""

    @property
    def words(self) -> Language:
        """The words of the language in which this view of the library speaks."""
        return self.languages[self.language]

    def speaking(self, section: str) -> "Library":
        """The same library, speaking the language of a section of the site."""
        language = sections.language(self.dossier, section)
        return self if language == self.language else replace(self, language=language)

    def all(self, model: type[R]) -> tuple[R, ...]:
        """Every record of a type, sorted by id, numbers in numeric order."""
        return tuple(record for record in self.by_kind.get(model.KIND, ()) if isinstance(record, model))

    def having(self, trait: type[R]) -> tuple[R, ...]:
        """Every record of the types that take on a trait, type by type in their order."""
        every = (record for model in self.kinds.having(trait) for record in self.all(model))
        return tuple(record for record in every if isinstance(record, trait))

    def get(self, model: type[R], ident: str) -> R:
        """The record of a type with an id; raises KeyError if there is none, which a resolved reference rules out."""
        record = self.entries[(model.KIND, ident)].record
        if not isinstance(record, model):  # pragma: no cover - keys hold the type
            raise TypeError(f"{ident} is a {record.KIND}")
        return record

    def at(self, reference: str) -> Record:
        """The record that `folder/id` names."""
        folder, _, ident = reference.partition("/")
        return self.entries[(self.kinds.by_folder[folder].KIND, ident)].record

    def document(self, record: Record) -> LazyDocument:
        """The document from which a record was parsed; recorded as a dependency."""
        note("document", record.key)
        return self.entries[record.key].document

    def related(self, record: Record, model: type[R], *fields: str) -> tuple[R, ...]:
        """The records of a type that refer to `record` in one of `fields` (default: any field), sorted by id."""
        found = [
            relation.record
            for relation in self.naming.get(record.key, ())
            if isinstance(relation.record, model) and (not fields or relation.field in fields)
        ]
        return tuple(dict.fromkeys(found))


def sort_key(ident: str) -> tuple[tuple[int, int, str], ...]:
    """Natural sort key of an id: 9 before 10, 71-19 before 73-11."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in ident.split("-"))


def link(
    kinds: Kinds,
    languages: Mapping[str, Language],
    site: Dossier,
    settings: Document,
    entries: Iterable[LoadedRecord],
    gone: frozenset[str] = frozenset(),
) -> tuple[Library | None, list[Problem]]:
    """Resolve all references and build the library; None, and a problem for each, if some do not resolve."""
    ordered = _ordered(entries)
    known = {entry.record.key: entry for entry in ordered}
    directory = Directory(kinds, {key: entry.record for key, entry in known.items()})
    problems = list(broken_references(site, settings, "", directory))
    for entry in ordered:
        if any(mention.target not in known for mention in entry.known.named):
            problems += broken_references(entry.record, entry.document, entry.record.FOLDER, directory)
    if problems:
        return None, problems
    return assembled(Surroundings(kinds, languages, site, settings, gone), ordered), []


def _ordered(entries: Iterable[LoadedRecord]) -> list[LoadedRecord]:
    """The entries with views of their records, by type and id."""
    return sorted(map(_tracked, entries), key=lambda entry: (entry.record.KIND, sort_key(entry.record.ident)))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a library knows besides its records."""

    kinds: Kinds
    languages: Mapping[str, Language]
    site: Dossier
    settings: Document
    gone: frozenset[str] = frozenset()
    gaps: Gaps = NONE


def assembled(about: Surroundings, entries: Iterable[LoadedRecord]) -> Library:
    """The library of records whose references resolve."""
    ordered = _ordered(entries)
    known = {entry.record.key: entry for entry in ordered}
    by_kind: defaultdict[str, list[Record]] = defaultdict(list)
    for entry in ordered:
        by_kind[entry.record.KIND].append(entry.record)
    return Library(
        about.kinds,
        about.languages,
        about.site.language,
        about.site,
        TrackedMapping("entry", known),
        TrackedMapping("naming", _naming(ordered)),
        TrackedMapping("citing", _citing(ordered)),
        TrackedMapping("kind", {kind: tuple(found) for kind, found in by_kind.items()}),
        about.settings,
        about.gone,
        about.gaps,
    )


def _tracked(entry: LoadedRecord) -> LoadedRecord:
    """The same with a view of its record; one from the cache has it already."""
    record = tracked(entry.record)
    return entry if record is entry.record else replace(entry, record=record)


def _naming(entries: Iterable[LoadedRecord]) -> Mapping[Key, tuple[Relation, ...]]:
    """Record -> the references to it in fields of others, each field of a record once."""
    found: defaultdict[Key, list[Relation]] = defaultdict(list)
    for entry in entries:
        fields = ((mention.field, mention.target) for mention in entry.known.named if not mention.in_prose)
        for name, target in dict.fromkeys(fields):
            found[target].append(Relation(entry.record, name))
    return {target: tuple(relations) for target, relations in found.items()}


def _citing(entries: Iterable[LoadedRecord]) -> Mapping[str, tuple[Record, ...]]:
    """Source id -> the records that cite it, in fields or in prose, each once."""
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for entry in entries:
        for source in dict.fromkeys(mention.source for mention in entry.known.named):
            if source is not None:
                found[source].append(entry.record)
    return {source: tuple(records) for source, records in found.items()}
