"""Reads files of `content/` in several processes, where many are in no cache: parsing YAML with its places takes most of it.

A process sends what the cache keeps of its files, plain values; this one takes the records from there, as it would in the
next run. Files with problems are read here as well, where the problems are told.
"""

from collections.abc import Sequence
from functools import partial

from explainer.base.apart import begun, processes
from explainer.docs import content
from explainer.incremental.file_records import FileRecords, key_of, records_in
from explainer.incremental.records import CachedRecord, RecordCache
from explainer.kinds.registry import Kinds

MUCH = 1_000_000
"""Bytes of files that are in no cache from which on several processes read them; below, to begin them takes as long."""

Kept = dict[str, tuple[CachedRecord, ...]]
"""Key of a file -> its records."""


def records_of(files: Sequence[content.File], kinds: Kinds, cache: RecordCache, jobs: int) -> list[FileRecords]:
    """The records of files, in their order, with up to `jobs` processes where less than half may be in the cache."""
    shares = _shares(files, cache, jobs) if len(cache.records) * 2 < len(files) else []
    begun_here = [begun(partial(_read, share, kinds, cache.key)) for share in shares[1:]]
    first = {file.path: records_in(file, kinds, cache) for file in (shares[0] if begun_here else ())}
    for ended in begun_here:
        cache.add(ended())
    return [first.get(file.path) or records_in(file, kinds, cache) for file in files]


def _shares(files: Sequence[content.File], cache: RecordCache, jobs: int) -> list[list[content.File]]:
    """The files that are not in the cache in shares of about as many bytes, one for each process; none if one process does."""
    new = [file for file in files if key_of(file) not in cache.records]
    total = sum(len(file.raw) for file in new)
    number = processes(jobs, len(new)) if total >= MUCH else 1
    if number == 1:
        return []
    shares: list[list[content.File]] = [[] for _ in range(number)]
    before = 0
    for file in new:
        shares[min(number - 1, before * number // total)].append(file)
        before += len(file.raw)
    return shares


def _read(files: Sequence[content.File], kinds: Kinds, key: str) -> Kept:
    """What the cache keeps of some files; nothing of those with problems."""
    cache = RecordCache(key, kinds)
    for file in files:
        records_in(file, kinds, cache)
    return cache.records
