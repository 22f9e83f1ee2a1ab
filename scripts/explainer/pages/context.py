"""Template context: links, citations, words, figures and drawings for templates, each as safe Markdown."""

import functools
import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from string import Formatter
from typing import Any

from markupsafe import Markup

from explainer.base.language import Language
from explainer.base.values import Dates, PartialDate
from explainer.figures import swatches
from explainer.figures.draw import draw
from explainer.figures.drawing_cache import DrawingCache, DrawingsInMemory
from explainer.figures.graphic import Cell, Graphic, Map
from explainer.figures.world import undrawn
from explainer.kinds.country import Country
from explainer.kinds.measure import Measure
from explainer.kinds.source import Source
from explainer.kinds.words import ORIGINAL
from explainer.library import addresses, figure_states
from explainer.library.editions import Version
from explainer.library.library import Library, language_of_section
from explainer.pages import amounts
from explainer.pages.environment import finalize
from explainer.pages.page import Page
from explainer.pages.record_fields import FieldValue
from explainer.pages.review import Counted
from explainer.reading import prose
from explainer.reading.prose import Link
from explainer.records.editions import Editions
from explainer.records.record import Record
from explainer.records.sourced import Citation, DatedFact, Fact, Figure, Period

_TICK = "\ue000"
"""Placeholder for a backtick while text is escaped: a private-use character that the engine's texts never contain."""


@dataclass(slots=True)
class Note:
    """A source with its number on a page, and every place in it that the page cites."""

    number: int
    source: Source
    places: dict[str, None] = field(default_factory=dict)


