"""The field reference: a page per type, one for the parts that several types share, and an index."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache, partial

from pydantic import BaseModel

from explainer.base.dataclass import dataclass
from explainer.base.language import Language
from explainer.kinds.registry import Kinds
from explainer.kinds.words import ORIGINAL
from explainer.library import addresses, checks, field_reference
from explainer.library.field_reference import Field
from explainer.library.library import Library
from explainer.pages.common import index, section_page
from explainer.pages.page import LazyPage, Page
from explainer.records.model import Vocabulary
from explainer.records.record import Record

SHARED = addresses.field_page(addresses.PARTS)
"""The page of the parts and vocabularies that several types share."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field, with the links to what it holds."""

    field: Field
    shape: str
    """The key of the pattern for its value in the string catalogue."""
    label: str | None
    """The part or the vocabulary that it holds; None for plain values."""
    links: tuple[tuple[str, str, str | None], ...]
    """Text, page and anchor of each link in the pattern."""


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """The fields of a type or a part."""

    title: str
    anchor: str
    sentence: str
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A vocabulary, with the sentence of each word."""

    title: str
    anchor: str
    sentence: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A page of the reference: a type with its parts and vocabularies, or those that several types share."""

    own: FieldGroup | None
    file: str | None
    """The file in which editors write it."""
    story: bool
    kind: str | None
    """The type, as `explainer new` takes it."""
    parts: tuple[FieldGroup, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A line of the index."""

    title: str
    page: str
    file: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FieldIndex:
    """Template data of the index."""

    entries: tuple[FieldEntry, ...]
    rules: tuple[str, ...]
    """The rules that are checked across records, one sentence each."""


def _index(library: Library) -> Page:
    words = library.words
    entries = tuple(
        FieldEntry(
            _name(name, words), addresses.field_page(name), _file(library, name), field_reference.sentence(model)
        )
        for name, model in field_reference.models(library.kinds).items()
    )
    rules = tuple(" ".join((check.__doc__ or "").split()) for check in checks.of(library.kinds).values())
    return section_page(library, addresses.FIELDS, FieldIndex(entries, rules))


def _of_model(library: Library, name: str) -> Page:
    words = library.words
    model, shared = field_reference.models(library.kinds)[name], _shared(library.kinds)
    maker = _Maker(addresses.field_page(name), shared, words)
    own = maker.group(model, _name(name, words))
    data = Reference(
        own=own,
        file=_file(library, name),
        story=issubclass(model, Record) and model.STORY,
        kind=name if name != field_reference.SITE else None,
        parts=tuple(maker.group(part) for part in field_reference.parts(model) if part not in shared),
        words=tuple(maker.words(each) for each in field_reference.vocabularies(model) if each not in shared),
    )
    english = library.language.partition("-")[0] == ORIGINAL  # as the source code, from which the sentence is
    description = own.sentence if english else words.section(addresses.FIELDS, "summary")
    return _page(addresses.field_page(name), words("fields.title").format(kind=_name(name, words)), description, data)


def _of_parts(library: Library) -> Page:
    words = library.words
    shared = _shared(library.kinds)
    maker = _Maker(SHARED, shared, words)
    data = Reference(
        own=None,
        file=None,
        story=False,
        kind=None,
        parts=tuple(maker.group(part) for part in shared if issubclass(part, BaseModel)),
        words=tuple(maker.words(each) for each in shared if issubclass(each, Vocabulary)),
    )
    return _page(SHARED, words("fields.parts"), words("fields.parts-summary"), data)


def pages(library: Library) -> Iterator[LazyPage]:
    """The reference, the same for every dossier."""
    yield index(library, addresses.FIELDS, partial(_index, library))
    for name in field_reference.models(library.kinds):
        yield LazyPage(library, addresses.field_page(name), partial(_of_model, library, name))
    yield LazyPage(library, SHARED, partial(_of_parts, library))


def _page(path: str, title: str, description: str, data: Reference) -> Page:
    return Page(path=path, template="fields.md.j2", title=title, description=description, data=data, searched=False)


def _name(name: str, words: Language) -> str:
    return words("fields.site") if name == field_reference.SITE else words("kinds", name)


def _file(library: Library, name: str) -> str:
    model = field_reference.models(library.kinds)[name]
    if not issubclass(model, Record):
        return "content/site.yml"
    return f"content/{model.FOLDER}/ID.md" if model.STORY else f"content/{model.FOLDER}.yml"


@lru_cache(maxsize=8)
def _shared(kinds: Kinds) -> tuple[type, ...]:
    """The parts and vocabularies that more than one type has, sorted by name."""
    count: Counter[type] = Counter()
    for model in field_reference.models(kinds).values():
        count.update(field_reference.parts(model))
        count.update(field_reference.vocabularies(model))
    return tuple(sorted((part for part, times in count.items() if times > 1), key=field_reference.title))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Builds the template data of one page of the reference."""

    page: str
    shared: tuple[type, ...]
    wording: Language

    def group(self, model: type[BaseModel], title: str | None = None) -> FieldGroup:
        rows = tuple(self._row(field) for field in field_reference.fields(model))
        name = title or field_reference.title(model)
        return FieldGroup(name, _anchor(model), field_reference.sentence(model), rows)

    def words(self, vocabulary: type[Vocabulary]) -> Words:
        said = tuple(vocabulary.sentences().items())
        return Words(field_reference.title(vocabulary), _anchor(vocabulary), field_reference.sentence(vocabulary), said)

    def _row(self, field: Field) -> FieldRow:
        held = field.part or field.words
        if held:
            page = SHARED if held in self.shared else self.page
            links: tuple[tuple[str, str, str | None], ...] = ((field_reference.title(held), page, _anchor(held)),)
        else:
            kinds = [kind for kind in field.refers if kind]
            links = tuple((self.wording("plural", kind), addresses.field_page(kind), None) for kind in kinds)
        return FieldRow(field, field_reference.shape(field), field_reference.title(held) if held else None, links)


def _anchor(model: type) -> str:
    return field_reference.title(model).lower().replace(" ", "-")
