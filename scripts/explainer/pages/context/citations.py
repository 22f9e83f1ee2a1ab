"""Citations for templates, numbered in the order in which the page first cites a source; and prose, which holds some."""

import re
import string
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import quote

from markdown.extensions.toc import slugify
from markupsafe import Markup

from explainer.base.unicode_text import isolated
from explainer.figures.graphic import Graphic
from explainer.kinds.source import Source
from explainer.kinds.term import Term
from explainer.library import addresses, figure_words, places, sections
from explainer.library.blocks.resolve import OneFigure, resolve
from explainer.pages.blocks.shown import DiagramShown, TableShown
from explainer.pages.context.links import Links, attribute_text
from explainer.pages.context.page_state import Note, Place
from explainer.pages.environment import environment, finalize
from explainer.pages.glossary_terms import linked
from explainer.reading import prose
from explainer.reading.prose import CitationMark, DataMark, Link
from explainer.records.record import Record
from explainer.records.sourced import Citation

RETURNS = 5
"""To so many of the places that cite a source its entry leads back; a table may cite one a hundred times."""
PLACES = 10
"""So many places of a source its entry names: a page that shows a text paragraph by paragraph cites each of them where it stands."""
_LETTERS = string.ascii_lowercase


class Citations(Links):
    """The numbers of the sources that a statement cites, and prose with its citations and links."""

    def cite(self, citations: Iterable[Citation]) -> Markup:
        """Render citations as the numbers of their sources, linked to the list at the end of the page."""
        return self._numbers((citation.source, (citation.at, citation.words)) for citation in citations)

    def _numbers(self, cited: Iterable[tuple[str, Place]]) -> Markup:
        """One mark for a group of sources: each source once, however many places of it are cited."""
        groups: defaultdict[str, dict[Place, None]] = defaultdict(dict)
        for ident, place in cited:
            groups[ident][place] = None
        if not groups:
            return Markup()
        links = self.words("joint.comma").join(self._mark(ident, tuple(places)) for ident, places in groups.items())
        return Markup(f'<sup class="cite">{self.words("cite-marks").format(marks=links)}</sup>')  # noqa: S704 - made of escaped parts

    def _mark(self, ident: str, places: tuple[Place, ...]) -> str:
        """The number of a source as a link whose name, for those who do not see it, says which source it is."""
        note = self.notes.get(ident)
        if note is None:
            note = self.notes[ident] = Note(len(self.notes) + 1, self.library.get(Source, ident))
        note.places.update((place, None) for place in places if any(place))
        note.cited += 1
        publisher = isolated(note.source.publisher, from_right=self.words.from_right)
        named = dict.fromkeys(part for part in (publisher, *(at for at, _ in places)) if part)
        label = self.words("cite").format(n=note.number, source=self.words("joint.comma").join(named))
        anchor = f'id="{note.anchor(note.cited)}" ' if note.cited <= RETURNS else ""
        return f'<a {anchor}href="#source-{note.number}" aria-label="{attribute_text(label)}">{note.number}</a>'

    def back(self, note: Note) -> Markup:
        """Links from a source to the places that cite it: an arrow to a single one, else a letter to each of the first."""
        numbers = range(1, min(note.cited, RETURNS) + 1)
        letters = ("↩",) if note.cited == 1 else _LETTERS[: len(numbers)]
        links = []
        for place, shown in zip(numbers, letters, strict=True):
            label = self.words("cite-back").format(n=note.number, place=place)
            links.append(f'<a href="#{note.anchor(place)}" aria-label="{attribute_text(label)}">{shown}</a>')
        arrow = "" if note.cited == 1 else '<span aria-hidden="true">↩</span> '
        return Markup(f'<span class="back">{arrow}{" ".join(links)}</span>')  # noqa: S704 - made of escaped parts

    def rests(self, note: Note) -> Markup:
        """A link to what rests on a source, which says to those who hear it alone of which source."""
        name = self.words("source-list.rests-named").format(n=note.number)
        return self.heard(self.link(note.source, self.words("source-list.rests")), name)

    def source(self, citation: Citation) -> Source:
        """The source of a citation."""
        return self.library.get(Source, citation.source)

    def document(self, source: Source) -> Markup:
        """A link to the document that a source is, by its title in the title's language."""
        return self.outside(source.url, self.titled(source.title, source.titled_in))

    def publisher(self, source: Source) -> Markup:
        """The name of a source's publisher, in the language of the source if its script says so."""
        return self.named(source.publisher, source.language)

    def official(self) -> Markup:
        """What marks an official source in a list: its kind in words, with a sign."""
        return Markup(f'<strong class="official">{finalize(self.words("source-kind", "official"))}</strong>')  # noqa: S704 - escaped

    def read(self, source: Source) -> Markup:
        """How much of a source was read, and when."""
        read = self.words("seen", source.seen)
        return (
            self.say("source-list.read-on", read=read, date=self.date(source.read)) if source.read else finalize(read)
        )

    def gone(self, source: Source) -> Markup:
        """What a reader must know of a source whose address no longer answers, with its copy; nothing of any other."""
        if source.url not in self.library.gone:
            return Markup()
        copy = None
        if source.archived:
            made = source.archived_on
            told = self.say("link-archived-on", date=self.date(made)) if made else self.words("link-archived")
            copy = self.outside(source.archived, told)
        return self.joined([self.words("link-gone"), copy])

    def places(self, note: Note) -> list[Markup]:
        """The places of a source that the page cites; one whose words are known leads to the line where they stand."""
        found = []
        for at, quoted in note.places:
            spoken = self.titled(quoted, note.source.language) if quoted else ""
            shown = self.joined([at, self.say("source-list.words", words=spoken) if quoted else ""])
            found.append(self.outside(text_fragment(note.source.url, quoted), shown) if quoted else shown)
        return found

    def places_cited(self, note: Note) -> Markup:
        """The places of a source that the page cites as a sentence, which names the first ones where they are many."""
        places = self.places(note)
        more = len(places) - PLACES
        first = self.joined(places[:PLACES] if more > 0 else places, self.words("joint.semicolon"))
        if more > 0:
            return self.say("source-list.cited-more", places=first, n=more)
        return self.say("source-list.cited", places=first) if places else Markup()

    def sources(self) -> tuple[Note, ...]:
        """The sources cited so far, in the order of their numbers."""
        return tuple(self.notes.values())

    def prose(self, text: str, record: Record | None = None) -> Markup:
        """Render prose on one line."""
        return self._shown(text, record, inline=True)

    def said(self, text: str, citations: Iterable[Citation], record: Record | None = None) -> Markup:
        """Render prose on one line, then the sources of the whole but for those that a mark in it cites already."""
        of = record or self.page.record
        marks = [part for part in prose.parse(text, of.FOLDER if of else "") if isinstance(part, CitationMark)]
        marked = {(mark.source, at) for mark in marks for at in (mark.at, None)}
        others = [each for each in citations if each.words or (each.source, each.at) not in marked]
        return self.prose(text, record) + self.cite(others)

    def story(self, text: str, record: Record | None = None) -> Markup:
        """Render prose with its paragraphs, lists and headings; terms of the page's own story lead to the glossary."""
        shown = str(self._shown(text, record, inline=False))
        if record is None and self.page.terms:
            shown, self.defined = linked(shown, self.page.terms, self._defining)
        return Markup(_BLOCK.sub(lambda found: self.blocks[int(found[1])], shown))  # noqa: S704 - made of escaped parts

    def _defining(self, term: Term, word: str) -> str:
        """A link from a word to what the glossary says of it."""
        page = places.page(self.library, term) or self.page.path
        return f"[{word}]({addresses.relative(self.page.path, page, addresses.anchor(term))}){{: .term }}"

    def elsewhere(self, terms: Iterable[Term]) -> list[Term]:
        """The terms that are not explained where they stand in the story."""
        return [term for term in terms if term.id not in self.defined]

    def bare(self, text: str, record: Record | None = None) -> Markup:
        """Render prose on one line without its citations, in lists that lead to where they stand."""
        return self._shown(text, record, inline=True, cited=False)

    def _shown(self, text: str, record: Record | None, *, inline: bool, cited: bool = True) -> Markup:
        of = record or self.page.record
        shown = prose.show(
            text,
            of.FOLDER if of else "",
            cite=lambda mentions: (
                str(self._numbers((item.source, (item.at, None)) for item in mentions)) if cited else ""
            ),
            link=lambda link: self._prose_link(link, of),
            data=self._data,
            inline=inline,
        )
        return Markup(shown)  # noqa: S704 - prose.show has escaped it

    def _data(self, mark: DataMark) -> str:
        """What a text asks for between double brackets: a value with its sources, or the place of a block of this page.

        A block is put in its place last, so that nothing is taken for prose in it.
        """
        if not mark.alone:
            return self._figure_said(mark)
        block = self.page.blocks.get(mark.asked)
        template = environment(self.library.kinds).get_template("block.md.j2")
        shape = _SHAPES.get(type(block), "figure")
        shown = template.render(
            block=block, shape=shape, page=self.page, v=self, t=self.words, say=self.say, site=self.library.dossier
        )
        self.blocks.append(shown.strip() if block else "")
        return f"\ue001{len(self.blocks) - 1}\ue001"

    def _figure_said(self, mark: DataMark) -> str:
        _, found = resolve(self.library, mark.asked)
        if not isinstance(found, OneFigure):  # pragma: no cover - a value is always a figure
            raise TypeError(mark.asked)
        said = figure_words.amount(self.words, found.measure, found.figure)
        return f"{finalize(said)}{self.cite(found.figure.cite)}"

    def _prose_link(self, link: Link, of: Record | None) -> str:
        """A link in prose of a record; one to a place on its own page leads there also from another page that shows the prose."""
        if link.url is not None:
            return f"[{link.label}]({link.url})"
        page = link.page or (of and addresses.page(of)) or self.page.path
        return f"[{link.label}]({addresses.relative(self.page.path, page, link.fragment)})"

    def old_anchors(self, body: str) -> list[str]:
        """The anchors that headings of this section's stories had before, but for those that this story still has."""
        own = sections.anchors(self.library.dossier, self.page.path.partition("/")[0])
        return [anchor for anchor in own if anchor not in slugs(body)]

    def section_summary(self, section: str) -> Markup:
        """The sentence below the title of a section's index."""
        own = sections.own_summary(self.library.dossier, section)
        return self.prose(own) if own else finalize(self.words.section(section, "summary"))

    def section_body(self, section: str) -> Markup:
        """The dossier's introduction to a section's list."""
        body = sections.body(self.library.dossier, section)
        return self.story(body) if body else Markup()


_BLOCK = re.compile("\ue001([0-9]+)\ue001")
"""Stands for a block: between private-use characters, which no text has."""
_SHAPES: dict[type, str] = {TableShown: "table", DiagramShown: "diagram", Graphic: "drawing"}
"""What a block shows -> how the template names it; anything else is a figure."""


def slugs(body: str) -> set[str]:
    """The anchors that a story's own headings have."""
    headings = re.findall(r"^#{2,6}\s+(.+)$", body, re.MULTILINE)
    return {slugify(prose.plain(heading), "-") for heading in headings}


def text_fragment(url: str, words: str) -> str:
    """An address with a text fragment (WICG Scroll to Text Fragment): a browser then scrolls to the words and marks them.

    Commas, ampersands and hyphens have a meaning of their own in a text directive, so they are encoded too.
    """
    directive = quote(words, safe="").replace("-", "%2D")
    page, _, fragment = url.partition("#")
    return f"{page}#{fragment}:~:text={directive}"
