"""What pages of several kinds compose alike: relations to other records, and a page a story."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from explainer import addresses, narrative
from explainer.figures.graphic import Graphic
from explainer.library import Library
from explainer.pages.page import Draft, Page
from explainer.records import BY_KIND, TYPES, Term
from explainer.records.record import Record, Story
from explainer.wording import wording

LONGEST_DESCRIPTION = 300
MANY = 30
"""From so many on, related records are counted rather than listed."""
MOST_TERMS = 12
"""At most so many terms of the glossary are explained on a page."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Related:
    """Records of one type that name the page's record."""

    kind: str
    records: tuple[Record, ...]

    @property
    def many(self) -> bool:
        """Whether there are too many to list."""
        return len(self.records) > MANY


def related(library: Library, record: Record, *, without: Iterable[str] = ()) -> tuple[Related, ...]:
    """The records that name `record`, by type, in the order of the types."""
    shown = [model for model in TYPES if model.KIND in addresses.SECTIONS and model.KIND not in {*without, "source"}]
    groups = (Related(model.KIND, library.related(record, model)) for model in shown)
    return tuple(group for group in groups if group.records)


def describe(text: str) -> str:
    """Prose as a plain description of bounded length."""
    plain = narrative.plain(text)
    return plain if len(plain) <= LONGEST_DESCRIPTION else plain[: LONGEST_DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"


def _lexicon(library: Library) -> Mapping[str, tuple[tuple[str, Term], ...]]:
    """The first word of a name, in small letters -> the names that begin with it, the longest first, and their terms.

    One pass over the words of a text then finds every name, however many there are; a pattern with an alternative for
    each name would try them all at every word.
    """
    found: defaultdict[str, list[tuple[str, Term]]] = defaultdict(list)
    for term in library.all(Term):
        for name in (term.name, *term.other_names):
            if first := _WORD.search(name):
                found[first.group().casefold()].append((name[first.start() :], term))
    return {first: tuple(sorted(names, key=lambda item: (-len(item[0]), item[0]))) for first, names in found.items()}


def _is_abbreviation(name: str) -> bool:
    """Whether capitals tell a name from an ordinary word: one of its words has two or more."""
    return any(sum(char.isupper() for char in word) > 1 for word in _WORD.findall(name))


def _named_at(text: str, start: int, names: Iterable[tuple[str, Term]]) -> tuple[str, Term] | None:
    """The first of the names that stands as whole words at a place in a text."""
    for name, term in names:
        piece, rest = text[start : start + len(name)], text[start + len(name) : start + len(name) + 1]
        same = piece == name or (not _is_abbreviation(name) and piece.casefold() == name.casefold())
        if same and not _WORD.match(rest):
            return name, term
    return None


def terms_in(library: Library, record: Story) -> tuple[Term, ...]:
    """The terms of the glossary that a record's summary and story use, by name; the first `MOST_TERMS` in the text.

    Where names overlap the longest counts. A term whose record this is, is left out: the page itself explains it.
    """
    text = narrative.plain(f"{record.summary}\n\n{record.body or ''}")
    lexicon = library.shared.get("lexicon", lambda: _lexicon(library))
    found: dict[str, Term] = {}
    end = 0
    for word in _WORD.finditer(text):
        if word.start() < end or word.group().casefold() not in lexicon:
            continue
        hit = _named_at(text, word.start(), lexicon[word.group().casefold()])
        if hit is None:
            continue
        name, term = hit
        end = word.start() + len(name)
        if term.record != f"{record.FOLDER}/{record.ident}":
            found.setdefault(term.id, term)
    return tuple(sorted(list(found.values())[:MOST_TERMS], key=lambda term: (term.name.casefold(), term.id)))


def own(library: Library, record: Record, compose: Callable[[], Page]) -> Draft:
    """The page of a record that has one of its own, to be composed later."""
    path = addresses.page(record)
    if path is None:  # pragma: no cover - every type with pages of its own has a section
        raise ValueError(f"a {record.KIND} has no page")
    return Draft(library, path, compose)


def index(library: Library, name: str, compose: Callable[[], Page]) -> Draft:
    """The index page of a section, to be composed later."""
    return Draft(library, f"{name}/index.md", compose)


def story(
    library: Library,
    record: Story,
    data: object,
    *,
    names: Iterable[str] = (),
    title: str | None = None,
    graphics: Iterable[Graphic] = (),
) -> Page:
    """The page of a record that has one of its own."""
    path = addresses.page(record)
    if path is None:  # pragma: no cover - every story type has a section
        raise ValueError(f"a {record.KIND} has no page")
    short = record.label.split(":")[0]
    every = [short, *names, *record.other_names, *(name.text for name in record.names.values())]
    return Page(
        path=path,
        template=f"{record.KIND}.md.j2",
        title=title or record.label,
        description=describe(record.summary),
        data=data,
        source=library.document(record).path,
        record=record,
        names=tuple(dict.fromkeys(name for name in every if name != record.label)),
        graphics=tuple(graphics),
        terms=terms_in(library, record),
    )


def section(
    library: Library,
    kind: str,
    data: object,
    *,
    source: str | None = None,
    graphics: Iterable[Graphic] = (),
    wide: bool = False,
) -> Page:
    """The index page of the section that shows a type."""
    name = addresses.SECTIONS[kind]
    model = BY_KIND[kind]
    files = () if model.STORY else tuple(sorted({library.document(record).path for record in library.all(model)}))
    if source is None and len(files) == 1:
        source, files = files[0], ()
    return section_page(library, name, data, source=source, files=files, graphics=graphics, wide=wide)


def section_page(
    library: Library,
    name: str,
    data: object,
    *,
    source: str | None = None,
    files: tuple[str, ...] = (),
    graphics: Iterable[Graphic] = (),
    wide: bool = False,
) -> Page:
    """The index page of a section, by its name."""
    words = wording(library.site.language)
    own = library.site.sections.get(name)
    title = own.title if own and own.title else words.section(name, "title")
    summary = own.summary if own and own.summary else words.section(name, "summary")
    return Page(
        path=f"{name}/index.md",
        template=f"index/{name}.md.j2",
        title=title,
        description=describe(summary),
        data=data,
        source=source,
        files=files,
        graphics=tuple(graphics),
        wide=wide,
    )
