"""Checks a dossier that has faults: every rule runs on what is left, so that all problems are told at once, each once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from explainer.base.dataclass import dataclass
from explainer.base.language import Language
from explainer.base.problems import Problem
from explainer.kinds.registry import Kinds
from explainer.library import checks
from explainer.library.checks.signature import Pages
from explainer.library.directory import Directory
from explainer.library.gaps import Gaps
from explainer.library.library import Library, Surroundings, assembled
from explainer.library.loaded_record import Key, LoadedRecord
from explainer.library.mentions import broken_references, cited_by, mentions_in, references_of
from explainer.reading.document import Document, LazyDocument, stem_of
from explainer.records import salvage
from explainer.records.dossier import Dossier
from explainer.records.record import Record
from explainer.records.validate import Shaped, Unread


@dataclass(frozen=True, slots=True)
class Faulty:
    """A record with faults: what is left of it, and its key, as far as it is known."""

    shaped: Shaped[Record]
    key: Key | None


@dataclass(frozen=True, slots=True)
class Parts:
    """What was read of a dossier that has faults."""

    kinds: Kinds
    languages: Mapping[str, Language]
    site: Shaped[Dossier] | None
    entries: Sequence[LoadedRecord]
    """The records without faults."""
    faulty: Sequence[Faulty] = ()
    others: frozenset[Key] = frozenset()
    """The records of which no more than the key is known."""
    words: frozenset[str] = frozenset()
    """The words of the files with faults."""
    gone: frozenset[str] = frozenset()
    unread: bool = False
    """Whether there is a list that cannot be read, whose ids are not all known."""


@dataclass(slots=True)
class _Sorted:
    """The records of a dossier: those on which every rule can run, and those whose references and prose alone can be checked."""

    sound: dict[Key, LoadedRecord] = field(default_factory=dict)
    unsound: dict[Key, LoadedRecord] = field(default_factory=dict)
    incomplete: set[Key] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Remainder:
    """What is left of a dossier that has faults, and the problems that were found in it."""

    problems: list[Problem]
    whole: Library | None = None
    """The records on which every rule can run; None without settings."""
    every: Library | None = None
    """Those and the ones of which only references and prose can be checked."""


def examined(parts: Parts, pages: Pages) -> Remainder:
    """What is left of a dossier, and the problems with its references and rules."""
    there = _sorted(parts)
    directory = _directory(parts, there)
    found = list(_references(parts, there, directory))
    cited = _sound_alone(parts.kinds, there)
    absent = (directory.others | there.unsound.keys()) - there.sound.keys()
    site = _settings(parts, there)
    if site is None:
        return Remainder(found)
    lacks = not (parts.site and parts.site.whole) or site[0] is not parts.site.record
    faulty = parts.others.union(each.key for each in parts.faulty if each.key)
    gaps = Gaps(frozenset(absent), frozenset(there.incomplete), faulty, parts.words | cited, settings=lacks)
    library = assembled(Surroundings(parts.kinds, parts.languages, *site, parts.gone, gaps), there.sound.values())
    every = replace(library, entries={**library.entries, **there.unsound})
    return Remainder([*found, *checks.run_in_part(library, every, pages)], library, every)


def _sorted(parts: Parts) -> _Sorted:
    there = _Sorted({entry.record.key: entry for entry in parts.entries})
    for each in parts.faulty:
        left = each.shaped.record or each.shaped.remains
        if left is None:
            continue
        loaded = _loaded(parts.kinds, left, each.shaped.document)
        if each.shaped.record is None:
            there.unsound[left.key] = loaded
            continue
        there.sound[left.key] = loaded
        there.incomplete.add(left.key)
    return there


def _loaded(kinds: Kinds, record: Record, document: Document) -> LoadedRecord:
    return LoadedRecord(
        record, LazyDocument(document.path, document.line, lambda: document), mentions_in(record, kinds)
    )


def _directory(parts: Parts, there: _Sorted) -> Directory:
    known = {key: entry.record for key, entry in there.sound.items()}
    others = {
        *parts.others,
        *(each.key for each in parts.faulty if each.key),
        *there.unsound,
    }
    files = {(entry.record.KIND, stem_of(entry.document.path)) for entry in parts.entries if entry.record.STORY}
    return Directory(parts.kinds, known, frozenset((others | files) - known.keys()), guesses=not parts.unread)


def _references(parts: Parts, there: _Sorted, directory: Directory) -> Iterator[Problem]:
    """The problems with references to records that are not there, and with those that are no ids."""
    for entry in (*there.sound.values(), *there.unsound.values()):
        if any(mention.target not in directory for mention in entry.known.named):
            yield from broken_references(entry.record, entry.document, entry.record.FOLDER, directory)
    if parts.site and (dossier := parts.site.record or parts.site.remains) is not None:
        yield from broken_references(dossier, parts.site.document, "", directory)
    for each in _unread(parts):
        yield replace(each.problem, message=directory.no_id(each.text, each.kind, each.problem.message))


def _unread(parts: Parts) -> Iterator[Unread]:
    """The references that are no ids."""
    for faulty in parts.faulty:
        yield from faulty.shaped.unread
    yield from parts.site.unread if parts.site else ()


def _sound_alone(kinds: Kinds, there: _Sorted) -> frozenset[str]:
    """Leave out what refers to records that are not sound, again and again until nothing does; the sources that it cited."""
    cited: set[str] = set()
    while lost := [entry for entry in there.sound.values() if _refers_beyond(entry, there.sound)]:
        for entry in lost:
            key, record = entry.record.key, entry.record
            cited.update(cited_by(record))
            wrong = [loc for loc, target in references_of(record, kinds) if target not in there.sound]
            left, document = salvage.rest(kinds.by_kind[key[0]], entry.document.parse(), wrong)
            there.incomplete.add(key)
            if left is None:
                there.unsound[key] = entry
                del there.sound[key]
            else:
                there.sound[key] = _loaded(kinds, left, document)
    return frozenset(cited)


def _refers_beyond(entry: LoadedRecord, sound: Mapping[Key, LoadedRecord]) -> bool:
    return any(not mention.in_prose and mention.target not in sound for mention in entry.known.named)


def _settings(parts: Parts, there: _Sorted) -> tuple[Dossier, Document] | None:
    """The settings without what refers to records that are not sound; None if they cannot be read."""
    site = parts.site
    dossier = (site.record or site.remains) if site else None
    if site is None or dossier is None:
        return None
    wrong = [loc for loc, target in references_of(dossier, parts.kinds) if target not in there.sound]
    if not wrong:
        return dossier, site.document
    left, document = salvage.remains(Dossier, site.document, wrong)
    return None if left is None else (left, document)
