"""The text of a record for the search: its answer, and its passages from its story, its fields and related records."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

from explainer.base.language import Language
from explainer.base.unicode_text import isolated
from explainer.base.values import Dates, PartialDate
from explainer.kinds.country import Country
from explainer.kinds.dispute import Dispute
from explainer.kinds.measure import Measure
from explainer.kinds.source import Source
from explainer.kinds.theme import Theme
from explainer.library import addresses, figure_words
from explainer.library.blocks.grammar import VALUE
from explainer.library.blocks.resolve import OneFigure, resolve
from explainer.library.library import Library
from explainer.pages.common import related
from explainer.pages.countries import in_short
from explainer.reading import prose
from explainer.records.editions import Editions
from explainer.records.model import HoldsProse, Model, Refers
from explainer.records.record import Record, Story
from explainer.records.references import markers
from explainer.records.sourced import Citation, Figure, Period

MOST_NAMED = 80
"""Maximum number of related records that are listed by name, per group, for a country or a record without its own page."""
_MARKS = re.compile(r"^(?:[>|\s]|[-+*]\s|[-:|\s]+\Z)+")
"""What begins a paragraph that is an item, a row or a quotation."""
_BAR = re.compile(r"(?<!\\)\|")
_NO_BRACKETS = str.maketrans("", "", "[]")
_NOT_TEXT = {
    "id",
    "other_names",
    "paragraph",
    "follows",
    "edition",
    "family",
    "tags",
    "url",
    "read_at",
    "archived",
    "archived_on",
    "website",
    "language",
    "aliases",
    "seen",
    "names",
    "search_terms",
}
"""Fields left out of the text: addresses, codes, and names that are indexed already."""


def answer(library: Library, record: Record) -> str:
    """The sentence that is shown with a result: the record's own, or one made from its fields."""
    words = library.words
    if record.answer:
        return prose.plain(record.answer)
    match record:
        case Source():
            return _of_source(words, record)
        case Country():
            return in_short(library, record)
        case Dispute():
            return " ".join(prose.plain(position.says) for position in record.positions)
    return ""


def _of_source(words: Language, source: Source) -> str:
    when = words.date(source.published) if source.published else ""
    publisher = isolated(source.publisher, from_right=words.from_right)
    parts = (publisher, when, words("source-kind", source.kind))
    return words("joint.comma").join(filter(None, parts))


def passages(library: Library, record: Record) -> Iterator[str]:
    """Text of a record as passages: the paragraphs of its story, then its fields and related records."""
    if isinstance(record, Story) and record.body:
        for paragraph in prose.paragraphs(prose.valued(record.body, lambda asked: value_said(library, asked))):
            text = paragraph.text.translate(_NO_BRACKETS)
            yield prose.plain(_row(library.words, text) if text.lstrip().startswith("|") else _MARKS.sub("", text))
    yield from _fields(library, record)
    if isinstance(record, Country) or not addresses.has_page(record):
        yield from _related(library, record)
    if isinstance(record, Theme):
        yield from _provisions(library, record)


def _row(words: Language, text: str) -> str:
    """The cells of a row of a table, one after the other; nothing of the line below its head."""
    cells = (cell.strip() for cell in _BAR.split(text.strip().strip("|")))
    return words("joint.comma").join(cell for cell in cells if cell.strip("-: "))


def value_said(library: Library, asked: str) -> str:
    """The words of a value in a story; a block says nothing, as its records are found by themselves."""
    found = resolve(library, asked)[1] if asked.startswith(VALUE) else None
    return figure_words.amount(library.words, found.measure, found.figure) if isinstance(found, OneFigure) else ""


def _related(library: Library, record: Record) -> Iterator[str]:
    """The names of the records related to one whose text says little else, group by group."""
    words = library.words
    for group in related(library, record):
        names = words("joint.comma").join(other.label for other in group.records[:MOST_NAMED])
        yield _of(words, words("related", group.kind), names)


def _provisions(library: Library, theme: Theme) -> Iterator[str]:
    """What the parts of texts say about a theme."""
    for text in library.having(Editions):
        for provision in text.provisions:
            if provision.theme == theme.id:
                yield _of(library.words, text.label, prose.plain(provision.summary))


def _fields(library: Library, record: Record) -> Iterator[str]:
    """Text of a record's fields; each item of a list of parts or prose is a passage."""
    own = {"body", record.__class__.LABEL}
    for name, items, marker in _values(record):
        if name in own:
            continue
        said = (_said(library, item, marker) for item in items)
        if isinstance(marker, HoldsProse) or any(isinstance(item, Model) for item in items):
            yield from said
        else:
            yield _joined(said, library.words("joint.comma"))


def _part(library: Library, part: Model) -> str:
    """Text of the fields of a part of a record."""
    words = library.words
    fields = (
        _joined((_said(library, item, marker) for item in items), words("joint.comma"))
        for _, items, marker in _values(part)
    )
    return _joined(fields, words("joint.semicolon"))


def _values(model: Model) -> Iterator[tuple[str, tuple[Any, ...], Refers | HoldsProse | None]]:
    """Name, items and marker of every field of a model that has text."""
    known = markers(model.__class__)
    for name in model.__class__.model_fields:
        value = getattr(model, name)
        if value is not None and name not in _NOT_TEXT:
            yield name, _items(value), known.get(name)


def _items(value: object) -> tuple[Any, ...]:
    """The items of a field's value, which is a list, a mapping or a single one."""
    if isinstance(value, tuple):
        return value
    return tuple(value.values()) if isinstance(value, dict) else (value,)


def _of(words: Language, before: str, after: str) -> str:
    return words("mark-off.colon").format(before=before, after=after)


def _joined(parts: Iterable[str], mark: str) -> str:
    """Join non-empty parts with `mark`, or with a space after a part that ends a sentence."""
    whole = ""
    for part in parts:
        if part:
            whole += (" " if whole.endswith((".", "?", "!", "…")) else mark) * bool(whole) + part
    return whole


def _said(library: Library, value: object, marker: Refers | HoldsProse | None) -> str:
    """A single value as text; empty for citations, enums, bare integers and booleans."""
    words = library.words
    match value:
        case Citation() | Enum() | bool() | int():
            return ""
        case Figure():
            return _figure(library, value)
        case Period():
            return f"{words.date(value.dates)} {_note(value.note)}"
        case Model():
            return _part(library, value)
        case Dates() | PartialDate():
            return words.date(value)
        case str():
            return _text(library, value, marker)
    return ""


def _figure(library: Library, figure: Figure) -> str:
    words, measure = library.words, library.get(Measure, figure.measure)
    amount = figure_words.amount(words, measure, figure, rounded=False)
    counted = figure_words.after(words, measure, figure, library.language)
    where = library.at(figure.place).label if figure.place else ""
    when = words.date(figure.date) if figure.date else ""
    return " ".join(filter(None, (amount, counted, where, figure.group, when, _note(figure.note))))


def _note(note: str | None) -> str:
    return prose.plain(note) if note else ""


def _text(library: Library, value: str, marker: Refers | HoldsProse | None) -> str:
    """A text as it is read: the label of the record that it refers to, unless that is a source, or prose as plain text."""
    if isinstance(marker, Refers):
        record = referred(library, value, marker)
        return "" if record is None or isinstance(record, Source) else record.label
    return prose.plain(value) if isinstance(marker, HoldsProse) else value


def referred(library: Library, value: str, marker: Refers) -> Record | None:
    """The record that a value refers to; None if there is none."""
    if marker.kind is None:
        return library.at(value)
    entry = library.entries.get((marker.kind, value))
    return entry.record if entry else None
