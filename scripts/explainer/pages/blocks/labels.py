"""Names in words, for blocks: of fields, of the values that group records, of queries."""

import re
from enum import StrEnum

from explainer.base.language import Language
from explainer.library import addresses, places, sections
from explainer.library.blocks.query import Query
from explainer.library.groups import family_name
from explainer.library.library import Library
from explainer.pages.neighbours import members
from explainer.records.dossier import FAMILY, YEAR
from explainer.records.introspect import part
from explainer.records.record import Record
from explainer.records.references import references
from explainer.records.traits import InFamily


def _said(words: Language, *keys: tuple[str, str]) -> str | None:
    """The first of these words that the catalogue has."""
    for key, word in keys:
        try:
            return words(key, word)
        except (KeyError, TypeError):
            continue
    return None


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def field_name(library: Library, model: type[Record], field: str) -> str:
    """The name of a field above a column."""
    return _begun(field_words(library, model, field))


def field_words(library: Library, model: type[Record], field: str) -> str:
    """The name of a field within a line."""
    words, shown = library.words, f"fields-shown.{model.KIND}.{field}"
    found = _said(words, (shown, "name"), ("columns", field), ("columns", field.replace("_", "-")))
    if found is None and field in references(model):
        kinds = [kind for kind in references(model)[field] if kind and kind != "source"]
        found = _said(words, *(("plural", kind) for kind in kinds))
    return found or _said(words, ("changes.fields", field)) or field.replace("_", " ")


def each_of(library: Library, model: type[Record], field: str) -> str:
    """What a list by a field has a group for, within a line: "region" of the field "regions"."""
    words, named = library.words, field_words(library, model, field)
    for kind in sorted(kind for kind in references(model).get(field, ()) if kind):
        one = _said(words, ("kinds", kind))
        if one and named.casefold() == (_said(words, ("plural", kind)) or "").casefold():
            return _within_line(words, one)
    return _within_line(words, named)


def _within_line(words: Language, name: str) -> str:
    """A name that stands at the beginning elsewhere, as it is written within a line; German writes nouns alike in both."""
    return name if name[1:2].isupper() or words.words["locale"].startswith("de") else name[:1].lower() + name[1:]


def word_name(library: Library, model: type[Record], field: str, value: str) -> str:
    """A word of a vocabulary, or any other value that is text."""
    leaf = part(model.model_fields[field].annotation).leaf if field in model.model_fields else str
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", leaf.__name__).lower() if isinstance(leaf, type) else ""
    key = f"fields-shown.{model.KIND}.{field}.words"
    known = ((name, value), (key, value)) if isinstance(leaf, type) and issubclass(leaf, StrEnum) else ()
    return _begun(_said(library.words, *known) or value.replace("-", " "))


def group_of(library: Library, model: type[Record], field: str, value: str) -> Record | None:
    """The record that a value of a field names; None for a word or a year."""
    kinds = frozenset({model.KIND}) if field == "id" else references(model).get(field, frozenset())
    for kind in kinds:
        if kind is None and "/" in value:
            return library.at(value)
        if kind is not None and (kind, value) in library.entries:
            return library.entries[kind, value].record
    return None


def value_name(library: Library, model: type[Record], field: str, value: str) -> str:
    """The name of a value by which records are grouped or chosen."""
    if field == YEAR:
        return value
    if field == FAMILY and issubclass(model, InFamily):
        return family_name(value, members(library, model.KIND, value))
    record = group_of(library, model, field, value)
    return record.label if record else word_name(library, model, field, value)


def briefly(library: Library, model: type[Record], field: str, value: str) -> str:
    """The same where space is short, or where more follows."""
    group = group_of(library, model, field, value) if field != YEAR else None
    return group.short if group else value_name(library, model, field, value)


def query_name(library: Library, query: Query, *, short: bool = False) -> str:
    """What a query finds, in words; `short` leaves the type out where there is a condition."""
    words = library.words
    name = value_name if short else briefly
    told = [name(library, query.model, item.field, value) for item in query.conditions for value in item.values]
    title = sections.title(library.dossier, words, addresses.section(query.model))
    if not told:
        return _begun(words("plural", query.model.KIND)) if short else title
    within = words("joint.comma").join(told)
    return within if short else words("mark-off.brackets").format(before=title, within=within)


def counted(words: Language, kind: str, n: int) -> str:
    """A number of records of a kind."""
    return words("block.counted").format(n=words.number(n), kinds=words.phrase(f"counted-kind.{kind}", n))


def way(library: Library, page: str, record: Record) -> str:
    """The address of a record from another page of the site, as a drawing links it; empty for the same page."""
    there = places.page(library, record)
    if there is None or there == page:
        return ""
    return addresses.hosted_way(page, there, addresses.anchor(record))
