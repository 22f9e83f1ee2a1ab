"""Citations for templates, numbered in the order in which the page first cites a source; and prose, which holds some."""

import html
import re
from collections.abc import Iterable
from urllib.parse import quote

from markdown.extensions.toc import slugify
from markupsafe import Markup

from explainer.base.unicode_text import isolated
from explainer.kinds.source import Source
from explainer.library import addresses, sections
from explainer.pages.context.links import Links
from explainer.pages.context.page_state import Note, Place
from explainer.pages.environment import finalize
from explainer.reading import prose
from explainer.reading.prose import Link
from explainer.records.record import Record
from explainer.records.sourced import Citation


class Citations(Links):
    """The numbers of the sources that a statement cites, and prose with its citations and links."""

    def cite(self, citations: Iterable[Citation]) -> Markup:
        """Render citations as the numbers of their sources, linked to the list at the end of the page."""
        return self._numbers((citation.source, (citation.at, citation.words)) for citation in citations)

    def _numbers(self, cited: Iterable[tuple[str, Place]]) -> Markup:
        links = []
        for ident, (at, quoted) in dict.fromkeys(cited):
            note = self.notes.get(ident)
            if note is None:
                note = self.notes[ident] = Note(len(self.notes) + 1, self.library.get(Source, ident))
            if at or quoted:
                note.places.setdefault((at, quoted))
            publisher = isolated(note.source.publisher, from_right=self.words.from_right)
            spoken = self.words("joint.comma").join(part for part in (publisher, at) if part)
            label = html.escape(self.words("cite").format(n=note.number, source=spoken), quote=True)
            links.append(f'<a href="#source-{note.number}" title="{_attribute(label)}">{note.number}</a>')
        return Markup(f'<sup class="cite">{" ".join(links)}</sup>') if links else Markup()  # noqa: S704 - made of escaped parts

    def source(self, citation: Citation) -> Source:
        """The source of a citation."""
        return self.library.get(Source, citation.source)

    def document(self, source: Source) -> Markup:
        """A link to the document that a source is, by its title in the title's language."""
        return self.outside(source.url, self.titled(source.title, source.titled_in))

    def publisher(self, source: Source) -> Markup:
        """The name of a source's publisher, in the language of the source if its script says so."""
        return self.named(source.publisher, source.language)

    def read(self, source: Source) -> Markup:
        """How much of a source was read, and when."""
        read = self.words("seen", source.seen)
        return (
            self.say("source-list.read-on", read=read, date=self.date(source.read)) if source.read else finalize(read)
        )

    def places(self, note: Note) -> list[Markup]:
        """The places of a source that the page cites; one whose words are known leads to the line where they stand."""
        found = []
        for at, quoted in note.places:
            spoken = self.titled(quoted, note.source.language) if quoted else ""
            shown = self.joined([at, self.say("source-list.words", words=spoken) if quoted else ""])
            found.append(self.outside(text_fragment(note.source.url, quoted), shown) if quoted else shown)
        return found

    def sources(self) -> tuple[Note, ...]:
        """The sources cited so far, in the order of their numbers."""
        return tuple(self.notes.values())

    def prose(self, text: str, record: Record | None = None) -> Markup:
        """Render prose on one line."""
        return self._shown(text, record, inline=True)

    def story(self, text: str, record: Record | None = None) -> Markup:
        """Render prose with its paragraphs, lists and headings."""
        return self._shown(text, record, inline=False)

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
            link=self._prose_link,
            inline=inline,
        )
        return Markup(shown)  # noqa: S704 - prose.show has escaped it

    def _prose_link(self, link: Link) -> str:
        if link.url is not None:
            return f"[{link.label}]({link.url})"
        target = addresses.relative(self.page.path, link.page, link.fragment) if link.page else f"#{link.fragment}"
        return f"[{link.label}]({target})"

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


def _attribute(text: str) -> str:
    """Escape an HTML attribute, including the characters that Markdown would interpret."""
    return (
        text.replace("*", "&#42;")
        .replace("_", "&#95;")
        .replace("`", "&#96;")
        .replace("[", "&#91;")
        .replace("]", "&#93;")
    )
