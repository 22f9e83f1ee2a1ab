"""The field reference: a page a type, one for the parts that several types share, and one that leads to them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

from pydantic import BaseModel

from explainer import addresses, checks, fields
from explainer.fields import Field
from explainer.library import Library
from explainer.pages.page import Draft, Page
from explainer.pages.shared import index, section_page
from explainer.records.record import Record, Vocabulary
from explainer.wording import Wording, wording

SHARED = f"{addresses.FIELDS}/parts.md"
"""The page of what several types share."""


@dataclass(frozen=True, slots=True)
class Row:
    """A field, and where the page leads from what it holds."""

    field: Field
    shape: str
    """The pattern of what it holds, by its name in the catalogue."""
    label: str | None
    """The part or the vocabulary that it holds; None for plain values."""
    links: tuple[tuple[str, str, str | None], ...]
    """Words, page and anchor of what the pattern speaks of."""


@dataclass(frozen=True, slots=True)
class Group:
    """The fields of a type or a part."""

    title: str
    anchor: str
    sentence: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A vocabulary, with the sentence of each word."""

    title: str
    anchor: str
    sentence: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A page of the reference: a type with its parts and words, or what several types share."""

    own: Group | None
    file: str | None
    """Where an editor writes it."""
    story: bool
    kind: str | None
    """The type, as `explainer new` takes it."""
    parts: tuple[Group, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line on the page that leads to the others."""

    title: str
    page: str
    file: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Index:
    """What the page lays out that leads to the others."""

    entries: tuple[Entry, ...]
    rules: tuple[str, ...]
    """What is checked across records, a sentence a rule."""


def _index(library: Library) -> Page:
    words = wording(library.site.language)
    entries = tuple(
        Entry(_name(name, words), _path(name), _file(name), fields.sentence(model))
        for name, model in fields.MODELS.items()
    )
    rules = tuple(" ".join((check.__doc__ or "").split()) for check in checks.CHECKS)
    return section_page(library, addresses.FIELDS, Index(entries, rules))


def _of_model(library: Library, name: str) -> Page:
    words = wording(library.site.language)
    model, shared = fields.MODELS[name], _shared()
    maker = _Maker(_path(name), shared, words)
    own = maker.group(model, _name(name, words))
    data = Reference(
        own=own,
        file=_file(name),
        story=issubclass(model, Record) and model.STORY,
        kind=name if name != fields.SITE else None,
        parts=tuple(maker.group(part) for part in fields.parts(model) if part not in shared),
        words=tuple(maker.words(each) for each in fields.vocabularies(model) if each not in shared),
    )
    return _page(_path(name), words("fields.title").format(kind=_name(name, words)), own.sentence, data)


def _of_parts(library: Library) -> Page:
    words = wording(library.site.language)
    shared = _shared()
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


def pages(library: Library) -> Iterator[Draft]:
    """The reference, the same for every dossier."""
    yield index(library, addresses.FIELDS, partial(_index, library))
    for name in fields.MODELS:
        yield Draft(library, _path(name), partial(_of_model, library, name))
    yield Draft(library, SHARED, partial(_of_parts, library))


def _page(path: str, title: str, description: str, data: Reference) -> Page:
    return Page(path=path, template="fields.md.j2", title=title, description=description, data=data, searched=False)


def _path(name: str) -> str:
    return f"{addresses.FIELDS}/{name}.md"


def _name(name: str, words: Wording) -> str:
    return words("fields.site") if name == fields.SITE else words("kinds", name)


def _file(name: str) -> str:
    model = fields.MODELS[name]
    if not issubclass(model, Record):
        return "content/site.yml"
    return f"content/{model.FOLDER}/ID.md" if model.STORY else f"content/{model.FOLDER}.yml"


@cache
def _shared() -> tuple[type, ...]:
    """The parts and vocabularies that more than one type has, sorted by name."""
    count: Counter[type] = Counter()
    for model in fields.MODELS.values():
        count.update(fields.parts(model))
        count.update(fields.vocabularies(model))
    return tuple(sorted((part for part, times in count.items() if times > 1), key=fields.title))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes what one page of the reference lays out."""

    page: str
    shared: tuple[type, ...]
    wording: Wording

    def group(self, model: type[BaseModel], title: str | None = None) -> Group:
        rows = tuple(self._row(field) for field in fields.fields(model))
        name = title or fields.title(model)
        return Group(name, _anchor(model), fields.sentence(model), rows)

    def words(self, vocabulary: type[Vocabulary]) -> Words:
        said = tuple(vocabulary.sentences().items())
        return Words(fields.title(vocabulary), _anchor(vocabulary), fields.sentence(vocabulary), said)

    def _row(self, field: Field) -> Row:
        held = field.part or field.words
        if held:
            page = SHARED if held in self.shared else self.page
            links: tuple[tuple[str, str, str | None], ...] = ((fields.title(held), page, _anchor(held)),)
        else:
            kinds = [kind for kind in field.refers if kind]
            links = tuple((self.wording("plural", kind), _path(kind), None) for kind in kinds)
        return Row(field, fields.shape(field), fields.title(held) if held else None, links)


def _anchor(model: type) -> str:
    return fields.title(model).lower().replace(" ", "-")
