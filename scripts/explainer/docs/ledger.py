"""The ledger: digests of the files that the generator wrote, so that it changes only those; does no I/O."""

import functools
import json
from collections.abc import Mapping

from explainer.base.dataclass import dataclass
from explainer.base.files import Output
from explainer.base.problems import Problem

Digests = Mapping[str, str]
"""Path relative to `docs/` -> SHA-256 of the bytes."""
Known = Mapping[str, tuple[str, ...]]
"""The same path -> the digests that the generator wrote there, sorted: one, or the old and the new one while it writes."""
VERSION = 1
_encoded = json.encoder.encode_basestring
"""A text as JSON, with its letters as they are: what `json.dumps` does once it has found out that it is one."""
NAME = ".explainer.json"
"""The file name of the ledger in `docs/`; it begins with a dot, so that MkDocs ignores it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes to make in `docs/`, and the conflicts that prevent them."""

    write: tuple[Output, ...]
    keep: tuple[str, ...]
    remove: tuple[str, ...]
    conflicts: tuple[Problem, ...]
    digests: Digests
    """Of every file that the generator has in `docs/` once the plan is carried out."""


def plan(outputs: Mapping[str, Output], disk: Digests, ledger: Known) -> Plan:
    """Compare the outputs with the files on disk and with the ledger.

    `disk` holds the digest of every file in the generated folders. A file that matches neither its output nor the
    ledger was edited by hand, or the generator never wrote it: this is a conflict, and the caller must then write and
    remove nothing.
    """
    write: list[Output] = []
    keep: list[str] = []
    remove: list[str] = []
    conflicts: list[Problem] = []
    for path in sorted(outputs):
        output, there = outputs[path], disk.get(path)
        if there is None:
            write.append(output)
        elif there == output.digest:
            keep.append(path)
        elif there in ledger.get(path, ()):
            write.append(output)
        else:
            conflicts.append(_conflict(path, output.source, known=path in ledger))
    for path in sorted(disk.keys() - outputs.keys()):
        if disk[path] in ledger.get(path, ()):
            remove.append(path)
        else:
            conflicts.append(_conflict(path, None, known=path in ledger))
    digests = {path: output.digest for path, output in outputs.items()}
    return Plan(tuple(write), tuple(keep), tuple(remove), tuple(conflicts), digests)


def holds(disk: Digests, ledger: Known) -> bool:
    """Whether every file on disk is as the generator wrote it, so that no plan can have a conflict."""
    return all(there in ledger.get(path, ()) for path, there in disk.items())


def _conflict(path: str, source: str | None, *, known: bool) -> Problem:
    instead = f"edit {source} instead" if source else "edit the records in content/ instead"
    if known:
        message = (
            f"this generated page was changed by hand; expected it as it was written; {instead}, then delete this file"
        )
    else:
        message = f"this file is not the generator's but stands in its folder; expected only generated pages; move it out of here, or {instead}"
    return Problem(f"docs/{path}", 1, 1, message)


@functools.lru_cache(maxsize=2)
def read(text: str | None) -> Known:
    """Parse the ledger into path -> digests that the generator wrote there; empty if it is missing or not valid."""
    if text is None:
        return {}
    try:
        data = json.loads(text)
        files = data["files"]
        if data["version"] != VERSION or not isinstance(files, dict):
            return {}
        return {str(path): tuple(sorted(map(str, digests))) for path, digests in files.items()}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


@functools.lru_cache(maxsize=2)
def outside(text: str | None, owned: frozenset[str]) -> tuple[str, ...]:
    """The paths of a ledger that lie in no folder of the generator, but in `docs/`; a run asks for them several times."""
    elsewhere = (path for path in read(text) if path.partition("/")[0] not in owned)
    return tuple(path for path in elsewhere if {"", ".", ".."}.isdisjoint(path.split("/")))


def write(files: Known) -> str:
    """Serialise the ledger as JSON, sorted by path, a file a line.

    Each line is put together by itself: with an indent, `json` leaves its fast encoder, and there are many thousands.
    """
    lines = [f"{_encoded(path)}: [{', '.join(map(_encoded, files[path]))}]" for path in sorted(files)]
    listed = ",\n".join(lines)
    return f'{{\n"version": {VERSION},\n"files": {{\n{listed}\n}}\n}}\n'