@dataclass
class TemplateContext:
    """The context for the templates of one page: links from this page, its numbered sources, words and numbers."""

    library: Library
    page: Page
    words: Language
    notes: dict[str, Note] = field(default_factory=dict)
    cache: DrawingCache = field(default_factory=DrawingsInMemory)
    """The cache of drawings."""

    def cite(self, citations: Iterable[Citation]) -> Markup:
        """Render citations as the numbers of their sources, linked to the list at the end of the page."""
        return self._numbers((citation.source, citation.at) for citation in citations)

    def _numbers(self, cited: Iterable[tuple[str, str | None]]) -> Markup:
        links = []
        for ident, at in dict.fromkeys(cited):
            note = self.notes.get(ident)
            if note is None:
                note = self.notes[ident] = Note(len(self.notes) + 1, self.library.get(Source, ident))
            if at:
                note.places.setdefault(at)
            spoken = self.words("joint.comma").join(part for part in (note.source.publisher, at) if part)
            label = html.escape(self.words("cite").format(n=note.number, source=spoken), quote=True)
            links.append(f'<a href="#source-{note.number}" title="{_attribute(label)}">{note.number}</a>')
        return Markup(f'<sup class="cite">{" ".join(links)}</sup>') if links else Markup()  # noqa: S704 - made of escaped parts

    def cite_at(self, edition: Editions, citation: Citation, paragraph: str | None) -> Markup:
        """Cite the official text of an edition, with the paragraph as the place in it."""
        place = self._part("paragraphs-cited", edition, paragraph) if paragraph else citation.at
        return self._numbers([(citation.source, place)])

    def say(self, key: str, /, **parts: object) -> Markup:
        """Fill the pattern at a dotted key of the catalogue; the plural form follows `n` where the pattern has forms.

        The pattern is escaped as text. Parts that are safe Markdown are inserted as they are, whole numbers and decimals
        with separators, anything else escaped. Raises KeyError for a key or a part that is missing.
        """
        n = parts.get("n")
        pattern = self.words.phrase(key, n if isinstance(n, int | Decimal) else None)
        return Markup().join(
            literal if name is None else literal + self._value(parts[name]) for literal, name in _pieces(pattern)
        )

    def _value(self, value: object) -> Markup:
        whole = isinstance(value, int | Decimal) and not isinstance(value, bool)
        return finalize(self.number(value)) if whole else self._isolated(value)

    def _isolated(self, value: object) -> Markup:
        """A part of a sentence; on pages from right to left isolated, so that names do not pull what is beside them along."""
        shown = finalize(value)
        plain = isinstance(value, str) and not isinstance(value, Markup) and shown
        return Markup(f"<bdi>{shown}</bdi>") if plain and self.words.from_right else shown  # noqa: S704 - escaped

    def code(self, text: str) -> Markup:
        """Render plain text from the source code, which is in English, with the parts between backticks as code."""
        parts = prose.escape(text.replace("`", _TICK)).split(_TICK)
        shown = [f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts)]
        text = "".join(shown)
        foreign = self.library.language.partition("-")[0] != ORIGINAL
        return Markup(f"<span{self._language(ORIGINAL)}>{text}</span>" if foreign else text)  # noqa: S704 - escaped parts

    def source(self, citation: Citation) -> Source:
        """The source of a citation."""
        return self.library.get(Source, citation.source)

    def ref_label(self, kind: str, ident: str) -> str:
        """The name of the record of a type with an id."""
        return self.library.entries[(kind, ident)].record.label

    def sources(self) -> tuple[Note, ...]:
        """The sources cited so far, in the order of their numbers."""
        return tuple(self.notes.values())

    def prose(self, text: str, record: Record | None = None) -> Markup:
        """Render prose on one line."""
        return self._shown(text, record, inline=True)

    def story(self, text: str, record: Record | None = None) -> Markup:
        """Render prose with its paragraphs, lists and headings."""
        return self._shown(text, record, inline=False)

    def _shown(self, text: str, record: Record | None, *, inline: bool) -> Markup:
        of = record or self.page.record
        shown = prose.show(
            text,
            of.FOLDER if of else "",
            cite=lambda mentions: str(self._numbers((item.source, item.at) for item in mentions)),
            link=self._prose_link,
            inline=inline,
        )
        return Markup(shown)  # noqa: S704 - prose.show has escaped it

    def _prose_link(self, link: Link) -> str:
        if link.url is not None:
            return f"[{link.label}]({link.url})"
        target = addresses.relative(self.page.path, link.page, link.fragment) if link.page else f"#{link.fragment}"
        return f"[{link.label}]({target})"

    def to(self, path: str, text: str, fragment: str | None = None) -> Markup:
        """A link to a page of the site."""
        target = addresses.relative(self.page.path, path, fragment)
        return Markup(f"[{finalize(text)}]({target})")  # noqa: S704 - escaped text, path of our own

    def section(self, section: str) -> Markup:
        """A link to the index of a section, by its title."""
        return self.to(f"{section}/index.md", self.section_title(section))

    def section_title(self, section: str) -> str:
        """The title of a section's index."""
        own = self.library.dossier.sections.get(section)
        return own.title if own and own.title else self.words.section(section, "title")

    def section_summary(self, section: str) -> Markup:
        """The sentence below the title of a section's index."""
        own = self.library.dossier.sections.get(section)
        if own and own.summary:
            return self.prose(own.summary)
        return finalize(self.words.section(section, "summary"))

    def section_body(self, section: str) -> Markup:
        """The dossier's introduction to a section's list."""
        own = self.library.dossier.sections.get(section)
        return self.story(own.body) if own and own.body else Markup()

    def link(self, record: Record, text: str | None = None) -> Markup:
        """A link to a record by its name; only the name if the record has no page or this is its page."""
        label = finalize(text) if text else self.in_language(record.label, self._language_of(record))
        path = addresses.page(record)
        if path is None or record is self.page.record:
            return label
        return self.to(path, label, addresses.anchor(record))

    def ref(self, kind: str, ident: str, text: str | None = None) -> Markup:
        """A link to the record of a type with an id."""
        return self.link(self.library.entries[(kind, ident)].record, text)

    def short(self, kind: str, ident: str) -> Markup:
        """A link to a record by its abbreviation, or by the part of its name before the colon."""
        record = self.library.entries[(kind, ident)].record
        return self.link(record, record.short)

    def at(self, reference: str) -> Markup:
        """A link to the record that `folder/id` refers to."""
        return self.link(self.library.at(reference))

    def each(self, kind: str, idents: Iterable[str]) -> Markup:
        """Links to records of a type, joined by commas."""
        return self.joined(self.ref(kind, ident) for ident in idents)

    def joined(self, parts: Iterable[object], by: str | None = None) -> Markup:
        """Join the parts that are not empty, by commas unless `by` is given; each is escaped unless it is safe."""
        joint = prose.escape_within(self.words("joint.comma") if by is None else by)
        return Markup(joint).join(shown for part in parts if (shown := self._isolated(part)))  # noqa: S704 - escaped

    def countries(self, codes: Iterable[str]) -> Markup:
        """Links to countries, sorted by name."""
        lands = sorted((self.library.get(Country, code) for code in codes), key=lambda land: land.name.casefold())
        return self.joined(self.link(land) for land in lands)

    def country_names(self, codes: Iterable[str]) -> list[str]:
        """The names of countries, sorted."""
        return sorted((self.library.get(Country, code).name for code in codes), key=str.casefold)

    def outside(self, url: str, text: str) -> Markup:
        """A link to another site."""
        return Markup(f"[{prose.escape(text)}]({_address(url)})")  # noqa: S704 - escaped text, checked address

    def file(self, path: str, text: str) -> Markup:
        """A link to a file of the site that is no page, such as data to download."""
        return self.to(path, text)

    def address(self) -> str:
        """The address of this page on the hosted site."""
        return self.library.dossier.url.rstrip("/") + "/" + addresses.hosted(self.page.path)

    def edit(self, path: str) -> Markup:
        """A link to the page on which a file behind this page is edited."""
        site = self.library.dossier
        return self.outside(f"{site.repository.rstrip('/')}/{site.edit_path.strip('/')}/{path}", path)

    def anchor(self, record: Record) -> str:
        """The anchor of a small record."""
        return addresses.anchor(record) or ""

    def paragraph(self, edition: Editions, paragraph: str) -> str:
        """The short name of a part's place in a text."""
        return self._part("paragraphs-short", edition, paragraph)

    def _part(self, words: str, edition: Editions, paragraph: str) -> str:
        group, number = edition.PARTS.split(paragraph)
        pattern = self.words(f"{edition.KIND}-page.{words}.{group}")
        return pattern.format(n=number.upper())

    def part_name(self, edition: Editions, paragraph: str) -> str:
        """The name of a part of a text in full."""
        return self._part("paragraphs", edition, paragraph)

    def group(self, version: Version) -> str:
        """The key of the group to which a part belongs."""
        return version.edition.PARTS.split(str(version.provision.paragraph))[0]

    def legends(self, kinds: Iterable[str]) -> str:
        """What the short names of parts mean, for each of these kinds of text."""
        return " ".join(self.words(f"{kind}-page.parts-legend") for kind in kinds)

    def plurals(self, kinds: Iterable[str]) -> str:
        """The names of kinds of record in the plural, joined by commas."""
        return self.words("joint.comma").join(self.words("plural", kind) for kind in kinds)

    def length(self, edition: Editions, counted: Counted) -> str:
        """How many parts a text has, by group."""
        pattern = self.words(f"{edition.KIND}-page.length")
        return pattern.format(**{group: self.number(number) for group, number in counted.groups})

    def before(self, edition: Editions) -> Record:
        """The edition that another one reviews."""
        return self.library.entries[edition.KIND, str(edition.reviews)].record

    def path(self, record: Record) -> str:
        """The page of a record, relative to `docs/`."""
        return addresses.page(record) or ""

    def row(self, record: Record) -> str:
        """The anchor of a record on the index of its section, even if it has a page of its own."""
        there = addresses.on_index(record)
        return there[1] if there else ""

    def date(self, dates: Dates | PartialDate) -> str:
        """A date or a range in words."""
        return self.words.date(dates)

    def language(self, tag: str) -> str:
        """The name of a language."""
        return self.words.language(tag)

    def _language_of(self, record: Record) -> str:
        return language_of_section(self.library.dossier, record.section() or "")

    def in_language(self, text: str, tag: str) -> Markup:
        """A text, marked up with its language if that is not the language of the page."""
        return finalize(text) if tag == self.library.language else self.spoken(text, tag)

    def of_dossier(self, text: str) -> Markup:
        """A text of the dossier's settings, marked up with their language on pages in another."""
        return self.in_language(text, self.library.dossier.language)

    def spoken(self, text: str, tag: str) -> Markup:
        """Mark up a text in another language with its language, and its direction unless both run from left to right."""
        return Markup(f"<span{self._language(tag)}>{prose.escape(text)}</span>")  # noqa: S704 - escaped

    def _language(self, tag: str) -> str:
        """The attributes of an element in another language; the direction is left out where both run from left to right."""
        rtl = self.words.right_to_left(tag)
        direction = f' dir="{"rtl" if rtl else "ltr"}"' if rtl or self.words.from_right else ""
        return f' lang="{html.escape(tag)}"{direction}'

    def number(self, value: Any) -> str:
        """A number with thousands separators."""
        return self.words.number(value)

    def drawn(self, graphic: Graphic) -> Markup:
        """Render a graphic as SVG; empty for a matrix."""
        return Markup(draw(graphic, self.cache))  # noqa: S704 - made of escaped parts

    def swatch(self, name: str, says: str | None = None) -> Markup:
        """A mark of a legend or a matrix; screen readers announce `says` if it is given."""
        return Markup(swatches.swatch(name, says))  # noqa: S704 - escaped by the module that makes it

    def shown(self, item: FieldValue, field: str = "") -> Markup:
        """A value of a field on the general page; `field` is the dotted key of the words of its vocabulary."""
        value = item.value
        if isinstance(value, Fact | DatedFact | Period | Figure | Citation):
            return self._part_shown(value)
        match value:
            case Record():
                return self.link(value)
            case bool():
                return finalize(self.words("yes" if value else "no"))
            case Decimal() | int():
                return finalize(self.number(value))
            case Dates() | PartialDate():
                return finalize(self.date(value))
            case StrEnum():
                return finalize(self.words(f"{field}.words", str(value)))
            case _:
                return self.prose(str(value)) if item.prose else finalize(value)

    def _part_shown(self, part: Fact | DatedFact | Period | Figure | Citation) -> Markup:
        """A part that every dossier has, with the sources that it cites."""
        match part:
            case Citation():
                return self.cite([part])
            case Figure():
                return finalize(self.told(part)) + self.cite(part.cite)
            case Fact():
                return self.prose(part.says) + self.cite(part.cite)
            case DatedFact(date=dates) | Period(dates=dates):
                return finalize(self.date(dates)) + self.cite(part.cite)

    def cell(self, value: Cell) -> Markup:
        """Render a value in the table of a graphic: a record as a link, a number with separators."""
        match value:
            case Record():
                return self.link(value)
            case Decimal() | int():
                return Markup(self.number(value))  # noqa: S704 - digits and separators
            case _:
                return finalize(value)

    def undrawn(self, graphic: Graphic) -> Markup:
        """Links to the countries that a map marks but cannot draw, joined by commas."""
        return self.countries(undrawn(graphic.drawing, self.cache)) if isinstance(graphic.drawing, Map) else Markup()

    def share(self, part: int, whole: int) -> str:
        """A share in per cent, rounded to a whole number."""
        return self.words("percent").format(n=round(100 * part / whole) if whole else 0)

    def newest(self, figures: Sequence[Figure]) -> tuple[Figure, ...]:
        """The figures that a page shows large: only the newest of a measure with several dates."""
        shown = [item for group in _by_measure(figures) for item in figure_states.newest(group)]
        return tuple(item for item in figures if item in shown)

    def series(self, figures: Sequence[Figure]) -> tuple[tuple[Figure, ...], ...]:
        """The figures of each measure with several dates, oldest first."""
        groups = (figure_states.in_order(group) for group in _by_measure(figures))
        return tuple(group for group in groups if len(figure_states.newest(group)) < len(group))

    def measure(self, figure: Figure) -> Measure:
        """The measure of a figure."""
        return self.library.get(Measure, figure.measure)

    def amount(self, figure: Figure) -> str:
        """The number of a figure with its qualifier."""
        return self.words.amount(figure)

    def large(self, figure: Figure) -> Markup:
        """The number of a figure for a card: the number large, its qualifier small."""
        return amounts.large(self.words, figure)

    def told(self, figure: Figure) -> str:
        """The number of a figure next to others of its measure: with its own unit and date, if it has them."""
        number = self.with_unit(figure)
        if figure.date is None:
            return number
        return self.words("mark-off.brackets").format(before=number, within=self.date(figure.date))

    def with_unit(self, figure: Figure) -> str:
        """The number of a figure, with its unit if it has one of its own."""
        number = self.amount(figure)
        return self.words("amount.with-unit").format(amount=number, unit=figure.unit) if figure.unit else number

    def what(self, counted: Figure | Measure) -> str:
        """The measure of a figure or a sum in words, with the unit unless that is part of the measure's name."""
        return (
            figure_states.what(counted)
            if isinstance(counted, Measure)
            else figure_states.what(self.measure(counted), counted)
        )


