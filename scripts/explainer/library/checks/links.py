"""Rules about prose and the targets of its links."""

import posixpath
from collections.abc import Callable, Collection, Iterator

from explainer.base.dataclass import dataclass
from explainer.base.problems import Problem, did_you_mean
from explainer.base.web_address import host
from explainer.library import addresses
from explainer.library.checks.link_guesses import Guesser
from explainer.library.checks.signature import Pages
from explainer.library.directory import Directory
from explainer.library.editions import pairs
from explainer.library.field_reference import models
from explainer.library.library import Library
from explainer.library.loaded_record import LoadedRecord
from explainer.library.mentions import leads_on, prose_problem
from explainer.reading import headings
from explainer.reading.document import Document, LazyDocument
from explainer.reading.headings import slug
from explainer.reading.prose import CitationMark, DataMark, Link, Mark, Part, ProseFault, TextRun, parse
from explainer.records.model import HoldsProse, Loc, Model
from explainer.records.references import Marked, marked

Anchors = Callable[[str], Collection[str] | None]
"""The anchors of a page; None if there is no such page."""


@dataclass(frozen=True, slots=True)
class _Ways:
    """Where links may lead in a site, and what is told where they lead elsewhere."""

    library: Library
    pages: frozenset[str]

    def faults(self, model: Model, document: Document | LazyDocument, folder: str) -> Iterator[Problem]:
        """The problems in the prose of one record, or of the settings."""
        for item in marked(model):
            for part in _parts_of(item, folder):
                if not isinstance(part, TextRun | Mark | DataMark) and (message := self._message(part, folder)):
                    yield prose_problem(document, item.loc, part.offset, message)

    def _message(self, part: CitationMark | Link | ProseFault, folder: str) -> str | None:
        if isinstance(part, ProseFault):
            return self._with_guess(part, folder)
        if not isinstance(part, Link):
            return None
        if part.url:
            own = Guesser(self.library, self.pages).of_the_site(part.url, folder)
            return (
                f"links to a page of this site by its address; expected its path, which is checked; write {own}"
                if own
                else None
            )
        message = self.nowhere(part)
        if message is None or part.page in self.pages:
            return message
        if on := leads_on(part, folder, self.pages, self._directory):
            return on
        if meant := self._meant(part, folder):
            return f"links to '{part.page}', which is no page of this site; expected a path from here; write {meant}"
        return message

    def _meant(self, part: Link, folder: str) -> str | None:
        target = f"{part.page}#{part.fragment}" if part.fragment else str(part.page)
        return Guesser(self.library, self.pages).written(target, folder)

    def _with_guess(self, fault: ProseFault, folder: str) -> str:
        """The message about prose that is not allowed, with what was probably meant."""
        if fault.about.startswith("@"):
            meant = self._directory.citation_meant(fault.about[1:].strip())
            return f"{fault.message}; write {meant}" if meant else fault.message
        meant = Guesser(self.library, self.pages).written(fault.about, folder) if fault.about else None
        return f"{fault.message}; write {meant}" if meant else fault.message

    @property
    def _directory(self) -> Directory:
        return Directory(self.library.kinds, {key: entry.record for key, entry in self.library.entries.items()})

    def is_faulty(self, entry: LoadedRecord) -> bool:
        """Whether there may be a problem in the prose of a record."""
        ways = (Link("", page, fragment, None, 0) for page, fragment in entry.mentions.links)
        return entry.mentions.faulty or any(self.nowhere(way) for way in ways)

    def nowhere(self, link: Link) -> str | None:
        """Message if the page of a link does not exist; None if it does, or if the link leads to another site."""
        if not link.page or link.page in self.pages:
            return None
        model = self.library.kinds.sections.get(link.page.partition("/")[0])
        unsure = model is not None and self.library.gaps.in_kind(model.KIND)
        if unsure and f"/{addresses.COMPARISONS}/" in link.page:
            return None
        return _no_page(link, self.pages)


def prose_is_safe_and_leads_somewhere(library: Library, pages: Pages) -> Iterator[Problem]:
    """Prose holds no image, HTML attribute or unsafe link, no list or table that a page would show otherwise, and its links lead to pages of this site."""
    ways = _Ways(library, pages_of(library) | pages)
    yield from ways.faults(library.dossier, library.settings, "")
    own = host(library.dossier.url)
    for entry in library.entries.values():
        if ways.is_faulty(entry) or own in entry.mentions.hosts:
            yield from ways.faults(entry.record, entry.document, entry.record.FOLDER)


