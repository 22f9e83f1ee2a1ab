"""Rules about prose and the targets of its links."""

import posixpath
from collections.abc import Callable, Collection, Iterator

from explainer.base.problems import Problem, did_you_mean
from explainer.library import addresses
from explainer.library.checks.signature import Pages
from explainer.library.editions import pairs
from explainer.library.field_reference import models
from explainer.library.library import Library
from explainer.library.mentions import leads_on, prose_problem, renamed
from explainer.reading import headings
from explainer.reading.document import Document, LazyDocument
from explainer.reading.headings import slug
from explainer.reading.prose import Link, Part, ProseFault, parse
from explainer.records.model import HoldsProse, Loc, Model
from explainer.records.references import Marked, marked

Anchors = Callable[[str], Collection[str] | None]
"""The anchors of a page; None if there is no such page."""


def prose_is_safe_and_leads_somewhere(library: Library, pages: Pages) -> Iterator[Problem]:
    """Prose holds no image, HTML attribute or unsafe link, no list or table that a page would show otherwise, and its links lead to pages of this site."""
    known = pages_of(library) | pages
    yield from _in_texts(library, library.dossier, library.settings, "", known)
    for entry in library.entries.values():
        if entry.mentions.faulty or any(page and page not in known for page, _ in entry.mentions.links):
            yield from _in_texts(library, entry.record, entry.document, entry.record.FOLDER, known)


def own_pages_have_their_own_address(library: Library, pages: Pages) -> Iterator[Problem]:
    """No page that somebody wrote by hand has the address of another page of the site."""
    seen = {addresses.hosted(page).casefold(): page for page in pages_of(library)}
    for page in sorted(pages):
        other = seen.setdefault(addresses.hosted(page).casefold(), page)
        if other != page:
            message = f"has the address of {other}; expected one of its own; rename or delete it"
            yield Problem(f"docs/{page}", 1, 1, message)


def pages_of(library: Library) -> frozenset[str]:
    """The pages that are made from a library."""
    found = {page for entry in library.entries.values() if (page := addresses.page(entry.record))}
    unmade = set() if library.dossier.tallies else {addresses.RESULTS}
    found |= {f"{section}/index.md" for section in {*addresses.generated(library.kinds)} - unmade}
    found |= {addresses.HOME, *map(addresses.field_page, (*models(library.kinds), addresses.PARTS))}
    return frozenset(found | {pair.path for pair in pairs(library)})


def _in_texts(
    library: Library, model: Model, document: Document | LazyDocument, folder: str, known: frozenset[str]
) -> Iterator[Problem]:
    """The problems in the prose of one record, or of the settings."""
    for item in marked(model):
        for part in _parts_of(item, folder):
            if isinstance(part, ProseFault):
                yield prose_problem(document, item.loc, part.offset, part.message)
            elif isinstance(part, Link) and part.page and part.page not in known:
                message = leads_on(library.kinds, part, folder, known, renamed(library.entries)) or _no_page(
                    part, known
                )
                yield prose_problem(document, item.loc, part.offset, message)


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
