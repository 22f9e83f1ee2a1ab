"""Rules about prose and the targets of its links."""

from collections.abc import Iterable, Iterator, Mapping

from explainer.base.problems import Problem, did_you_mean
from explainer.library import addresses
from explainer.library.checks.signature import Pages
from explainer.library.editions import pairs
from explainer.library.library import Library
from explainer.library.mentions import leads_on, prose_problem, renamed
from explainer.reading.document import Document, LazyDocument
from explainer.reading.prose import Link, Part, ProseFault, parse
from explainer.records.model import HoldsProse, Model
from explainer.records.references import Marked, marked


def prose_is_safe_and_leads_somewhere(library: Library, pages: Pages) -> Iterator[Problem]:
    """Prose holds no image, HTML attribute or unsafe link, no list or table that a page would show otherwise, and its links lead to pages of this site."""
    known = _pages_of(library) | pages
    anchors = _anchors(library)
    yield from _in_texts(library, library.dossier, library.settings, "", known, anchors)
    for entry in library.entries.values():
        ways = (Link("", page, fragment, None, 0) for page, fragment in entry.mentions.links)
        if entry.mentions.faulty or any(_leads_nowhere(way, known, anchors) for way in ways):
            yield from _in_texts(library, entry.record, entry.document, entry.record.FOLDER, known, anchors)


def _pages_of(library: Library) -> frozenset[str]:
    """The pages that are made from a library."""
    found = {page for entry in library.entries.values() if (page := addresses.page(entry.record))}
    found |= {addresses.HOME, f"{addresses.OPEN_QUESTIONS}/index.md", f"{addresses.DATA}/index.md"}
    found |= {f"{addresses.RESULTS}/index.md"} if library.dossier.tallies else set()
    found |= {f"{section}/index.md" for section in library.kinds.sections}
    return frozenset(found | {pair.path for pair in pairs(library)})


def _in_texts(
    library: Library,
    model: Model,
    document: Document | LazyDocument,
    folder: str,
    known: frozenset[str],
    anchors: Mapping[str, set[str]],
) -> Iterator[Problem]:
    """The problems in the prose of one record, or of the settings."""
    for item in marked(model):
        for part in _parts_of(item, folder):
            if isinstance(part, ProseFault):
                yield prose_problem(document, item.loc, part.offset, part.message)
            elif isinstance(part, Link) and (message := _leads_nowhere(part, known, anchors)):
                if part.page not in known:
                    message = leads_on(library.kinds, part, folder, known, renamed(library.entries)) or message
                yield prose_problem(document, item.loc, part.offset, message)


def _parts_of(item: Marked, folder: str) -> tuple[Part, ...]:
    """The parts of a text, with its faults; none if the value is no prose."""
    return parse(item.value, folder, story=item.marker.story) if isinstance(item.marker, HoldsProse) else ()


def _leads_nowhere(link: Link, known: Iterable[str], anchors: Mapping[str, set[str]]) -> str | None:
    """Message if the target of a link does not exist; None if it does, or if the link leads to another site."""
    if not link.page:
        return None
    if link.page not in known:
        guess = did_you_mean(link.page, known) or "; expected a page such as ../people/name.md"
        return f"links to '{link.page}', which is no page of this site{guess}"
    there = anchors.get(link.page)
    if link.fragment and there is not None and link.fragment not in there:
        guess = did_you_mean(link.fragment, there) or "; expected the id of a record there"
        return f"links to '{link.page}#{link.fragment}', but that page has no such place{guess}"
    return None


def _anchors(library: Library) -> Mapping[str, set[str]]:
    """Page -> anchors, for every page that lists small records and every text with numbered parts."""
    found: dict[str, set[str]] = {}
    for entry in library.entries.values():
        if there := addresses.on_index(entry.record):
            found.setdefault(there[0], set()).add(there[1])
        if entry.mentions.anchors and (page := addresses.page(entry.record)):
            found[page] = {*entry.mentions.anchors, "sources", "provisions"}
    return found
