"""Rules about prose and the targets of its links."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from explainer.base.problems import Problem, did_you_mean
from explainer.base.web_address import host
from explainer.library import addresses
from explainer.library.checks.link_guesses import Guesser
from explainer.library.checks.signature import Pages
from explainer.library.directory import Directory
from explainer.library.editions import pairs
from explainer.library.library import Library
from explainer.library.loaded_record import LoadedRecord
from explainer.library.mentions import leads_on, prose_problem
from explainer.reading import blocks
from explainer.reading.document import Document, LazyDocument
from explainer.reading.prose import CitationMark, Link, Part, ProseFault, TextRun, parse
from explainer.records.model import HoldsProse, Model
from explainer.records.references import Marked, marked


@dataclass(frozen=True, slots=True)
class _Ways:
    """Where links may lead in a site, and what is told where they lead elsewhere."""

    library: Library
    pages: frozenset[str]
    anchors: Mapping[str, set[str]]

    def faults(self, model: Model, document: Document | LazyDocument, folder: str) -> Iterator[Problem]:
        """The problems in the prose of one record, or of the settings."""
        for item in marked(model):
            for part in _parts_of(item, folder):
                if not isinstance(part, TextRun) and (message := self._message(part, folder)):
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
        """Message if the target of a link does not exist; None if it does, or if the link leads to another site."""
        section = (link.page or "").partition("/")[0]
        model = self.library.kinds.sections.get(section)
        unsure = model is not None and self.library.gaps.in_kind(model.KIND)
        if unsure and (link.page in self.pages or f"/{addresses.COMPARISONS}/" in str(link.page)):
            return None
        return _leads_nowhere(link, self.pages, self.anchors)


def prose_is_safe_and_leads_somewhere(library: Library, pages: Pages) -> Iterator[Problem]:
    """Prose holds no image, HTML attribute or unsafe link, no list or table that a page would show otherwise, and its links lead to pages of this site."""
    ways = _Ways(library, _pages_of(library) | pages, _anchors(library))
    yield from ways.faults(library.dossier, library.settings, "")
    own = host(library.dossier.url)
    for entry in library.entries.values():
        if ways.is_faulty(entry) or own in entry.mentions.hosts:
            yield from ways.faults(entry.record, entry.document, entry.record.FOLDER)


def _pages_of(library: Library) -> frozenset[str]:
    """The pages that are made from a library."""
    found = {page for entry in library.entries.values() if (page := addresses.page(entry.record))}
    found |= {addresses.HOME, f"{addresses.OPEN_QUESTIONS}/index.md", f"{addresses.DATA}/index.md"}
    found |= {f"{addresses.RESULTS}/index.md"} if library.dossier.tallies else set()
    found |= {f"{section}/index.md" for section in library.kinds.sections}
    models = ((library.kinds.by_kind[kind], ident) for kind, ident in library.gaps.absent)
    found |= {f"{model.section()}/{ident}.md" for model, ident in models if model.STORY or model.PAGED}
    return frozenset(found | {pair.path for pair in pairs(library)})


def _parts_of(item: Marked, folder: str) -> tuple[Part, ...]:
    """The parts of a text, with the faults of its lists and tables; none if the value is no prose."""
    if not isinstance(item.marker, HoldsProse):
        return ()
    return (*parse(item.value, folder), *(blocks.faults(item.value) if item.marker.story else ()))


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
