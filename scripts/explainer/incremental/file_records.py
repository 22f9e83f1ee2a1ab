"""Reads the records of one file, from the cache where the file is unchanged, with what is left of those that have faults."""

import dataclasses
import functools
import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import cast

from explainer.base.dataclass import dataclass
from explainer.base.files import digest_of
from explainer.base.problems import Problem
from explainer.base.values import SLUG
from explainer.docs import content, documents
from explainer.incremental.records import RecordCache
from explainer.kinds.registry import Kinds
from explainer.library.in_part import Faulty
from explainer.library.loaded_record import Key, LoadedRecord
from explainer.library.mentions import mentions_in
from explainer.reading.document import Document, LazyDocument, stem_of
from explainer.records import validate
from explainer.records.record import Record
from explainer.records.validate import Shaped


@dataclass(frozen=True, slots=True)
class Identified:
    """A document with an id, whether or not it is a valid record."""

    model: type[Record]
    ident: str
    document: Document | LazyDocument


@dataclass(frozen=True, slots=True)
class FileRecords:
    """The records of one file."""

    entries: Sequence[LoadedRecord]
    """Those without faults."""
    named: Sequence[Identified]
    problems: Sequence[Problem] = ()
    faulty: Sequence[Faulty] = ()
    others: frozenset[Key] = frozenset()
    """The keys of those that may be meant, though nothing was read of them."""
    words: frozenset[str] = frozenset()
    """The words of a file with faults."""
    lost: bool = False
    """Whether nothing was read of a list."""


def key_of(file: content.File) -> str:
    """The key under which the records of a file are cached: the digest of its path and bytes."""
    return digest_of(f"{file.path}\n".encode() + file.raw)


def records_in(file: content.File, kinds: Kinds, cache: RecordCache) -> FileRecords:
    """The records of one file: from the cache if the file is unchanged, else parsed, and cached if all are valid."""
    key = key_of(file)
    again = functools.cache(lambda: documents.documents_of(file, kinds)[0])

    def parse(at: int) -> Document:
        return again()[at][1]

    cached = cache.take(file.path, key, parse)
    if cached is not None:
        return _whole(cached)
    parsed, problems = documents.documents_of(file, kinds)
    shaped = [validate.shape(model, document) for model, document in parsed]
    pairs = [
        (each.document, _entry(each, kinds, functools.partial(parse, at)))
        for at, each in enumerate(shaped)
        if _is_whole(each)
    ]
    problems += itertools.chain.from_iterable(each.problems for each in shaped)
    entries = [entry for _, entry in pairs]
    if problems or len(pairs) < len(shaped):
        return _in_part(file, kinds, parsed, shaped, FileRecords(entries, _identified(parsed), problems))
    return _whole(cache.put(file.path, key, pairs, parse))


def _whole(entries: Sequence[LoadedRecord]) -> FileRecords:
    """The records of a file without faults; the positions of its values, which take as much as they do, are not held."""
    return FileRecords(entries, [Identified(it.record.__class__, it.record.ident, it.document) for it in entries])


def unread(paths: Iterable[str], kinds: Kinds) -> FileRecords:
    """What is known of the files that could not be read at all: the ids that their names give, so that none counts as missing."""
    files = [content.File(path, b"") for path in paths if path.endswith((".md", ".yml"))]
    keys = frozenset(itertools.chain.from_iterable(documents.keys_in(file, kinds) for file in files))
    return FileRecords([], [], others=keys, lost=any(file.path.endswith(".yml") for file in files))


def _is_whole(shaped: Shaped[Record]) -> bool:
    return shaped.whole and not shaped.document.faults


def _in_part(
    file: content.File,
    kinds: Kinds,
    parsed: Sequence[tuple[type[Record], Document]],
    shaped: Sequence[Shaped[Record]],
    found: FileRecords,
) -> FileRecords:
    """The records of a file with faults, with what is left of those that have them."""
    keys = [_key_of(model, document) for model, document in parsed]
    faulty = [Faulty(each, key) for each, key in zip(shaped, keys, strict=True) if not _is_whole(each)]
    others, words = documents.keys_in(file, kinds), documents.words_in(file)
    return dataclasses.replace(
        found, faulty=faulty, others=others, words=words, lost=not parsed and file.path.endswith(".yml")
    )


def _entry(shaped: Shaped[Record], kinds: Kinds, parse: Callable[[], Document]) -> LoadedRecord:
    """A record without faults, as it is loaded."""
    record = cast("Record", shaped.record)
    return LoadedRecord(
        record, LazyDocument(shaped.document.path, shaped.document.line, parse), mentions_in(record, kinds)
    )


def _key_of(model: type[Record], document: Document) -> Key | None:
    """Type and id of a record that may have faults; None if it has no id."""
    ident = document.data.get("id")
    return (model.KIND, ident) if isinstance(ident, str) else None


def _identified(parsed: Iterable[tuple[type[Record], Document]]) -> list[Identified]:
    """The records that have an id; one that cannot be an id is reported as such, and as nothing else."""
    idents = ((model, document.data.get("id"), document) for model, document in parsed)
    return [
        Identified(model, ident, document)
        for model, ident, document in idents
        if isinstance(ident, str) and (not model.STORY or SLUG.fullmatch(ident))
    ]


def wrong_names(every: Iterable[Identified]) -> list[Problem]:
    """Problems with ids that are duplicates, differ only in case, or differ from the name of the file."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str], tuple[str, Document | LazyDocument]] = {}
    for named in every:
        model, ident, document = named.model, named.ident, named.document
        stem = stem_of(document.path)
        if model.STORY and ident != stem:
            problems.append(
                document.problem(
                    ("id",),
                    f"id '{ident}' differs from the file's name '{stem}'; expected the same; rename one of them",
                )
            )
        key = (model.KIND, ident.casefold())
        if key in seen:
            other, first = seen[key]
            place = f"{first.path}:{first.place(('id',))[0]}"
            how = "is there twice" if other == ident else f"differs from '{other}' only in case"
            problems.append(
                document.problem(
                    ("id",), f"id '{ident}' {how}, first in {place}; expected an id of its own; rename one of them"
                )
            )
        seen.setdefault(key, (ident, document))
    return problems