def own_pages_have_their_own_address(library: Library, pages: Pages) -> Iterator[Problem]:
    """No page that somebody wrote by hand has the address of another page of the site."""
    seen = {addresses.hosted(page): page for page in pages_of(library)}
    for page in sorted(pages):
        other = seen.setdefault(addresses.hosted(page), page)
        if other != page:
            message = f"has the address of {other}; expected one of its own; rename or delete it"
            yield Problem(f"docs/{page}", 1, 1, message)


def pages_of(library: Library) -> frozenset[str]:
    """The pages that are made from a library."""
    found = {page for entry in library.entries.values() if (page := addresses.page(entry.record))}
    found |= {f"{section}/index.md" for section in {*addresses.generated(library.kinds)} - _unmade(library)}
    found |= {addresses.HOME, *map(addresses.field_page, (*models(library.kinds), addresses.PARTS))}
    absent = ((library.kinds.by_kind[kind], ident) for kind, ident in library.gaps.absent)
    found |= {f"{model.section()}/{ident}.md" for model, ident in absent if model.STORY or model.PAGED}
    return frozenset(found | {pair.path for pair in pairs(library)})


def _unmade(library: Library) -> set[str]:
    """The sections that have no page: that of results, where the settings ask for no tally, as far as they can be read."""
    return set() if library.dossier.tallies or library.gaps.settings else {addresses.RESULTS}


def _parts_of(item: Marked, folder: str) -> tuple[Part, ...]:
    """The parts of a text, with its faults; none if the value is no prose."""
    if not isinstance(item.marker, HoldsProse):
        return ()
    parts = parse(item.value, folder, story=item.marker.story)
    return (*parts, *headings.faults(item.value)) if item.marker.story else parts


def _no_page(link: Link, known: Collection[str]) -> str:
    page = link.page or ""
    ways = (f"{page.removesuffix('.html')}.md", posixpath.normpath(f"{page}/index.md"))
    meant = next((f"; did you mean '{way}'?" for way in ways if way in known), did_you_mean(page, known))
    guess = meant or "; expected a page such as ../people/name.md"
    return f"links to '{link.page}', which is no page of this site{guess}"


def links_lead_to_anchors(library: Library, anchors: Anchors) -> Iterator[Problem]:
    """A problem for every link in prose to a place that its page does not have.

    No check like the others, because only a page that is made knows all its anchors; `anchors` may make it.
    """
    yield from _misled(library.dossier, library.settings, "", anchors)
    for entry in library.entries.values():
        own = addresses.page(entry.record)
        if any(_is_missing(page or own, fragment, anchors) for page, fragment in entry.known.links):
            yield from _misled(entry.record, entry.document, entry.record.FOLDER, anchors, own)


def _is_missing(page: str | None, fragment: str | None, anchors: Anchors) -> bool:
    if fragment is None:
        return False
    there = anchors(page) if page else None
    return there is None or fragment not in there


def _misled(
    model: Model, document: Document | LazyDocument, folder: str, anchors: Anchors, own: str | None = None
) -> Iterator[Problem]:
    """The links of one record, or of the settings, that lead to no anchor."""
    for item in marked(model):
        here = own or _page_of_section(item.loc)
        for part in _parts_of(item, folder):
            if isinstance(part, Link) and _is_missing(part.page or here, part.fragment, anchors):
                yield prose_problem(document, item.loc, part.offset, _no_anchor(part, here, anchors))


def _page_of_section(loc: Loc) -> str | None:
    """The page that shows an introduction to a section, which stands in the settings."""
    return f"{loc[1]}/index.md" if loc[0] == "sections" and loc[-1] == "body" else None


def _no_anchor(link: Link, here: str | None, anchors: Anchors) -> str:
    page = link.page or here
    there = anchors(page) if page else None
    if there is None:
        return (
            f"links to '#{link.fragment}', but this text stands on several pages; "
            f"expected the page too; write it before the #, as in ../people/name.md#{link.fragment}"
        )
    words = slug(link.fragment or "")
    guess = f"; did you mean '{words}'?" if words in there else did_you_mean(link.fragment or "", there)
    place = "that page" if link.page else "this page"
    return (
        f"links to '{link.page}#{link.fragment}', but {place} has no such place"
        f"{guess or '; expected the id of a record there, or the words of a heading, as in #what-was-done; correct it'}"
    )
