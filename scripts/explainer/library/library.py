"""The library: all records with their references resolved, read-only."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from explainer.base.dependencies import CURRENT, Memo, TrackedMapping
from explainer.base.language import Language
from explainer.base.problems import Problem
from explainer.kinds.registry import Kinds
from explainer.library.loaded_record import Key, LoadedRecord, Relation
from explainer.library.mentions import records_named_in, renamed
from explainer.reading.document import Document
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
    citations: int
    """Total number of citations in all records."""
    by_kind: Mapping[str, tuple[Record, ...]]
    settings: Document
    """The document from which `dossier` was parsed."""
    gone: frozenset[str] = frozenset()
    """URLs that were gone at their last check."""
    shared: Memo = field(default_factory=Memo)
    """Results that several pages share, each computed once."""

    @property
    def words(self) -> Language:
        """The words of the language in which this view of the library speaks."""
        return self.languages[self.language]

    def speaking(self, section: str) -> "Library":
        """The same library, speaking the language of a section of the site."""
        language = language_of_section(self.dossier, section)
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

    def document(self, record: Record) -> Document:
        """The document from which a record was parsed; recorded as a dependency."""
        if CURRENT.seen is not None:
            CURRENT.seen.add(("document", record.key))
        return self.entries[record.key].document

    def related(self, record: Record, model: type[R], *fields: str) -> tuple[R, ...]:
        """The records of a type that refer to `record` in one of `fields` (default: any field), sorted by id."""
        found = [
            relation.record
            for relation in self.naming.get(record.key, ())
            if isinstance(relation.record, model) and (not fields or relation.field in fields)
        ]
        return tuple(dict.fromkeys(found))


def language_of_section(site: Dossier, section: str) -> str:
    """The language of the pages of a section."""
    own = site.sections.get(section)
    return own.language if own and own.language else site.language


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
) -> Library | list[Problem]:
    """Resolve all references and build the library, or return a problem for every reference that does not resolve."""
    ordered = sorted(entries, key=lambda entry: (entry.record.KIND, sort_key(entry.record.ident)))
    known = {entry.record.key: entry for entry in ordered}
    naming: defaultdict[Key, list[Relation]] = defaultdict(list)
    citing: defaultdict[str, list[Record]] = defaultdict(list)
    now = functools.cache(functools.partial(renamed, known))
    problems = [
        key for _, key, _ in records_named_in(kinds, site, settings, "", known, now) if isinstance(key, Problem)
    ]
    citations = 0
    for entry in ordered:
        record = entry.record
        cited: set[str] = set()
        said: set[tuple[str, Key]] = set()
        for name, key, in_prose in entry.known.named:
            if key not in known:
                found = records_named_in(kinds, record, entry.document, record.FOLDER, known, now)
                problems += [key for _, key, _ in found if isinstance(key, Problem)]
                break
            if key[0] == "source":
                citations += 1
                if key[1] not in cited:
                    cited.add(key[1])
                    citing[key[1]].append(record)
            if not in_prose and (name, key) not in said:
                said.add((name, key))
                naming[key].append(Relation(record, name))
    if problems:
        return problems
    by_kind: defaultdict[str, list[Record]] = defaultdict(list)
    for entry in ordered:
        by_kind[entry.record.KIND].append(entry.record)
    return Library(
        kinds,
        languages,
        site.language,
        site,
        TrackedMapping("entry", known),
        TrackedMapping("naming", {key: tuple(found) for key, found in naming.items()}),
        TrackedMapping("citing", {source: tuple(found) for source, found in citing.items()}),
        citations,
        TrackedMapping("kind", {kind: tuple(found) for kind, found in by_kind.items()}),
        settings,
        gone,
    )
