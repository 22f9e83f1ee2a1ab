"""Where a record is named: in fields, in citations and links of prose, and in links of pages that people write."""

import contextlib
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator

from explainer.base.dataclass import dataclass
from explainer.kinds.diagram import Diagram
from explainer.kinds.measure import Measure
from explainer.kinds.registry import Kinds
from explainer.library import addresses
from explainer.library.blocks.grammar import Asked, AskedError, Item, asked
from explainer.library.library import Library
from explainer.library.mentions import references_of
from explainer.reading.document import Document, LazyDocument
from explainer.records.model import Model
from explainer.records.record import Record
from explainer.records.references import references

_DATA = re.compile(r"\[\[([=a-z][^\[\]\n]*)\]\]")
_TARGET = re.compile(r"\]\((?P<target>[^()\s]+)\)")


@dataclass(frozen=True, order=True, slots=True)
class Use:
    """A place in a file that names a record by its id."""

    path: str
    line: int
    column: int
    """Of the id itself, counted from 1."""
    within: str
    """The field or the link in which it stands."""


Lines = Callable[[str], list[str]]
"""The lines of a file, by its path."""


def of(library: Library, record: Record, lines: Lines, written_by_hand: Iterable[str]) -> list[Use]:
    """Every place that names a record, but the id of the record itself; sorted by file and line."""
    found = set(_in_fields(library, library.dossier, library.settings, record, lines))
    paths = {library.settings.path: ""}
    for entry in library.entries.values():
        paths[entry.document.path] = entry.record.FOLDER
        if any(mention.target == record.key for mention in entry.known.named):
            found.update(_in_fields(library, entry.record, entry.document, record, lines))
    paths |= {f"docs/{page}": posixpath.dirname(page) for page in written_by_hand}
    for path, folder in paths.items():
        found.update(_in_prose(path, folder, lines(path), record))
        found.update(_in_data(path, lines(path), record, library.kinds))
    return sorted(found)


def _in_fields(
    library: Library, model: Model, document: Document | LazyDocument, record: Record, lines: Lines
) -> Iterator[Use]:
    for loc, target in references_of(model, library.kinds):
        if target == record.key:
            line, column = document.place(loc)
            at = lines(document.path)[line - 1].find(record.ident, column - 1)
            name = ".".join(str(step + 1) if isinstance(step, int) else step for step in loc)
            yield Use(document.path, line, at + 1, name)


def _in_prose(path: str, folder: str, lines: list[str], record: Record) -> Iterator[Use]:
    """Citations of a source, and links to the page or the anchor of a record."""
    cited = re.compile(rf"(?<=@){re.escape(record.ident)}(?![\w-])") if record.KIND == "source" else None
    for number, line in enumerate(lines, start=1):
        for found in cited.finditer(line) if cited else ():
            yield Use(path, number, found.start() + 1, f"[@{record.ident}]")
        for found in _TARGET.finditer(line):
            for at in _in_target(found["target"], folder, record):
                yield Use(path, number, found.start("target") + at + 1, found["target"])


def _in_data(path: str, lines: list[str], record: Record, kinds: Kinds) -> Iterator[Use]:
    """What names a record between double brackets."""
    for number, line in enumerate(lines, start=1):
        for mark in _DATA.finditer(line):
            with contextlib.suppress(AskedError):
                for item in _named(asked(mark[1]), record, kinds):
                    at = mark.start() + item.at + len(item.value) - len(record.ident)
                    yield Use(path, number, at + 1, mark.group())


def _named(wanted: Asked, record: Record, kinds: Kinds) -> Iterator[Item]:
    """The words of a block that name a record: by its folder and id, or by its id alone where the type is known."""
    first = next((item.name or item.value for item in wanted.items), "").partition(":")[0]
    for item in wanted.items:
        known = _kinds_of(item, wanted.kind.value, first, kinds)
        for value in item.values:
            named = value.value.lstrip("-")
            alone = named == record.ident and record.KIND in known
            if alone or named == f"{record.FOLDER}/{record.ident}":
                yield value


def _kinds_of(item: Item, block: str, first: str, kinds: Kinds) -> Collection[str | None]:
    """The types of the records that a word or an option of a block names by their ids alone."""
    folder, colon, field = item.name.rpartition(":")
    if field in _OF_MEASURES:
        return {Diagram.KIND if block == Diagram.KIND else Measure.KIND}
    model = kinds.by_folder.get(folder if colon else first)
    return references(model).get(field, frozenset({model.KIND} if field == "id" else ())) if model else ()


_OF_MEASURES = frozenset({"", "columns", "sort"})
"""The options of a block, the lack of one among them, whose values may be measures."""


def _in_path(path: str, names: Collection[str], record: Record) -> Iterator[int]:
    """Where in the path of a link the page of a record is named."""
    name = posixpath.basename(addresses.page(record) or "").removesuffix(".md")
    if addresses.has_page(record) and name in names:
        yield from (found.start() for found in re.finditer(rf"(?<![\w-]){re.escape(name)}(?=\.md|/)", path))


def _in_target(target: str, folder: str, record: Record) -> Iterator[int]:
    """Where in the target of a link the id of a record stands; nowhere if it leads elsewhere."""
    path, _, fragment = target.partition("#")
    section, *names = posixpath.normpath(posixpath.join(folder, path)).removesuffix(".md").split("/")
    if "://" in target or not path or section != record.section():
        return
    yield from _in_path(path, names, record)
    if fragment and names == ["index"] and (addresses.index(record), fragment) == addresses.on_index(record):
        yield len(path) + 1