@functools.lru_cache(maxsize=2_000)
def _pieces(pattern: str) -> tuple[tuple[Markup, str | None], ...]:
    """Split a pattern of the catalogue into escaped text and the name of the placeholder after it."""
    found: list[tuple[Markup, str | None]] = []
    for literal, name, _, _ in Formatter().parse(pattern):
        within = prose.escape_within(literal)
        found.append((Markup(within if found else prose.escape_start(within)), name))  # noqa: S704 - escaped
    return tuple(found)


def _by_measure(figures: Sequence[Figure]) -> list[tuple[Figure, ...]]:
    """Group figures by measure, in the order in which the measures first occur."""
    measures = dict.fromkeys(item.measure for item in figures)
    return [tuple(item for item in figures if item.measure == measure) for measure in measures]


def _attribute(text: str) -> str:
    """Escape an HTML attribute, including the characters that Markdown would interpret."""
    return (
        text.replace("*", "&#42;")
        .replace("_", "&#95;")
        .replace("`", "&#96;")
        .replace("[", "&#91;")
        .replace("]", "&#93;")
    )


def _address(url: str) -> str:
    """Escape a URL so that no bracket ends the link early."""
    return url.replace("(", "%28").replace(")", "%29").replace("*", "%2A").replace("[", "%5B").replace("]", "%5D")
