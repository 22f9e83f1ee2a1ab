"""Links for templates: to records, pages and files of the site, and to other sites."""

import html
from collections.abc import Iterable
from urllib.parse import quote

from markupsafe import Markup

from explainer.kinds.country import Country
from explainer.kinds.source import Source
from explainer.library import addresses, places, sections
from explainer.pages.context.wording import Wording
from explainer.pages.environment import finalize
from explainer.records.other_names import SpokenName
from explainer.records.record import Named, Record


class Links(Wording):
    """Links from the page, each relative to it."""

    def to(self, path: str, text: str, fragment: str | None = None) -> Markup:
        """A link to a page of the site."""
        target = addresses.relative(self.page.path, path, fragment)
        return Markup(f"[{finalize(text)}]({target})")  # noqa: S704 - escaped text, path of our own

    def outside(self, url: str, text: str) -> Markup:
        """A link to another site."""
        return Markup(f"[{finalize(text)}]({_address(url)})")  # noqa: S704 - escaped text, checked address

    def heard(self, link: Markup, name: str) -> Markup:
        """A link with a longer name for those who hear it without what stands around it; the name begins with what is seen."""
        return Markup(f'{link}{{: aria-label="{attribute_text(name)}"}}')  # noqa: S704 - escaped

    def named_of(self, text: str, of: str) -> str:
        """The name of what is seen by a word that other parts of the page have as well: it says of what."""
        return self.words("mark-off.colon").format(before=text, after=of)

    def way(self, path: str, text: str, of: str, fragment: str | None = None) -> Markup:
        """A link by a word that other links of the page are seen by as well, such as the name of a format; it says of what."""
        return self.heard(self.to(path, text, fragment), self.named_of(text, of))

    def file(self, path: str, text: str) -> Markup:
        """A link to a file of the site that is no page, such as data to download."""
        return self.to(path, text)

    def section(self, section: str) -> Markup:
        """A link to the index of a section, by its title."""
        return self.to(f"{section}/index.md", self.section_title(section))

    def section_title(self, section: str) -> str:
        """The title of a section's index."""
        return sections.title(self.library.dossier, self.words, section)

    def link(self, record: Record, text: str | None = None) -> Markup:
        """A link to a record by its name; only the name if the record has no page or this is its page."""
        label = finalize(text) if text else self._label(record)
        path = places.page(self.library, record)
        if path is None or record is self.page.record:
            return label
        return self.to(path, label, addresses.anchor(record))

    def _label(self, record: Record) -> Markup:
        """The name of a record in its language: of a source that of its title."""
        if isinstance(record, Source):
            return self.titled(record.label, record.titled_in)
        return self.in_language(record.label, self._language_of(record))

    def _language_of(self, record: Record) -> str:
        return sections.language(self.library.dossier, record.section() or "")

    def other_names(self, record: Named) -> Markup:
        """The other names of a record, each in its language."""
        return self.joined(map(self._other_name, record.other_names), self.words("joint.semicolon"))

    def _other_name(self, name: str) -> Markup | str:
        if isinstance(name, SpokenName):
            return self.titled(str(name), name.language)
        return name if self.words.from_right else self.titled(name, self.library.language)

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

    def links(self, records: Iterable[Record], by: str | None = None) -> Markup:
        """Links to records, joined by commas unless `by` is given."""
        return self.joined((self.link(record) for record in records), by)

    def each(self, kind: str, idents: Iterable[str]) -> Markup:
        """Links to records of a type, joined by commas."""
        return self.joined(self.ref(kind, ident) for ident in idents)

    def ref_label(self, kind: str, ident: str) -> str:
        """The name of the record of a type with an id."""
        return self.library.entries[(kind, ident)].record.label

    def ref_labels(self, kind: str, idents: Iterable[str]) -> list[str]:
        """The names of the records of a type with some ids, in their order."""
        return [self.ref_label(kind, ident) for ident in idents]

    def countries(self, codes: Iterable[str]) -> Markup:
        """Links to countries, sorted by name."""
        lands = sorted((self.library.get(Country, code) for code in codes), key=lambda land: land.name.casefold())
        return self.joined(self.link(land) for land in lands)

    def country_names(self, codes: Iterable[str]) -> list[str]:
        """The names of countries, sorted."""
        return sorted((self.library.get(Country, code).name for code in codes), key=str.casefold)

    def address(self) -> str:
        """The address of this page on the hosted site."""
        return self.library.dossier.url.rstrip("/") + "/" + addresses.hosted(self.page.path)

    def edit(self, path: str) -> Markup:
        """A link to the page on which a file behind this page is edited."""
        site = self.library.dossier
        return self.outside(f"{site.repository.rstrip('/')}/{site.edit_path.strip('/')}/{path}", path)

    def report(self, text: str) -> Markup:
        """A link to the form for mistakes, filled in with this page."""
        site, page = self.library.dossier, self.page
        known = {"title": page.title, "address": self.address(), "file": page.source or page.path}
        form = site.report
        for name, value in known.items():
            form = form.replace(f"{{{name}}}", quote(value, safe=""))
        return self.outside(f"{site.repository.rstrip('/')}/{form}", text)

    def anchor(self, record: Record) -> str:
        """The anchor of a small record."""
        return addresses.anchor(record) or ""

    def path(self, record: Record) -> str:
        """The page of a record, relative to `docs/`."""
        return places.page(self.library, record) or ""

    def row(self, record: Record) -> str:
        """The anchor of a record on the index of its section, even if it has a page of its own."""
        there = addresses.on_index(record)
        return there[1] if there else ""


_MEANT = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\\*_`[]{}"})
"""What Markdown would take for marks, also within an attribute."""


def attribute_text(text: str) -> str:
    """Escape the value of an HTML attribute that stands in Markdown."""
    return html.escape(text).translate(_MEANT)


def _address(url: str) -> str:
    """Escape a URL so that no bracket ends the link early."""
    return url.replace("(", "%28").replace(")", "%29").replace("*", "%2A").replace("[", "%5B").replace("]", "%5D")
